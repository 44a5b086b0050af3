"""What the pages of the desk write in a way of their own."""
