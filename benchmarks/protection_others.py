"""Cells hidden by tools that others wrote, run by an interpreter of its own; see `protection.py --others`.

Reads a table as JSON: `values`, `equations` as `[sum, parts]` by the places of cells, `threshold`, the `names` of its
dimensions and `codes`, for each cell its codes ("" for the total). Writes the places that are not shown.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

Read: TypeAlias = dict[str, Any]


def run(tool: str, path: str) -> None:
    """Hide what is too small and what has to be hidden besides; print the seconds and the places that are hidden."""
    table = json.loads(Path(path).read_text())
    work: Callable[[Read], list[int]] = {"gconfid": _gconfid, "pytauargus": _tau}[tool]
    start, start_work = time.perf_counter(), time.process_time()
    hidden = work(table)
    took, worked = time.perf_counter() - start, time.process_time() - start_work
    Path(path).with_suffix(".hidden.json").write_text(json.dumps(hidden))
    sys.stdout.write(f"\n{took:.1f} {worked:.1f}")


def _gconfid(table: Read) -> list[int]:
    """Small cells are sensitive by one, so that another number must be possible; empty cells are published."""
    import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]
    from gconfid import Suppression  # type: ignore[import-not-found,unused-ignore]

    rows = []
    for place, value in enumerate(table["values"]):
        small = 0 < value < table["threshold"]
        status = "S" if small else "V" if value else "P"
        rows.append((place + 1.0, "C", float(value), float(max(value, 1)), 1.0 if small else -1.0, status))
    cells = pd.DataFrame(rows, columns=["CellId", "Type", "Size", "TotalNoise", "Sensitivity", "Status"])
    lines = []
    for number, (total, parts) in enumerate(table["equations"]):
        lines += [(number + 1.0, part + 1.0, 1.0) for part in parts] + [(number + 1.0, total + 1.0, -1.0)]
    constraints = pd.DataFrame(lines, columns=["ConstraintId", "CellId", "Coefficient"])
    found = Suppression(incell=cells, inconstraint=constraints).outsuppress.to_pandas()
    hidden = found[found["OutStatus"].isin(["S", "X"])]["CellId"]
    return [int(place) - 1 for place in hidden]


def _tau(table: Read) -> list[int]:
    """The modular way, with a minimum frequency; every record is one."""
    import pandas as pd
    from pytauargus import protect  # type: ignore[import-not-found,unused-ignore]

    names = table["names"]
    inner = [codes for codes in table["codes"] if all(codes)]
    values = {tuple(codes): value for codes, value in zip(table["codes"], table["values"], strict=True)}
    records = [codes for codes in inner for _record in range(values[tuple(codes)])]
    frame = pd.DataFrame(records, columns=names).assign(one=1)
    made = protect(frame, names, "one", f"FREQ({table['threshold']},20)", "MOD(1,5,1,1,1)").tables[0].dataframe()
    places = {tuple(codes): place for place, codes in enumerate(table["codes"])}
    withheld = made[made["status"].isin(["U", "M"])]
    keys = (
        [("" if str(code).strip() == "Total" else str(code).strip()) for code in row]
        for row in withheld[names].to_numpy()
    )
    return [places[tuple(key)] for key in keys]
