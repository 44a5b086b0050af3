"""Tables of made-up records protected and attacked: cells hidden, seconds, and what an attacker finds.

    python benchmarks/protection.py [--others] [records ...]

Promised for T2 of 100,000 records (3,190 cells, 655 of them too small): at most 811 hidden and 3 s where only the
number is kept from everybody (aimed at: 789 and 1 s), at most 838 and 10 s where its size is too (aimed at: 800). For
T3 (76,560 cells): nothing exposed in 120 s, attack included (aimed at: 60 s); rounded so that sums add up in 30 s
(aimed at: 10 s), and no cell moved by more than 9. `cpu` is the work without waiting for others on the machine. For T1
and T2 the attack of the tests, written without the product's and over another solver, is asked as well. `--others`
installs gconfid and pytauargus, each into an environment of its own, which takes a network, and has them protect T2
too; what they hide is attacked in the same way.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from pathlib import Path
from typing import TypeVar

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_records import generator, made_records
from palermo.figures.protection.attack import attack
from palermo.figures.protection.counting import count
from palermo.figures.protection.description import describe
from palermo.figures.protection.protect import protect
from palermo.figures.protection.records import Column, Records, read
from palermo.figures.protection.rounding import round_to_add_up
from palermo.figures.protection.rules import Rules
from palermo.figures.protection.shapes import Dimension, PublishedTable, Table
from palermo.figures.protection.system import system_of
from tests.figures.protection.naive_attack import NEARLY, limits

SIZES = (6_250, 25_000, 100_000)
TABLES = {
    "T1": ("citizenship", "CountryOfExploitation"),
    "T2": ("gender", "ageBroad", "CountryOfExploitation"),
    "T3": ("gender", "ageBroad", "yearOfRegistration", "CountryOfExploitation"),
}
BASE = 5
OTHERS = ("gconfid", "pytauargus")
PATIENCE = 1_200
FOLDER = Path(__file__).resolve().parent
T = TypeVar("T")


def main(sizes: list[int], *, others: bool) -> None:
    if generator() is None:
        print("The program that makes the records is not there; PALERMO_SHARED says where it is.")
        return
    with tempfile.TemporaryDirectory(prefix="palermo-bench-") as name:
        pythons = {tool: _environment(Path(name) / tool, tool) for tool in OTHERS} if others else {}
        for size in sizes:
            records = _records(made_records(size, Path(name)))
            print(f"-- {size} records")
            for title, dimensions in TABLES.items():
                _one(records, title, dimensions)
            for tool, python in pythons.items():
                _other(tool, python, count(records, TABLES["T2"], "T2"), Path(name))


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
            print(f"{title} {kept}: {_naive(made.tables, rules)}")
    rounded, told = _timed(partial(round_to_add_up, table, BASE))
    print(f"{title} rounded to {BASE}: largest move {rounded.largest_move}, {told}")


def _naive(tables: Sequence[PublishedTable], rules: Rules) -> str:
    ends = limits(tables).values()
    exactly = sum(high - low < NEARLY for low, high in ends)
    within = sum(low > 1 - NEARLY and high < rules.threshold - NEARLY for low, high in ends)
    return f"another attack works out {exactly} exactly, and of {within} that they are too small"


def _environment(folder: Path, tool: str) -> Path | None:
    """An interpreter that has this tool; None where it cannot be installed."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    done = subprocess.run([python, "-m", "pip", "install", "--quiet", tool, "pandas"], check=False, capture_output=True)
    return None if done.returncode else python


def _other(tool: str, python: Path | None, table: Table, folder: Path) -> None:
    """T2 protected by a tool of others, and what is found in it."""
    if python is None:
        print(f"T2 {tool}: left out, since it cannot be installed here")
        return
    path = folder / "table.json"
    path.write_text(json.dumps(_written(table)))
    code = f"import sys; sys.path.insert(0, {str(FOLDER)!r}); from protection_others import run; "
    code += f"run({tool!r}, {str(path)!r})"
    try:
        done = subprocess.run(
            [python, "-c", code], cwd=folder, check=False, capture_output=True, text=True, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        print(f"T2 {tool}: not done in {PATIENCE} s")
        return
    if done.returncode:
        print(f"T2 {tool}: failed: {done.stderr.strip().splitlines()[-1][:90]}")
        return
    took, worked = done.stdout.split()[-2:]
    hidden = np.zeros(table.values.size, dtype=bool)
    hidden[json.loads(path.with_suffix(".hidden.json").read_text())] = True
    hidden = hidden[system_of([table]).places[0]]
    made = PublishedTable("T2", table.dimensions, np.where(hidden, 0, table.values), ~hidden)
    print(f"T2 {tool}: {int(hidden.sum())} hidden, {took} s, {worked} s cpu; {_naive([made], Rules())}")


def _written(table: Table) -> dict[str, object]:
    """A table as those who run the tools of others read it."""
    system = system_of([table])
    places = system.places[0].ravel()
    values = np.zeros(system.count, dtype=np.int64)
    values[places] = table.values.ravel()
    codes: list[list[str]] = [[] for _place in range(system.count)]
    names = [
        ["" if at == dimension.total else code for at, code in enumerate(dimension.codes)]
        for dimension in table.dimensions
    ]
    for place, cell in zip(places.tolist(), product(*names), strict=True):
        codes[place] = list(cell)
    return {
        "values": values.tolist(),
        "equations": [[int(total), system.parts[at].tolist()] for at, total in enumerate(system.sums)],
        "threshold": Rules().threshold,
        "names": [dimension.name for dimension in table.dimensions],
        "codes": codes,
    }


def _timed(work: Callable[[], T]) -> tuple[T, str]:
    wall, cpu = time.perf_counter(), time.process_time()
    done = work()
    return done, f"{time.perf_counter() - wall:.1f} s, {time.process_time() - cpu:.1f} s cpu"


if __name__ == "__main__":
    asked = [int(each) for each in sys.argv[1:] if each != "--others"]
    main(asked or list(SIZES), others="--others" in sys.argv)
