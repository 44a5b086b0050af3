"""Every write of returns: a plain verb each."""
