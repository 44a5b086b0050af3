"""Storing a message: its bundle as it came, and its key for each reader, sealed once more under the key of its tip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from palermo.people.models import User
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.envelopes.sealing import Author
from palermo.prosecution.tips.models import ContentKey, DeskKey, Message, Tip
from palermo.prosecution.tips.queries.load import is_full, this_hour


class KnownError(Exception):
    """There is another message with this id, or another box with this receipt."""


class FullError(Exception):
    """There is no room for it on the disk. Whoever runs the site has to make some."""


@dataclass(frozen=True)
class Arriving:
    """A message as it arrives from a browser."""

    message: UUID
    bundle: bytes
    keys: Mapping[UUID, bytes]
    """Its key for each member of the desk, by the ids of their keys."""


def store(
    tip: Tip,
    sealed: Arriving,
    keys: Mapping[DeskKey | None, bytes],
    *,
    author: Author,
    by: User | None = None,
    hour: datetime | None = None,
    source: Message | None = None,
) -> Message:
    """Store a message as the last one of its tip, in the transaction of whatever it is part of.

    Args:
        tip: what it belongs to, which nobody else changes until this is done.
        sealed: the message.
        keys: its key for each reader; None stands for the box.
        author: who wrote it.
        by: the member who did, where the desk wrote it.
        hour: when it was written, where that is not now.
        source: the message of another desk that it was sealed anew from.

    Raises:
        DestroyedError: the tip was erased.
        FullError: the disk is full.
    """
    make_sure_of_room()
    under = slots.key_of(tip.slot_id or 0)
    made = Message(pk=sealed.message, tip=tip, author=author, by=by, bundle=sealed.bundle, source=source)
    made.number, made.hour = tip.messages.count() + 1, hour or this_hour()
    made.save(force_insert=True)
    rows = (ContentKey(message=made, reader=one, wrapped=slots.seal(under, key)) for one, key in keys.items())
    ContentKey.objects.bulk_create(rows)
    return made


def make_sure_of_room() -> None:
    """See to it that another message has room.

    Raises:
        FullError: it has none.
    """
    if is_full(AnonymousUser()):
        raise FullError


def stored_before(by: User, tip: Tip, sealed: Arriving) -> Message | None:
    """The message, where it came already: whoever heard no answer sends it again.

    Raises:
        KnownError: its id is another one's.
    """
    known = Message.objects.filter(pk=sealed.message).first()
    if known and (known.tip_id != tip.pk or known.by_id != by.pk or bytes(known.bundle) != sealed.bundle):
        raise KnownError
    return known
