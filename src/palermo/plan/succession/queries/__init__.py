"""Every read that a coordinator needs to link promises. The viewer comes first."""
