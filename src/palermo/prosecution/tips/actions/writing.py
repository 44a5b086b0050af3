"""The desk writes: a question to whoever has the box, or a note that only its members read."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.prosecution.tips.actions.storing import Arriving, store, stored_before
from palermo.prosecution.tips.envelopes.sealing import WRAPPED_BYTES, Author
from palermo.prosecution.tips.models import Box, DeskKey, Message, State, Tip
from palermo.prosecution.tips.queries.desks import at_work, readers

WRITES = {Author.DESK: "asked", Author.NOTE: "noted"}
"""What each kind of message is called in the trail."""


class ChangedError(Exception):
    """Somebody wrote or decided something of this tip meanwhile."""


class ReadersChangedError(Exception):
    """It is not sealed to all who read here today, since a key was confirmed meanwhile. Seal it once more."""


class NoBoxError(Exception):
    """Whoever told this did not want to be asked, so that a question would reach nobody."""


class ClosedError(Exception):
    """Nothing is written to a tip that is closed or erased."""


@transaction.atomic
def write(
    *, by: User, tip: Tip, author: Author, sealed: Arriving, version: int, box_key: bytes | None = None
) -> Message:
    """Keep a question or a note. The same one again changes nothing, so that whoever heard no answer can send it again.

    Args:
        by: who writes.
        tip: what it is about.
        author: `DESK` for a question, `NOTE` for a note.
        sealed: the message, sealed to every key at the desk.
        version: of the tip, as they had read it.
        box_key: its key for the box, where it is a question.

    Raises:
        PermissionDenied: they have no confirmed key at this desk.
        ClosedError: nothing is written to it any more.
        NoBoxError: there is nobody to ask.
        ChangedError: something happened meanwhile.
        ReadersChangedError: a member of today could not read it.
        KnownError: its id is another one's.
        FullError: the disk is full.
    """
    locked = Tip.objects.select_for_update().select_related("desk").get(pk=tip.pk)
    if author not in WRITES or not at_work(locked.desk).filter(user=by).exists():
        raise PermissionDenied
    if known := stored_before(by, locked, sealed):
        return known
    if locked.slot_id is None or locked.state == State.CLOSED:
        raise ClosedError
    if locked.version != version:
        raise ChangedError
    keys = _keys(by, locked, sealed.keys, author=author, box_key=box_key)
    made = store(locked, sealed, keys, author=author, by=by)
    locked.state, locked.version = State.OPEN, version + 1
    locked.save(update_fields=["state", "version"])
    record(by=by, act=f"tips.{WRITES[author]}", about=locked, desk=locked.desk.code)
    return made


def _keys(
    by: User, tip: Tip, keys: Mapping[UUID, bytes], *, author: Author, box_key: bytes | None
) -> dict[DeskKey | None, bytes]:
    """Its key for each who reads it; None stands for the box. What is for keys that were retired is left out."""
    members = list(readers(by, tip.desk))
    if any(one.pk not in keys for one in members):
        raise ReadersChangedError
    found: dict[DeskKey | None, bytes] = {one: keys[one.pk] for one in members}
    if author == Author.DESK:
        if box_key is None or not Box.objects.filter(tip=tip).exists():
            raise NoBoxError
        found[None] = box_key
    if any(len(one) != WRAPPED_BYTES for one in found.values()):
        raise ReadersChangedError
    return found
