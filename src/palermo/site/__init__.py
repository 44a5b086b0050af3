"""The page frame: what every page of the site has in common."""
