"""The action chart says what the plan file says, row by row, counted without our queries."""

from __future__ import annotations

from datetime import date
from importlib.resources import files as package_files

from django.urls import reverse
from django.utils.translation import override

from palermo.foundation.bilingual import LANGUAGES, Language
from palermo.people.models import OrganisationName
from palermo.people.queries import command_line
from palermo.plan import planfile
from palermo.plan import planfile_models as files
from palermo.plan.register.models import Deliverable, Plan, Responsibility, StatusRecord
from palermo.plan.report.build.chart import chart_rows, chart_table
from palermo.plan.report.build.source import chart_source
from palermo.plan.report.formats.document import Cell, CellContent, Table

from ..conftest import newest

CITY, COUNTRY = "example-city-2021", "ca-2012"


def file_of(code: str) -> files.PlanFile:
    return planfile.load(package_files("palermo.plan.samples").joinpath(f"{code}.json").read_bytes())


def chart(plan: Plan, language: Language = "en") -> Table:
    source = chart_source(command_line(), newest(plan))
    with override(language):
        return chart_table(source, tuple(row[language] for _one, row in chart_rows(source, [language])))


def column(table: Table, key: str) -> list[CellContent]:
    place = [each.key for each in table.columns].index(key)
    return [row[place] for row in table.checked_rows()]


def keys(table: Table) -> list[str]:
    return [each.key for each in table.columns]


def codes(table: Table, key: str) -> list[str]:
    return [cell.code for cell in column(table, key) if isinstance(cell, Cell)]


def words(cells: list[CellContent]) -> list[object]:
    return [cell.value if isinstance(cell, Cell) else cell for cell in cells]


def test_each_deliverable_of_the_file_is_a_row_in_order(country: Plan) -> None:
    file, table = file_of(COUNTRY), chart(country)
    assert column(table, "code") == [one.code for one in file.deliverables]
    assert [text for text in words(column(table, "text")) if isinstance(text, str)] == [
        " ".join(filter(None, (one.lead_in.en, one.text.en))) for one in file.deliverables
    ]
    titles = {section.code: section.title.en for section in file.sections}
    assert column(table, "level-3") == [f"{one.section} {titles[one.section or '']}" for one in file.deliverables]


def test_statuses_are_those_of_the_file_in_every_period(city: Plan) -> None:
    file, table = file_of(CITY), chart(city)
    for period in ("2021-2022", "2022-2023", "2023-2024", "2024-2025"):
        claimed = {
            one.code: status.value
            for one in file.deliverables
            for status in one.statuses
            if (status.period, status.kind) == (period, "claimed")
        }
        wanted = [claimed.get(one.code, "not_stated") for one in file.deliverables]
        assert codes(table, f"status-{period}") == wanted


def test_assessed_statuses_stand_beside_the_claimed_ones(city: Plan) -> None:
    assessed = [
        status.value
        for one in file_of(CITY).deliverables
        for status in one.statuses
        if (status.period, status.kind) == ("2024-2025", "assessed")
    ]
    assert codes(chart(city), "assessed") == assessed
    assert assessed


def test_due_dates_are_the_first_and_the_newest(city: Plan) -> None:
    file, table = file_of(CITY), chart(city)
    assert words(column(table, "first-due")) == [one.due[0].on if one.due else None for one in file.deliverables]
    assert words(column(table, "due")) == [one.due[-1].on if one.due else None for one in file.deliverables]
    assert any(len(one.due) > 1 for one in file.deliverables)


def test_columns_in_which_nothing_would_stand_are_left_out(city: Plan, country: Plan) -> None:
    assert "assessed" not in keys(chart(country))
    assert "due" not in keys(chart(country))
    Responsibility.objects.filter(kind="support").delete()
    StatusRecord.objects.filter(kind="assessed").delete()
    assert {"support", "assessed"}.isdisjoint(keys(chart(city)))


def test_names_are_those_of_the_last_day_of_the_period(country: Plan) -> None:
    leads = Responsibility.objects.filter(deliverable__plan=country, kind="lead")
    lead = leads.filter(organisation__code="rcmp", from_date=None).select_related("deliverable")[0]
    name = lead.organisation.names.get()
    name.to_date = date(2014, 3, 30)
    name.save()
    OrganisationName.objects.create(
        organisation=lead.organisation, acronym_en="NEW", acronym_fr="NOUV", name_en="N", from_date=date(2014, 3, 31)
    )
    row = [one.code for one in country.deliverables.order_by("position")].index(lead.deliverable.code)
    assert "NEW" in str(column(chart(country), "lead")[row]).split(", ")
    assert "NOUV" in str(column(chart(country, "fr"), "lead")[row]).split(", ")


def test_who_had_given_the_part_up_before_is_not_named(country: Plan) -> None:
    lead = Responsibility.objects.filter(deliverable__plan=country, kind="lead").order_by("deliverable__position")[0]
    others = lead.deliverable.responsibilities.filter(kind="lead").count() - 1
    lead.to_date = newest(country).ends_on
    lead.save()
    assert len(str(column(chart(country), "lead")[0]).split(", ")) == others + 1
    lead.to_date = date(2014, 3, 30)
    lead.save()
    assert len(list(filter(None, str(column(chart(country), "lead")[0]).split(", ")))) == others


def test_a_text_that_one_language_lacks_is_shown_in_the_other_and_marked(city: Plan) -> None:
    Deliverable.objects.filter(plan=city, code="1").update(text_fr="")
    english = Deliverable.objects.get(plan=city, code="1").text_en
    assert column(chart(city, "fr"), "text")[0] == Cell(english, language="en-CA")
    assert column(chart(city, "en"), "text")[0] == english


def test_printed_words_stand_only_where_they_say_more(city: Plan) -> None:
    one = StatusRecord.objects.filter(period=newest(city), kind="claimed", deliverable__code="1")
    for printed, kept in (("Complete", ""), ("ACHEVÉ", ""), ("All done", "All done")):
        one.update(value="complete", printed=printed)
        for language in ("en", "fr"):
            cell = column(chart(city, "fr" if language == "fr" else "en"), "status-2024-2025")[0]
            assert isinstance(cell, Cell)
            assert cell.printed == kept


def test_each_row_leads_to_the_page_that_says_where_its_statuses_were_read(city: Plan) -> None:
    one = city.deliverables.order_by("position")[0]
    Deliverable.objects.filter(pk=one.pk).update(code="É 1-2 (a)?#%")
    for language in LANGUAGES:
        with override(language):
            wanted = [reverse("deliverable", args=[city.code, code]) for code in column(chart(city), "code")]
        assert column(chart(city, language), "address") == wanted
