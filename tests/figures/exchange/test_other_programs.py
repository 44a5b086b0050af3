"""LibreOffice opens the workbook, and finds every figure in it."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from palermo.figures.exchange import xlsx_bytes
from palermo.figures.exchange.cube import number_text
from tests.figures.exchange.cubes import example

pytestmark = pytest.mark.slow


def test_it_reads_every_figure(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None and not os.environ.get("CI"):
        pytest.skip("LibreOffice (soffice) is not on this machine")
    assert office is not None, "CI must have LibreOffice"
    (tmp_path / "figures.xlsx").write_bytes(xlsx_bytes(example(), "en"))
    profile = (tmp_path / "profile").as_uri()
    form = "csv:Text - txt - csv (StarCalc):44,34,76"  # commas, quotes, UTF-8
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "figures.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=240, cwd=tmp_path)
    with (tmp_path / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shown = [row["Value"].replace(",", "").rstrip(".") for row in rows]
    assert shown == ["" if cell.value is None else number_text(cell.value) for cell in example().rows]
    assert [row["Mark"] for row in rows] == [cell.mark for cell in example().rows]
    assert rows[0]["First day"] == "2012-01-01"
