"""Records to count, made by the program that measurements of other tools were made with; nobody in them exists."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

SEED = 20261122
PIECE = 1_000_000
"""Records that are made at a time: the program holds them all, as objects of Python."""


def generator() -> Path | None:
    """`measure/generate_records.py` in `PALERMO_SHARED`, or in `shared` beside the repository, where it is there."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    found = Path(os.environ.get("PALERMO_SHARED", beside)) / "measure" / "generate_records.py"
    return found if found.exists() else None


def made_records(size: int, folder: Path) -> Path:
    """A CSV file of so many records with 20 columns; the first million by the usual seed, each further one by the next.

    Raises:
        FileNotFoundError: the program is not there.
    """
    program = generator()
    if program is None:
        raise FileNotFoundError("generate_records.py")
    python = _with_pandas(folder / "makes-records")
    file = folder / f"records-{size}.csv"
    with file.open("wb") as together:
        for at, start in enumerate(range(0, size, PIECE)):
            piece = folder / "piece.csv"
            count = min(PIECE, size - start)
            subprocess.run([python, program, str(count), piece, str(SEED + at)], check=True)
            with piece.open("rb") as lines:
                header = lines.readline()
                if at == 0:
                    together.write(header)
                while block := lines.read(1 << 22):
                    together.write(block)
            piece.unlink()
    return file


def _with_pandas(folder: Path) -> Path:
    """An interpreter that has what the program needs: this one, or one of an environment of its own, made once."""
    if find_spec("pandas"):
        return Path(sys.executable)
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "numpy", "pandas"], check=True)
    return python
