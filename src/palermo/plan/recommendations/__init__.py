"""Recommendations from outside, and the deliverables that answer them."""
