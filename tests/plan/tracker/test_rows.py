"""The rows: what stands in each column, and that a reason is asked for and never made up."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from palermo.plan.register.models import Evidence, PlanLevel, ReportingPeriod
from palermo.plan.tracker.columns import CHOICES, COLUMNS, OF_THE_TRACKER, ON_TIME_OR_NOT
from tests.factories import (
    DeliverableFactory,
    OrganisationFactory,
    PeriodFactory,
    ResponsibilityFactory,
    SectionFactory,
    StatusFactory,
)
from tests.plan.tracker.tracking import account, due, promised, rows_of, some

pytestmark = pytest.mark.django_db

OF_NAP6 = [
    "reporting_period",
    "commitments",
    "milestones",
    "indicators",
    "indicator_en",
    "indicator_fr",
    "indicator_deadline_en",
    "indicator_deadline_fr",
    "indicator_lead_dept",
    "status",
    "progress_en",
    "progress_fr",
    "evidence_en",
    "evidence_fr",
    "challenges",
    "challenges_other_en",
    "challenges_other_fr",
    "owner_org",
    "owner_org_title",
]
"""The published columns of the 6th plan's tracker, read off its table definition."""


EXPECTED = {
    "reporting_period": "2014-03",
    "commitments": "1",
    "milestones": "1.2",
    "indicators": "1.2-a",
    "indicator_en": "Open beds.",
    "indicator_fr": "Ouvrir des lits.",
    "indicator_deadline_en": "December 31, 2013",
    "indicator_deadline_fr": "31 décembre 2013",
    "indicator_lead_dept": "housing",
    "status": "LP",
    "progress_en": "Six beds.",
    "progress_fr": "Six lits.",
    "evidence_en": "Photo https://example.org/beds",
    "evidence_fr": "Photo des lits https://example.org/beds",
    "challenges": "OT",
    "challenges_other_en": "No builder was found.",
    "challenges_other_fr": "Aucun entrepreneur trouvé.",
    "owner_org": "housing",
    "owner_org_title": "Housing | Housing (fr)",
    "commitment_en": "Protect",
    "commitment_fr": "Protéger",
    "milestone_en": "Beds",
    "milestone_fr": "Lits",
    "lead_en": "Housing",
    "lead_fr": "Housing (fr)",
    "due_first": "2013-03-31",
    "due_now": "2013-12-31",
    "status_code": "in_progress",
    "status_en": "In progress",
    "status_fr": "En cours",
    "assessed_status": "",
    "late": "yes",
    "reason_required": "yes",
    "missing": "",
}
"""Every cell of the first row below, but for the code of its plan."""


def test_the_trackers_columns_come_first_under_their_own_names() -> None:
    assert list(COLUMNS)[:OF_THE_TRACKER] == OF_NAP6
    assert list(CHOICES) == ["NS", "LP", "SP", "C"]


def test_a_return_is_told_in_both_languages(period: ReportingPeriod) -> None:
    PlanLevel.objects.create(plan=period.plan, depth=2, name_en="Task")
    top = SectionFactory.create(plan=period.plan, code="1", title_en="Protect", title_fr="Protéger")
    below = SectionFactory.create(
        plan=period.plan,
        level=period.plan.levels.get(depth=2),
        parent=top,
        code="1.2",
        title_en="Beds",
        title_fr="Lits",
    )
    one = DeliverableFactory.create(section=below, code="1.2-a", text_en="Open beds.", text_fr="Ouvrir des lits.")
    due(one, date(2013, 3, 31))
    due(one, date(2013, 12, 31), 1, reason_en="The house was late.", set_on=date(2013, 5, 1))
    lead = OrganisationFactory.create(code="housing", named="Housing")
    ResponsibilityFactory.create(deliverable=one, organisation=lead)
    StatusFactory.create(deliverable=one, period=period, value="in_progress")
    account(
        one,
        period,
        lead,
        status="in_progress",
        narrative_en="Six beds.",
        narrative_fr="Six lits.",
        reason_en="No builder was found.",
        reason_fr="Aucun entrepreneur trouvé.",
    )
    Evidence.objects.create(
        deliverable=one, period=period, title_en="Photo", title_fr="Photo des lits", url="https://example.org/beds"
    )
    (row,) = rows_of(period)
    assert row == {**EXPECTED, "plan": period.plan.code}


@pytest.mark.parametrize(
    ("status", "due_on", "choice", "late", "asked"),
    [
        ("not_started", date(2015, 1, 1), "NS", "no", "yes"),
        ("not_started", date(2013, 6, 1), "NS", "yes", "yes"),
        ("in_progress", date(2015, 1, 1), "SP", "no", "no"),
        ("in_progress", date(2014, 3, 31), "SP", "no", "no"),
        ("in_progress", date(2014, 3, 30), "LP", "yes", "yes"),
        ("in_progress", None, "LP", "no", "yes"),
        ("ongoing", None, "LP", "no", "yes"),
        ("ongoing", date(2015, 1, 1), "SP", "no", "no"),
        ("complete", date(2013, 6, 1), "C", "no", "no"),
        ("complete", None, "C", "no", "no"),
        ("no_longer_pursued", date(2013, 6, 1), "", "no", "yes"),
        ("not_reported", date(2013, 6, 1), "", "yes", "yes"),
        ("not_reported", None, "", "no", "no"),
        ("not_stated", None, "", "no", "no"),
    ],
)
def test_a_status_becomes_a_choice(
    period: ReportingPeriod, status: str, due_on: date | None, choice: str, late: str, asked: str
) -> None:
    one = promised(period)
    if due_on:
        due(one, due_on)
    StatusFactory.create(deliverable=one, period=period, value=status)
    (row,) = rows_of(period)
    assert some(row, "status_code", "status", "late", "reason_required") == [status, choice, late, asked]
    assert ("challenges" in row["missing"].split()) is (asked == "yes")
    assert some(row, "challenges", "challenges_other_en", "challenges_other_fr") == ["", "", ""]


def test_every_status_has_its_choices() -> None:
    assert {status.value for status in ON_TIME_OR_NOT} == {
        "not_started",
        "in_progress",
        "ongoing",
        "complete",
        "no_longer_pursued",
        "not_stated",
        "not_reported",
    }


def test_each_organisation_that_leads_has_a_row_of_its_own(period: ReportingPeriod) -> None:
    one, nobodys = promised(period, code="1"), promised(period, code="2")
    due(one, date(2013, 6, 1))
    first, second, past = (OrganisationFactory.create(code=code) for code in ("a", "b", "c"))
    account(one, period, first, status="complete", narrative_en="Done.")
    account(one, period, second, status="not_reported")
    account(one, period, second, status="in_progress", is_current=False)
    ResponsibilityFactory.create(deliverable=one, organisation=past, to_date=date(2013, 1, 1))
    rows = rows_of(period)
    assert [some(row, "indicators", "owner_org", "status", "late") for row in rows] == [
        ["1", "a", "C", "no"],
        ["1", "b", "", "yes"],
        [nobodys.code, "", "", "no"],
    ]


def test_a_period_read_from_documents_tells_what_the_register_has() -> None:
    period = PeriodFactory.create()
    one = promised(period)
    due(one, date(2013, 6, 1))
    due(one, date(2013, 9, 1), 1, reason_en="Before the period.", set_on=date(2013, 3, 31))
    due(one, date(2013, 12, 1), 2, reason_en="The law was late.", set_on=date(2013, 4, 1))
    due(one, date(2014, 2, 1), 3, reason_en="After it.", set_on=date(2014, 4, 1))
    StatusFactory.create(deliverable=one, period=period, value="in_progress", note_en="Drafted.", note_fr="Rédigé.")
    StatusFactory.create(deliverable=one, period=period, kind="assessed", value="not_started")
    for code in ("y", "x"):
        ResponsibilityFactory.create(deliverable=one, organisation=OrganisationFactory.create(code=code))
    rows = rows_of(period)
    assert [row["owner_org"] for row in rows] == ["y", "x"]
    for row in rows:
        assert some(row, "progress_en", "progress_fr", "assessed_status") == ["Drafted.", "Rédigé.", "not_started"]
        assert some(row, "challenges", "challenges_other_en") == ["OT", "The law was late."]
        assert row["missing"] == "challenges_other_fr"


def test_evidence_in_one_language_is_not_translated_but_said_to_be_missing(period: ReportingPeriod) -> None:
    one = promised(period)
    code = UUID("12345678-1234-5678-1234-567812345678")
    Evidence.objects.create(deliverable=one, period=period, title_en="Outline", file_code=code)
    (row,) = rows_of(period)
    assert row["evidence_en"] == f"Outline http://testserver/en/evidence/{code}/"
    assert row["evidence_fr"] == ""
    assert row["missing"].split() == ["status", "progress_en", "progress_fr", "evidence_fr"]


def test_what_another_period_showed_is_not_in_it(period: ReportingPeriod) -> None:
    later = PeriodFactory.create(plan=period.plan, first_year=2014)
    one = promised(period)
    for each, words in ((period, "Then."), (later, "Later.")):
        StatusFactory.create(deliverable=one, period=each, value="complete", note_en=words)
        Evidence.objects.create(deliverable=one, period=each, title_en=words)
    assert [some(row, "progress_en", "evidence_en") for row in rows_of(period)] == [["Then.", "Then."]]


def test_nothing_of_a_period_that_is_being_gathered_is_told(period: ReportingPeriod) -> None:
    StatusFactory.create(deliverable=promised(period), period=period, value="complete")
    gathered = PeriodFactory.create(plan=period.plan, first_year=2014, gathering="open")
    assert [row["reporting_period"] for row in rows_of(gathered)] == ["2014-03"]


def test_a_text_that_looks_like_a_formula_is_made_safe(period: ReportingPeriod) -> None:
    one = promised(period, text_en="=1+1")
    StatusFactory.create(deliverable=one, period=period, value="complete", note_en="- trained")
    (row,) = rows_of(period)
    assert some(row, "indicator_en", "progress_en") == ["'=1+1", "'- trained"]


def test_the_workbook_holds_the_same_rows_as_texts(period: ReportingPeriod) -> None:
    one = promised(period, code="1", text_en="=1+1")
    StatusFactory.create(deliverable=one, period=period, value="complete")
    response = Client().get(reverse("plan_tracker_xlsx", args=[period.plan.code]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(map(bytes, response))))
    head, row = book["tracker"].iter_rows(values_only=True)
    assert list(head) == list(COLUMNS)
    told = dict(zip(head, row, strict=True))
    assert (told["indicators"], told["indicator_en"], told["status"]) == ("1", "=1+1", "C")
    assert book["tracker"]["E2"].data_type == "s"
    assert [cells[0] for cells in book["Columns"].iter_rows(values_only=True)] == list(COLUMNS)
