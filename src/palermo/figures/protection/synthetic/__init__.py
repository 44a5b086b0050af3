"""Synthetic records: made-up ones that look alike in the tables of few columns, and stand for nobody.

Only counts of two columns at a time are taken from the records, with noise (`pairs`). A mixture of classes is fitted to
those noisy counts (`classes`), and new records are drawn from it (`drawing`). Whatever is done with noisy counts gives
nothing more away, so that the noise is the whole of the promise. `quality` says how alike the records have become.
"""
