"""Palermo: a national action plan against human trafficking, run in the open."""
