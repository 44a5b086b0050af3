"""Every read of the history. The viewer comes first."""
