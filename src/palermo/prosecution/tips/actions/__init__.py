"""What is done with tips."""
