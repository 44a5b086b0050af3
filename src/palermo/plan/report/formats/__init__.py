"""Report files: one description, and a renderer for each format."""
