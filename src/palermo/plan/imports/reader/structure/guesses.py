"""Judges what a column holds whose heading is not known, by what its cells look like."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from palermo.plan.imports.reader.structure.columns import TIME_ROLES, Column
from palermo.plan.imports.reader.structure.dates import read_date
from palermo.plan.imports.reader.structure.doubts import doubt
from palermo.plan.imports.reader.structure.headings import CODE
from palermo.plan.imports.reader.structure.leads import looks_like_leads
from palermo.plan.imports.reader.structure.lines import Joiner
from palermo.plan.imports.reader.structure.statuses import opens_with_status
from palermo.plan.imports.reader.structure.tables import PrintedTable

FEWEST_CELLS = 2


def with_guessed_columns(table: PrintedTable, joiner: Joiner, known: dict[str, str]) -> list[Column]:
    """The columns of a table; an unknown one becomes a status, time or lead where most of its cells are that.

    Every row gets a doubt with the heading. A role that a known column has already is not given again. `known`
    remembers what was judged of a heading, for a later table under the same one.
    """
    taken = {column.role for column in table.columns}
    columns: list[Column] = []
    for place, column in enumerate(table.columns):
        earlier = known.get(column.heading, "")
        role = earlier if earlier not in taken else ""
        role = role or _role(_texts(table, place, joiner), column.role, taken)
        if role:
            known[column.heading] = role
            taken.add(role)
            for row in table.rows:
                row.doubts.append(doubt("column_guessed", column.heading))
        columns.append(Column(column.heading, role or column.role, column.rank))
    return columns


def _texts(table: PrintedTable, place: int, joiner: Joiner) -> list[str]:
    cells = (row.cells.get(place, []) for row in table.rows)
    return [text for pieces in cells if (text := joiner.join(piece.text for piece in pieces))]


def _role(texts: Sequence[str], known: str, taken: set[str]) -> str:
    """What a column holds, "" to leave it as its heading says. A column of remarks may be one of statuses."""
    if known in TIME_ROLES and len(texts) >= FEWEST_CELLS and all(_is_amount(text) for text in texts):
        return "indicator"
    if known not in {"other", "note", "indicator"}:
        return ""
    if "status" not in taken and _most(texts, opens_with_status):
        return "status"
    if known != "other":
        return ""
    if "code" not in taken and _most(texts, _is_code):
        return "code"
    if not taken & TIME_ROLES and _most(texts, lambda text: read_date(text) is not None):
        return "timeline"
    if "lead" not in taken and _most(texts, looks_like_leads):
        return "lead"
    return ""


def _is_code(text: str) -> bool:
    code = CODE.match(text)
    return code is not None and code.end() == len(text)


def _is_amount(text: str) -> bool:
    """A target may be a number of things and not a date."""
    return read_date(text) is None and text[:1].isdigit()


def _most(texts: Sequence[str], test: Callable[[str], bool]) -> bool:
    return len(texts) >= FEWEST_CELLS and sum(map(test, texts)) * 3 >= len(texts) * 2
