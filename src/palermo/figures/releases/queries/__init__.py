"""Every read of releases."""
