"""Returns as a spreadsheet: its columns, writing it, reading it back, and comparing it with what is stored."""
