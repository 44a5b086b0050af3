"""What waits at a desk, as far as it can be told without a key, and the messages of one tip, sealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length

from palermo.people.policies import Viewer
from palermo.prosecution.tips.models import Box, Desk, DeskKey, Handover, Message, Tip
from palermo.prosecution.tips.policies import is_member
from palermo.prosecution.tips.queries.sealed import SealedMessage, for_a_member

MOST_BYTES = 16 * 1024 * 1024
"""Of messages that are sent to a browser at a time, where the first one is not larger by itself."""


@dataclass(frozen=True)
class Portion:
    """Some messages of a tip in their order, each with what opens it for the viewer, or without where nothing does."""

    messages: list[tuple[Message, SealedMessage | None]]
    is_last: bool


def queue(viewer: Viewer, desk: Desk) -> QuerySet[Tip]:
    """The tips of a desk, the newest first.

    Each has `count`, how many messages; `spoken`, how many that are no notes; `last_author`, who wrote the last of
    those; `has_box`; `of_event`, how many tips tell of the same event, itself among them, where others do; and of
    handing on: `is_unacknowledged` where another desk did it, `is_handed_on` and `has_come_back` where this one did.
    """
    if not is_member(viewer, desk):
        return Tip.objects.none()
    spoken = Message.objects.filter(tip=OuterRef("pk")).exclude(author="note").order_by("-number")
    handed = Handover.objects.filter(tip=OuterRef("pk"))
    event = Tip.objects.filter(occurrence=OuterRef("occurrence")).order_by().values("occurrence")
    return (
        Tip.objects.filter(desk=desk)
        .annotate(
            count=_number(Message.objects.filter(tip=OuterRef("pk"))),
            spoken=_number(spoken),
            last_author=Subquery(spoken.values("author")[:1]),
            has_box=Exists(Box.objects.filter(tip=OuterRef("pk"))),
            of_event=Subquery(event.annotate(tips=Count("pk")).values("tips")),
            is_unacknowledged=Exists(Handover.objects.filter(made=OuterRef("pk"), acknowledged_at__isnull=True)),
            is_handed_on=Exists(handed),
            has_come_back=Exists(handed.exclude(outcome="")),
        )
        .order_by("-hour", "id")
    )


def _number(messages: QuerySet[Message]) -> Coalesce:
    """How many messages each tip has: asked for the tips of a page alone, where a join would go through all of them."""
    counted = messages.order_by().values("tip").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def tip_at(viewer: Viewer, key: UUID) -> Tip | None:
    """A tip of a desk of which the viewer is a member."""
    found = (
        Tip.objects.filter(pk=key)
        .select_related("desk__organisation", "closing_by", "closed_by", "held_by", "erasure")
        .first()
    )
    return found if found and is_member(viewer, found.desk) else None


def box_at(viewer: Viewer, tip: Tip) -> Box | None:
    """The box of a tip, to which a question is sealed."""
    return Box.objects.filter(tip=tip).first() if is_member(viewer, tip.desk) else None


def messages_of(viewer: Viewer, tip: Tip, key: DeskKey, after: int) -> Portion:
    """The messages of a tip beyond a number, as many as can be sent at a time.

    Raises:
        DestroyedError: the tip was erased.
    """
    if not is_member(viewer, tip.desk) or key.user_id != viewer.pk:
        return Portion([], is_last=True)
    found = tip.messages.filter(number__gt=after).defer("bundle").select_related("by")
    sized = found.annotate(size=Length("bundle")).order_by("number")
    heads = [(one, one.size) for one in sized]
    chosen = _fitting(heads)
    opening = {one.bound.message: one for one in for_a_member(viewer, tip, key, [one.number for one in chosen])}
    return Portion([(one, opening.get(one.pk)) for one in chosen], is_last=len(chosen) == len(heads))


def _fitting(heads: Iterable[tuple[Message, int]]) -> list[Message]:
    chosen: list[Message] = []
    total = 0
    for one, size in heads:
        total += size
        if chosen and total > MOST_BYTES:
            break
        chosen.append(one)
    return chosen
