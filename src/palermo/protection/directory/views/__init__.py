"""Pages of the directory, and its profile for programs."""
