"""Linking series to what they show."""
