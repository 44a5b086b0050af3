"""Tags of the imports room."""
