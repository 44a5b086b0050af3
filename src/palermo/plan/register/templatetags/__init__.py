"""Words of the register in templates."""
