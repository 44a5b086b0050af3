"""A tip is handed on: some of its messages, sealed anew to the members of another desk in the browser of a member here.

The other desk gets a tip of its own, with a key of its own: each desk keeps and erases by its own rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.actions.filing import UnknownCodeError, held
from palermo.prosecution.tips.actions.reporting import tell_outcome
from palermo.prosecution.tips.actions.storing import Arriving, KnownError, store
from palermo.prosecution.tips.actions.writing import ChangedError, ClosedError, ReadersChangedError
from palermo.prosecution.tips.envelopes.sealing import WRAPPED_BYTES, Author
from palermo.prosecution.tips.handing_on import bases, reasons
from palermo.prosecution.tips.models import (
    Channel,
    Desk,
    DeskKey,
    Handing,
    Handover,
    Message,
    Slot,
    State,
    Tip,
    TipElement,
)
from palermo.prosecution.tips.queries.desks import at_work, readers
from palermo.prosecution.tips.queries.load import this_hour


class NoDeskError(Exception):
    """There is nobody at the other desk who could read it, it is the same desk, or it came from there."""


class NothingToHandError(Exception):
    """Nothing was chosen, or what was chosen is not of this tip."""


@dataclass(frozen=True)
class Part:
    """A message for the other desk."""

    sealed: Arriving
    source: UUID | None = None
    """The message of this tip that it was sealed anew from; None for what the member wrote to go with it."""


@dataclass(frozen=True)
class Grounds:
    """Why it is handed on, and on what basis in law: codes of `handing_on`."""

    reason: str
    basis: str


@transaction.atomic
def hand_on(
    *, by: User, tip: Tip, to: Desk, grounds: Grounds, parts: Sequence[Part], sealed_for: UUID, version: int
) -> Handover:
    """Hand messages of a tip on to another desk; further ones later go into the same tip there.

    Args:
        by: who hands it on.
        tip: the tip.
        to: the desk that gets it.
        grounds: why, and on what basis in law.
        parts: the messages, each sealed to every key at the other desk.
        sealed_for: the tip there that they are bound to: the one that it has, or else the first of the messages.
        version: of the tip, as they had read it.

    Raises:
        PermissionDenied: they have no confirmed key at its desk.
        ClosedError: it is closed or erased.
        ChangedError: something happened to it meanwhile, or the other desk has another tip of it.
        UnknownCodeError: there is no such reason, or no such basis.
        NoDeskError: nobody at the other desk could read it, or it came from there.
        NothingToHandError: there is nothing to hand on.
        ReadersChangedError: a member of the other desk could not read it.
        KnownError: the id of a message is another one's.
        FullError: the disk is full.
    """
    locked = held(by, tip, version)
    if locked.state not in (State.NEW, State.OPEN) or locked.slot_id is None:
        raise ClosedError
    if grounds.reason not in reasons() or grounds.basis not in bases():
        raise UnknownCodeError
    if not _can_get(locked, to):
        raise NoDeskError
    sources = _sources(locked, parts)
    members = _members(by, to, parts)
    done = handed_to(locked, to)
    if sealed_for != (done.made_id if done else parts[0].sealed.message):
        raise ChangedError
    made = _more(by, done) if done else _new(locked, to, sealed_for)
    _keep(made, by, parts, sources, members)
    done = done or Handover.objects.create(tip=locked, to=to, made=made)
    Handing.objects.create(handover=done, by=by, reason=grounds.reason, basis=grounds.basis, messages=len(parts))
    locked.state, locked.version = State.OPEN, version + 1
    locked.save(update_fields=["state", "version"])
    why: dict[str, str] = {"reason": grounds.reason, "basis": grounds.basis, "made": str(made.pk)}
    record(by=by, act="tips.handed_on", about=locked, desk=locked.desk.code, to=to.code, messages=len(parts), **why)
    return done


def _can_get(tip: Tip, to: Desk) -> bool:
    """Whether somebody there could read it. What came from a desk goes back to it by what is written back."""
    came_from = Handover.objects.filter(made=tip, tip__desk=to)
    return to.pk != tip.desk_id and at_work(to).exists() and not came_from.exists()


def handed_to(tip: Tip, to: Desk) -> Handover | None:
    """By what another desk has a tip, unless it has erased it: then it would get a new one."""
    found = Handover.objects.filter(tip=tip, to=to, made__slot__isnull=False)
    return found.select_related("made").first()


def _sources(tip: Tip, parts: Sequence[Part]) -> dict[UUID, Message]:
    """The messages of the tip that are handed on. Where there is a cover note alone, nothing is."""
    wanted = [one.source for one in parts if one.source]
    found = {one.pk: one for one in tip.messages.filter(pk__in=wanted).defer("bundle").select_related("by")}
    if not wanted or parts[0].source is None or len(found) != len(wanted):
        raise NothingToHandError
    ids = {one.sealed.message for one in parts}
    is_taken = Message.objects.filter(pk__in=ids).exists() or Tip.objects.filter(pk__in=ids).exists()
    if len(ids) != len(parts) or is_taken:
        raise KnownError
    return found


def _members(by: User, to: Desk, parts: Sequence[Part]) -> list[DeskKey]:
    members = list(readers(by, to))
    for one in parts:
        keys = [one.sealed.keys.get(member.pk, b"") for member in members]
        if any(len(key) != WRAPPED_BYTES for key in keys):
            raise ReadersChangedError
    return members


def _new(tip: Tip, to: Desk, key: UUID) -> Tip:
    """The tip of the other desk, filed as it is here. Somebody is to look at it at once."""
    slot = Slot.objects.create()
    slots.make(slot.pk)
    made = Tip(id=key, desk=to, channel=Channel.HANDED, language=tip.language, hour=this_hour(), slot=slot)
    made.urgency, made.form, made.place, made.due_on = tip.urgency, tip.form, tip.place, timezone.localdate()
    made.save(force_insert=True)
    TipElement.objects.bulk_create(
        TipElement(tip=made, element=one.element, code=one.code) for one in tip.elements.all()
    )
    return made


def _more(by: User, done: Handover) -> Tip:
    """The tip of the other desk that has it already: what comes later opens it again, and is to be acknowledged."""
    made = Tip.objects.select_for_update(of=("self",)).select_related("desk").get(pk=done.made_id)
    if made.slot_id is None:
        # It was erased there at this very moment.
        raise ChangedError
    made.version += 1
    made.look_again(timezone.localdate())
    is_opened = made.state == State.CLOSED or made.closing_by_id is not None
    if is_opened:
        made.open_again()
    made.save()
    tell_outcome(made)
    Handover.objects.filter(pk=done.pk).update(acknowledged_by=None, acknowledged_at=None)
    # Last, as everywhere: whoever waits for the trail holds all else that they need.
    if is_opened:
        record(by=by, act="tips.reopened", about=made, desk=made.desk.code, because="handed on")
    return made


def _keep(made: Tip, by: User, parts: Sequence[Part], sources: dict[UUID, Message], members: Sequence[DeskKey]) -> None:
    for one in parts:
        keys: dict[DeskKey | None, bytes] = {member: one.sealed.keys[member.pk] for member in members}
        source = sources[one.source] if one.source else None
        author, hour = (Author(source.author), source.hour) if source else (Author.NOTE, None)
        store(made, one.sealed, keys, author=author, by=source.by if source else by, hour=hour, source=source)
