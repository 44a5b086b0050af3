"""Who may see and do what with returns."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from palermo.people.models import Organisation, Role, User
from palermo.people.policies import Viewer, holding, holds, is_command_line
from palermo.plan.register.models import Deliverable, Plan
from palermo.plan.register.policies import may_change_plan
from palermo.plan.register.vocabulary import Gathering
from palermo.plan.returns.models import Cycle, Return, SpreadsheetUpload
from palermo.plan.returns.vocabulary import OUT, WITH_WRITER, State

WRITERS = (Role.FOCAL_POINT, Role.ALTERNATE)
"""Who writes the returns of an organisation."""

OF_THE_ORGANISATION = (*WRITERS, Role.CLEARING_OFFICER, Role.READER)
"""Who may read what an organisation is writing."""

OVER_THE_PLAN = (Role.COORDINATOR, Role.ASSESSOR)
"""Who reads what organisations have cleared: roles in the organisation that owns the plan."""

UPLOADS_KEPT = timedelta(days=1)
"""How long an uploaded spreadsheet waits for its uploader's decision."""


def may_run_cycle(viewer: Viewer, plan: Plan) -> bool:
    """Open, close and reopen periods, set rules, accept returns: whoever may change the plan."""
    return may_change_plan(viewer, plan)


def returns_to_read(viewer: Viewer) -> QuerySet[Return]:
    """The returns that the viewer may open: their own organisation's, and over a plan those that were ever cleared.

    What they read of the latter while the organisation works on it again is what it cleared last; see `reads_drafts`.
    """
    if is_command_line(viewer):
        return Return.objects.all()
    own = holding(viewer, *OF_THE_ORGANISATION).values("organisation")
    over = holding(viewer, *OVER_THE_PLAN).values("organisation")
    cleared = Q(cycle__period__plan__owner__in=over, was_cleared=True)
    return Return.objects.filter(Q(organisation__in=own) | cleared)


def may_read(viewer: Viewer, one: Return) -> bool:
    """Whether the viewer may read the words of a return; the same rule as `returns_to_read`."""
    if is_command_line(viewer) or is_of_the_organisation(viewer, one):
        return True
    return one.was_cleared and holds(viewer, one.cycle.period.plan.owner_id, *OVER_THE_PLAN)


def reads_drafts(viewer: Viewer, one: Return) -> bool:
    """Whether the viewer reads what the organisation is writing, and not only what it cleared."""
    return is_command_line(viewer) or is_of_the_organisation(viewer, one) or one.state in OUT


def is_open(one: Return) -> bool:
    """Whether its period is still being gathered."""
    return one.cycle.period.gathering == Gathering.OPEN


def is_of_the_organisation(viewer: Viewer, one: Return) -> bool:
    """Whether the viewer belongs to the organisation that answers, so that its list is theirs."""
    return holds(viewer, one.organisation_id, *OF_THE_ORGANISATION)


def is_writer(viewer: Viewer, one: Return) -> bool:
    """Whether the viewer writes for the organisation, whatever the state of the return."""
    return holds(viewer, one.organisation_id, *WRITERS)


def may_write(viewer: Viewer, one: Return) -> bool:
    """Its focal point and alternates, while it is with them and the period is open."""
    return is_open(one) and one.state in WITH_WRITER and is_writer(viewer, one)


def may_clear(viewer: Viewer, one: Return) -> bool:
    """Clear it or send it back: the clearing officers of the organisation, once it is submitted."""
    return is_open(one) and one.state == State.SUBMITTED and holds(viewer, one.organisation_id, Role.CLEARING_OFFICER)


def may_accept(viewer: Viewer, one: Return) -> bool:
    """Accept it: the coordinators of the plan, once it is cleared."""
    return is_open(one) and one.state == State.CLEARED and may_run_cycle(viewer, one.cycle.period.plan)


def may_send_back(viewer: Viewer, one: Return) -> bool:
    """Ask questions: who may clear or accept it, and the coordinator of what was accepted, while the period is open."""
    accepted = is_open(one) and one.state == State.ACCEPTED and may_run_cycle(viewer, one.cycle.period.plan)
    return accepted or may_clear(viewer, one) or may_accept(viewer, one)


def may_take_back(viewer: Viewer, one: Return) -> bool:
    """Undo one's last step: a writer what is not cleared yet, a clearing officer what is not accepted yet."""
    if not is_open(one):
        return False
    if one.state == State.SUBMITTED:
        return is_writer(viewer, one)
    return one.state == State.CLEARED and holds(viewer, one.organisation_id, Role.CLEARING_OFFICER)


def may_hand_over(viewer: Viewer, organisation: Organisation) -> bool:
    """Its own writers and clearing officers, whoever coordinates a plan in which it owes a return, the command line."""
    if is_command_line(viewer) or holds(viewer, organisation, *WRITERS, Role.CLEARING_OFFICER):
        return True
    return returns_to_hand_over(viewer).filter(organisation=organisation).exists()


def returns_to_hand_over(viewer: Viewer) -> QuerySet[Return]:
    """The returns that the viewer may give to somebody else: of the own organisations, and of the own plans."""
    if is_command_line(viewer):
        return Return.objects.all()
    own = holding(viewer, *WRITERS, Role.CLEARING_OFFICER).values("organisation")
    over = holding(viewer, Role.COORDINATOR).values("organisation")
    return Return.objects.filter(Q(organisation__in=own) | Q(cycle__period__plan__owner__in=over))


def may_assess(viewer: Viewer, plan: Plan) -> bool:
    """The independent assessors of the organisation that owns the plan."""
    return holds(viewer, plan.owner_id, Role.ASSESSOR)


def has_a_hand_in(viewer: Viewer, cycle: Cycle, deliverable: Deliverable) -> bool:
    """Whether the viewer writes or clears for an organisation that answers for a deliverable in a period."""
    own = holding(viewer, *WRITERS, Role.CLEARING_OFFICER).values("organisation")
    return Return.objects.filter(cycle=cycle, deliverable=deliverable, organisation__in=own).exists()


def may_publish_evidence(viewer: Viewer, one: Return) -> bool:
    """Clear evidence for publication: its clearing officers, and the plan's coordinators of what was cleared."""
    return is_open(one) and may_withdraw_evidence(viewer, one)


def may_withdraw_evidence(viewer: Viewer, one: Return) -> bool:
    """Keep evidence internal again or destroy its file: the same people, at any time, since it may name somebody."""
    if holds(viewer, one.organisation_id, Role.CLEARING_OFFICER):
        return True
    return one.was_cleared and may_run_cycle(viewer, one.cycle.period.plan)


def may_read_sheet(viewer: Viewer, organisation: Organisation) -> bool:
    """Download the returns of an organisation as a spreadsheet: whoever may read what it is writing."""
    return is_command_line(viewer) or holds(viewer, organisation, *OF_THE_ORGANISATION)


def may_upload_sheet(viewer: Viewer, organisation: Organisation) -> bool:
    """Hand a spreadsheet in again: those who write for the organisation today."""
    return holds(viewer, organisation, *WRITERS)


def own_uploads(viewer: Viewer) -> QuerySet[SpreadsheetUpload]:
    """The spreadsheets that the viewer uploaded and has not decided about. Nobody else sees them."""
    if not isinstance(viewer, User) or not viewer.is_active:
        return SpreadsheetUpload.objects.none()
    return SpreadsheetUpload.objects.filter(person=viewer, created_at__gt=timezone.now() - UPLOADS_KEPT)


def cycles_to_run(viewer: Viewer) -> QuerySet[Cycle]:
    """The periods that the viewer runs as a coordinator; the command line runs all."""
    if is_command_line(viewer):
        return Cycle.objects.all()
    return Cycle.objects.filter(period__plan__owner__in=holding(viewer, Role.COORDINATOR).values("organisation"))
