"""A key is retired: by its owner alone; another member's by two, where there are two to ask."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.prosecution.tips.actions.keys import live
from palermo.prosecution.tips.models import ContentKey, DeskKey, State, Tip
from palermo.prosecution.tips.policies import is_member
from palermo.prosecution.tips.queries.desks import at_work
from palermo.prosecution.tips.queries.keys import only_with


class LastKeyError(Exception):
    """There are tips, and with this key gone nobody at the desk could read any."""


class OnlyReaderError(Exception):
    """Some messages are sealed to no other member; `count` tells how many."""

    def __init__(self, count: int) -> None:
        super().__init__("Some messages are sealed to this key alone.")
        self.count = count


@transaction.atomic
def retire_key(*, by: User, key: DeskKey, even_if_lost: bool = False) -> bool:
    """Let a key open nothing any more, or propose it where a second member has to agree.

    One is enough for one's own key, for one that nobody has confirmed, for that of somebody who is no member any more,
    and where nobody else is at work who could agree.

    Args:
        by: who retires it.
        key: the key.
        even_if_lost: also where some messages cannot be read by anybody then.

    Returns:
        Whether it is retired now; otherwise it is proposed.

    Raises:
        PermissionDenied: it is neither theirs nor for them to retire.
        RetiredError: it was retired already.
        LastKeyError: it is the last key of a member with which tips can be read.
        OnlyReaderError: some messages are sealed to no other key.
    """
    found = live(by, key)
    if found.user_id != by.pk and not at_work(found.desk).filter(user=by).exists():
        raise PermissionDenied
    if found.confirmed_at:
        _check_others(found, even_if_lost=even_if_lost)
    if _needs_two(by, found) and not _is_proposed_by_another(by, found):
        found.retiring_by = by
        found.save(update_fields=["retiring_by"])
        record(by=by, act="tips.retiring_proposed", about=found, desk=found.desk.code)
        return False
    taken, _rows = ContentKey.objects.filter(reader=found).delete()
    found.retired_at = timezone.now()
    found.save(update_fields=["retired_at"])
    record(by=by, act="tips.key_retired", about=found, desk=found.desk.code, messages=taken)
    return True


@transaction.atomic
def keep_key(*, by: User, key: DeskKey) -> None:
    """Take back that a key is proposed to be retired. Its owner cannot: it may be somebody else who has it.

    Raises:
        PermissionDenied: it is their own, or they have no confirmed key at this desk.
        RetiredError: it was retired meanwhile.
    """
    found = live(by, key)
    if found.user_id == by.pk or not at_work(found.desk).filter(user=by).exists():
        raise PermissionDenied
    if found.retiring_by_id:
        found.retiring_by = None
        found.save(update_fields=["retiring_by"])
        record(by=by, act="tips.retiring_withdrawn", about=found, desk=found.desk.code)


def _needs_two(by: User, key: DeskKey) -> bool:
    if key.user_id == by.pk or key.confirmed_at is None or not is_member(key.user, key.desk):
        return False
    return at_work(key.desk).exclude(user__in=[by.pk, key.user_id]).exists()


def _is_proposed_by_another(by: User, key: DeskKey) -> bool:
    """Whether another member proposed it who could still agree today: the word of whoever left counts no more."""
    return at_work(key.desk).exclude(user=by).filter(user=key.retiring_by_id).exists()


def _check_others(key: DeskKey, *, even_if_lost: bool) -> None:
    """See to it that what can be read stays so."""
    if even_if_lost:
        return
    kept = Tip.objects.filter(desk=key.desk).exclude(state=State.ERASED)
    if kept.exists() and not at_work(key.desk).exclude(pk=key.pk).exists():
        raise LastKeyError
    if alone := only_with(key):
        raise OnlyReaderError(alone)
