"""What is read of tips. Members of a desk read it sealed; their browser opens it."""
