"""Pages of the report room."""
