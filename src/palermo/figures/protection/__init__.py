"""Protection of published tables, and the attack on them. Plain Python: nothing here knows of a database."""
