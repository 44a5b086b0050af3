"""Tables of made-up records protected and attacked: cells hidden, seconds, and what an attacker finds.

    python benchmarks/protection.py [records ...]

Promised for T2 of 100,000 records (3,190 cells, 655 of them too small): at most 811 hidden and 3 s where only the
number is kept from everybody (aimed at: 789 and 1 s), at most 838 and 10 s where its size is too (aimed at: 800). For
T3 (76,560 cells): nothing exposed in 120 s, attack included (aimed at: 60 s); rounded so that sums add up in 30 s
(aimed at: 10 s), and no cell moved by more than 9. `cpu` is the work without waiting for others on the machine. For T1
and T2 the attack of the tests, written without the product's and over another solver, is asked as well.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_records import generator, made_records
from palermo.figures.protection.attack import attack
from palermo.figures.protection.counting import count
from palermo.figures.protection.description import describe
from palermo.figures.protection.protect import Protected, protect
from palermo.figures.protection.records import Column, Records, read
from palermo.figures.protection.rounding import round_to_add_up
from palermo.figures.protection.rules import Rules
from palermo.figures.protection.shapes import Dimension
from tests.figures.protection.naive_attack import NEARLY, limits

SIZES = (6_250, 25_000, 100_000)
TABLES = {
    "T1": ("citizenship", "CountryOfExploitation"),
    "T2": ("gender", "ageBroad", "CountryOfExploitation"),
    "T3": ("gender", "ageBroad", "yearOfRegistration", "CountryOfExploitation"),
}
BASE = 5
T = TypeVar("T")


def main(sizes: list[int]) -> None:
    if generator() is None:
        print("The program that makes the records is not there; PALERMO_SHARED says where it is.")
        return
    with tempfile.TemporaryDirectory(prefix="palermo-bench-") as name:
        for size in sizes:
            records = _records(made_records(size, Path(name)))
            print(f"-- {size} records")
            for title, dimensions in TABLES.items():
                _one(records, title, dimensions)


def _records(path: Path) -> Records:
    wanted = {name for names in TABLES.values() for name in names}
    with path.open("rb") as file:
        found = {column.name: column for column in describe(file).columns}
    columns = [
        Column(Dimension.flat(name, ["unknown", *found[name].values]), missing="unknown") for name in sorted(wanted)
    ]
    with path.open("rb") as file:
        records = read(file, columns).records
    if records is None:
        raise ValueError("the made-up records cannot be read")
    return records


def _one(records: Records, title: str, dimensions: tuple[str, ...]) -> None:
    table = count(records, dimensions, title)
    for rules in (Rules(hide_size=False), Rules(hide_size=True)):
        kept = "number and size" if rules.hide_size else "number"
        made, told = _timed(partial(protect, [table], rules))
        hidden, small = int((~made.tables[0].shown).sum()), int(made.too_small[0].sum())
        print(
            f"{title} {kept}: {table.values.size} cells, {small} too small, {hidden} hidden, gap {made.gap:.2%}, {told}"
        )
        found, told = _timed(partial(attack, made.tables, rules))
        print(f"{title} {kept}: attack exposes {len(found.exposed)}, {told}")
        if table.values.size < 5_000:
            print(f"{title} {kept}: {_naive(made, rules)}")
    rounded, told = _timed(partial(round_to_add_up, table, BASE))
    print(f"{title} rounded to {BASE}: largest move {rounded.largest_move}, {told}")


def _naive(made: Protected, rules: Rules) -> str:
    ends = limits(made.tables).values()
    exactly = sum(high - low < NEARLY for low, high in ends)
    within = sum(low > 1 - NEARLY and high < rules.threshold - NEARLY for low, high in ends)
    return f"another attack works out {exactly} exactly, and of {within} that they are too small"


def _timed(work: Callable[[], T]) -> tuple[T, str]:
    wall, cpu = time.perf_counter(), time.process_time()
    done = work()
    return done, f"{time.perf_counter() - wall:.1f} s, {time.process_time() - cpu:.1f} s cpu"


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or list(SIZES))
