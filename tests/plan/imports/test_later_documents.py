"""A later document of the same plan proposes what has changed, and only that."""

from __future__ import annotations

import pytest

from palermo.people.models import User
from palermo.plan.imports.actions.compare_again import compare_again
from palermo.plan.imports.actions.confirm import confirm
from palermo.plan.imports.actions.edit_row import edit_row
from palermo.plan.imports.actions.mark_not_reported import mark_not_reported
from palermo.plan.imports.actions.mark_rows import keep_wording
from palermo.plan.imports.errors import PlanHasChangedError
from palermo.plan.imports.models import Proposal
from palermo.plan.imports.queries import counts, left_out
from palermo.plan.imports.showing import differences
from palermo.plan.imports.values import RowValues
from palermo.plan.register.models import Deliverable, Plan, StatusRecord
from palermo.plan.register.queries.plan_file import plan_file
from tests.plan.imports.conftest import HEADINGS, TABLE, Propose
from tests.plan.imports.handling import confirmed, made_ready

pytestmark = pytest.mark.django_db
LATER = "\n".join(
    [
        HEADINGS,
        "2,Shelters,Open a house for women,2014-04-01,Complete,Shelter House,",
        "2,Shelters,Pay for the beds of a second house,2014-04-01,Not started,Shelter House,yes",
        "1,Roads,Train the drivers of all buses,2013-04-01,Ongoing,Transport Office,",
    ]
)


@pytest.fixture
def plan(proposed: Propose, by: User) -> Plan:
    return confirmed(made_ready(proposed(), by), by).plan


@pytest.fixture
def later(plan: Plan, proposed: Propose) -> Proposal:
    return proposed(LATER, plan=plan, period="2014-2015")


def found(proposal: Proposal) -> dict[str, str]:
    return dict(proposal.rows.values_list("code", "change"))


def test_the_same_document_again_changes_nothing(plan: Plan, proposed: Propose, by: User) -> None:
    again = proposed(TABLE, plan=plan)
    assert set(found(again).values()) == {"same"}
    done = confirmed(again, by)
    assert (done.added, done.changed, done.statuses) == (0, 0, 0)


def test_rows_are_matched_by_section_and_text(later: Proposal) -> None:
    assert found(later) == {"2-01": "changed", "2-02": "new", "1-01": "changed"}
    new = later.rows.get(code="2-02")
    assert "not_matched" in {doubt["code"] for doubt in new.doubts}


def test_each_change_is_shown_before_and_after(later: Proposal) -> None:
    shown = {one.label: (one.before, one.after) for one in differences(later.rows.get(code="1-01"), {})}
    assert shown == {
        "Text in English": (["Train the drivers of buses"], ["Train the drivers of all buses"]),
        "Lead": (
            ["city-police"],
            ["city-police, to March 31, 2014", "transport-office, from April 1, 2014"],
        ),
        "Status": (
            ["2013–2014 · Ongoing · Ongoing"],
            ["2013–2014 · Ongoing · Ongoing", "2014–2015 · Ongoing · Ongoing"],
        ),
    }


def test_a_confirmation_adds_and_changes_and_deletes_nothing(later: Proposal, plan: Plan, by: User) -> None:
    Deliverable.objects.filter(code="1-01").update(text_fr="Former les chauffeurs")
    done = confirmed(compare_again(by=by, proposal=later), by)
    assert (done.is_new, done.added, done.changed, done.statuses) == (False, 1, 2, 3)
    file = plan_file(by, plan)
    assert [one.code for one in file.deliverables] == ["1-01", "1-02", "2-01", "2-02"]
    first = file.deliverables[0]
    assert (first.text.en, first.text.fr) == ("Train the drivers of all buses", "Former les chauffeurs")
    assert [status.period for status in first.statuses] == ["2013-2014", "2014-2015"]
    assert file.deliverables[3].added_in == "2014-2015"
    assert [document.code for document in file.documents] == ["report-2013-2014", "report-2014-2015"]


def test_nothing_happens_to_what_the_document_leaves_out(later: Proposal, plan: Plan, by: User) -> None:
    assert [one.code for one in left_out(by, later)] == ["1-02"]
    confirmed(later, by)
    assert StatusRecord.objects.filter(deliverable__code="1-02").count() == 1


def test_what_is_left_out_is_not_reported_where_the_person_says_so(later: Proposal, by: User) -> None:
    mark_not_reported(
        by=by, proposal=later, frame_version=later.frame_version, shown=["1-02", "2-01"], ticked=["1-02", "2-01"]
    )
    later.refresh_from_db()
    assert later.frame["not_reported"] == ["1-02"]
    confirmed(later, by)
    recorded = StatusRecord.objects.filter(deliverable__code="1-02", is_current=True).order_by("pk")
    assert [(one.period.code, one.value) for one in recorded] == [
        ("2013-2014", "complete"),
        ("2014-2015", "not_reported"),
    ]


def test_not_reported_never_writes_over_a_status(plan: Plan, proposed: Propose, by: User) -> None:
    same_year = proposed(LATER, plan=plan, period="2013-2014")
    mark_not_reported(by=by, proposal=same_year, frame_version=1, shown=["1-02"], ticked=["1-02"])
    same_year.refresh_from_db()
    confirmed(same_year, by)
    assert StatusRecord.objects.get(deliverable__code="1-02").value == "complete"


def test_the_words_of_the_plan_can_be_kept(later: Proposal, by: User) -> None:
    assert keep_wording(by=by, proposal=later) == 2
    assert "Text in English" not in {one.label for one in differences(later.rows.get(code="1-01"), {})}


def test_a_plan_that_changed_meanwhile_is_looked_at_again(later: Proposal, plan: Plan, by: User) -> None:
    Deliverable.objects.filter(code="2-01").update(text_en="Open a house for women and children")
    with pytest.raises(PlanHasChangedError) as refusal:
        confirm(by=by, proposal=later, version=later.version)
    assert refusal.value.codes == ["2-01"]
    assert not StatusRecord.objects.filter(period__starts_on__year=2014).exists()
    confirmed(compare_again(by=by, proposal=later), by)


def test_a_person_may_say_what_a_row_is(later: Proposal, by: User) -> None:
    row = later.rows.get(code="2-02")
    values = RowValues.model_validate(row.values | {"matched": "1-02"})
    edit_row(by=by, row=row, version=1, values=values, section="2")
    row.refresh_from_db()
    assert (row.code, row.change, row.before["code"]) == ("1-02", "changed", "1-02")
    assert not left_out(by, later).exists()
    compare_again(by=by, proposal=later)
    row.refresh_from_db()
    assert row.code == "1-02"


def test_a_person_may_say_that_a_row_is_new(later: Proposal, by: User) -> None:
    row = later.rows.get(code="1-01")
    edit_row(by=by, row=row, version=1, values=RowValues.model_validate(row.values | {"matched": ""}), section="1")
    row.refresh_from_db()
    assert (row.code, row.change, row.before) == ("1-03", "new", {})
    assert counts(by, later).new == 2
