"""Records read and counted: time and memory at n, 4n and 16n, beside the plain way and, if wanted, other tools.

    python benchmarks/counting.py [--others] [records ...]

Promised: exact counts of all combinations of one to three of 20 columns of a million records in 5 s and 600 MB (aimed
at: 3 s), and ten million records to a table of four dimensions in linear time and 2 GiB (`counting.py 10000000`). Each
line is a process of its own: `s` is the work that it is named after, `cpu` the same without waiting for other work on
the machine, `MB` the most memory that the whole process held, reading included. `plain` counts each combination by one
pass of numpy over the records. `--others` installs duckdb and polars into an environment that is thrown away after.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from itertools import combinations
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from palermo.figures.protection.counting import count
from palermo.figures.protection.description import describe
from palermo.figures.protection.margins import all_margins
from palermo.figures.protection.records import Column, Records, read
from palermo.figures.protection.sealed import SealedReader, SealedWriter
from palermo.figures.protection.shapes import Dimension

SIZES = (250_000, 1_000_000, 4_000_000)
PLAIN_UP_TO = 1_000_000
FOUR = ("gender", "ageBroad", "yearOfRegistration", "CountryOfExploitation")
OTHERS = ("duckdb", "polars")
KEY = bytes(32)
FOLDER = Path(__file__).resolve().parent


def main(sizes: list[int], *, others: bool) -> None:
    sys.path.insert(0, str(FOLDER.parent))
    from benchmarks.made_records import generator, made_records

    if generator() is None:
        print("The program that makes the records is not there; PALERMO_SHARED says where it is.")
        return
    with tempfile.TemporaryDirectory(prefix="palermo-bench-") as name:
        folder = Path(name)
        python = _environment(folder / "others") if others else None
        for size in sizes:
            file = made_records(size, folder)
            _at_size(size, _sealed(file))
            if python and size <= PLAIN_UP_TO:
                _others(python, file)
            file.unlink()


def _at_size(size: int, sealed: Path) -> None:
    print(f"\n{size} records, 20 columns\n{'':34}{'s':>8}{'cpu':>8}{'MB':>7}")
    for name, work in WORKS.items():
        if work is not _plain or size <= PLAIN_UP_TO:
            sys.stdout.flush()
            subprocess.run([sys.executable, __file__, "--child", name, sealed], check=True)
    sealed.unlink()


def _sealed(file: Path) -> Path:
    """The records as they lie on disk in use."""
    sealed = file.with_suffix(".sealed")
    with file.open("rb") as plain, sealed.open("wb") as handle, SealedWriter(handle, KEY) as writer:
        while block := plain.read(1 << 22):
            writer.write(block)
    return sealed


def _child(name: str, file: Path) -> None:
    """One piece of work in a process of its own; what it needs first is not timed."""
    with file.open("rb") as handle:
        took, worked = WORKS[name](SealedReader(handle, KEY))
    print(f"{name:34}{took:>8.2f}{worked:>8.2f}{_peak():>7}")


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    start, start_work = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - start_work


def _reading(file: SealedReader) -> tuple[float, float]:
    columns = _columns(file)
    return _timed(lambda: read(file, columns))


def _records(file: SealedReader, columns: Sequence[Column]) -> Records:
    found = read(file, columns).records
    if found is None:
        raise SystemExit("Records that were made cannot be read.")
    return found


def _columns(file: SealedReader) -> list[Column]:
    return [
        Column(Dimension.flat(column.name, [*column.values, "missing"]), "missing") for column in describe(file).columns
    ]


def _four(file: SealedReader) -> tuple[float, float]:
    columns = [column for column in _columns(file) if column.name in FOUR]
    return _timed(lambda: count(_records(file, columns), FOUR))


def _all_margins(file: SealedReader) -> tuple[float, float]:
    records = _records(file, _columns(file))
    return _timed(lambda: all_margins(records))


def _plain(file: SealedReader) -> tuple[float, float]:
    records = _records(file, _columns(file))
    return _timed(lambda: _each_by_itself(records))


def _each_by_itself(records: Records) -> dict[tuple[int, ...], NDArray[np.int64]]:
    """Every combination by one pass over the records, as one would write it at first."""
    sizes = [len(column.leaf_codes) for column in records.columns]
    found = {}
    for way in (1, 2, 3):
        for some in combinations(range(len(sizes)), way):
            joint = records.codes[some[0]].astype(np.int64)
            for place in some[1:]:
                joint = joint * sizes[place] + records.codes[place]
            found[some] = np.bincount(joint, minlength=prod(sizes[place] for place in some))
    return found


def _peak() -> int:
    """The most memory that this process held, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


def _environment(folder: Path) -> Path:
    """An environment of its own with what is compared with."""
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", *OTHERS, "numpy"], check=True)
    return folder / "bin" / "python"


def _others(python: Path, file: Path) -> None:
    for tool in OTHERS:
        code = f"from counting_others import run; run({tool!r}, {str(file)!r})"
        printed = subprocess.run([python, "-c", code], cwd=FOLDER, check=True, capture_output=True, text=True).stdout
        reading, counting, peak = printed.splitlines()[-1].split()
        print(f"{tool + ': read CSV, unsealed':34}{reading:>8}{'':>8}{peak:>7}")
        print(f"{tool + ': 1 to 3 columns':34}{counting:>8}{'':>8}{peak:>7}", flush=True)


WORKS: dict[str, Callable[[SealedReader], tuple[float, float]]] = {
    "describe": lambda file: _timed(lambda: describe(file)),
    "read": _reading,
    "read 4 columns, count their table": _four,
    "1 to 3 columns, all combinations": _all_margins,
    "the same, plain": _plain,
}

if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _child(sys.argv[2], Path(sys.argv[3]))
    else:
        asked = [int(size) for size in sys.argv[1:] if size != "--others"]
        main(asked or list(SIZES), others="--others" in sys.argv)
