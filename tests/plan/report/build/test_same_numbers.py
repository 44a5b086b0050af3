"""Every file of one edition, read back by other programs, counts what the plan file counts."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from importlib.resources import files as package_files
from io import StringIO
from pathlib import Path

import docx
import openpyxl
import pytest
from django.utils.translation import override

from palermo.people.queries import command_line
from palermo.plan import planfile
from palermo.plan.register.vocabulary import Status
from palermo.plan.report.actions.files import make_files
from palermo.plan.report.actions.publish import publish_edition
from palermo.plan.report.models import Edition

from ..conftest import newest, sample
from ..formats.reading import html_tables, pdf_tables

Counts = dict[str, Counter[str]]
"""Deliverables by claimed status, for each period."""


def counted_in_plan_file(code: str) -> Counts:
    file = planfile.load(package_files("palermo.plan.samples").joinpath(f"{code}.json").read_bytes())
    periods = sorted({status.period for one in file.deliverables for status in one.statuses})
    claimed = {
        (one.code, status.period): status.value
        for one in file.deliverables
        for status in one.statuses
        if status.kind == "claimed"
    }
    return {
        period: Counter(claimed.get((one.code, period), "not_stated") for one in file.deliverables)
        for period in periods
    }


def squeezed(words: str) -> str:
    """Words without what a typesetter adds or takes at the end of a line."""
    return re.sub(r"[\s\u200b\u00ad-]", "", words)


def status_of(cell: str, labels: dict[str, str]) -> str:
    """Which status a cell tells; a source's own words may follow."""
    (found,) = [value for label, value in labels.items() if squeezed(cell).startswith(label)]
    return found


def counted(rows: list[list[str]], periods: list[str], from_end: int, labels: dict[str, str]) -> Counts:
    """The statuses in rows whose last columns are the periods, and after them `from_end` others."""
    found: Counts = {period: Counter() for period in periods}
    for row in rows:
        end = len(row) - from_end
        for period, cell in zip(periods, row[end - len(periods) : end], strict=True):
            found[period][status_of(cell, labels)] += 1
    return found


def html_rows(path: Path, width: int) -> list[list[str]]:
    tables = html_tables(path.read_text(encoding="utf-8")).tables
    return [row for _caption, rows in tables for row in rows if len(row) == width]


def docx_rows(path: Path, width: int) -> list[list[str]]:
    tables = [table for table in docx.Document(str(path)).tables if len(table.columns) == width]
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]


def pdf_rows(path: Path, width: int) -> list[list[str]]:
    return [row for rows in pdf_tables(path) for row in rows[1:] if len(row) == width]


def json_counts(path: Path, periods: list[str]) -> Counts:
    (chart,) = [table for table in json.loads(path.read_bytes())["tables"] if table["key"] == "action-chart"]
    return {period: Counter(row[f"status-{period}_code"] for row in chart["rows"]) for period in periods}


def data_counts(header: list[str], rows: list[list[str]], periods: list[str], labels: dict[str, str]) -> Counts:
    """The statuses in a table of data: its columns are named after the periods."""
    found: Counts = {}
    for period in periods:
        place = next(at for at, name in enumerate(header) if name.endswith(period.replace("-", "–")))
        found[period] = Counter(status_of(row[place], labels) for row in rows)
    return found


def xlsx_table(path: Path) -> tuple[list[str], list[list[str]]]:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        rows = [[str(cell) if cell is not None else "" for cell in row] for row in sheet.iter_rows(values_only=True)]
        for at, row in enumerate(rows):
            if any(re.fullmatch(r"\S+ \d{4}–\d{4}", name) for name in row):
                return row, rows[at + 1 :]
    raise AssertionError("no sheet holds the action chart")


@pytest.mark.slow
@pytest.mark.parametrize(("code", "from_end", "width"), [("ca-2012", 0, 7), ("example-city-2021", 1, 12)])
def test_every_file_counts_what_the_plan_file_counts(db: None, code: str, from_end: int, width: int) -> None:
    wanted = counted_in_plan_file(code)
    periods = list(wanted)
    edition: Edition = publish_edition(by=command_line(), period=newest(sample(code)))
    make_files(by=command_line(), edition=edition)
    for language in ("en", "fr"):
        with override(language):
            labels = {squeezed(str(status.label)): status.value for status in Status}
        paths = {kept.format: Path(kept.file.path) for kept in edition.files.filter(language=language)}
        assert counted(html_rows(paths["html"], width), periods, from_end, labels) == wanted
        assert counted(docx_rows(paths["docx"], width), periods, from_end, labels) == wanted
        assert counted(pdf_rows(paths["pdf"], width), periods, from_end, labels) == wanted
        assert json_counts(paths["json"], periods) == wanted
        assert data_counts(*xlsx_table(paths["xlsx"]), periods, labels) == wanted
        header, *rows = csv.reader(StringIO(paths["csv"].read_text(encoding="utf-8-sig")))
        assert data_counts(header, rows, periods, labels) == wanted
        assert figures(paths["json"], labels) == {label: counts for label, counts in wanted.items() if len(wanted) > 1}


def figures(path: Path, labels: dict[str, str]) -> Counts:
    """The table behind the chart of the periods; a report on one period has none."""
    tables = {table["key"]: table for table in json.loads(path.read_bytes())["tables"]}
    if "status-by-period" not in tables:
        return {}
    keys = {column["key"]: column["key"].replace("-", "_") for column in tables["status-by-period"]["columns"]}
    return {
        row["group"].replace("–", "-"): Counter(
            {keys[key]: count for key, count in row.items() if keys[key] in labels.values() and count}
        )
        for row in tables["status-by-period"]["rows"]
    }
