"""Every act about one deliverable, the newest first: one list, which the page and the files read alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Value
from django.utils import timezone

from palermo.audit.keys import key_of
from palermo.audit.models import AuditEvent
from palermo.audit.queries import events_under
from palermo.people.policies import Viewer
from palermo.plan.register.models import Deliverable
from palermo.plan.returns.models import Step
from palermo.plan.returns.vocabulary import Act
from palermo.plan.trail.policies import Reader, reader_of
from palermo.plan.trail.queries.shown import Row, rows_of

WITHOUT_EVENT = (Act.MARK_NOT_REPORTED, Act.REOPEN, Act.HAND_OVER)
"""Steps that many returns take in one act: the trail has one event for all of them."""
NOT_OF_EACH = ("recommendation.add", "recommendation.change", "rules.set", "returns.hand_over")
"""Acts on a plan as a whole that do nothing to a single deliverable."""
CHUNK = 500
"""So many are read at a time."""


class Acts:
    """The acts about one deliverable as one reader may see them. Words are in the language of whoever asks."""

    def __init__(self, one: Deliverable, reader: Reader) -> None:
        self._one, self._reader = one, reader
        # What happens while a long file is being read is not in it, or its rows would shift.
        self._found = _found(one, timezone.now())

    def count(self) -> int:
        """How many there are."""
        return int(self._found.count())

    def between(self, start: int, end: int) -> list[Row]:
        """Those from one place of the list up to another."""
        return self.in_words(self.things(start, end))

    def in_words(self, things: Sequence[AuditEvent | Step]) -> list[Row]:
        """Some of them as rows, in the language of the moment."""
        return rows_of(self._one, self._reader, list(things))

    def things(self, start: int, end: int) -> list[AuditEvent | Step]:
        """Those from one place of the list up to another, as they are stored."""
        keys = list(self._found.order_by("-at", "-number")[start:end])
        events = AuditEvent.objects.in_bulk([number for _at, number, of in keys if of == "event"])
        steps = Step.objects.select_related("by", "of__organisation", "of__cycle__period")
        taken = steps.in_bulk([number for _at, number, of in keys if of == "step"])
        return [events[number] if of == "event" else taken[number] for _at, number, of in keys]


def deliverable_of(plan_code: str, code: str) -> Deliverable | None:
    """The deliverable of an address; a code that no database can hold is the code of nothing."""
    if "\x00" in code:
        return None
    return Deliverable.objects.select_related("plan__owner").filter(plan__code=plan_code, code=code).first()


def acts_on(viewer: Viewer, one: Deliverable) -> Acts | None:
    """What was done about a deliverable, or None where the viewer may not read it."""
    reader = reader_of(viewer, one)
    return Acts(one, reader) if reader.may_read else None


def _found(one: Deliverable, until: datetime) -> QuerySet[Any, tuple[datetime, int, str]]:
    """When, which, and whether it is an event or a step; those up to a moment."""
    events = events_under(key_of(one.plan.code, one.code), key_of(one.plan.code)).exclude(act__in=NOT_OF_EACH)
    steps = Step.objects.filter(of__deliverable=one, act__in=WITHOUT_EVENT).order_by()
    return (
        events.filter(at__lte=until)
        .values_list("at", "number", Value("event"))
        .union(steps.filter(at__lte=until).values_list("at", "pk", Value("step")), all=True)
    )
