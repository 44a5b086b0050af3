"""Reading and counting take memory for codes, not for what the file says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from palermo.figures.protection.sealed import SealedWriter

ROWS = 300_000
CODES = [20] * 5 + [2] * 15
CHILD = """
import sys
from pathlib import Path
from palermo.figures.protection.margins import all_margins
from palermo.figures.protection.counting import count
from palermo.figures.protection.records import Column, read
from palermo.figures.protection.sealed import SealedReader
from palermo.figures.protection.shapes import Dimension

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024

columns = [Column(Dimension.flat(f"column{at}", [f"code {code}" for code in range(codes)]))
           for at, codes in enumerate([20] * 5 + [2] * 15)]
before = peak()
with open(sys.argv[1], "rb") as file:
    records = read(SealedReader(file, bytes(32)), columns).records
count(records, [f"column{at}" for at in range(4)])
all_margins(records)
print(len(records), peak() - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the most memory that was held is read from there")
def test_takes_a_few_bytes_a_field(tmp_path: Path) -> None:
    lines = [
        ",".join(f"code {(at * at + place * at) % codes}" for place, codes in enumerate(CODES)) + "\n"
        for at in range(1_000)
    ]
    with (tmp_path / "records").open("wb") as file, SealedWriter(file, bytes(32)) as writer:
        writer.write(",".join(f"column{at}" for at in range(20)).encode() + b"\n")
        for _time in range(ROWS // 1_000):
            writer.write("".join(lines).encode())
    child = subprocess.run(
        [sys.executable, "-c", CHILD, tmp_path / "records"], capture_output=True, text=True, check=True
    )
    rows, grown = map(int, child.stdout.split())
    assert rows == ROWS
    # 6 MB of codes, and what is read and worked on at a time. The text is 43 MB, and would be 400 as Python's.
    assert grown < 200, f"{grown} MB"
