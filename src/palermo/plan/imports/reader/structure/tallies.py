"""Tells tables that count from tables that list actions: how many are complete, how many persons, how much money."""

from __future__ import annotations

import re
from itertools import pairwise

from palermo.plan.imports.reader.structure.loose import main_column
from palermo.plan.imports.reader.structure.tables import PrintedTable

_AMOUNT = re.compile(r"[$€£(]?\s*\d[\d\s,.]*\s*(?:%|[$€£)]|[kKmM])?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")


def is_tally(table: PrintedTable) -> bool:
    """Whether the cells that should say what is to be done hold numbers instead. Codes that count up are none."""
    main = main_column(table.columns)
    texts = [" ".join(piece.text for piece in row.cells.get(main, [])) for row in table.rows]
    filled = [text for text in texts if text]
    amounts = [text for text in filled if _AMOUNT.fullmatch(text) and not _DOTTED.fullmatch(text)]
    return bool(filled) and len(amounts) * 2 > len(filled) and not _counts_up(amounts)


def _counts_up(amounts: list[str]) -> bool:
    numbers = [int(text.strip(".")) for text in amounts if text.strip(".").isdigit()]
    return len(numbers) == len(amounts) and all(after == before + 1 for before, after in pairwise(numbers))
