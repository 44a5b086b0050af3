"""Reminders: who is told by mail what is due, once."""
