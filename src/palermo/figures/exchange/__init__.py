"""Tables of figures as files that others read, and files read back. Plain Python: nothing here knows of Django."""
