"""The history of one deliverable, and what stands before and after it in the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from palermo.people.policies import Viewer
from palermo.plan.register.concerns import Concern, concerns_of
from palermo.plan.register.models import Deliverable, DueDate, Evidence, Responsibility, Section, StatusRecord
from palermo.plan.register.queries.deliverables import deliverable
from palermo.plan.register.queries.moved import Moved, moved
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.queries.plans import sections
from palermo.plan.register.queries.promised import Promise, first_promises
from palermo.plan.register.queries.sections import path_to, section_shape

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownDeliverable

Kind = Literal["start", "added", "due", "status", "evidence", "joined", "left"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a deliverable: on a day, in a period, or nobody says when."""

    kind: Kind
    on: date | None
    period_label: str = ""
    due: DueDate | None = None
    status: StatusRecord | None = None
    evidence: Evidence | None = None
    responsibility: Responsibility | None = None


@dataclass(frozen=True, slots=True)
class DeliverablePage:
    """A deliverable with its history, the sections above it, and its neighbours in the plan."""

    one: KnownDeliverable
    above: tuple[Section, ...]
    concerns: tuple[Concern, ...]
    """What is wrong or missing; that it is new is told elsewhere."""
    moved: Moved | None
    """How often and how far its due date moved, if it did."""
    promise: Promise | None
    """Where it was promised first, if that was in an earlier plan."""
    events: tuple[Event, ...]
    previous: Deliverable | None
    next: Deliverable | None


def deliverable_page(viewer: Viewer, at: PlanAt, code: str) -> DeliverablePage | None:
    """Everything that is known of one deliverable, or None where the plan has none of this code."""
    one = deliverable(viewer, at.plan, code, at.period)
    if one is None:
        return None
    beside = Deliverable.objects.filter(plan=at.plan).only("code", "plan_id", "position")
    return DeliverablePage(
        one=one,
        above=_above(viewer, at, one),
        concerns=tuple(each for each in concerns_of(one, at.moment) if each != Concern.NEW),
        moved=moved(list(one.due_dates.all())),
        promise=first_promises(viewer, [one]).get(one.pk) if one.came_from.all() else None,
        events=tuple(history(one)),
        previous=beside.filter(position__lt=one.position).order_by("-position").first(),
        next=beside.filter(position__gt=one.position).order_by("position").first(),
    )


def history(one: KnownDeliverable) -> list[Event]:
    """Everything dated, the oldest first; a status stands at the end of its period, what has no date comes first."""
    return sorted(_events(one), key=lambda event: event.on or date.min)


def _events(one: KnownDeliverable) -> Iterator[Event]:
    if one.start_on:
        yield Event("start", one.start_on)
    if one.added_in:
        yield Event("added", one.added_in.starts_on, one.added_in.label)
    for due in one.due_dates.all():
        yield Event("due", due.set_on or (one.start_on if due.revision == 0 else None), due=due)
    for status in one.statuses.all():
        yield Event("status", status.period.ends_on, status.period.label, status=status)
    for evidence in one.evidence.all():
        yield Event("evidence", evidence.seen_on or evidence.period.ends_on, evidence.period.label, evidence=evidence)
    for its in one.responsibilities.all():
        if its.from_date:
            yield Event("joined", its.from_date, responsibility=its)
        if its.to_date:
            yield Event("left", its.to_date, responsibility=its)


def _above(viewer: Viewer, at: PlanAt, one: Deliverable) -> tuple[Section, ...]:
    if one.section_id is None:
        return ()
    path = path_to(section_shape(viewer, at.plan), one.section_id)
    found = {section.pk: section for section in sections(viewer, at.plan).filter(pk__in=path)}
    return tuple(found[pk] for pk in path)
