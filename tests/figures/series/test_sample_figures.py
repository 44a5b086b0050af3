"""The sample holds every figure of the five source documents: compared with a key that was typed by hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from palermo.commands.sample_figures import FOLDER
from palermo.figures.series.actions.load_figures import load_figures
from palermo.figures.series.figures_file import FiguresFile, read
from palermo.figures.series.models import Observation, Series, SumTerm
from palermo.people.models import Organisation
from palermo.people.queries import command_line
from tests.figures.series.key_of_figures import FILES, FIRST_LINES, KEY, Row

SAMPLES = sorted(FOLDER.glob("*.json"))


def load_all() -> list[FiguresFile]:
    """Load every file of the sample, once the organisations of the plans are there."""
    files = [read(path.read_bytes()) for path in SAMPLES]
    brought = {one.code for file in files for one in file.organisations}
    named = {code for file in files for one in file.series for code in (one.source, one.owner, one.keeper) if code}
    named |= {one.publisher for file in files for one in file.documents if one.publisher}
    Organisation.objects.bulk_create([Organisation(code=code) for code in sorted(named - brought)])
    for file in files:
        load_figures(file=file, by=command_line())
    return files


def told(text: str) -> str:
    """A value without the zeros that a database adds."""
    return f"{float(text):.4f}"


@pytest.mark.django_db
def test_every_figure_of_the_documents_is_there_and_nothing_else() -> None:
    load_all()
    found: dict[str, Counter[tuple[str, str, str, str]]] = {}
    for one in Observation.objects.filter(document__code__in=KEY).select_related("series", "document").order_by("pk"):
        assert one.document is not None
        row = (one.page, told(str(one.value)), one.series.counts, one.mark)
        found.setdefault(one.document.code, Counter())[row] += 1
    for document, rows in KEY.items():
        assert found[document] == Counter(
            (row.place.removeprefix("p. "), told(row.value), row.counts, row.mark) for row in rows
        ), document
    _declared_sums_hold()
    _invented_figures_show_every_kind()


def _declared_sums_hold() -> None:
    """For each document and span that gives every term, the parts make the total, added here by hand."""
    checked = 0
    terms = list(SumTerm.objects.select_related("sum").order_by("sum", "pk"))
    for code in {term.sum.code for term in terms}:
        those = [term for term in terms if term.sum.code == code]
        lines: dict[tuple[object, ...], dict[int, Observation]] = {}
        for term in those:
            for one in Observation.objects.filter(series=term.series_id, key=term.key, revised_by=None):
                lines.setdefault((one.starts_on, one.ends_on, one.document_id), {})[term.pk] = one
        for line in lines.values():
            if len(line) == len(those):
                total = next(line[term.pk].value for term in those if term.is_total)
                assert total == sum(line[term.pk].value or 0 for term in those if not term.is_total), code
                checked += 1
    assert checked >= 10


def _invented_figures_show_every_kind() -> None:
    retired = Series.objects.get(code="xx-police-victims")
    assert retired.successor is not None
    assert retired.successor.breaks.exists()
    those = Observation.objects.filter(series__code__startswith="xx-")
    assert {one.mark for one in those} == {"final", "provisional", "approximate", "not_available"}
    revised = those.get(series=retired.successor, starts_on="2023-01-01", key="", revises__isnull=False)
    assert revised.revises is not None
    assert (revised.revises.value, revised.value) == (Decimal(302), Decimal(309))
    beside = those.filter(series=retired.successor, starts_on="2023-01-01", key="", revised_by=None)
    assert {one.value for one in beside} == {309, 327}


@pytest.mark.django_db
def test_loading_the_sample_again_changes_nothing() -> None:
    files = load_all()
    before = Observation.objects.count()
    assert not any(load_figures(file=file, by=command_line()).is_new for file in files)
    assert Observation.objects.count() == before


@pytest.mark.parametrize("document", KEY)
def test_each_value_stands_in_the_source_where_it_is_said_to_stand(document: str, shared: Path) -> None:
    lines = (shared / "seeds" / FILES[document]).read_text(errors="replace").splitlines()
    for row in KEY[document]:
        assert re.search(r"\d", row.value)
        if row.printed != "counted":
            for words in _places(lines, row):
                assert row.printed in words, row


def _places(lines: list[str], row: Row) -> list[str]:
    """The text of each page or line that a row cites."""
    kind, numbers = row.place.split(". ")
    if kind == "l":
        return [lines[int(numbers) - 1]]
    ends = [*FIRST_LINES[1:], len(lines) + 1]
    pages = [int(number) for number in numbers.split(", ")]
    return [" ".join(line.strip() for line in lines[FIRST_LINES[n - 1] - 1 : ends[n - 1] - 1]) for n in pages]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_text_of_the_sample_is_in_both_languages_and_set_as_french_is(path: Path) -> None:
    wrong = []

    def walk(part: object, at: str) -> None:
        if isinstance(part, dict):
            if set(part) == {"en", "fr"} and not (part["en"] and part["fr"] and _is_set(part["fr"])):
                wrong.append(f"{at}: {part}")
            for name, below in part.items():
                walk(below, f"{at}.{name}")
        if isinstance(part, list):
            for place, below in enumerate(part):
                walk(below, f"{at}[{place}]")

    walk(json.loads(path.read_text()), "")
    assert not wrong


def _is_set(french: str) -> bool:
    """Whether no plain blank stands before a sign that must not begin a line, and no straight apostrophe."""
    return not re.search(r" [:;?!»]|« |'", french)
