"""What is wrong with a file of figures, cell by cell, as codes; who shows them says them in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file: its sheet and cell in a workbook, its line and column elsewhere."""

    line: int = 0
    """Counted from 1; 0 where it is wrong with the file as a whole."""
    column: str = ""
    """The heading as it stands in the file."""
    cell: str = ""
    """Such as `E7`; empty in a text file."""


WHOLE_FILE = Place()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Args:
        code: which; every one is listed in `CODES`.
        place: where.
        about: what the sentence names, such as what was written and the nearest that is known.
    """

    code: str
    place: Place = WHOLE_FILE
    about: Mapping[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """Nothing of the file is read. `problems` say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


OF_THE_FILE = frozenset(
    {
        *("empty", "too_large", "locked", "not_a_workbook", "damaged", "bomb", "too_many_rows", "no_text", "no_sheet"),
        *("no_rows", "missing_column", "unknown_column", "column_twice", "more"),
    }
)
OF_A_CELL = frozenset(
    {
        *("formula", "broken", "stray", "number", "ambiguous_number", "too_large_number", "too_fine", "fraction"),
        *("negative", "no_value", "value_with_mark", "mark", "no_code", "unknown_code", "date", "bad_span", "period"),
        *("twice", "other_unit", "other_series", "unknown_document", "too_long", "action", "multiplied"),
    }
)
CODES = OF_THE_FILE | OF_A_CELL
