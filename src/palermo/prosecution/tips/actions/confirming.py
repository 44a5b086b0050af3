"""Another member lets a new key in: they compared it with its owner, and seal to it what they can read themselves."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.actions.keys import RetiredError
from palermo.prosecution.tips.envelopes.sealing import WRAPPED_BYTES
from palermo.prosecution.tips.models import ContentKey, Desk, DeskKey, Message
from palermo.prosecution.tips.policies import is_member
from palermo.prosecution.tips.queries.desks import at_work


class WrapError(ValueError):
    """It is no key of a message, or of one of another desk, or of one that they cannot read themselves."""


@transaction.atomic
def rewrap(*, by: User, key: DeskKey, wrapped: Mapping[UUID, bytes]) -> int:
    """Keep some messages' keys for another member's key, sealed to it in the browser of a member who can read them.

    What it has already stays as it was. Returns how many were new.

    Raises:
        PermissionDenied: they have no confirmed key at this desk, or it is their own.
        RetiredError: the key was retired meanwhile.
        WrapError: something in it is not as it has to be; then nothing is kept.
    """
    live, own = _both(by, key)
    count = _keep(live, own, wrapped)
    record(by=by, act="tips.access_given", about=live, desk=live.desk.code, messages=count)
    return count


@transaction.atomic
def confirm_key(*, by: User, key: DeskKey, wrapped: Mapping[UUID, bytes]) -> None:
    """Note that a member compared a key with its owner: from now on everything is sealed to it as well.

    Raises:
        PermissionDenied: they have no confirmed key at this desk, or it is their own.
        RetiredError: the key was retired meanwhile.
        WrapError: something in `wrapped` is not as it has to be; then nothing is kept.
    """
    live, own = _both(by, key)
    count = _keep(live, own, wrapped)
    done = "access_given" if live.confirmed_at else "key_confirmed"
    if live.confirmed_at is None:
        live.confirmed_by, live.confirmed_at = by, timezone.now()
        live.save(update_fields=["confirmed_by", "confirmed_at"])
    record(by=by, act=f"tips.{done}", about=live, desk=live.desk.code, messages=count)


def _both(by: User, key: DeskKey) -> tuple[DeskKey, DeskKey]:
    """The key as it is now, and the one with which they may let it in."""
    Desk.objects.select_for_update().get(pk=key.desk_id)
    own = at_work(key.desk).filter(user=by).first()
    live = DeskKey.objects.select_related("desk", "user").get(pk=key.pk)
    if own is None or own.pk == live.pk or not is_member(live.user, live.desk):
        raise PermissionDenied
    if live.retired_at:
        raise RetiredError
    return live, own


def _keep(key: DeskKey, own: DeskKey, wrapped: Mapping[UUID, bytes]) -> int:
    found = Message.objects.filter(pk__in=list(wrapped), tip__desk=key.desk, tip__slot__isnull=False, keys__reader=own)
    messages = list(found.select_related("tip").defer("bundle"))
    if len(messages) != len(wrapped) or any(len(one) != WRAPPED_BYTES for one in wrapped.values()):
        raise WrapError
    had = set(ContentKey.objects.filter(reader=key, message__in=messages).values_list("message", flat=True))
    rows = [_row(key, one, wrapped[one.pk]) for one in messages if one.pk not in had]
    ContentKey.objects.bulk_create(rows)
    return len(rows)


def _row(key: DeskKey, message: Message, wrapped: bytes) -> ContentKey:
    assert message.tip.slot_id is not None  # noqa: S101 - the query has seen to it
    under = slots.key_of(message.tip.slot_id)
    return ContentKey(message=message, reader=key, wrapped=slots.seal(under, wrapped))
