"""One return with everything that its page shows beside it."""

from __future__ import annotations

from dataclasses import dataclass

from palermo.people.policies import Viewer
from palermo.plan.register.models import DueDate, StatusRecord
from palermo.plan.register.vocabulary import StatusKind
from palermo.plan.returns import policies
from palermo.plan.returns.models import Return, Step
from palermo.plan.returns.queries.cleared import Said, said_to
from palermo.plan.returns.queries.facts import missing_from, rules_of
from palermo.plan.returns.queries.numbers import Asked, numbers_asked
from palermo.plan.returns.rules import Missing
from palermo.plan.returns.vocabulary import OUT, Needs, When


@dataclass(frozen=True, slots=True)
class May:
    """What the viewer may do with it now."""

    write: bool
    clear: bool
    accept: bool
    send_back: bool
    take_back: bool
    own_list: bool
    """Open the list in which it stands with what else its organisation owes."""
    board: bool
    """Open the coordinator's board of its period."""


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """A return, what was said last time, and what is still missing."""

    one: Return
    may: May
    said: Said
    dates: list[DueDate]
    before: Return | None
    """What the organisation said in the period before, where it made a return then."""
    known_before: StatusRecord | None
    """What the register knows of the period before."""
    rules: tuple[tuple[When, Needs], ...]
    missing: tuple[Missing, ...]
    last_step: Step | None
    asked: list[Asked]
    """The series that it is asked to give a number of, where the viewer may write it."""

    @property
    def plan_code(self) -> str:
        """The plan that it answers for."""
        return self.one.cycle.period.plan.code


def return_or_none(viewer: Viewer, number: int) -> Return | None:
    """A return that the viewer may read, or None."""
    related = ("cycle__period__plan__owner", "deliverable", "organisation", "holder")
    found = policies.returns_to_read(viewer).filter(pk=number).select_related(*related)
    return found.prefetch_related("organisation__names").first()


def return_page(viewer: Viewer, one: Return) -> ReturnPage:
    """Everything beside a return, in a fixed number of queries."""
    may_write = policies.may_write(viewer, one)
    return ReturnPage(
        one=one,
        may=May(
            write=may_write,
            clear=policies.may_clear(viewer, one),
            accept=policies.may_accept(viewer, one),
            send_back=policies.may_send_back(viewer, one),
            take_back=policies.may_take_back(viewer, one),
            own_list=policies.is_of_the_organisation(viewer, one),
            board=policies.may_run_cycle(viewer, one.cycle.period.plan),
        ),
        said=said_to(viewer, one),
        dates=list(DueDate.objects.filter(deliverable=one.deliverable_id).order_by("revision")),
        before=_return_before(viewer, one),
        known_before=_status_before(one),
        rules=rules_of(one.cycle.period.plan),
        missing=missing_from(one),
        asked=numbers_asked(viewer, one) if may_write else [],
        last_step=one.steps.select_related("by").order_by("-pk").first(),
    )


def _return_before(viewer: Viewer, one: Return) -> Return | None:
    same = Return.objects.filter(deliverable=one.deliverable_id, organisation=one.organisation_id)
    if not policies.is_of_the_organisation(viewer, one):
        same = same.filter(state__in=OUT)
    earlier = same.filter(cycle__period__starts_on__lt=one.cycle.period.starts_on).exclude(status="")
    return earlier.select_related("cycle__period").order_by("-cycle__period__starts_on").first()


def _status_before(one: Return) -> StatusRecord | None:
    known = StatusRecord.objects.filter(deliverable=one.deliverable_id, kind=StatusKind.CLAIMED, is_current=True)
    earlier = known.filter(period__starts_on__lt=one.cycle.period.starts_on)
    return earlier.select_related("period").order_by("-period__starts_on").first()
