"""Columns as a person describes them, checked and put into the shapes that counting reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from palermo.figures.exchange.cube import CODE, NAME, RESERVED
from palermo.figures.protection.shapes import TOTAL, Dimension, ShapeError
from palermo.figures.releases.models import RecordColumn

MOST_CODES = 2_000
"""Codes of one dimension."""


class NotDescribedError(Exception):
    """A description that cannot be used. `code` is stable; `about` is a line, a code or a number where there is one."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.about = about


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One code of a dimension, and the code that it rolls up to; "" for the total."""

    code: str
    label_en: str
    label_fr: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class DimensionSaid:
    """A dimension in words: what tables are laid out by."""

    code: str
    label_en: str
    label_fr: str
    codes: tuple[CodeLine, ...]

    def shape(self) -> Dimension:
        """Its codes with what they roll up to; the total stands first.

        Raises:
            NotDescribedError: `circle` where codes roll up to each other, `unknown_parent`.
        """
        known = {line.code for line in self.codes}
        for line in self.codes:
            if line.parent and line.parent not in known:
                raise NotDescribedError("unknown_parent", line.parent)
        parents = {line.code: line.parent or TOTAL for line in self.codes}
        try:
            return Dimension.nested(self.code, {TOTAL: None, **parents})
        except ShapeError as error:
            raise NotDescribedError("circle") from error

    def check(self) -> None:
        """Refuse what no table could be laid out by.

        Raises:
            NotDescribedError: see there.
        """
        check_name(self.code)
        if not self.codes:
            raise NotDescribedError("no_codes")
        if len(self.codes) > MOST_CODES:
            raise NotDescribedError("too_many_codes", str(MOST_CODES))
        seen: set[str] = set()
        for line in self.codes:
            if not CODE.fullmatch(line.code) or line.code in (TOTAL, "_Z"):
                raise NotDescribedError("bad_code", line.code)
            if line.code in seen:
                raise NotDescribedError("same_codes", line.code)
            if not (line.label_en or line.label_fr):
                raise NotDescribedError("no_label", line.code)
            seen.add(line.code)
        self.shape()


def dimension_of(column: RecordColumn) -> DimensionSaid:
    """A described column as a dimension."""
    lines = tuple(CodeLine(*line) for line in column.codes)
    return DimensionSaid(column.code, column.label_en, column.label_fr, lines)


def check_name(code: str) -> None:
    """Refuse a name of a dimension or number that could not head a column of a file.

    Raises:
        NotDescribedError: `bad_name`.
    """
    name = code.casefold()
    if not NAME.fullmatch(code) or name in RESERVED or name.endswith("_label"):
        raise NotDescribedError("bad_name", code)


def read_lines(text: str) -> tuple[CodeLine, ...]:
    """Codes as typed: `code; English; French; code that it rolls up to`, one a line, the last part only where needed.

    Raises:
        NotDescribedError: `bad_line` with the number of a line that has fewer than two or more than four parts.
    """
    lines = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [re.sub(r"\s+", " ", part).strip() for part in line.split(";")]
        if not 2 <= len(parts) <= 4:
            raise NotDescribedError("bad_line", str(number))
        lines.append(CodeLine(*parts, *[""] * (3 - len(parts))))
    return tuple(lines)


def write_lines(codes: Sequence[CodeLine]) -> str:
    """The same, as it is typed."""
    return "\n".join(
        "; ".join([line.code, line.label_en, line.label_fr, *([line.parent] if line.parent else [])]) for line in codes
    )
