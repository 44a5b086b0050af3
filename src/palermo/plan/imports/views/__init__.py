"""Pages of the imports room: thin, a guard first, then one query or one action."""
