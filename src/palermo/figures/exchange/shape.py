"""What a file of figures has to fit: the series that it is for, as far as reading needs it; and what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palermo.figures.exchange.cube import NO_TEXT, CubeDimension, CubeText, CubeUnit
from palermo.figures.exchange.problems import Problem


@dataclass(frozen=True, slots=True)
class SeriesShape:
    """A series that figures are read for.

    Args:
        code: of the series.
        title: its name.
        unit: what it counts.
        dimensions: by what its figures are told apart, each with its codes.
        documents: the title of each source document that figures may name, by its code.
        is_whole: whether whole things are counted, so that there is no half of one.
        is_signed: whether a figure may be below zero.
    """

    code: str
    title: CubeText
    unit: CubeUnit
    dimensions: tuple[CubeDimension, ...]
    documents: Mapping[str, str]
    is_whole: bool = True
    is_signed: bool = False


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """One figure as a file says it, checked by itself: whether it is new or a revision is for others to say."""

    line: int
    codes: tuple[str, ...]
    """One for each dimension, in the order of the series; `_T` for all together."""
    starts_on: date
    ends_on: date
    value: Decimal | None
    mark: str
    footnote: CubeText = NO_TEXT
    document: str = ""
    page: str = ""
    known_on: date | None = None
    reason: CubeText = NO_TEXT
    """Why it is revised, where the file says so."""

    @property
    def key(self) -> tuple[date, date, tuple[str, ...], str]:
        """What no two figures of a file share: span, codes and document."""
        return (self.starts_on, self.ends_on, self.codes, self.document)


@dataclass(frozen=True, slots=True)
class Reading:
    """Every figure that could be read, and everything that is wrong. As long as anything is, nothing is taken in."""

    figures: tuple[ReadFigure, ...]
    problems: tuple[Problem, ...]
