"""What is told arrives: sealed already, and kept as it is.

These acts have no event in the trail: an event has a time to the second, and those of others around it would tell when
somebody wrote even if it had none. How many came in an hour is told there instead, once the hour is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from palermo.prosecution.tips import slots
from palermo.prosecution.tips.actions.counting import count
from palermo.prosecution.tips.actions.storing import Arriving, KnownError, make_sure_of_room, store
from palermo.prosecution.tips.envelopes.sealing import Author
from palermo.prosecution.tips.models import Box, Channel, Desk, DeskKey, Message, Slot, State, Tip
from palermo.prosecution.tips.queries.desks import readers
from palermo.prosecution.tips.queries.load import TOLD, TOLD_PLAIN, this_hour

_COUNTED = {Channel.BROWSER: TOLD, Channel.SERVER: TOLD_PLAIN}
"""What counts as the load of the public. Members who enter calls are no flood, and make nobody else pay for work."""


class NobodyReadsError(Exception):
    """It is not sealed to all who read at the desk today. Seal it once more, to the keys of now."""


@dataclass(frozen=True)
class NewBox:
    """A box that comes with a tip; its receipt stays with whoever made it."""

    locator_sha256: str
    point: bytes
    locked: bytes


@transaction.atomic
def arrive(*, desk: Desk, channel: Channel, language: str, told: Arriving, box: NewBox | None = None) -> Tip:
    """Keep what somebody told. The same message again changes nothing, so that whoever heard no answer can ask again.

    Raises:
        NobodyReadsError: a member of the desk could not read it.
        KnownError: its id, or the receipt of its box, is another one's.
        FullError: the disk is full.
    """
    if known := _known(told):
        return known.tip
    make_sure_of_room()
    keys = _of_members(desk, told.keys)
    if box and Box.objects.filter(locator_sha256=box.locator_sha256).exists():
        raise KnownError
    slot = Slot.objects.create()
    slots.make(slot.pk)
    made = Tip(id=told.message, desk=desk, channel=channel, language=language, hour=this_hour(), slot=slot)
    try:
        made.save(force_insert=True)
    except IntegrityError:
        # The same came at this very moment, as when somebody presses twice.
        raise KnownError from None
    store(made, told, keys, author=Author.REPORTER)
    if box:
        Box.objects.create(tip=made, locator_sha256=box.locator_sha256, point=box.point, locked=box.locked)
    if channel in _COUNTED:
        count(_COUNTED[channel])
    return made


@transaction.atomic
def answer(*, box: Box, told: Arriving, is_plain: bool) -> Message:
    """Keep what somebody wrote by their box. The same message again changes nothing.

    Raises:
        NobodyReadsError: a member of the desk could not read it.
        KnownError: its id is another one's.
        DestroyedError: the tip was erased.
        FullError: the disk is full.
    """
    # First of all, so that the same answer waits until it is known where it comes twice at a time.
    tip = Tip.objects.select_for_update().select_related("desk").get(pk=box.tip_id)
    if known := _known(told):
        if known.tip_id != box.tip_id:
            raise KnownError
        return known
    if tip.slot_id is None:
        raise slots.DestroyedError
    kept = store(tip, told, _of_members(tip.desk, told.keys), author=Author.REPORTER)
    # Whoever is just closing it has not read this, and what is closed is to be read again.
    tip.version += 1
    tip.look_again(timezone.localdate())
    if tip.state == State.CLOSED or tip.closing_by_id:
        tip.open_again()
    tip.save()
    count(TOLD_PLAIN if is_plain else TOLD)
    return kept


def _known(told: Arriving) -> Message | None:
    """The message, where it came already."""
    known = Message.objects.filter(pk=told.message).select_related("tip").first()
    if known and bytes(known.bundle) != told.bundle:
        raise KnownError
    return known


def _of_members(desk: Desk, keys: Mapping[UUID, bytes]) -> dict[DeskKey | None, bytes]:
    members = list(readers(AnonymousUser(), desk))
    if not members or any(member.pk not in keys for member in members):
        raise NobodyReadsError
    return {member: keys[member.pk] for member in members}
