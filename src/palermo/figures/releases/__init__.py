"""Releases: how tables are published so that nobody can be made out in them."""
