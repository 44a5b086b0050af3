"""Two desks, and what a browser at the one seals to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from palermo.prosecution.tips.actions.handing import Grounds, Part, hand_on, handed_to
from palermo.prosecution.tips.actions.reporting import acknowledge
from palermo.prosecution.tips.actions.storing import Arriving
from palermo.prosecution.tips.envelopes.bundle import Told, packed, unpacked
from palermo.prosecution.tips.envelopes.sealing import Author, Bound, opened, seal, unwrapped
from palermo.prosecution.tips.models import Desk, Handover, Message, Tip
from palermo.prosecution.tips.queries.desks import readers
from palermo.prosecution.tips.queries.sealed import for_a_member
from tests.prosecution.tips.desks import Member, a_desk, a_member
from tests.prosecution.tips.telling import NOBODY

GROUNDS = Grounds("crime", "consent")


@dataclass(frozen=True)
class TwoDesks:
    """The desk that the public tells, and one that tips are handed on to, with a member each."""

    first: Member
    other: Member

    @property
    def to(self) -> Desk:
        """The second desk."""
        return self.other.key.desk


def two_desks() -> TwoDesks:
    """Both desks."""
    return TwoDesks(a_member(a_desk(is_public=True)), a_member(a_desk()))


def sealed_to(desk: Desk, told: Told, tip: UUID, author: Author, message: UUID | None = None) -> Arriving:
    """What a browser seals to all members of a desk, for a tip there."""
    found, named = list(readers(NOBODY, desk)), message or uuid4()
    made = seal(packed(told), Bound(tip, named, author), [bytes(one.point) for one in found])
    return Arriving(named, made.bundle, {one.pk: key for one, key in zip(found, made.keys, strict=True)})


def parts_of(at: TwoDesks, tip: Tip, messages: Sequence[Message], cover: str = "") -> list[Part]:
    """Messages of a tip, opened with the key of the first desk's member and sealed anew to the other desk."""
    done = handed_to(tip, at.to)
    made = done.made_id if done else uuid4()
    opening = {one.bound.message: one for one in for_a_member(at.first.user, tip, at.first.key)}
    parts = []
    for number, message in enumerate(messages):
        one = opening[message.pk]
        told = unpacked(opened(one.bundle, unwrapped(one.key, one.bound, at.first.private), one.bound))
        named = made if number == 0 and done is None else uuid4()
        parts.append(Part(sealed_to(at.to, told, made, Author(message.author), named), message.pk))
    if cover:
        parts.append(Part(sealed_to(at.to, Told({"text": cover}), made, Author.NOTE)))
    return parts


def handed(at: TwoDesks, tip: Tip, cover: str = "") -> Handover:
    """A tip whose messages by the reporter were handed on, all that the other desk does not have."""
    tip.refresh_from_db()
    found = list(tip.messages.filter(author="reporter", handed_on__isnull=True))
    parts = parts_of(at, tip, found, cover)
    return hand(at, tip, parts)


def hand(at: TwoDesks, tip: Tip, parts: Sequence[Part], **changed: object) -> Handover:
    """Hand parts on, with something of it changed."""
    done = handed_to(tip, at.to)
    made = done.made_id if done else parts[0].sealed.message if parts else uuid4()
    how: dict[str, Any] = {
        "by": at.first.user,
        "tip": tip,
        "to": at.to,
        "grounds": GROUNDS,
        "parts": parts,
        "sealed_for": made,
        "version": tip.version,
    }
    return hand_on(**(how | changed))


def acknowledged(at: TwoDesks, done: Handover) -> Handover:
    """What was handed on until now, acknowledged by the member of the other desk."""
    return acknowledge(by=at.other.user, handover=done, last=done.handings.latest("pk").pk)
