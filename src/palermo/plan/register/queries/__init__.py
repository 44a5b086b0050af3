"""Every read of the register. The viewer comes first."""
