"""Words of releases for templates."""
