"""What a measure counts, as a table for a page and as a cube for files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from palermo.figures.exchange import Cube, CubeAgency, CubeCell, CubeDimension, CubeText, CubeUnit
from palermo.figures.exchange.cube import TOTAL
from palermo.figures.measures import CountedCell, Measure, MeasureDimension, MeasureSpan
from palermo.figures.series.vocabulary import Counted
from palermo.foundation.periods import Period, read_fiscal_year
from palermo.people.policies import Viewer

PERIOD = "period"
"""The dimension whose codes are fiscal or calendar years, by which a reader chooses the span that is counted."""
MOST_COLUMNS = 10
"""The codes of the last dimension stand side by side where they are no more than this."""
AGENCY = "palermo"

Codes = Mapping[str, Sequence[tuple[str, object]]]
"""The codes of each dimension with their words, in order."""


def span_ever() -> MeasureSpan:
    """All that is known up to today."""
    return MeasureSpan(date.min, timezone.localdate())


def span_of(period: str) -> MeasureSpan | None:
    """The days of a period by its code, such as `2013-2014` or `2024`; None for what is no such code."""
    year = read_fiscal_year(period)
    if year is None and period.isdecimal() and len(period) == 4 and int(period) > 0:
        year = Period(date(int(period), 1, 1), date(int(period), 12, 31))
    return MeasureSpan(year.starts_on, year.ends_on) if year else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a measure is wanted: a code of some of its dimensions."""

    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def span(self) -> MeasureSpan:
        """The days to count over: those of the period asked for, or all up to today."""
        return span_of(self.codes.get(PERIOD, "")) or span_ever()

    def matches(self, cell: CountedCell) -> bool:
        """Whether a cell has every code that is asked for."""
        return all(cell.codes.get(name) == code for name, code in self.codes.items())


@dataclass(frozen=True, slots=True)
class Counts:
    """A measure counted for somebody: its cells and the words of their codes."""

    measure: Measure
    asked: Asked
    codes: Codes
    cells: tuple[CountedCell, ...]


def counted(viewer: Viewer, measure: Measure, asked: Asked) -> Counts:
    """Count a measure as the viewer may know it. As many queries as it takes itself and its lists of codes."""
    codes = {each.code: tuple(each.codes()) for each in measure.dimensions}
    cells = tuple(cell for cell in measure.count(viewer, asked.span) if asked.matches(cell))
    return Counts(measure, asked, codes, cells)


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """Counts laid out: rows by all dimensions but the last, which stands along the top unless it is too long."""

    head: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[int | Decimal | None, ...]], ...]
    """The words of each row, and its numbers; None where nothing was counted."""


def table_of(counts: Counts) -> MeasureTable:
    """The table of a page, totals before their parts."""
    dimensions = counts.measure.dimensions
    places = {name: {code: at for at, (code, _words) in enumerate(codes, 1)} for name, codes in counts.codes.items()}
    words = {name: dict(codes) for name, codes in counts.codes.items()}
    across = dimensions[-1] if dimensions and _is_short(counts, dimensions[-1]) else None
    down = dimensions[:-1] if across else dimensions
    used = {cell.codes.get(across.code, "") for cell in counts.cells} if across else {""}
    top = sorted(used, key=lambda code: places[across.code].get(code, 0) if across else 0)
    numbers: dict[tuple[str, ...], dict[str, int | Decimal]] = {}
    for cell in counts.cells:
        row = tuple(cell.codes.get(each.code, "") for each in down)
        numbers.setdefault(row, {})[cell.codes.get(across.code, "") if across else ""] = cell.value

    def said(dimension: MeasureDimension, code: str) -> str:
        return str(words[dimension.code].get(code, code)) if code else _("All together")

    def order(row: tuple[str, ...]) -> list[int]:
        return [places[each.code].get(code, 0) for each, code in zip(down, row, strict=True)]

    return MeasureTable(
        head=tuple(str(each.label) for each in down),
        columns=tuple(said(across, code) for code in top) if across else (_("Number"),),
        rows=tuple(
            (
                tuple(said(each, code) for each, code in zip(down, row, strict=True)),
                tuple(numbers[row].get(code) for code in top),
            )
            for row in sorted(numbers, key=order)
        ),
    )


def _is_short(counts: Counts, last: MeasureDimension) -> bool:
    return len({cell.codes.get(last.code, "") for cell in counts.cells}) <= MOST_COLUMNS


def cube_of(counts: Counts, address: str = "") -> Cube:
    """The same counts as files have them, in both languages.

    Args:
        counts: what was counted.
        address: the web address of the page of the measure.
    """
    measure, span = counts.measure, counts.asked.span
    starts_on = span.ends_on if span.starts_on == date.min else span.starts_on
    dimensions = tuple(_dimension(each, counts.codes[each.code]) for each in measure.dimensions)
    unit = Counted(measure.counts)
    source = both(measure.source)
    cells = (
        CubeCell(
            codes=tuple(cell.codes.get(each.code, TOTAL) for each in measure.dimensions),
            starts_on=starts_on,
            ends_on=span.ends_on,
            value=cell.value,
            source=source.en,
        )
        for cell in counts.cells
    )
    return Cube(
        code=measure.code,
        title=both(measure.title),
        definition=both(measure.definition),
        unit=CubeUnit(unit.value, both(unit.label)),
        agency=CubeAgency(AGENCY, both(settings.SITE_NAME)),
        dimensions=tuple(replace(each, codes=_used(each, counts)) for each in dimensions),
        cells=tuple(cells),
        address=address,
        source=source,
    )


def _dimension(dimension: MeasureDimension, codes: Sequence[tuple[str, object]]) -> CubeDimension:
    return CubeDimension(dimension.code, both(dimension.label), tuple((code, both(words)) for code, words in codes))


def _used(dimension: CubeDimension, counts: Counts) -> tuple[tuple[str, CubeText], ...]:
    """The codes that some cell has: lists of every section and organisation would be longer than the counts."""
    used = {cell.codes.get(dimension.code) for cell in counts.cells}
    return tuple((code, words) for code, words in dimension.codes if code in used)


def both(words: object) -> CubeText:
    """Words that are read in the language of the moment, in both."""
    with override("en"):
        en = str(words)
    with override("fr"):
        return CubeText(en, str(words))
