"""Indicators: the series by which it shows whether a promise or an outcome of a plan is reached."""
