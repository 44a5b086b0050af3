"""Whatever is handed in, reading ends within seconds and bounded memory, with a sentence that says what to do."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from palermo.plan.imports.reader.limits import DEFAULT_LIMITS, Limits, read_within_limits
from palermo.plan.imports.reader.open import read_file
from palermo.plan.imports.reader.reading import UnreadableError
from palermo.plan.imports.reader.tabular import TableReading
from palermo.plan.planfile import dump
from palermo.plan.planfile_models import Organisation, PlanFile
from tests.plan.imports.reader.workbooks import ENTITIES, row, sheet, strings, workbook

SECONDS = 15
"""Generous: on an idle machine each of these takes one or two seconds."""
HEAD = row("Action", "Status")


def deep_lists(levels: int, width: int) -> bytes:
    text = "1"
    for _ in range(levels):
        text = f"[{','.join([text] * width)}]"
    return f'{{"format": "palermo-plan/1", "plan": {text}}}'.encode()


def locked_pdf() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    target = io.BytesIO()
    document.save(target, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return target.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BAD_INPUT: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("empty", lambda: b""),
    "binary": ("binary", lambda: bytes(range(256)) * 2_000),
    "wrong encoding in JSON": ("json_syntax", lambda: '{"format": "é"}'.encode("cp1252")),
    "truncated JSON": ("json_syntax", lambda: b'{"format": "palermo-plan/1", "plan": {'),
    "JSON nested without end": ("json_too_deep", lambda: b"[" * 5_000_000),
    "JSON of ten levels": ("json_fields", lambda: deep_lists(10, 4)),
    "truncated PDF": ("damaged", lambda: b"%PDF-1.7\n1 0 obj\n<<"),
    "PDF with a password": ("encrypted", locked_pdf),
    "XLSX with a password": ("password", lambda: OLE + "EncryptedPackage".encode("utf-16-le")),
    "truncated XLSX": ("truncated", lambda: workbook([sheet(HEAD, row("a") * 9)])[:500]),
    "ZIP bomb": ("spreadsheet_bomb", lambda: workbook([sheet(HEAD, row("a") * 1_500_000)])),
    "row beyond all": ("too_many_rows", lambda: workbook([sheet(HEAD, row("a", attributes=' r="99999999999"'))])),
    "shared strings": ("spreadsheet_bomb", lambda: workbook([sheet(HEAD)], strings("A" * 50_000_000))),
    "XML entities": ("spreadsheet_bomb", lambda: workbook([sheet(HEAD)], strings("&j;", doctype=ENTITIES))),
    "CSV of a million rows": ("too_many_rows", lambda: b"Action;Status\n" + b"Teach;Ongoing\n" * 1_000_000),
    "CSV with an open quotation": ("csv_open_quote", lambda: b'Action;Status\n"' + b"a;\n" * 5_000_000),
    "text of 21 MB": ("text_too_long", lambda: b"Ongoing RCMP 2012/13\n" * 1_000_000),
}


MEASURED = """
import resource, sys
from contextlib import suppress
from pathlib import Path
from palermo.plan.imports.reader.limits import read_within_limits
from palermo.plan.imports.reader.reading import UnreadableError
with suppress(UnreadableError):
    read_within_limits(Path(sys.argv[1]))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.parametrize(("code", "made"), BAD_INPUT.values(), ids=BAD_INPUT.keys())
def test_bad_input_is_refused_in_time_and_memory(code: str, made: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / "handed-in"
    path.write_bytes(made())
    began = time.monotonic()
    with pytest.raises(UnreadableError) as refused:
        read_within_limits(path)
    assert time.monotonic() - began < SECONDS
    assert refused.value.code == code
    assert refused.value.message.splitlines()[0].endswith(".")
    assert memory_of_reading(path) < DEFAULT_LIMITS.memory_bytes


def memory_of_reading(path: Path) -> int:
    """The most bytes that the process takes which reads a file.

    It is asked of a process that is small itself: of one that runs thousands of tests, a new process counts as being as
    large as that one before it is its own.
    """
    done = subprocess.run([sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True)
    return int(done.stdout) * (1 if sys.platform == "darwin" else 1024)


def test_a_file_of_100_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as target:
        target.truncate(100_000_000)
    began = time.monotonic()
    with pytest.raises(UnreadableError, match=r"100\.0 MB; at most 25 MB"):
        read_within_limits(path)
    assert time.monotonic() - began < 1


def test_a_plan_file_may_be_larger_than_other_files_but_not_boundless(tmp_path: Path) -> None:
    limits = Limits(file_bytes=100, plan_file_bytes=300)
    path = tmp_path / "plan"
    for content, code in (
        (b'{"a":' + b" " * 150, "json_syntax"),
        (b'{"a":' + b" " * 350, "too_large"),
        (b"Action;Status\n" * 20, "too_large"),
    ):
        path.write_bytes(content)
        with pytest.raises(UnreadableError) as refused:
            read_within_limits(path, limits=limits)
        assert refused.value.code == code


def test_the_clock_stops_what_is_slow(tmp_path: Path) -> None:
    path = tmp_path / "slow.csv"
    path.write_bytes(b"Action;Status\n" + b"Teach;Ongoing\n" * 19_000)
    with pytest.raises(UnreadableError) as refused:
        read_within_limits(path, limits=Limits(seconds=0.2))
    assert refused.value.code == "too_slow"


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not hold the limit on address space")
def test_the_ceiling_stops_what_is_large(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_bytes(b'{"format": "palermo-plan/1", "plan": [' + b"[]," * 5_000_000 + b"[]]}")
    with pytest.raises(UnreadableError) as refused:
        read_within_limits(path, limits=Limits(memory_bytes=400_000_000))
    assert refused.value.code == "too_much_memory"


def test_a_folder_or_a_missing_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(UnreadableError) as refused:
            read_within_limits(path)
        assert refused.value.code == "not_a_file"


def test_the_child_says_the_same_as_reading_here(tmp_path: Path) -> None:
    table = tmp_path / "plan.csv"
    table.write_text("Action;Status;Fällig;Due date\nTeach é;Ongoing;2015;soon\n", encoding="utf-8")
    mapping = {"Fällig": "ignore"}
    reading = read_within_limits(table, mapping=mapping)
    assert isinstance(reading, TableReading)
    assert reading == read_file(table, mapping=mapping)
    assert reading.rows[0].doubts


def test_texts_and_plan_files_come_back_whole(tmp_path: Path) -> None:
    text = tmp_path / "report.txt"
    text.write_text("A letter to the council.\nIt holds no plan.\n", encoding="utf-8")
    assert read_within_limits(text) == read_file(text)
    names = [{"name": {"en": "Harbour", "fr": ""}}]
    head = {"code": "port", "title": {"en": "Port"}, "jurisdiction": "CA", "owner": "harbour"}
    content = {"format": "palermo-plan/1", "plan": head, "organisations": [{"code": "harbour", "names": names}]}
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(content), encoding="utf-8")
    read = read_within_limits(plan)
    assert isinstance(read, PlanFile)
    assert isinstance(read.organisations[0], Organisation)
    assert dump(read) == dump(read_file(plan))  # type: ignore[arg-type]  # asserted to be a plan file by its twin
