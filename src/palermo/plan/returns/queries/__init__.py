"""Every read of returns."""
