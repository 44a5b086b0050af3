"""Files of figures for tests: a series, what stands in it, and what somebody sends."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from palermo.figures.exchange.cube import CubeText
from palermo.figures.exchange.reading import read_figures
from palermo.figures.series.actions.taking_in import TakenIn, keep_figures, take_in_figures
from palermo.figures.series.models import FiguresUpload, Series
from palermo.figures.series.queries.taking_in import TakingIn, series_shape, taking_in
from palermo.people.models import User

NO_REASON = CubeText()


def line(value: str, year: int = 2012, **more: str) -> dict[str, str]:
    """A figure of the fiscal year that begins in `year`, of all together unless codes are given."""
    return {"starts_on": f"{year}-04-01", "ends_on": f"{year + 1}-03-31", "sex": "_T", "value": value, **more}


def csv_of(*lines: Mapping[str, str]) -> bytes:
    """A CSV file with whatever columns its lines have."""
    names = list(dict.fromkeys(name for each in lines for name in each))
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, names)
    writer.writeheader()
    writer.writerows(lines)
    return target.getvalue().encode()


def kept(series: Series, data: bytes, by: User) -> FiguresUpload:
    """The file, read and kept for its preview."""
    shape = series_shape(series)
    return keep_figures(series=series, shape=shape, reading=read_figures(io.BytesIO(data), shape), by=by)


def looked(upload: FiguresUpload, reason: CubeText = NO_REASON) -> TakingIn:
    """What its uploader sees."""
    return taking_in(upload.person, upload, reason)


def take(upload: FiguresUpload, reason: CubeText = NO_REASON, seen: str = "") -> TakenIn:
    """Take it in as it was last seen."""
    given = seen or looked(upload, reason).fingerprint
    return take_in_figures(upload=upload, seen=given, reason=reason, by=upload.person)
