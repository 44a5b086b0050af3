"""Returns: how a year's progress is gathered, checked and answered for."""
