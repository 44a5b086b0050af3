"""Tips that tell of the same event are linked, so that nobody follows one up twice or counts two events for one.

Locks are taken in one order, so that two members never wait for each other: events by number, then tips by id. Nothing
else locks an event; what else locks two tips (`handing`) takes that of its own desk first, and then one of another.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.prosecution.tips.actions.filing import held
from palermo.prosecution.tips.actions.writing import ChangedError
from palermo.prosecution.tips.models import Occurrence, State, Tip


class LinkError(ValueError):
    """They cannot be linked. `code` is stable: `itself`, `elsewhere`, `erased`, `together`, or `alone` to unlink."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def link(*, by: User, tip: Tip, other: Tip, version: int) -> Tip:
    """Say that two tips of a desk tell of the same event. What each was linked with already is linked from then on.

    Raises:
        PermissionDenied: they have no confirmed key at its desk.
        ChangedError: something happened to it meanwhile, or somebody links the same ones.
        LinkError: `itself`; `elsewhere` where the other one is another desk's; `erased` where nobody can read one of
            them any more; `together` where they are linked already.
    """
    if tip.pk == other.pk:
        raise LinkError("itself")
    both = _locked(tip, other)
    locked, found = held(by, tip, version), both[other.pk]
    if locked.desk_id != found.desk_id:
        raise LinkError("elsewhere")
    if State.ERASED in (locked.state, found.state):
        raise LinkError("erased")
    if locked.occurrence_id and locked.occurrence_id == found.occurrence_id:
        raise LinkError("together")
    _join(locked, found)
    _next(locked)
    record(by=by, act="tips.linked", about=locked, desk=locked.desk.code, other=str(found.pk))
    return locked


@transaction.atomic
def unlink(*, by: User, tip: Tip, version: int) -> Tip:
    """Say that a tip tells of another event than those that it is linked with. These stay linked.

    Raises:
        PermissionDenied: they have no confirmed key at its desk.
        ChangedError: something happened to it meanwhile.
        LinkError: `alone` where it is linked with none.
    """
    _locked(tip)
    locked = held(by, tip, version)
    left = locked.occurrence_id
    if left is None:
        raise LinkError("alone")
    locked.occurrence = None
    _next(locked)
    others = Tip.objects.filter(occurrence=left)
    if others.count() < 2:
        others.update(occurrence=None)
        Occurrence.objects.filter(pk=left).delete()
    record(by=by, act="tips.unlinked", about=locked, desk=locked.desk.code)
    return locked


def _locked(*tips: Tip) -> dict[UUID, Tip]:
    """Some tips, held with all that they are linked with, as they are now.

    Raises:
        ChangedError: one was linked or unlinked while this waited.
    """
    named = [one.pk for one in tips]
    known = dict(Tip.objects.filter(pk__in=named).values_list("pk", "occurrence"))
    events = sorted({event for event in known.values() if event})
    list(Occurrence.objects.select_for_update().filter(pk__in=events).order_by("pk"))
    wanted = Q(pk__in=named) | Q(occurrence__in=events)
    found = {one.pk: one for one in Tip.objects.select_for_update().filter(wanted).order_by("pk")}
    if any(found[each].occurrence_id != known[each] for each in named):
        raise ChangedError
    return found


def _join(tip: Tip, other: Tip) -> None:
    """Let both tell of one event: that of either, or of a new one. Of two, the older stays."""
    events = sorted(event for event in (tip.occurrence_id, other.occurrence_id) if event)
    kept = events[0] if events else Occurrence.objects.create(desk=tip.desk).pk
    gone = events[1:]
    Tip.objects.filter(Q(pk=other.pk) | Q(occurrence__in=gone)).update(occurrence=kept)
    Occurrence.objects.filter(pk__in=gone).delete()
    tip.occurrence_id = kept


def _next(tip: Tip) -> None:
    tip.version += 1
    tip.save(update_fields=["occurrence", "version"])
