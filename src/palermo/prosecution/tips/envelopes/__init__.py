"""How tips are sealed: the same format as the scripts of the pages write and read, without Django.

`docs/tips-format.md` tells it byte by byte.
"""
