"""Every read of series and their numbers."""

from palermo.figures.series.queries.adding import Added, NotAddedError, added
from palermo.figures.series.queries.cubes import cube_of
from palermo.figures.series.queries.numbers import Number, latest, number, observations
from palermo.figures.series.queries.series import one_series, series_list
from palermo.figures.series.queries.sums import SumCheck, parts_of, sums_of

__all__ = [
    "Added",
    "NotAddedError",
    "Number",
    "SumCheck",
    "added",
    "cube_of",
    "latest",
    "number",
    "observations",
    "one_series",
    "parts_of",
    "series_list",
    "sums_of",
]
