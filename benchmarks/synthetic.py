"""Synthetic records of 20 columns: how alike to real ones and in what time, at n / 16, n / 4 and n records.

    python benchmarks/synthetic.py [--others] [records ...]

Promised for 100,000 records at epsilon 4 and delta 1e-6: a mean total variation distance of at most .096 over all
tables of two columns and .140 over those of three, the number of records within 0.5 percent, in 120 s (aimed at: .05,
.09 and 20 s). `s` is making the records, `cpu` the same without waiting for other work on the machine, `MB` the most
memory that the whole process held. `--others` installs pac-synth and privsyn-core, each into an environment of its own
that is thrown away after, and gives them an hour each.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from palermo.figures.protection.description import describe
from palermo.figures.protection.records import Column, Records, read
from palermo.figures.protection.shapes import Dimension
from palermo.figures.protection.synthetic.making import synthesize
from palermo.figures.protection.synthetic.quality import Quality, compare

SIZES = (6_250, 25_000, 100_000)
OTHERS = ("privsyn-core", "pac-synth")
EPSILON, DELTA = 4.0, 1e-6
PATIENCE = 3_600
FOLDER = Path(__file__).resolve().parent


def main(sizes: list[int], *, others: bool) -> None:
    sys.path.insert(0, str(FOLDER.parent))
    from benchmarks.made_records import generator, made_records

    if generator() is None:
        print("The program that makes the records is not there; PALERMO_SHARED says where it is.")
        return
    with tempfile.TemporaryDirectory(prefix="palermo-bench-") as name:
        folder = Path(name)
        pythons = {tool: _environment(folder / tool, tool) for tool in OTHERS} if others else {}
        for size in sizes:
            file = made_records(size, folder)
            print(
                f"\n{size} records\n{'':14}{'s':>8}{'cpu':>8}{'MB':>7}{'records':>9}{'1':>8}{'2':>8}{'3 columns':>11}"
            )
            sys.stdout.flush()
            subprocess.run([sys.executable, __file__, "--child", file], check=True)
            for tool, python in pythons.items():
                _other(tool, python, file)
            file.unlink()


def _child(file: Path) -> None:
    """Ours, in a process of its own; reading is not timed, comparing is not in the memory."""
    real = _records(file, _columns(file))
    start, start_work = time.perf_counter(), time.process_time()
    made = synthesize(real, EPSILON, DELTA, codes_are_declared=False)
    took, worked = time.perf_counter() - start, time.process_time() - start_work
    _line("palermo", f"{took:.2f}", f"{worked:.2f}", _peak(), compare(real, made.records))
    print(
        f"{'':14}misfit {made.misfit:.2f}; epsilon {made.guarantee.epsilon:g}, rho {made.guarantee.rho:.4f}", flush=True
    )


def _line(name: str, took: str, worked: str, peak: str, quality: Quality) -> None:
    distances = "".join(f"{quality.mean[ways]:>{width}.4f}" for ways, width in ((1, 8), (2, 8), (3, 11)))
    print(f"{name:14}{took:>8}{worked:>8}{peak:>7}{quality.synthetic_records:>9}{distances}", flush=True)


def _columns(file: Path) -> list[Column]:
    with file.open("rb") as handle:
        found = describe(handle).columns
    return [Column(Dimension.flat(column.name, [*column.values, "missing"]), "missing") for column in found]


def _records(file: Path, columns: list[Column]) -> Records:
    with file.open("rb") as handle:
        found = read(handle, columns).records
    if found is None:
        raise SystemExit(f"{file.name} cannot be read.")
    return found


def _peak() -> str:
    """The most memory that this process held, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return str(int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024)


def _environment(folder: Path, tool: str) -> Path | None:
    """An interpreter that has this tool; None where it cannot be installed."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    done = subprocess.run([python, "-m", "pip", "install", "--quiet", tool, "pandas"], check=False, capture_output=True)
    return None if done.returncode else python


def _other(tool: str, python: Path | None, file: Path) -> None:
    if python is None:
        print(f"{tool:14} left out: it cannot be installed here.", flush=True)
        return
    made = file.with_suffix(".made.csv")
    code = f"from synthetic_others import run; run({tool!r}, {str(file)!r}, {str(made)!r}, {EPSILON}, {DELTA})"
    try:
        done = subprocess.run(
            [python, "-c", code], cwd=FOLDER, check=False, capture_output=True, text=True, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        print(f"{tool:14} not done in {PATIENCE} s.", flush=True)
        return
    if done.returncode:
        print(f"{tool:14} failed: {done.stderr.strip().splitlines()[-1][:90]}", flush=True)
        return
    took, worked, peak = done.stdout.split()[-3:]
    columns = _columns(file)
    _line(tool, took, worked, peak, compare(_records(file, columns), _records(made, columns)))
    made.unlink()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _child(Path(sys.argv[2]))
    else:
        asked = [int(size) for size in sys.argv[1:] if size != "--others"]
        main(asked or list(SIZES), others="--others" in sys.argv)
