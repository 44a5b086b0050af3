"""What is done to recommendations."""
