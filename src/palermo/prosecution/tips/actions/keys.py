"""The keys of the members of a desk: made by each, and locked."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.prosecution.tips.models import Desk, DeskKey, KeyLock
from palermo.prosecution.tips.policies import is_member
from palermo.prosecution.tips.queries.desks import readers

FEWEST_ROUNDS, MOST_ROUNDS = 1_000_000, 100_000_000
"""Of PBKDF2 for a passphrase. More would only keep its owner's browser busy for minutes."""
_SALT_BYTES = (16, 32)
_LOCKED_BYTES = (29, 512)
_LONGEST_CREDENTIAL = 1_023


class KeyExistsError(Exception):
    """They have a key at this desk already, or somebody has this one."""


class LockError(ValueError):
    """It is no lock, or one that is too easily broken."""


class RetiredError(Exception):
    """The key was retired meanwhile."""


@dataclass(frozen=True)
class NewLock:
    """A way to unlock a key, as its owner's browser made it."""

    kind: KeyLock.Kind
    salt: bytes
    locked: bytes
    rounds: int = 0
    credential: bytes = b""


@transaction.atomic
def make_key(*, by: User, desk: Desk, point: bytes, lock: NewLock) -> DeskKey:
    """Keep the key that a member made. Where nobody else could confirm it, it holds at once.

    Raises:
        PermissionDenied: they are no member of the desk.
        KeyExistsError: they have one already.
        LockError: it is locked badly.
    """
    _hold(by, desk)
    _check(lock)
    owned = DeskKey.objects.filter(desk=desk, user=by, retired_at__isnull=True)
    if owned.exists() or DeskKey.objects.filter(point=point).exists():
        raise KeyExistsError
    made = DeskKey(desk=desk, user=by, point=point)
    is_first = not readers(by, desk).exists()
    if is_first:
        made.confirmed_by, made.confirmed_at = by, timezone.now()
    made.save(force_insert=True)
    _add(made, lock)
    record(by=by, act="tips.key_made", about=made, desk=desk.code, lock=lock.kind.value, is_first=is_first)
    return made


@transaction.atomic
def add_lock(*, by: User, key: DeskKey, lock: NewLock) -> KeyLock:
    """Give a member another way to unlock their own key.

    Raises:
        PermissionDenied: it is not theirs, or they are no member of the desk.
        RetiredError: it was retired.
        LockError: it is locked badly.
    """
    own = live(by, key)
    if own.user_id != by.pk:
        raise PermissionDenied
    _check(lock)
    added = _add(own, lock)
    record(by=by, act="tips.lock_added", about=own, desk=own.desk.code, lock=lock.kind.value)
    return added


def _hold(by: User, desk: Desk) -> None:
    """Let nobody else change the keys of a desk until this is done."""
    Desk.objects.select_for_update().get(pk=desk.pk)
    if not is_member(by, desk):
        raise PermissionDenied


def live(by: User, key: DeskKey) -> DeskKey:
    """A key of a desk of which they are a member, as it is now. Nobody else changes its keys until this is done.

    Raises:
        PermissionDenied: they are no member of the desk.
        RetiredError: it was retired.
    """
    _hold(by, key.desk)
    found = DeskKey.objects.select_related("desk").get(pk=key.pk)
    if found.retired_at:
        raise RetiredError
    return found


def _add(key: DeskKey, lock: NewLock) -> KeyLock:
    return KeyLock.objects.create(
        key=key, kind=lock.kind, salt=lock.salt, rounds=lock.rounds, credential=lock.credential, locked=lock.locked
    )


def _check(lock: NewLock) -> None:
    sizes = ((lock.salt, _SALT_BYTES), (lock.locked, _LOCKED_BYTES))
    if not all(least <= len(part) <= most for part, (least, most) in sizes):
        raise LockError
    if lock.kind == KeyLock.Kind.PASSPHRASE:
        is_good = FEWEST_ROUNDS <= lock.rounds <= MOST_ROUNDS and not lock.credential
    else:
        is_good = lock.rounds == 0 and 0 < len(lock.credential) <= _LONGEST_CREDENTIAL
    if not is_good:
        raise LockError
