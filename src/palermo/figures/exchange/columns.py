"""The columns of a cube laid flat, one row a cell: what CSV and XLSX hold, and what CSVW describes.

The names in the first row are the same in both languages, so that a program reads either file; only the words of the
codes are in the reader's language. A file that went out this way can come back in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from palermo.figures.exchange.cube import TOTAL, Cube, CubeCell, CubeDimension, CubeText, Language, Value, plain_name
from palermo.figures.exchange.words import ALL_TOGETHER, HEADINGS

CellValue: TypeAlias = str | date | Value | None
Kind: TypeAlias = Literal["text", "code", "day", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name that programs know, the words that people read, and what it says of a cell."""

    name: str
    heading: CubeText
    kind: Kind
    of: Callable[[CubeCell], CellValue]
    language: Language | None = None
    """The language of its texts, where it has one."""


def columns(cube: Cube, language: Language) -> tuple[Column, ...]:
    """Every column of a cube, in order."""
    by_dimension = [
        column for at, one in enumerate(cube.dimensions) for column in _of_dimension(cube, at, one, language)
    ]
    return (
        _fixed("series", "code", lambda _cell: cube.code),
        _fixed("starts_on", "day", lambda cell: cell.starts_on),
        _fixed("ends_on", "day", lambda cell: cell.ends_on),
        *by_dimension,
        _fixed("value", "number", lambda cell: cell.value),
        _fixed("mark", "code", lambda cell: cell.mark),
        _fixed("unit", "code", lambda _cell: cube.unit.code),
        _fixed("footnote_en", "text", lambda cell: cell.footnote.en, "en"),
        _fixed("footnote_fr", "text", lambda cell: cell.footnote.fr, "fr"),
        _fixed("document", "code", lambda cell: cell.document),
        _fixed("page", "text", lambda cell: cell.page),
        _fixed("source", "text", lambda cell: cell.source),
        _fixed("known_on", "day", lambda cell: cell.known_on),
    )


def _fixed(name: str, kind: Kind, of: Callable[[CubeCell], CellValue], language: Language | None = None) -> Column:
    return Column(name, HEADINGS[name], kind, of, language)


def _of_dimension(cube: Cube, at: int, one: CubeDimension, language: Language) -> tuple[Column, Column]:
    labels = {TOTAL: ALL_TOGETHER, **cube.labels[one.code]}
    name = plain_name(one.code)
    worded = CubeText(f"{one.label.en} (words)", f"{one.label.fr} (libellé)")
    return (
        Column(name, one.label, "code", lambda cell: cell.codes[at]),
        Column(f"{name}_label", worded, "text", lambda cell: labels[cell.codes[at]].of(language), language),
    )
