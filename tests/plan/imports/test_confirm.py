"""A confirmation writes all that was kept, or nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.people.models import Organisation, User
from palermo.plan.imports.actions import confirm as module
from palermo.plan.imports.actions.confirm import Confirmed, confirm, lacking
from palermo.plan.imports.actions.edit_frame import edit_frame
from palermo.plan.imports.actions.map_organisation import accept_new_organisations
from palermo.plan.imports.actions.mark_rows import mark_rows
from palermo.plan.imports.errors import ConflictError, Lack, NotReadyError, ProposalClosedError
from palermo.plan.imports.files import path_of
from palermo.plan.imports.models import Proposal
from palermo.plan.register.actions import load_plan as loading
from palermo.plan.register.models import Deliverable, Plan, StatusRecord
from palermo.plan.register.queries.plan_file import plan_file
from tests.factories import PlanFactory
from tests.plan.imports.conftest import Propose
from tests.plan.imports.handling import confirmed, frame_edit, made_ready
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(proposed: Propose, by: User) -> Proposal:
    return made_ready(proposed(), by)


def confirm_now(proposal: Proposal, by: User) -> Confirmed:
    return confirm(by=by, proposal=proposal, version=proposal.version)


def test_what_was_kept_becomes_the_plan(ready: Proposal, by: User, owner: Organisation) -> None:
    mark_rows(by=by, proposal=ready, rows=[ready.rows.get(position=2).pk], mark="drop")
    done = confirmed(ready, by)
    assert (done.is_new, done.added, done.changed, done.statuses) == (True, 2, 0, 2)
    file = plan_file(by, done.plan)
    assert [one.code for one in file.deliverables] == ["1-01", "2-01"]
    first = file.deliverables[0]
    assert (first.text.en, first.text.fr, first.start.printed, first.code_is_printed) == (
        "Train the drivers of buses",
        "",
        "2013-04-01",
        False,
    )
    assert [(its.organisation, its.printed) for its in first.responsibilities] == [("city-police", "City Police")]
    assert (first.statuses[0].value, first.statuses[0].document, first.statuses[0].place) == (
        "ongoing",
        "report-2013-2014",
        "l. 2",
    )
    assert done.plan.owner == owner


def test_what_the_document_does_not_say_stays_not_stated(proposed: Propose, by: User) -> None:
    table = "Text,Status\nTrain police,\nOpen a house,Complete"
    plan = confirmed(made_ready(proposed(table), by), by).plan
    train, _house = plan_file(by, plan).deliverables
    assert (
        train.statuses[0].value,
        train.statuses[0].printed,
        train.start.printed,
        train.due,
        train.responsibilities,
    ) == (
        "not_stated",
        "",
        "",
        (),
        (),
    )


def test_a_document_that_states_no_status_records_none(proposed: Propose, by: User) -> None:
    ready = made_ready(proposed("Text,Lead\nTrain police,\nOpen a house,", period=""), by)
    assert confirmed(ready, by).statuses == 0
    assert not StatusRecord.objects.exists()


def test_a_confirmed_proposal_is_closed_and_its_file_deleted(
    ready: Proposal, by: User, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    path = path_of(ready.stored_as)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        done = confirm_now(ready, by)
    ready.refresh_from_db()
    assert (ready.state, ready.plan, ready.decided_by, path.exists()) == ("confirmed", done.plan, by, False)
    with pytest.raises(ProposalClosedError):
        confirm_now(ready, by)
    assert list(AuditEvent.objects.filter(act__in=["plan.load", "import.confirm"]).values_list("act", flat=True)) == [
        "plan.load",
        "import.confirm",
    ]


def test_what_is_missing_is_listed(proposed: Propose, by: User) -> None:
    proposal = proposed(period="")
    assert lacking(proposal) == [
        Lack("title"),
        Lack("code"),
        Lack("jurisdiction"),
        Lack("period"),
        Lack("organisation", "City Police"),
        Lack("organisation", "Transport Office"),
        Lack("organisation", "Shelter House"),
    ]
    with pytest.raises(NotReadyError) as refusal:
        confirm_now(proposal, by)
    assert refusal.value.lacks == lacking(proposal)
    assert not Plan.objects.exists()


def test_a_new_plan_does_not_write_over_another(ready: Proposal, by: User, owner: Organisation) -> None:
    held = PlanFactory.create(code="roads", owner=owner, title_en="Held")
    with pytest.raises(NotReadyError) as refusal:
        confirm_now(ready, by)
    assert refusal.value.lacks == [Lack("code_taken", "roads")]
    held.refresh_from_db()
    assert held.title_en == "Held"


def test_nothing_kept_is_nothing_to_confirm(ready: Proposal, by: User) -> None:
    mark_rows(by=by, proposal=ready, rows=[row.pk for row in ready.rows.all()], mark="drop")
    ready.refresh_from_db()
    with pytest.raises(NotReadyError) as refusal:
        confirm_now(ready, by)
    assert refusal.value.lacks == [Lack("rows")]


def test_what_changed_after_the_person_looked_is_not_confirmed(ready: Proposal, by: User) -> None:
    seen = ready.version
    mark_rows(by=by, proposal=ready, rows=[ready.rows.get(position=1).pk], mark="drop")
    with pytest.raises(ConflictError):
        confirm(by=by, proposal=ready, version=seen)
    assert not Plan.objects.exists()


def test_strangers_confirm_nothing(ready: Proposal, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        confirm_now(ready, outsider)
    assert not Plan.objects.exists()


@pytest.mark.parametrize("where", [(loading, "load_progress"), (loading, "record"), (module, "record")])
def test_where_anything_fails_nothing_is_written(
    ready: Proposal, by: User, where: tuple[object, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_details: object) -> None:
        raise OSError("no space left")

    events = AuditEvent.objects.count()
    monkeypatch.setattr(*where, fail)
    with pytest.raises(OSError, match="no space"):
        confirm_now(ready, by)
    ready.refresh_from_db()
    assert (ready.state, path_of(ready.stored_as).exists()) == ("open", True)
    assert (Plan.objects.exists(), AuditEvent.objects.count()) == (False, events)
    assert not Organisation.objects.filter(code="city-police").exists()


def test_killed_at_any_write_all_or_nothing(ready: Proposal, by: User) -> None:
    def stored() -> object:
        models = (Plan, Deliverable, StatusRecord, Organisation, AuditEvent)
        return [model.objects.count() for model in models], Proposal.objects.get(pk=ready.pk).state

    assert_all_or_nothing(lambda: confirm_now(ready, by), stored)
    assert AuditEvent.objects.filter(act="import.confirm").count() == 1


def test_a_frame_that_cannot_be_a_plan_is_refused_with_its_place(ready: Proposal, by: User) -> None:
    edit_frame(by=by, proposal=ready, frame_version=ready.frame_version, edit=frame_edit(ready, code="no spaces"))
    ready.refresh_from_db()
    with pytest.raises(NotReadyError) as refusal:
        confirm_now(ready, by)
    assert [lack.code for lack in refusal.value.lacks] == ["contradiction"]
    assert not Plan.objects.exists()


def test_one_new_organisation_may_be_printed_in_two_ways(proposed: Propose, by: User) -> None:
    proposal = proposed("Text,Lead\nTrain police,City Police\nOpen a house,CPD")
    accept_new_organisations(by=by, proposal=proposal, frame_version=1)
    proposal.refresh_from_db()
    proposal.frame["organisations"][1]["code"] = "city-police"
    proposal.save()
    edit = frame_edit(proposal, title_en="Roads", code="roads", jurisdiction="CA")
    edit_frame(by=by, proposal=proposal, frame_version=proposal.frame_version, edit=edit)
    plan = confirmed(proposal, by).plan
    found = [its.printed for one in plan_file(by, plan).deliverables for its in one.responsibilities]
    assert found == ["City Police", "CPD"]
    assert set(Organisation.objects.values_list("code", flat=True)) == {"secretariat", "city-police"}
