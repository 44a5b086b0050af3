"""Forms of releases, each for one action."""
