"""The append-only trail of who did what, and when."""
