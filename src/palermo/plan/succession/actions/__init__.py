"""Every write of lineage and of plans that follow."""
