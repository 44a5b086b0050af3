"""Template tags of the report room."""
