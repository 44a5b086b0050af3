"""Prosecution: tips, and later courts, employers and the money behind the crime."""
