"""Tables as they are, before anything is protected."""

from __future__ import annotations

from dataclasses import dataclass

from palermo.figures.protection.random_rounding import Keys
from palermo.figures.protection.shapes import Table
from palermo.figures.protection.synthetic.making import Synthetic
from palermo.figures.protection.synthetic.quality import Quality


@dataclass(frozen=True)
class MadeUp:
    """Synthetic records, and how alike they are to the real ones; None where there are none to compare."""

    synthetic: Synthetic
    quality: Quality | None


@dataclass(frozen=True)
class Counted:
    """Tables as they are, before anything is protected; or what keeps them from being counted.

    `problems` are `(row, position of the column, kind)`, the first hundred; row 0 stands for the file as a whole,
    position 0 for the row as a whole. `more` is how many further ones there are. `keys` are those of the cells of each
    table, where numbers are rounded by record.
    """

    tables: tuple[Table, ...] = ()
    sums: tuple[str, ...] = ()
    """For each table what it sums; "" where it counts records."""
    keys: tuple[Keys, ...] = ()
    rows: int | None = None
    problems: tuple[tuple[int, int, str], ...] = ()
    more: int = 0
    made_up: MadeUp | None = None
    """Where the tables are counted from synthetic records."""
