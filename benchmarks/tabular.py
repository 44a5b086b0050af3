"""Time to read a table of deliverables at n, 4n and 16n rows, as CSV and as XLSX.

    python benchmarks/tabular.py [n]

The cost should grow with the rows, never with their square.
"""

from __future__ import annotations

import sys
import time

from palermo.plan.imports.reader.headers import example_row
from palermo.plan.imports.reader.reading import SourceKind
from palermo.plan.imports.reader.tabular import read_table
from palermo.plan.imports.reader.template import rows_csv, rows_xlsx


def _rows(count: int) -> list[list[str]]:
    """Rows like the template's example, in forty sections, each with a code and text of its own."""
    rows = []
    for number in range(count):
        row = list(example_row("en"))
        row[0], row[1], row[2] = f"1.{number % 40}", f"Section {number % 40}", f"Volet {number % 40}"
        row[4], row[7] = f"D-{number}", f"{row[7]} in district {number}"
        rows.append(row)
    return rows


def _seconds(data: bytes, kind: SourceKind, count: int) -> float:
    began = time.perf_counter()
    reading = read_table(data, kind=kind)
    taken = time.perf_counter() - began
    if len(reading.rows) != count:
        raise RuntimeError(f"{len(reading.rows)} rows were read of {count}")
    return taken


def main(first: int) -> None:
    """Print a line for each size: seconds, and milliseconds a row."""
    print(f"{'rows':>7} {'CSV s':>8} {'ms/row':>7} {'XLSX s':>8} {'ms/row':>7}")
    for count in (first, 4 * first, 16 * first):
        rows = _rows(count)
        as_csv = _seconds(rows_csv("en", rows), SourceKind.CSV, count)
        as_xlsx = _seconds(rows_xlsx("en", rows), SourceKind.XLSX, count)
        print(f"{count:>7} {as_csv:>8.2f} {1000 * as_csv / count:>7.3f} {as_xlsx:>8.2f} {1000 * as_xlsx / count:>7.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
