"""Messages as their readers get them: sealed to each, and no further."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from palermo.people.policies import Viewer
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.envelopes.sealing import Author, Bound
from palermo.prosecution.tips.models import Box, ContentKey, DeskKey, Tip
from palermo.prosecution.tips.policies import is_member


@dataclass(frozen=True)
class SealedMessage:
    """A message as one of its readers gets it."""

    bound: Bound
    number: int
    bundle: bytes
    key: bytes


def box_of(_viewer: Viewer, locator_sha256: str) -> Box | None:
    """The box that a receipt leads to, whoever has it. There is none any more once its tip was erased."""
    found = Box.objects.filter(locator_sha256=locator_sha256, tip__slot__isnull=False)
    return found.select_related("tip__desk").first()


def for_the_box(_viewer: Viewer, box: Box) -> list[SealedMessage]:
    """What the desk wrote to whoever has the receipt, the oldest first. What they told is not sent out again.

    Raises:
        DestroyedError: the tip was erased.
    """
    keys = ContentKey.objects.filter(message__tip=box.tip, reader__isnull=True, message__author=Author.DESK)
    return list(_sealed(box.tip, keys.select_related("message").order_by("message__number")))


def for_a_member(viewer: Viewer, tip: Tip, key: DeskKey, numbers: Collection[int] | None = None) -> list[SealedMessage]:
    """The messages of a tip that are sealed to the viewer's own key, the oldest first: all, or those of some numbers.

    Raises:
        DestroyedError: the tip was erased.
    """
    if not is_member(viewer, tip.desk) or key.user_id != viewer.pk:
        return []
    keys = ContentKey.objects.filter(message__tip=tip, reader=key)
    if numbers is not None:
        keys = keys.filter(message__number__in=numbers)
    return list(_sealed(tip, keys.select_related("message").order_by("message__number")))


def _sealed(tip: Tip, keys: Iterable[ContentKey]) -> Iterable[SealedMessage]:
    if tip.slot_id is None:
        raise slots.DestroyedError
    under = slots.key_of(tip.slot_id)
    for one in keys:
        message = one.message
        bound = Bound(tip.pk, message.pk, Author(message.author))
        yield SealedMessage(bound, message.number, bytes(message.bundle), slots.opened(under, bytes(one.wrapped)))
