"""Help for people who were trafficked: where it is, and later cases, permits and orders."""
