"""What the document says is laid over what the plan says, and nothing is ever blanked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from palermo.plan.imports.merging import Setting, merged
from palermo.plan.imports.values import RowValues
from palermo.plan.planfile_models import Deliverable, Due, Money, Period, Responsibility, Start, Status
from palermo.plan.planfile_values import Bilingual

YEAR = Period(code="2014-2015", starts_on=date(2014, 4, 1), ends_on=date(2015, 3, 31))
SETTING = Setting(
    language="en",
    period=YEAR,
    states_progress=True,
    document="report",
    sections={"one": "1"},
    organisations={"PS": "safety", "NP": "police", "VO": "visas"},
)
BEFORE = Deliverable(
    code="1-01",
    section="1",
    row=1,
    text=Bilingual(en="Train the officers", fr="Former les agents"),
    start=Start(printed="2013/14", on=date(2013, 4, 1)),
    due=(Due(on=date(2015, 3, 31)),),
    responsibilities=(Responsibility(organisation="safety", kind="lead", printed="PS"),),
    statuses=(
        Status(period="2013-2014", kind="claimed", value="ongoing"),
        Status(period="2014-2015", kind="claimed", value="in_progress", note=Bilingual(fr="À mi-chemin")),
    ),
)


def after(**said: object) -> Deliverable:
    return merged(RowValues.model_validate(said), "one", "1-01", SETTING, BEFORE)


def test_a_row_that_says_nothing_changes_nothing() -> None:
    assert after() == BEFORE


def test_the_same_words_over_other_lines_are_no_change() -> None:
    assert after(text_en="Train the  offi- cers.", status="in_progress") == BEFORE


def test_another_text_leaves_the_other_language_alone() -> None:
    assert after(text_en="Train all guards").text == Bilingual(en="Train all guards", fr="Former les agents")


def test_another_due_date_is_a_revision_after_the_first() -> None:
    assert [due.on for due in after(due_on=date(2016, 3, 31)).due] == [date(2015, 3, 31), date(2016, 3, 31)]
    assert after(due_on=date(2015, 3, 31)).due == BEFORE.due


def test_a_status_of_the_period_replaces_and_others_stay() -> None:
    found = after(status="complete", printed_status="Done", place="p. 3").statuses
    assert found[0] == BEFORE.statuses[0]
    assert (found[1].value, found[1].printed, found[1].document, found[1].note.fr) == (
        "complete",
        "Done",
        "report",
        "À mi-chemin",
    )


def test_silence_does_not_replace_a_status() -> None:
    assert after(status="not_stated").statuses == BEFORE.statuses


def test_silence_of_a_new_deliverable_is_recorded_as_not_stated() -> None:
    found = merged(RowValues(text_en="Open a house"), "one", "1-02", SETTING, None)
    assert [status.value for status in found.statuses] == ["not_stated"]


def test_a_document_without_statuses_records_none() -> None:
    setting = Setting(language="en", sections={"one": "1"})
    assert merged(RowValues(text_en="Open a house"), "one", "1-02", setting, None).statuses == ()


def test_who_no_longer_leads_did_so_until_the_period_began() -> None:
    found = after(leads=["NP"]).responsibilities
    assert [(its.organisation, its.from_on, its.to_on) for its in found] == [
        ("safety", None, date(2014, 3, 31)),
        ("police", date(2014, 4, 1), None),
    ]


def test_leads_in_another_order_are_no_change() -> None:
    two = BEFORE.model_copy(
        update={"responsibilities": (*BEFORE.responsibilities, Responsibility(organisation="police", kind="lead"))}
    )
    assert merged(RowValues(leads=["NP", "PS"]), "one", "1-01", SETTING, two) == two


def test_the_mark_of_newness_counts_once() -> None:
    first = after(is_new=True)
    assert first.added_in == "2014-2015"
    older = BEFORE.model_copy(update={"added_in": "2012-2013"})
    assert merged(RowValues(is_new=True), "one", "1-01", SETTING, older).added_in == "2012-2013"


def test_another_amount_for_the_year_replaces_the_one_before() -> None:
    held = BEFORE.model_copy(
        update={"money": (Money(kind="earmarked", amount=Decimal("5.00"), fiscal_year="2014-2015"),)}
    )
    found = merged(RowValues(amount="7.50", fiscal_year="2014-2015"), "one", "1-01", SETTING, held)
    assert [money.amount for money in found.money] == [Decimal("7.50")]


values = st.builds(
    RowValues,
    text_en=st.sampled_from(["", "Train the officers", "Open a house"]),
    text_fr=st.sampled_from(["", "Ouvrir une maison"]),
    lead_in_en=st.sampled_from(["", "With partners:"]),
    printed_start=st.sampled_from(["", "2014"]),
    start_on=st.none() | st.just(date(2014, 1, 1)),
    due_on=st.none() | st.dates(date(2014, 1, 1), date(2017, 1, 1)),
    status=st.sampled_from(["not_stated", "complete", "in_progress"]),
    note_en=st.sampled_from(["", "Half done"]),
    leads=st.lists(st.sampled_from(["PS", "NP", "VO", "nobody"]), unique=True),
    is_new=st.booleans(),
    amount=st.sampled_from(["", "10.00"]),
)


@given(values)
def test_nothing_is_blanked(said: RowValues) -> None:
    found = merged(said, "one", "1-01", SETTING, BEFORE)
    assert found.text.fr == (said.text_fr or BEFORE.text.fr)
    assert found.text.en
    assert found.due[: len(BEFORE.due)] == BEFORE.due
    assert {status.period for status in found.statuses} >= {"2013-2014", "2014-2015"}
    assert {its.organisation for its in found.responsibilities} >= {"safety"}


@given(values)
def test_saying_the_same_again_changes_nothing_more(said: RowValues) -> None:
    once = merged(said, "one", "1-01", SETTING, BEFORE)
    assert merged(said, "one", "1-01", SETTING, once) == once
