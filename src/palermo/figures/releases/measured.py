"""Tables from what is counted already: the cells of a measure, and the values of a series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import TypeAlias

import numpy as np
from django.db.models import F
from django.utils.translation import override

from palermo.figures import measures
from palermo.figures.measures import Measure, MeasureSpan
from palermo.figures.protection.shapes import TOTAL, Dimension, Table, with_totals
from palermo.figures.releases.counted import Counted
from palermo.figures.releases.described import CodeLine, DimensionSaid
from palermo.figures.releases.models import Release, ReleaseTable
from palermo.figures.releases.vocabulary import Source
from palermo.figures.series.keys import codes_of
from palermo.figures.series.models import Series, SeriesDimension
from palermo.figures.series.queries.numbers import observations
from palermo.people.policies import Viewer

Key: TypeAlias = frozenset[tuple[str, str]]
"""Which cell: dimension and code, without those over which it is the total."""
Cells: TypeAlias = Mapping[Key, int]


class NotATableError(Exception):
    """The cells make no table. `code` is stable: `not_by_these`, `does_not_add_up`, `not_whole`, `not_known`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def dimensions_of_measure(code: str, span: MeasureSpan) -> list[DimensionSaid]:
    """What a measure can be cut by over a span; nothing where it is not registered any more."""
    try:
        measure = measures.one(code)
    except measures.MeasureError:
        return []
    with override("en"):
        english = _worded(measure, span)
    with override("fr"):
        french = _worded(measure, span)
    return [
        DimensionSaid(each.code, en, fr, tuple(CodeLine(code, labels[code], in_french[code]) for code in labels))
        for each, (en, labels), (fr, in_french) in zip(measure.dimensions, english, french, strict=True)
    ]


def _worded(measure: Measure, span: MeasureSpan) -> list[tuple[str, dict[str, str]]]:
    """The label and the codes of each dimension, in the language of the moment."""
    said = [(each.label, each.codes_of(span)) for each in measure.dimensions]
    return [(str(label), {code: str(words) for code, words in codes}) for label, codes in said]


def dimensions_of_series(code: str) -> list[DimensionSaid]:
    """What a series can be cut by: the dimensions whose parts sum to the total, since others cannot be protected."""
    found = SeriesDimension.objects.filter(series__code=code, adds_up=True).select_related("code_list")
    told = []
    for each in found.prefetch_related("code_list__codes__parent").order_by("position", "code"):
        lines = tuple(
            CodeLine(one.code, one.label_en, one.label_fr, one.parent.code if one.parent else "")
            for one in each.code_list.codes.all()
        )
        told.append(DimensionSaid(each.code, each.label_en, each.label_fr, lines))
    return told


def count_cells(
    viewer: Viewer, release: Release, wanted: Sequence[ReleaseTable], said: Sequence[DimensionSaid]
) -> Counted:
    """The tables that are wanted, from the cells that are counted or were entered for the days of the release."""
    shapes = {each.code: each.shape() for each in said}
    try:
        cells = _measured(viewer, release) if release.source == Source.MEASURE else _entered(viewer, release)
        tables = [table_of(str(one.position), [shapes[code] for code in one.wanted], cells) for one in wanted]
    except NotATableError as error:
        return Counted(problems=((0, 0, error.code),))
    return Counted(tuple(tables), tuple("" for _table in tables))


def _measured(viewer: Viewer, release: Release) -> Cells:
    span = MeasureSpan(release.covers_from, release.covers_to)
    try:
        measure = measures.one(release.source_code)
    except measures.MeasureError:
        raise NotATableError("not_known") from None
    cells: dict[Key, int] = {}
    for cell in measure.count(viewer, span):
        if cell.value != int(cell.value) or cell.value < 0:
            raise NotATableError("not_whole")
        cells[frozenset(cell.codes.items())] = int(cell.value)
    return cells


def _entered(viewer: Viewer, release: Release) -> Cells:
    """Where documents disagree, what was made known last stands."""
    series = Series.objects.filter(code=release.source_code).first()
    if series is None:
        raise NotATableError("not_known")
    found = observations(viewer, series).filter(starts_on=release.covers_from, ends_on=release.covers_to)
    cells: dict[Key, int] = {}
    for each in found.order_by(F("known_on").asc(nulls_first=True), "pk"):
        if each.value is None or each.value != int(each.value) or each.value < 0:
            raise NotATableError("not_whole")
        cells[frozenset(codes_of(each.key).items())] = int(each.value)
    return cells


def table_of(name: str, dimensions: Sequence[Dimension], cells: Cells) -> Table:
    """A table from its cells; those of finer cuts are summed where there are none of these dimensions alone.

    Raises:
        NotATableError: `not_by_these` where nothing is known by these dimensions; `does_not_add_up` where a sum that
            is known differs from its parts.
    """
    names = {dimension.name for dimension in dimensions}
    finest = _finest(names, cells)
    leaves = [[dimension.codes[place] for place in dimension.leaves] for dimension in dimensions]
    places = [{code: at for at, code in enumerate(codes)} for codes in leaves]
    values = np.zeros([len(codes) for codes in leaves], dtype=np.int64)
    for key, value in cells.items():
        codes = dict(key)
        if codes.keys() != finest:
            continue
        at = [place.get(codes[dimension.name]) for dimension, place in zip(dimensions, places, strict=True)]
        if None not in at:
            values[tuple(at)] += value
    table = with_totals(name, dimensions, values)
    _check(table, cells)
    return table


def _finest(names: set[str], cells: Cells) -> set[str]:
    cuts = {frozenset(dimension for dimension, _code in key) for key in cells}
    fitting = sorted((cut for cut in cuts if names <= cut), key=lambda cut: (len(cut), sorted(cut)))
    if not fitting:
        raise NotATableError("not_by_these")
    return set(fitting[0])


def _check(table: Table, cells: Cells) -> None:
    """Every cell of the table that is known must be what its parts sum to."""
    names = [dimension.name for dimension in table.dimensions]
    every = product(*(dimension.codes for dimension in table.dimensions))
    for codes, value in zip(every, table.values.ravel().tolist(), strict=True):
        key = frozenset((name, code) for name, code in zip(names, codes, strict=True) if code != TOTAL)
        if cells.get(key, value) != value:
            raise NotATableError("does_not_add_up")
