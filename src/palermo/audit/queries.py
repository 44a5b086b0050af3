"""Reading the trail, and finding out whether it is whole."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import QuerySet

from palermo.audit.chain import event_hash
from palermo.audit.models import GENESIS, AuditEvent, AuditHead
from palermo.people.policies import Viewer, is_coordinator


def events_about(viewer: Viewer, thing: models.Model) -> QuerySet[AuditEvent]:
    """What was done to one record, newest first; nothing for anybody but coordinators."""
    if not is_coordinator(viewer):
        return AuditEvent.objects.none()
    return AuditEvent.objects.filter(about_kind=thing._meta.label_lower, about_id=str(thing.pk)).order_by("-number")


def end_of_trail() -> str:
    """The hash of the last event: it changes with every act. Empty while the trail is."""
    return AuditHead.objects.filter(pk=1, count__gt=0).values_list("hash", flat=True).first() or ""


def faults() -> Iterator[str]:
    """Every place where the trail is broken: a changed event, a gap, an end cut off. None where it is whole."""
    expected, previous = 1, GENESIS
    for event in AuditEvent.objects.order_by("number").iterator():
        if event.number != expected:
            yield f"Events {expected} to {event.number - 1} are missing."
        if event.previous_hash != previous and event.number == expected:
            yield f"Event {event.number} does not follow from the one before."
        if event_hash(event) != event.hash:
            yield f"Event {event.number} was changed after it was written."
        expected, previous = event.number + 1, event.hash
    head = AuditHead.objects.filter(pk=1).first()
    count, last = (head.count, head.hash) if head else (0, GENESIS)
    if (count, last) != (expected - 1, previous):
        yield f"The trail should end with event {count}, but ends with {expected - 1}."
