"""A series as a cube and as files."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from palermo.figures.series.actions import Revision, revise_observation
from palermo.figures.series.models import Series
from palermo.figures.series.queries import cube_of, one_series
from palermo.people.queries import command_line
from tests.figures.series.factories import SeriesFactory, SourceDocumentFactory, entered, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def series() -> Series:
    made: Series = SeriesFactory.create(cut={"sex": ("F", "M")})
    document = SourceDocumentFactory.create(code="report-2013")
    entered(made, row(48, document=document), row(30, sex="F"), row(None, sex="M", mark="suppressed"))
    return made


def test_a_cube_holds_every_value_that_stands(series: Series) -> None:
    first = series.observations.order_by("pk")[0]
    to = Revision(Decimal(50), "final", reason_en="Recounted.", document=first.document, known_on=date(2014, 1, 1))
    revise_observation(observation=first, to=to, by=command_line())
    found = one_series(command_line(), series.code)
    assert found is not None
    cells = cube_of(command_line(), found).rows
    assert [(cell.codes, cell.value, cell.mark, cell.document) for cell in cells] == [
        (("_T",), 50, "final", "report-2013"),
        (("F",), 30, "final", ""),
        (("M",), None, "suppressed", ""),
    ]
    before = cube_of(command_line(), found, as_known_on=date(2013, 12, 31))
    assert before.rows[0].value == 48
    assert (before.unit.code, before.unit.label.fr) == ("permit", "permis")


def test_a_break_is_told_with_its_day_as_each_language_writes_it(series: Series) -> None:
    series.breaks.create(on=date(2012, 6, 28), what_en="A new law.", what_fr="Une nouvelle loi.")
    found = one_series(command_line(), series.code)
    assert found
    told = next(note for note in cube_of(command_line(), found).notes if "law" in note.en)
    assert told.en == "2012-06-28: A new law."
    assert told.fr == "2012-06-28\u00a0: Une nouvelle loi."


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json", "sdmx.csv", "csv-metadata.json"])
def test_every_format_is_handed_over_and_twice_the_same(client: Client, series: Series, extension: str) -> None:
    address = reverse("series_file", args=[series.code, extension])
    first, second = client.get(address), client.get(address)
    assert first.status_code == 200
    assert f'filename="{series.code}.{extension}"' in first["Content-Disposition"]
    assert first.content == second.content


def test_the_csv_has_each_number_and_json_reads_back(client: Client, series: Series) -> None:
    text = client.get(reverse("series_file", args=[series.code, "csv"])).content.decode("utf-8-sig")
    assert [line["value"] for line in csv.DictReader(io.StringIO(text))] == ["48", "30", ""]
    assert json.loads(client.get(reverse("series_file", args=[series.code, "json"])).content)
    metadata = json.loads(client.get(reverse("series_file", args=[series.code, "csv-metadata.json"])).content)
    assert metadata["url"] == f"{series.code}.csv"


def test_no_other_format(client: Client, series: Series) -> None:
    assert client.get(reverse("series_file", args=[series.code, "exe"])).status_code == 404
