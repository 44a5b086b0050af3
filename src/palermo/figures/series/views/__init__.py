"""Pages of series and their numbers."""
