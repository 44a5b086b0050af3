"""Organisations with the names they had at a date, accounts and roles."""
