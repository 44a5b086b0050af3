"""The same combinations by tools that others wrote, run by an interpreter of its own; see `counting.py --others`."""

from __future__ import annotations

import time
from itertools import combinations
from pathlib import Path


def run(tool: str, path: str) -> None:
    """Print what reading a file and counting all combinations of one to three of its columns take."""
    read, count = {"duckdb": _duckdb, "polars": _polars}[tool](path)
    print(f"{read:.2f} {count:.2f} {_peak()}")


def _some(names: list[str]) -> list[tuple[str, ...]]:
    return [some for way in (1, 2, 3) for some in combinations(names, way)]


def _duckdb(path: str) -> tuple[float, float]:
    import duckdb

    start = time.perf_counter()
    database = duckdb.connect()
    database.execute("set enable_progress_bar = false")
    names = [row[0] for row in database.execute("describe from read_csv(?, all_varchar=true)", [path]).fetchall()]
    # Each column as the enumeration of its values: the fastest that this tool offers for codes.
    database.execute("create table text as from read_csv(?, all_varchar=true)", [path])
    for name in names:
        database.execute(f"create type t_{name} as enum (select distinct coalesce({name}, '') from text)")  # noqa: S608
    coded = ", ".join(f"coalesce({name}, '')::t_{name} as {name}" for name in names)
    database.execute(f"create table records as select {coded} from text")  # noqa: S608
    read = time.perf_counter()
    for some in _some(names):
        by = ", ".join(some)
        database.execute(f"select {by}, count(*) from records group by {by}").fetchall()  # noqa: S608
    return read - start, time.perf_counter() - read


def _polars(path: str) -> tuple[float, float]:
    import polars  # type: ignore[import-not-found]

    start = time.perf_counter()
    records = polars.read_csv(path, infer_schema=False).fill_null("").cast(polars.Categorical)
    read = time.perf_counter()
    for some in _some(records.columns):
        records.group_by(some).len()
    return read - start, time.perf_counter() - read


def _peak() -> int:
    """The most memory held, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024
