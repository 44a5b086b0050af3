"""Figures of the year: every public number of the period, with mark, source and the way back; frozen as it was."""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from palermo.figures.series.actions import Revision, enter_observations, revise_observation
from palermo.figures.series.models import Observation, Series, SourceDocument
from palermo.foundation.bilingual import LANGUAGES
from palermo.people.queries import command_line
from palermo.plan.indicators.models import Indicator
from palermo.plan.register.models import Deliverable, Section
from palermo.plan.report.actions.publish import publish_edition
from palermo.plan.report.build.document import report_document
from palermo.plan.report.build.observed import MOST_OF_ONE, observed
from palermo.plan.report.build.source import chart_source
from palermo.plan.report.formats import csv_data, html, json_data, pdf, word, xlsx
from palermo.plan.report.formats.document import Cell, Table
from palermo.plan.report.formats.document_json import to_json
from palermo.plan.report.formats.links import with_site
from palermo.plan.report.frozen import published_document
from palermo.plan.report.models import Edition
from tests.figures.series.factories import SeriesFactory, SourceDocumentFactory, row

from ..year import Year

SITE = "https://plan.example.ca"


@pytest.fixture
def permits(year: Year) -> Series:
    """Permits by sex: two documents disagree on the total of 2013–2014; the year before has a number too."""
    series = SeriesFactory.create(code="permits", title_en="Permits", title_fr="Permis", cut={"sex": ("F", "M")})
    report, audit = (SourceDocumentFactory.create(code=code, title_en=code.title()) for code in ("report", "audit"))
    rows = [
        row(56, 2013, document=report, mark="approximate"),
        row(60, 2013, document=audit),
        row(40, 2013, document=report, sex="F"),
        row(None, 2013, document=report, mark="suppressed", sex="M"),
        row(11, 2012, document=report),
    ]
    enter_observations(series=series, rows=rows, by=command_line())
    Indicator.objects.create(series=series, section=Section.objects.get(plan=year.plan, code="2"))
    Indicator.objects.create(series=series, deliverable=Deliverable.objects.get(plan=year.plan, code="T1"))
    return series


def linked(year: Year, **fields: object) -> Series:
    """One more series that shows a deliverable, with a number of the period."""
    series: Series = SeriesFactory.create(**fields)
    enter_observations(series=series, rows=[row(7, 2013)], by=command_line())
    Indicator.objects.create(series=series, deliverable=Deliverable.objects.get(plan=year.plan, code="T2"))
    return series


def table(year: Year, language: str = "en") -> Table:
    with override(language):
        document = report_document(chart_source(command_line(), year.period))
    return next(each for each in document.tables() if each.key == "year-figures")


def told(found: Table) -> list[dict[str, object]]:
    keys = [column.key for column in found.columns]
    return [dict(zip(keys, line, strict=True)) for line in found.checked_rows()]


def test_every_number_of_the_period_has_its_mark_and_source(year: Year, permits: Series) -> None:
    lines = told(table(year))
    seen = {(line["key"], line["document"]): line for line in lines}
    assert list(seen) == [("", "audit"), ("", "report"), ("sex=F", "report"), ("sex=M", "report")]
    numbers = {place: line["number"] for place, line in seen.items()}
    assert [cell.value for cell in numbers.values() if isinstance(cell, Cell)] == [60, 56, 40, None]
    assert [line["mark"].code for line in lines if isinstance(line["mark"], Cell)] == [
        *("final", "approximate", "final", "suppressed")
    ]
    assert {line["source"] for line in lines} == {"Audit", "Report"}
    disputed = "Another document gives another number for the same."
    assert [line["note"] for line in lines] == [disputed, disputed, "", ""]
    assert {line["serves"] for line in lines} == {"2, T1"} or {line["serves"] for line in lines} == {"T1, 2"}
    assert [line["days"] for line in lines] == ["2013–2014"] * 4


def test_each_number_leads_to_where_it_comes_from(year: Year, permits: Series) -> None:
    for language in LANGUAGES:
        for line in told(table(year, language)):
            one = Observation.objects.get(
                series=permits, ends_on=str(line["ends-on"]), key=line["key"], document__code=line["document"]
            )
            with override(language):
                address = reverse("number", args=[one.pk])
            number = line["number"]
            assert isinstance(number, Cell)
            assert (line["address"], number.runs[0].link) == (address, address)


def test_what_is_not_public_is_left_out_whoever_publishes(year: Year, permits: Series) -> None:
    hidden = linked(year, code="hidden", is_public=False)
    assert {line["series-code"] for line in told(table(year))} == {"permits"}
    Series.objects.filter(pk=hidden.pk).update(is_public=True)
    assert {line["series-code"] for line in told(table(year))} == {"permits", "hidden"}


def test_a_plan_without_series_has_no_such_part(year: Year) -> None:
    document = report_document(chart_source(command_line(), year.period))
    assert "year-figures" not in {part.key for part in document.parts}


def test_a_long_series_prints_its_totals_and_says_where_the_others_are(year: Year) -> None:
    codes = tuple(f"c{number}" for number in range(MOST_OF_ONE))
    series = SeriesFactory.create(code="long", title_en="Long", cut={"country": codes})
    rows = [row(60, 2013), *(row(1, 2013, country=code) for code in codes)]
    enter_observations(series=series, rows=rows, by=command_line())
    Indicator.objects.create(series=series, deliverable=Deliverable.objects.get(plan=year.plan, code="T1"))
    found = table(year)
    assert [line["key"] for line in told(found)] == [""]
    assert found.notes == ("Long: 60 further numbers stand on the page of the series.",)


def test_files_lead_back_with_the_address_of_the_site(year: Year, permits: Series) -> None:
    edition = Edition.objects.get(pk=publish_edition(by=year.coordinator, period=year.period).pk)
    one = Observation.objects.get(series=permits, key="sex=F")
    document = with_site(published_document(edition, "fr"), SITE)
    address = f"{SITE}/fr/figures/numbers/{one.pk}/"
    target = io.BytesIO()
    html.render(document, target)
    assert f'<a href="{address}">40</a>' in target.getvalue().decode()
    target = io.BytesIO()
    json_data.render(document, target)
    said = json.loads(target.getvalue(), parse_float=Decimal)
    lines = next(each for each in said["tables"] if each["key"] == "year-figures")
    assert {(each["address"], each["number"]) for each in lines["rows"]} >= {(address, 40)}
    assert lines["origin"]["kind"] == "series"
    counted = next(each["origin"] for each in said["tables"] if each["key"] == "status-by-p")
    assert (counted["kind"], counted["code"], counted["mark"]) == ("measure", "deliverables", "final")
    assert counted["address"] == f"{SITE}/fr/figures/measures/deliverables/?plan=lantern&period={year.period.code}"
    for render in (pdf.render, word.render, xlsx.render):
        render(document, io.BytesIO())
    target = io.BytesIO()
    csv_data.render(document, target)
    assert f"{SITE}/fr/plans/lantern/deliverables/T1/" in target.getvalue().decode("utf-8-sig")


def test_an_edition_keeps_what_was_known_and_its_page_leads_back(year: Year, permits: Series, client: Client) -> None:
    edition = Edition.objects.get(pk=publish_edition(by=year.coordinator, period=year.period).pk)
    before = {language: to_json(published_document(edition, language)) for language in LANGUAGES}
    one = Observation.objects.get(series=permits, key="sex=F")
    to = Revision(value=Decimal(41), mark="final", known_on=date(2014, 9, 1), reason_en="Counted again.")
    revise_observation(observation=one, to=to, by=command_line())
    Series.objects.update(title_en="Other", definition_en="Other")
    SourceDocument.objects.update(title_en="Other")
    again = Edition.objects.get(pk=edition.pk)
    assert {language: to_json(published_document(again, language)) for language in LANGUAGES} == before
    assert "Permits" in before["en"]
    page = client.get(reverse("edition", args=["lantern", year.period.code, 1])).content.decode()
    assert f'<a href="/en/figures/numbers/{one.pk}/">40</a>' in page
    assert client.get(f"/en/figures/numbers/{one.pk}/").status_code == 200


def test_queries_do_not_grow_with_series(year: Year, permits: Series) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            observed(command_line(), year.period)
        return len(asked)

    before = queries()
    for number in range(3):
        linked(year, code=f"more-{number}", cut={"sex": ("F", "M")})
    assert queries() == before


def test_the_api_carries_the_origin_of_each_figure(year: Year, permits: Series, client: Client) -> None:
    publish_edition(by=year.coordinator, period=year.period)
    one = Observation.objects.get(series=permits, key="sex=F")
    path = f"/api/v1/editions/lantern/{year.period.code}/1/figures?language=fr"
    found = {each["key"]: each for each in client.get(path).json()}
    assert {key: each["origin"]["kind"] for key, each in found.items()} == {
        "status-by-p": "measure",
        "plainly": "measure",
        "reporting": "measure",
        "year-figures": "series",
    }
    numbers = {cell["address"]: cell["value"] for row in found["year-figures"]["rows"] for cell in row}
    assert Decimal(numbers[f"/fr/figures/numbers/{one.pk}/"]) == 40
