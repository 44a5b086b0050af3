"""Reading the trail, and finding out whether it is whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db import models
from django.db.models import QuerySet

from palermo.audit.chain import event_hash
from palermo.audit.keys import keys_of
from palermo.audit.models import GENESIS, AuditEvent, AuditHead, AuditSubject
from palermo.people.policies import Viewer, is_coordinator


def events_about(viewer: Viewer, thing: models.Model) -> QuerySet[AuditEvent]:
    """What was done to one record, newest first; nothing for anybody but coordinators."""
    if not is_coordinator(viewer):
        return AuditEvent.objects.none()
    return AuditEvent.objects.filter(about_kind=thing._meta.label_lower, about_id=str(thing.pk)).order_by("-number")


def events_under(*keys: str) -> QuerySet[AuditEvent]:
    """The events that speak of any of these (`keys.key_of`), unordered. Who may see them is the caller's to know."""
    found = AuditSubject.objects.filter(key__in=keys).values("number")
    return AuditEvent.objects.filter(number__in=found).order_by()


def end_of_trail() -> str:
    """The hash of the last event: it changes with every act. Empty while the trail is."""
    return AuditHead.objects.filter(pk=1, count__gt=0).values_list("hash", flat=True).first() or ""


def faults() -> Iterator[str]:
    """Every place where the trail is broken: a changed event, a gap, an end cut off. None where it is whole."""
    expected, previous = 1, GENESIS
    listed = _Listed()
    for event in AuditEvent.objects.order_by("number").iterator():
        if event.number != expected:
            yield f"Events {expected} to {event.number - 1} are missing."
        if event.previous_hash != previous and event.number == expected:
            yield f"Event {event.number} does not follow from the one before."
        if event_hash(event) != event.hash:
            yield f"Event {event.number} was changed after it was written."
        yield from listed.faults_of(event)
        expected, previous = event.number + 1, event.hash
    yield from listed.left_over()
    head = AuditHead.objects.filter(pk=1).first()
    count, last = (head.count, head.hash) if head else (0, GENESIS)
    if (count, last) != (expected - 1, previous):
        yield f"The trail should end with event {count}, but ends with {expected - 1}."


class _Listed:
    """What the events are found by, read alongside them in one pass."""

    def __init__(self) -> None:
        found = AuditSubject.objects.order_by("number", "key").values_list("number", "key")
        self._groups = groupby(found.iterator(), lambda row: row[0])
        self._next = next(self._groups, None)

    def faults_of(self, event: AuditEvent) -> Iterator[str]:
        """What an event is not listed under, and what it is listed under and says nothing of."""
        yield from self._of_no_event(before=event.number)
        listed: set[str] = set()
        if self._next and self._next[0] == event.number:
            listed = _keys(self._next[1])
            self._next = next(self._groups, None)
        said = set(keys_of(event.details))
        yield from (f"Event {event.number} is not listed under {key}." for key in sorted(said - listed))
        yield from (
            f"Event {event.number} is listed under {key}, which it does not name." for key in sorted(listed - said)
        )

    def left_over(self) -> Iterator[str]:
        """What is listed after the last event."""
        yield from self._of_no_event(before=None)

    def _of_no_event(self, before: int | None) -> Iterator[str]:
        while self._next and (before is None or self._next[0] < before):
            yield from (f"{key} lists event {self._next[0]}, which is missing." for key in sorted(_keys(self._next[1])))
            self._next = next(self._groups, None)


def _keys(rows: Iterable[tuple[int, str]]) -> set[str]:
    return {key for _number, key in rows}
