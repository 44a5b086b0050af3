"""Every write of the imports room."""
