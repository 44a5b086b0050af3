"""Template tags of recommendations."""
