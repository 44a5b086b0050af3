"""Forms of the imports room."""
