"""Tips: a safe way to tell, and a safe way to be asked back."""
