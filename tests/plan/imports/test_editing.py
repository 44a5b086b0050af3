"""A person corrects a proposal; two persons never write over each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.people.models import User
from palermo.plan.imports.actions.compare_again import compare_again
from palermo.plan.imports.actions.drop_proposal import drop_proposal
from palermo.plan.imports.actions.edit_frame import edit_frame, edit_section
from palermo.plan.imports.actions.edit_row import edit_row
from palermo.plan.imports.actions.map_headers import map_headers
from palermo.plan.imports.actions.map_organisation import accept_new_organisations, map_organisation
from palermo.plan.imports.actions.mark_rows import keep_wording, mark_rows
from palermo.plan.imports.actions.working import frame_in
from palermo.plan.imports.errors import ConflictError, NoPlanFoundError, ProposalClosedError
from palermo.plan.imports.files import path_of
from palermo.plan.imports.models import Proposal, ProposalRow
from palermo.plan.imports.values import RowValues
from tests.factories import OrganisationFactory
from tests.plan.imports.conftest import Propose
from tests.plan.imports.handling import frame_edit

pytestmark = pytest.mark.django_db
UNKNOWN = "Zzz,Qqq\nTrain police,Ongoing\nOpen a house,Complete"


@pytest.fixture
def proposal(proposed: Propose) -> Proposal:
    return proposed()


def changed(row: ProposalRow, **changes: object) -> RowValues:
    return RowValues.model_validate(row.values | changes)


def test_an_edited_row_says_what_the_person_wrote(proposal: Proposal, by: User) -> None:
    row = proposal.rows.get(position=1)
    edit_row(by=by, row=row, version=1, values=changed(row, text_fr="Former", status="complete"), section="2")
    saved = proposal.rows.get(position=1)
    assert (saved.values["text_fr"], saved.section, saved.is_checked, saved.version) == ("Former", "2", True, 2)
    assert saved.after["text"]["fr"] == "Former"
    assert saved.code == "2-01"
    assert proposal.rows.get(position=3).code == "2-02"
    event = AuditEvent.objects.get(act="import.edit_row")
    assert event.details == {"row": 1, "changed": ["text_fr", "status"]}


def test_the_second_of_two_persons_writes_nothing(proposal: Proposal, by: User) -> None:
    row = proposal.rows.get(position=1)
    edit_row(by=by, row=row, version=1, values=changed(row, text_en="First"), section="1")
    with pytest.raises(ConflictError) as conflict:
        edit_row(by=by, row=row, version=1, values=changed(row, text_en="Second"), section="1")
    assert isinstance(conflict.value.current, ProposalRow)
    assert conflict.value.current.values["text_en"] == "First"
    assert proposal.rows.get(position=1).values["text_en"] == "First"


def test_an_organisation_that_the_person_writes_is_looked_up(proposal: Proposal, by: User) -> None:
    OrganisationFactory.create(code="fire", named="Fire Service")
    row = proposal.rows.get(position=1)
    edit_row(by=by, row=row, version=1, values=changed(row, leads=["Fire Service", "Nobody Knows"]), section="1")
    proposal.refresh_from_db()
    found = {one.printed: (one.code, one.is_known) for one in frame_in(proposal).organisations}
    assert (found["Fire Service"], found["Nobody Knows"]) == (("fire", True), ("nobody-knows", False))
    leads = proposal.rows.get(position=1).after["responsibilities"]
    assert [its["organisation"] for its in leads] == ["fire", "nobody-knows"]


def test_rows_are_dropped_and_kept_after_all(proposal: Proposal, by: User) -> None:
    keys = [row.pk for row in proposal.rows.all()[:2]]
    assert mark_rows(by=by, proposal=proposal, rows=keys, mark="drop") == 2
    assert proposal.rows.filter(keep=False).count() == 2
    mark_rows(by=by, proposal=proposal, rows=keys[:1], mark="keep")
    assert proposal.rows.filter(keep=False).count() == 1
    mark_rows(by=by, proposal=proposal, rows=keys, mark="checked")
    assert proposal.rows.filter(is_checked=True).count() == 2


def test_rows_of_another_proposal_are_not_touched(proposal: Proposal, proposed: Propose, by: User) -> None:
    other = proposed().rows.get(position=1)
    assert mark_rows(by=by, proposal=proposal, rows=[other.pk], mark="drop") == 0
    other.refresh_from_db()
    assert other.keep


def test_another_period_is_worked_into_every_row(proposal: Proposal, by: User) -> None:
    edit = frame_edit(proposal, period="2014-2015", title_en="A plan", code="a-plan")
    edit_frame(by=by, proposal=proposal, frame_version=1, edit=edit)
    for row in proposal.rows.all():
        assert [status["period"] for status in row.after["statuses"]] == ["2014-2015"]


def test_another_language_turns_the_columns(proposal: Proposal, by: User) -> None:
    edit_frame(by=by, proposal=proposal, frame_version=1, edit=frame_edit(proposal, language="fr"))
    row = proposal.rows.get(position=1)
    assert (row.values["text_en"], row.values["text_fr"]) == ("", "Train the drivers of buses")
    assert row.after["text"] == {"en": "", "fr": "Train the drivers of buses"}
    proposal.refresh_from_db()
    assert frame_in(proposal).sections[0].title_fr == "Roads"


def test_a_frame_saved_meanwhile_is_a_conflict(proposal: Proposal, by: User) -> None:
    edit_frame(by=by, proposal=proposal, frame_version=1, edit=frame_edit(proposal, title_en="First"))
    with pytest.raises(ConflictError):
        edit_frame(by=by, proposal=proposal, frame_version=1, edit=frame_edit(proposal, title_en="Second"))
    proposal.refresh_from_db()
    assert frame_in(proposal).title_en == "First"


def test_the_owner_may_only_become_one_that_the_person_coordinates(proposal: Proposal, by: User) -> None:
    edit = frame_edit(proposal, owner=OrganisationFactory.create())
    with pytest.raises(PermissionDenied):
        edit_frame(by=by, proposal=proposal, frame_version=1, edit=edit)


def test_another_code_of_a_section_renames_its_rows(proposal: Proposal, by: User) -> None:
    section = frame_in(proposal).sections[0].model_copy(update={"code": "R", "p": "prevention"})
    edit_section(by=by, proposal=proposal, frame_version=1, section=section)
    assert list(proposal.rows.values_list("code", flat=True)) == ["R-01", "R-02", "2-01"]


def test_a_printed_name_is_mapped_to_a_known_organisation(proposal: Proposal, by: User) -> None:
    OrganisationFactory.create(code="police", named="Police")
    one = frame_in(proposal).organisations[0].model_copy(update={"code": "police"})
    map_organisation(by=by, proposal=proposal, frame_version=1, organisations=[one])
    proposal.refresh_from_db()
    mapped = frame_in(proposal).organisations[0]
    assert (mapped.printed, mapped.is_known, mapped.is_open) == ("City Police", True, False)
    assert proposal.rows.get(position=1).after["responsibilities"][0]["organisation"] == "police"


def test_all_unknown_organisations_are_accepted_at_once(proposal: Proposal, by: User) -> None:
    assert accept_new_organisations(by=by, proposal=proposal, frame_version=1) == 3
    proposal.refresh_from_db()
    assert not any(one.is_open for one in frame_in(proposal).organisations)


def test_headings_are_mapped_and_the_table_read_again(proposed: Propose, by: User) -> None:
    proposal = map_headers(by=by, proposal=proposed(UNKNOWN), mapping={"Zzz": "text", "Qqq": "status"})
    assert proposal.state == "open"
    assert list(proposal.rows.values_list("values__text_en", "values__status")) == [
        ("Train police", "ongoing"),
        ("Open a house", "complete"),
    ]
    assert frame_in(proposal).period == "2013-2014"


def test_headings_mapped_to_no_text_say_so_and_wait_on(proposed: Propose, by: User) -> None:
    proposal = proposed(UNKNOWN)
    with pytest.raises(NoPlanFoundError):
        map_headers(by=by, proposal=proposal, mapping={"Zzz": "status", "Qqq": "ignore"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.rows.count()) == ("needs_mapping", 0)


def test_a_dropped_proposal_loses_its_file_and_stays_in_the_list(
    proposal: Proposal, by: User, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    path = path_of(proposal.stored_as)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        drop_proposal(by=by, proposal=proposal)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.stored_as, proposal.decided_by, path.exists()) == ("dropped", "", by, False)
    assert AuditEvent.objects.filter(act="import.drop").count() == 1


def acts(proposal: Proposal) -> list[Callable[[User], object]]:
    row = proposal.rows.get(position=1)
    frame = frame_in(proposal)
    return [
        lambda by: edit_row(by=by, row=row, version=1, values=changed(row), section="1"),
        lambda by: mark_rows(by=by, proposal=proposal, rows=[row.pk], mark="drop"),
        lambda by: keep_wording(by=by, proposal=proposal),
        lambda by: edit_frame(by=by, proposal=proposal, frame_version=1, edit=frame_edit(proposal)),
        lambda by: edit_section(by=by, proposal=proposal, frame_version=1, section=frame.sections[0]),
        lambda by: map_organisation(by=by, proposal=proposal, frame_version=1, organisations=[]),
        lambda by: accept_new_organisations(by=by, proposal=proposal, frame_version=1),
        lambda by: compare_again(by=by, proposal=proposal),
        lambda by: drop_proposal(by=by, proposal=proposal),
    ]


def test_strangers_change_nothing(proposal: Proposal, outsider: User) -> None:
    before = AuditEvent.objects.count()
    for act in acts(proposal):
        with pytest.raises(PermissionDenied):
            act(outsider)
    assert AuditEvent.objects.count() == before


def test_a_decided_proposal_is_not_changed(proposal: Proposal, by: User) -> None:
    listed = acts(proposal)
    drop_proposal(by=by, proposal=proposal)
    for act in listed:
        with pytest.raises(ProposalClosedError):
            act(by)
