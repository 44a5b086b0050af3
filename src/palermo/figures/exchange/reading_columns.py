"""Finds out what each column of a file holds, by its heading: a name of ours, its words, or those of SDMX-CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from palermo.figures.exchange.cube import CubeText, plain_name
from palermo.figures.exchange.problems import Place, Problem, RefusedError
from palermo.figures.exchange.reading_rows import Row
from palermo.figures.exchange.shape import SeriesShape
from palermo.figures.exchange.words import HEADINGS
from palermo.figures.exchange.writing_sdmx import identifier
from palermo.foundation.workbooks import address

NEAR = 60
"""From which likeness on, of 100, a known name is offered for one that is not known."""
SDMX_COLUMNS = {
    "time_period": "period",
    "obs_value": "value",
    "obs_status": "mark",
    "unit_measure": "unit",
    "source_document": "document",
    "source_page": "page",
    "comment_obs_en": "footnote_en",
    "comment_obs_fr": "footnote_fr",
    "known_on": "known_on",
    "dataflow": "series",
    "structure_id": "series",
    "action": "action",
    "unit_mult": "multiplier",
    "structure": "",
    "structure_name": "",
    "conf_status": "",
    "source": "",
}
"""What each column of SDMX-CSV is here; what is read from none is an empty text."""
CODED = frozenset({"mark", "unit", "document", "action", "series", "period", "multiplier"})
"""Columns in which SDMX-CSV may write a code and its words in one field, besides the dimensions."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file."""

    place: int
    heading: str
    name: str
    """What it holds, as `Headings.columns` names it."""
    has_words: bool = False
    """Whether words stand behind each code, as in `F: Women`."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of a file that something is read from."""

    columns: Mapping[str, Column]
    is_sdmx: bool
    is_sheet: bool
    width: int
    """How many columns have a heading."""

    def where(self, line: int, name: str) -> Place:
        """The place of a field."""
        column = self.columns.get(name)
        return self.at(line, column.place, column.heading) if column else Place(line)

    def at(self, line: int, place: int, heading: str = "") -> Place:
        """The place of a field by its number, counted from 0."""
        return Place(line, heading or str(place + 1), address(line, place) if self.is_sheet else "")


def read_headings(row: Row, shape: SeriesShape, *, is_sheet: bool) -> Headings:
    """What each column holds.

    Raises:
        RefusedError: a heading is not known or stands twice, or a column is missing.
    """
    texts = [" ".join(cell.text.split()) for cell in row.cells]
    plain = {text.partition(":")[0].casefold() for text in texts}
    is_sdmx = "dataflow" in plain or {"structure", "structure_id"} <= plain
    known = _sdmx_names(shape) if is_sdmx else _names(shape)
    width = max((place + 1 for place, text in enumerate(texts) if text), default=0)
    found: dict[str, Column] = {}
    headings = Headings(found, is_sdmx, is_sheet, width)
    problems = []
    for place, text in enumerate(texts[:width]):
        key = text.partition(":")[0] if is_sdmx else text
        name = known.get(key.casefold())
        where = headings.at(row.line, place, text)
        if name is None:
            near = nearest(key, known)
            offered = near.upper() if is_sdmx else known.get(near) or near
            problems.append(Problem("unknown_column", where, {"written": text, "nearest": offered}))
        elif name in found:
            problems.append(Problem("column_twice", where, {"written": text}))
        elif name:
            found[name] = Column(place, text, name, has_words=is_sdmx and ":" in text)
    problems += _missing(headings, shape)
    if problems:
        raise RefusedError(*problems)
    return headings


def nearest(written: str, known: Mapping[str, object]) -> str:
    """The known word that is most like what was written; empty where none is near."""
    best = process.extractOne(written.casefold(), list(known), scorer=fuzz.WRatio, score_cutoff=NEAR)
    return best[0] if best else ""


def _names(shape: SeriesShape) -> dict[str, str]:
    """What each heading means, in small letters: the names of columns, and their words in either language.

    Where two are called the same in words, the columns that every file has come first.
    """
    names = {one.code: plain_name(one.code) for one in shape.dimensions}
    known = {name: code for code, name in names.items()} | {code.casefold(): code for code in names}
    for one in shape.dimensions:
        label = one.label
        words_of = (f"{names[one.code]}_label", f"{label.en} (words)", f"{label.fr} (libellé)")
        known |= dict.fromkeys((words.casefold() for words in words_of), "")
    for name, words in HEADINGS.items():
        read = "" if name == "source" else name
        for heading in (name, words.en.casefold(), words.fr.casefold(), _in_both(words)):
            known.setdefault(heading, read)
    for one in shape.dimensions:
        for heading in (one.label.en.casefold(), one.label.fr.casefold(), _in_both(one.label)):
            known.setdefault(heading, one.code)
    known.pop("", None)
    return known


def _in_both(words: CubeText) -> str:
    """A heading of the template, which says itself twice."""
    return f"{words.en} {words.fr}".strip().casefold()


def _sdmx_names(shape: SeriesShape) -> dict[str, str]:
    own = {identifier(one.code).casefold(): one.code for one in shape.dimensions}
    return {**SDMX_COLUMNS, **own}


def _missing(headings: Headings, shape: SeriesShape) -> Iterator[Problem]:
    needed = ["period"] if headings.is_sdmx else ["starts_on", "ends_on"]
    for name in (*needed, *(one.code for one in shape.dimensions), "value"):
        if name not in headings.columns:
            shown = identifier("time_" + name if name == "period" else name) if headings.is_sdmx else name
            yield Problem("missing_column", about={"name": "OBS_VALUE" if shown == "VALUE" else shown})
