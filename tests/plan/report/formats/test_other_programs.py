"""LibreOffice opens every file, and what it makes of them still has every deliverable in it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pdfplumber
import pytest

from palermo.plan.report.formats.document import ReportDocument
from palermo.plan.report.formats.registry import FORMATS

from .conftest import Deed

CODE = re.compile(r"[12]\.[12]-\d\d")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office() -> str:
    """The program's path."""
    found = shutil.which("soffice")
    if found is None and not os.environ.get("CI"):
        pytest.skip("LibreOffice (soffice) is not on this machine")
    assert found is not None, "CI must have LibreOffice"
    return found


def convert(office: str, folder: Path, options: list[str], files: list[Path]) -> None:
    profile = (folder / "profile").as_uri()
    command = [
        office,
        f"-env:UserInstallation={profile}",
        "--headless",
        *options,
        "--outdir",
        str(folder),
        *map(str, files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)


def made_by(example: ReportDocument, folder: Path, *keys: str) -> list[Path]:
    paths = []
    for each in FORMATS:
        if each.key in keys:
            paths.append(folder / f"{each.key}-file.{each.extension}")
            each.render(example, paths[-1])
    return paths


def test_it_reads_every_deliverable_in_the_texts(
    office: str, example: ReportDocument, deeds: tuple[Deed, ...], tmp_path: Path
) -> None:
    made = made_by(example, tmp_path, "html", "docx")
    convert(office, tmp_path, ["--convert-to", "txt"], made)
    for path in made:
        lines = path.with_suffix(".txt").read_text(encoding="utf-8-sig").splitlines()
        assert [line for line in lines if CODE.fullmatch(line)] == [deed.code for deed in deeds], path.name
        assert example.parts[3].heading in lines


def test_it_turns_the_tables_into_pages(
    office: str, example: ReportDocument, deeds: tuple[Deed, ...], tmp_path: Path
) -> None:
    made = made_by(example, tmp_path, "xlsx", "csv")
    convert(office, tmp_path, ["--convert-to", "pdf"], made)
    for path in made:
        with pdfplumber.open(path.with_suffix(".pdf")) as file:
            words = "\n".join(page.extract_text() for page in file.pages)
        assert sorted(CODE.findall(words)) == sorted(deed.code for deed in deeds), path.name
