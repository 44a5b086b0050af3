"""Tables as they are stored and read again: their frames with labels, and their cells in parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TypedDict, cast

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import override

from palermo.figures.protection.shapes import TOTAL, Dimension, Flags, PublishedTable
from palermo.figures.releases.described import DimensionSaid
from palermo.figures.releases.models import PART, HiddenMarks, ReleaseTable, SyntheticRecords, TablePart

Values = list[int | None]
FrameCode = tuple[str, str, str, int]
"""Code, label in both languages, and the place of what it rolls up to; -1 for the total."""


class Frame(TypedDict):
    """A dimension of a published table."""

    code: str
    label_en: str
    label_fr: str
    codes: list[FrameCode]


def frame_of(said: DimensionSaid) -> Frame:
    """A dimension with its labels, the total first."""
    with override("en"):
        total_en = _("Total")
    with override("fr"):
        total_fr = _("Total")
    place = {line.code: at for at, line in enumerate(said.codes, start=1)}
    codes: list[FrameCode] = [(TOTAL, total_en, total_fr, -1)]
    codes += [(line.code, line.label_en, line.label_fr, place.get(line.parent, 0)) for line in said.codes]
    return Frame(code=said.code, label_en=said.label_en, label_fr=said.label_fr, codes=codes)


def frames(table: ReleaseTable) -> list[Frame]:
    """The dimensions of a stored table."""
    return cast(list[Frame], table.layout)


def shape_of(frame: Frame) -> Dimension:
    """The same without words."""
    return Dimension(
        frame["code"], tuple(code[0] for code in frame["codes"]), tuple(code[3] for code in frame["codes"])
    )


def values_of(published: PublishedTable) -> Values:
    """Every cell in order; None where there is nothing to see."""
    shown = published.shown.ravel().tolist()
    return [value if seen else None for value, seen in zip(published.values.ravel().tolist(), shown, strict=True)]


def marks_of(published: PublishedTable, too_small: Flags) -> str:
    """For each cell `.` shown, `s` too small, `b` hidden besides."""
    pairs = zip(published.shown.ravel().tolist(), too_small.ravel().tolist(), strict=True)
    return "".join("." if seen else "s" if small else "b" for seen, small in pairs)


def parts_of(table: ReleaseTable, values: Values) -> Iterator[TablePart]:
    """The rows of the database that hold these cells."""
    for number, start in enumerate(range(0, len(values), PART)):
        yield TablePart(table=table, number=number, values=values[start : start + PART])


def mark_parts_of(table: ReleaseTable, marks: str) -> Iterator[HiddenMarks]:
    """The rows of the database that hold these marks."""
    for number, start in enumerate(range(0, len(marks), PART)):
        yield HiddenMarks(table=table, number=number, marks=marks[start : start + PART])


def published_table(table: ReleaseTable, parts: Iterable[TablePart]) -> PublishedTable:
    """A stored table as whoever attacks it reads it. `parts` are all of its parts, in order."""
    values = [value for part in parts for value in part.values]
    dimensions = tuple(shape_of(frame) for frame in frames(table))
    shape = tuple(len(dimension.codes) for dimension in dimensions)
    return PublishedTable(
        name=f"{table.release.identifier}/{table.position}",
        dimensions=dimensions,
        values=np.array([value or 0 for value in values], dtype=np.int64).reshape(shape),
        shown=np.array([value is not None for value in values], dtype=np.bool_).reshape(shape),
        base=table.base,
        reach=table.reach,
        adds_up=table.adds_up,
        hidden_is_positive=table.hidden_is_positive,
        counts=table.sums == "",
    )


def lost_by_code(published: PublishedTable, too_small: Flags) -> list[list[list[int]]]:
    """For each dimension and each of its codes: how many cells are hidden as too small, and how many besides."""
    hidden = ~published.shown
    told = []
    for axis in range(len(published.dimensions)):
        others = tuple(other for other in range(len(published.dimensions)) if other != axis)
        small = (hidden & too_small).sum(axis=others)
        besides = (hidden & ~too_small).sum(axis=others)
        told.append([[int(one), int(other)] for one, other in zip(small, besides, strict=True)])
    return told


def content_hash(tables: Sequence[tuple[ReleaseTable, Values]], records: SyntheticRecords | None = None) -> str:
    """The hash of every label, every published cell and every synthetic record."""
    told = hashlib.sha256()
    for table, values in tables:
        frame = [table.position, table.title_en, table.title_fr, table.sums, table.layout, table.base, table.reach]
        told.update(json.dumps([*frame, table.adds_up, values], ensure_ascii=False, sort_keys=True).encode())
        told.update(b"\n")
    if records:
        told.update(json.dumps([records.layout, records.sha256], ensure_ascii=False, sort_keys=True).encode())
    return told.hexdigest()
