"""Every read of the tracker. The viewer comes first."""
