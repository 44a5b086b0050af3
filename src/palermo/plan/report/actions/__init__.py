"""Every write of the report room."""
