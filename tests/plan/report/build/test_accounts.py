"""What organisations say, in the report: every account with its source, in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from palermo.foundation.bilingual import Language
from palermo.people.queries import command_line
from palermo.plan.register.models import Account, Plan
from palermo.plan.report.build.accounts import account_rows
from palermo.plan.report.build.document import draft_document
from palermo.plan.report.build.source import chart_source
from palermo.plan.report.formats.document import Cell, ReportDocument, Table, plain
from palermo.plan.returns.models import Return
from tests.factories import DeliverableFactory, ResponsibilityFactory

from ..conftest import newest
from ..year import Year, open_year


def report(year: Year, language: Language = "en") -> ReportDocument:
    with override(language):
        return draft_document(chart_source(command_line(), year.period))


def table(year: Year, key: str, language: Language = "en") -> Table:
    return next(each for each in report(year, language).tables() if each.key == key)


def told(year: Year, language: Language = "en") -> list[dict[str, Any]]:
    """Each account with its cells by their columns."""
    found = table(year, "accounts", language)
    keys = [column.key for column in found.columns]
    return [dict(zip(keys, row, strict=True)) for row in found.rows]


def value(cell: object) -> object:
    return cell.value if isinstance(cell, Cell) else cell


def test_an_account_says_everything_that_was_returned(year: Year) -> None:
    customs, police = told(year)[:2]
    assert {key: value(cell) for key, cell in police.items()} == {
        "level-1": "1 Seeing",
        "deliverable": "T1 Light lantern T1",
        "organisation": "Harbour Police",
        "status": "In progress",
        "assessed": "Not started",
        "assessed-note": "Nobody was trained yet.",
        "done": "We trained 40 officers. Survivors taught half of the courses.",
        "reason": "The school closed in May.",
        "proof": "More people are seen early.",
        "figures": "Officers trained: 40",
        "first-due": date(2014, 3, 31),
        "due": date(2015, 6, 30),
        "evidence": "Course outline (seen on Apr 1, 2014) https://example.org/outline",
        "spent": Decimal("1500.50"),
        "source": f"Return {year.number('T1')} (Harbour Police, 2013–2014)",
        "currency": "CAD",
        "code": "T1",
        "return_number": year.number("T1"),
    }
    assert plain(police["spent"].runs) == "$1,500.50"
    assert value(customs["organisation"]) == "Customs Office"


def test_the_same_in_french(year: Year) -> None:
    police = told(year, "fr")[1]
    assert [value(police[key]) for key in ("level-1", "organisation", "status", "assessed-note", "figures")] == [
        "1 Voir",
        "Harbour Police (fr)",
        "En cours",
        "Personne n’est encore formé.",
        "Agents formés\N{NO-BREAK SPACE}: 40",
    ]
    assert police["done"] == "Nous avons formé 40 agents. Des survivantes ont donné la moitié des cours."
    number = year.number("T1")
    assert value(police["source"]) == f"Compte rendu {number} (Harbour Police (fr), 2013–2014)"


def test_who_never_answered_is_named(year: Year) -> None:
    customs = told(year)[0]
    assert (customs["status"].value, customs["status"].code) == ("Did not report", "not_reported")
    assert [customs[key] for key in ("done", "reason", "proof", "figures", "evidence", "spent")] == [None] * 6
    reporting = table(year, "reporting")
    assert list(reporting.rows) == [("Customs Office", 0, 1), ("Harbour Police", 3, 0)]
    assert told(year, "fr")[0]["status"].value == "N’a pas rendu compte"


def test_a_text_that_one_language_lacks_is_marked_with_its_own(year: Year) -> None:
    english = {row["code"]: row["done"] for row in told(year)}
    french = {row["code"]: row["done"] for row in told(year, "fr")}
    assert french["T2"] == Cell("The handbook [return 1] is *printed*.", language="en-CA")
    assert english["T3"].language == "fr-CA"
    assert french["T3"] == "La ligne répond la nuit.\n\nEn neuf langues."


def test_each_account_leads_to_its_place_on_the_site(year: Year) -> None:
    (english,), (french,) = (told(year, language)[1]["source"].runs for language in ("en", "fr"))
    key = year.account("T1").pk
    assert (english.link, english.source) == (f"/en/plans/lantern/deliverables/T1/#account-{key}", year.number("T1"))
    assert french.link == f"/fr/plans/lantern/deliverables/T1/#account-{key}"


def test_only_what_was_cleared_for_publication_is_shown(year: Year) -> None:
    shown = [run.link for run in told(year)[1]["evidence"].runs if run.link]
    assert shown == ["https://example.org/outline"]


def test_the_chart_names_the_returns_in_data_files(year: Year) -> None:
    chart = table(year, "action-chart")
    place = [column.key for column in chart.columns].index("return_number")
    assert chart.columns[place].role == "data"
    both = f"{year.number('T1', 'customs')}, {year.number('T1')}"
    assert [row[place] for row in chart.rows] == [both, str(year.number("T2")), str(year.number("T3"))]


def test_a_period_read_from_documents_has_no_accounts(city: Plan) -> None:
    found = draft_document(chart_source(command_line(), newest(city)))
    assert "accounts-part" not in [part.key for part in found.parts]
    assert "return_number" not in {column.key for each in found.tables() for column in each.columns}


def test_what_is_still_being_gathered_is_in_no_report(db: None) -> None:
    year = open_year()
    assert chart_source(command_line(), year.period).said is None


def test_a_corrected_account_takes_the_place_of_the_earlier_one(year: Year) -> None:
    year.correct("T2", narrative_en="The handbook is at the printer.")
    assert [row["done"] for row in told(year) if row["code"] == "T2"] == ["The handbook is at the printer."]


def test_queries_do_not_grow_with_the_accounts(year: Year) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            rows = list(account_rows(chart_source(command_line(), year.period), ["en", "fr"]))
        assert len(rows) == Account.objects.count()
        return len(counted)

    command_line()  # The first time, it is made.
    before = asked()
    for number in range(12):
        one = DeliverableFactory.create(plan=year.plan, code=f"M{number}")
        ResponsibilityFactory.create(deliverable=one, organisation=year.police)
        Account.objects.create(
            deliverable=one, period=year.period, organisation=year.police, return_number=900 + number, status="complete"
        )
    assert asked() == before
    assert Return.objects.count() == 4
