"""Figures on their way out: one series or release with its words, its dimensions and every cell, whatever the file.

A cube knows nothing of where it comes from; it is checked once, here, so that no writer has to doubt it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["en", "fr"]
Value: TypeAlias = int | Decimal

TOTAL = "_T"
"""Stands for "all together" in a dimension, as SDMX writes it. It is never a code of a list."""
NOT_APPLICABLE = "_Z"
"""Stands for "there is none" in a key, as SDMX writes it."""
HIDDEN = ("suppressed", "not_available")
"""Marks that go without a value; every other goes with one."""
MARKS = ("final", "provisional", "approximate", *HIDDEN)
CODE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_@$-]{0,79}")
"""What a code of a list may look like: the signs that SDMX gives to identifiers, and none that begins a formula."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
"""What a dimension's code may look like, so that it can head a column in every format."""
RESERVED = frozenset(
    {
        *("series", "starts_on", "ends_on", "value", "mark", "unit", "footnote_en", "footnote_fr", "document", "page"),
        *("source", "known_on", "reason_en", "reason_fr", "identifier", "dataflow", "structure", "structure_id"),
        *("action", "time_period", "obs_value", "obs_status", "conf_status", "unit_measure", "freq"),
        *("source_document", "source_page", "comment_obs_en", "comment_obs_fr"),
    }
)
"""Names of columns that every file has, in small letters: no dimension may be called so."""


class CubeError(ValueError):
    """A cube that contradicts itself. Whoever built it made a mistake; no reader of figures did."""


@dataclass(frozen=True, slots=True)
class CubeText:
    """A text in both languages; either may be empty where nobody has written it."""

    en: str = ""
    fr: str = ""

    def __bool__(self) -> bool:
        return bool(self.en or self.fr)

    def of(self, language: Language) -> str:
        """The text in a language, or in the other where it is missing."""
        return (self.fr or self.en) if language == "fr" else (self.en or self.fr)


NO_TEXT = CubeText()


@dataclass(frozen=True, slots=True)
class CubeUnit:
    """What is counted: `victim` with its words; for money, the code is the currency, such as `CAD`."""

    code: str
    label: CubeText


@dataclass(frozen=True, slots=True)
class CubeAgency:
    """Who publishes: the code and the names of an organisation."""

    code: str
    name: CubeText


@dataclass(frozen=True, slots=True)
class CubeDimension:
    """By what the cells are told apart: its words, and its codes in their order, without the total."""

    code: str
    label: CubeText
    codes: tuple[tuple[str, CubeText], ...]


@dataclass(frozen=True, slots=True)
class CubeCell:
    """One figure.

    Args:
        codes: one code for each dimension of the cube, in their order; `TOTAL` for all together.
        starts_on, ends_on: the span that it is about, both days included.
        value: the figure; None exactly where the mark is one of `HIDDEN`.
        mark: one of `MARKS`.
        footnote: what has to be known with it.
        source: where it stands, in words, such as the title of a document.
        document: the code of that document, "" where there is none.
        page: where in the document.
        known_on: the day on which the source made it known.
    """

    codes: tuple[str, ...]
    starts_on: date
    ends_on: date
    value: Value | None
    mark: str = "final"
    footnote: CubeText = NO_TEXT
    source: str = ""
    document: str = ""
    page: str = ""
    known_on: date | None = None

    @property
    def key(self) -> tuple[date, date, tuple[str, ...], str]:
        """What no two cells of a cube share: span, codes and document."""
        return (self.starts_on, self.ends_on, self.codes, self.document)


@dataclass(frozen=True)
class Cube:
    """A series, or a table of a release, as every file format shows it.

    Args:
        code: the code of the series or table.
        title, definition: its words.
        unit: what is counted.
        agency: who publishes it.
        dimensions: by what its cells are told apart; none where there is only one figure a span.
        cells: the figures, in any order; two of one span and codes are told apart by their document.
        identifier: how it is cited, "" where it cannot be.
        version: such as `1.0`, as SDMX counts versions.
        licence: the address of the licence under which it is published, "" where nobody said.
        published_on: the day, None where it is not published.
        address: the web address of its page, "" where there is none.
        source: where the figures come from, in words.
        notes: what else a reader has to know: breaks, method, what is not shown and why.

    Raises:
        CubeError: codes, marks, values or spans do not fit together.
    """

    code: str
    title: CubeText
    definition: CubeText
    unit: CubeUnit
    agency: CubeAgency
    dimensions: tuple[CubeDimension, ...]
    cells: tuple[CubeCell, ...]
    identifier: str = ""
    version: str = "1.0"
    licence: str = ""
    published_on: date | None = None
    address: str = ""
    source: CubeText = NO_TEXT
    notes: tuple[CubeText, ...] = field(default=())

    def __post_init__(self) -> None:
        for dimension in self.dimensions:
            _check_dimension(dimension)
        names = [plain_name(dimension.code) for dimension in self.dimensions]
        if len(set(names)) != len(names):
            raise CubeError(f"{self.code}: two dimensions have one name.")
        seen = set()
        for cell in self.cells:
            self._check(cell)
            if cell.key in seen:
                raise CubeError(f"{self.code}: {cell.key} stands twice.")
            seen.add(cell.key)

    def _check(self, cell: CubeCell) -> None:
        if len(cell.codes) != len(self.dimensions):
            raise CubeError(f"{self.code}: {cell.codes} are not one code for each dimension.")
        for dimension, code in zip(self.dimensions, cell.codes, strict=True):
            if code not in self._places[dimension.code]:
                raise CubeError(f"{self.code}: {code} is no code of {dimension.code}.")
        if cell.mark not in MARKS or (cell.value is None) != (cell.mark in HIDDEN):
            raise CubeError(f"{self.code}: the mark {cell.mark} does not go with the value {cell.value}.")
        if cell.document and (cell.document in (TOTAL, NOT_APPLICABLE) or not CODE.fullmatch(cell.document)):
            raise CubeError(f"{self.code}: {cell.document} cannot be the code of a document.")
        if cell.ends_on < cell.starts_on or (isinstance(cell.value, Decimal) and not cell.value.is_finite()):
            raise CubeError(f"{self.code}: {cell.key} is no span, or {cell.value} no number.")

    @cached_property
    def _places(self) -> Mapping[str, Mapping[str, int]]:
        """For each dimension: the place of each code, the total first."""
        return {
            one.code: {TOTAL: 0, **{code: at for at, (code, _) in enumerate(one.codes, 1)}} for one in self.dimensions
        }

    @cached_property
    def rows(self) -> tuple[CubeCell, ...]:
        """The cells in the order in which every file has them: by span, then codes (totals first), then document."""
        return tuple(sorted(self.cells, key=self._order))

    def _order(self, cell: CubeCell) -> tuple[date, date, tuple[int, ...], str]:
        places = tuple(self._places[one.code][code] for one, code in zip(self.dimensions, cell.codes, strict=True))
        return (cell.starts_on, cell.ends_on, places, cell.document)

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, CubeText]]:
        """For each dimension: the words of each code, without the total."""
        return {dimension.code: dict(dimension.codes) for dimension in self.dimensions}


def _check_dimension(dimension: CubeDimension) -> None:
    codes = [code for code, _label in dimension.codes]
    name = plain_name(dimension.code)
    if not NAME.fullmatch(dimension.code) or name in RESERVED or name.endswith("_label"):
        raise CubeError(f"{dimension.code} cannot be the name of a dimension.")
    if len(set(codes)) != len(codes) or {TOTAL, NOT_APPLICABLE} & set(codes):
        raise CubeError(f"{dimension.code}: a code stands twice, or is kept for the total or for none.")
    wrong = [code for code in codes if not CODE.fullmatch(code)]
    if wrong:
        raise CubeError(f"{dimension.code}: {', '.join(wrong)} cannot be codes.")


def plain_name(code: str) -> str:
    """A dimension's code as a name that even the strictest format takes: small letters and `_`."""
    return code.casefold().replace("-", "_")


def number_text(value: Value) -> str:
    """A number with a decimal point, no grouping and no zeros at its end: `1250`, `12.5`."""
    if isinstance(value, int):
        return str(value)
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
