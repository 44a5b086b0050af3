"""The keys of a desk, and what each of them opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from palermo.people.policies import Viewer
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.envelopes.sealing import Author, Bound
from palermo.prosecution.tips.models import ContentKey, Desk, DeskKey
from palermo.prosecution.tips.policies import is_member
from palermo.prosecution.tips.queries.desks import at_work, members

PORTION = 200
"""Keys of messages that are sealed to another member at a time."""


@dataclass(frozen=True)
class HeldKey:
    """A key, and whether its owner is a member of the desk today."""

    key: DeskKey
    is_held_by_member: bool

    @property
    def is_at_work(self) -> bool:
        """Whether something can be done with it."""
        return self.is_held_by_member and self.key.confirmed_at is not None


@dataclass(frozen=True)
class WrappedKey:
    """The key of a message as one of its readers gets it."""

    bound: Bound
    key: bytes


def keys_at(viewer: Viewer, desk: Desk) -> list[HeldKey]:
    """All keys of a desk that were not retired, the oldest first."""
    if not is_member(viewer, desk):
        return []
    found = DeskKey.objects.filter(desk=desk, retired_at__isnull=True).select_related(
        "user", "confirmed_by", "retiring_by"
    )
    held = set(members(desk).values_list("user", flat=True))
    return [HeldKey(one, one.user_id in held) for one in found.order_by("made_at", "pk")]


def key_at(viewer: Viewer, key: UUID) -> DeskKey | None:
    """A key of a desk of which the viewer is a member, if it was not retired."""
    found = DeskKey.objects.filter(pk=key, retired_at__isnull=True).select_related("desk", "user").first()
    return found if found and is_member(viewer, found.desk) else None


def only_with(key: DeskKey) -> int:
    """How many messages no member could read any more without this key."""
    others = ContentKey.objects.filter(message=OuterRef("message"), reader__in=at_work(key.desk).exclude(pk=key.pk))
    return ContentKey.objects.filter(~Exists(others), reader=key).count()


def lacking(mine: DeskKey, other: DeskKey) -> QuerySet[ContentKey]:
    """What the one key opens and the other does not."""
    has = ContentKey.objects.filter(message=OuterRef("message"), reader=other)
    return ContentKey.objects.filter(~Exists(has), reader=mine, message__tip__slot__isnull=False)


def lacks(mine: DeskKey) -> Callable[[DeskKey], int]:
    """How much of what the one key opens others at the desk do not: worked out at once for all of them."""
    opening = ContentKey.objects.filter(reader=mine, message__tip__slot__isnull=False)
    total = opening.count()
    shared = ContentKey.objects.filter(reader__desk=mine.desk, message__in=opening.values("message"))
    counts = dict(shared.values_list("reader").annotate(Count("pk")).order_by())
    return lambda other: total - counts.get(other.pk, 0)


def to_rewrap(viewer: Viewer, mine: DeskKey, other: DeskKey, after: int = 0) -> tuple[list[WrappedKey], int | None]:
    """A portion of what the viewer's own key opens and another's does not, and where the next one begins.

    What somebody spoilt, or what is not on this machine any more, opens for nobody, and keeps nothing else back.

    Args:
        viewer: who asks.
        mine: their own key.
        other: the key of another member.
        after: where the portion before ended; it goes on behind that.

    Returns:
        The keys, and where the portion ended: none where it was the last.
    """
    if mine.user_id != viewer.pk or mine.desk_id != other.desk_id or not is_member(viewer, mine.desk):
        return [], None
    rows = lacking(mine, other).filter(pk__gt=after).select_related("message__tip").defer("message__bundle")
    found = list(rows.order_by("pk")[:PORTION])
    last = found[-1].pk if len(found) == PORTION else None
    return [made for one in found if (made := _wrapped(one))], last


def _wrapped(one: ContentKey) -> WrappedKey | None:
    message = one.message
    bound = Bound(message.tip_id, message.pk, Author(message.author))
    try:
        under = slots.key_of(message.tip.slot_id or 0)
        return WrappedKey(bound, slots.opened(under, bytes(one.wrapped)))
    except slots.DestroyedError:
        return None
