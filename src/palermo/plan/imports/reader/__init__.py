"""Reads a published plan or progress report into rows that a person then confirms. Plain Python."""
