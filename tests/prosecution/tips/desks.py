"""Desks, their members with keys that Python holds, and tips that were told to them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from allauth.mfa.totp.internal.auth import TOTP
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from django.test import Client

from palermo.people.models import Organisation, Role, User
from palermo.people.queries import command_line
from palermo.prosecution.tips.actions.closing import close, propose_closing
from palermo.prosecution.tips.actions.confirming import confirm_key
from palermo.prosecution.tips.actions.desks import set_up_desk
from palermo.prosecution.tips.actions.erasing import erase
from palermo.prosecution.tips.actions.keys import NewLock, make_key
from palermo.prosecution.tips.actions.sealing_here import seal_and_keep
from palermo.prosecution.tips.actions.storing import Arriving
from palermo.prosecution.tips.actions.writing import write
from palermo.prosecution.tips.envelopes.bundle import Told, packed, unpacked
from palermo.prosecution.tips.envelopes.sealing import (
    Author,
    Bound,
    new_private_key,
    opened,
    point_of,
    seal,
    unwrapped,
    wrapped,
)
from palermo.prosecution.tips.models import Desk, DeskKey, KeyLock, Message, Tip
from palermo.prosecution.tips.queries.desks import readers
from palermo.prosecution.tips.queries.keys import to_rewrap
from palermo.prosecution.tips.queries.sealed import for_a_member
from tests.browser.people import SECRET
from tests.factories import MembershipFactory, OrganisationFactory

LOCK = NewLock(KeyLock.Kind.PASSPHRASE, salt=b"s" * 16, locked=b"l" * 166, rounds=1_000_000)


@dataclass(frozen=True)
class Member:
    """A member of a desk, with the key that their browser would hold."""

    user: User
    key: DeskKey
    private: EllipticCurvePrivateKey


def a_desk(organisation: Organisation | None = None, *, is_public: bool = False) -> Desk:
    """The desk of an organisation."""
    found: Organisation = organisation or OrganisationFactory.create()
    return set_up_desk(by=command_line(), organisation=found, is_public=is_public)


def somebody_at(desk: Desk) -> User:
    """A member who has no key yet, and a second factor."""
    user: User = MembershipFactory.create(organisation=desk.organisation, role=Role.DESK_MEMBER).user
    TOTP.activate(user, SECRET)
    return user


def a_member(desk: Desk, user: User | None = None) -> Member:
    """A member with a key: the first one's is confirmed."""
    private, found = new_private_key(), user or somebody_at(desk)
    key = make_key(by=found, desk=desk, point=point_of(private.public_key()), lock=LOCK)
    return Member(found, key, private)


def let_in(by: Member, other: Member) -> None:
    """Confirm another member's key, and seal to it what the first one can read."""
    confirm_key(by=by.user, key=other.key, wrapped=sealed_on(by, other))


def sealed_on(by: Member, other: Member) -> dict[UUID, bytes]:
    """What the one browser seals to the key of the other."""
    point = bytes(other.key.point)
    return {
        one.bound.message: wrapped(unwrapped(one.key, one.bound, by.private), one.bound, point)
        for one in to_rewrap(by.user, by.key, other.key)[0]
    }


def a_tip(desk: Desk, text: str = "They sleep in the cellar.", *, wants_box: bool = True) -> Tip:
    """Something that was told to a desk."""
    known = set(Tip.objects.values_list("pk", flat=True))
    seal_and_keep(desk=desk, language="en", told=Told({"what": text}), wants_box=wants_box)
    return Tip.objects.exclude(pk__in=known).get()


def read_by(member: Member, tip: Tip) -> list[str]:
    """What a member reads of a tip, as their browser opens it: the first text of each message."""
    found = for_a_member(member.user, tip, member.key)
    bundles = [opened(one.bundle, unwrapped(one.key, one.bound, member.private), one.bound) for one in found]
    return [next(iter(unpacked(one).texts.values())) for one in bundles]


def sealed_by_desk(tip: Tip, author: Author, text: str, readers: list[DeskKey]) -> tuple[Arriving, bytes | None]:
    """What a browser at the desk sends, and the key of it for the box."""
    message = uuid4()
    points = [bytes(one.point) for one in readers]
    if author == Author.DESK:
        points.append(bytes(tip.box.point))
    made = seal(packed(Told({"text": text})), Bound(tip.pk, message, author), points)
    keys = {one.pk: key for one, key in zip(readers, made.keys, strict=False)}
    return Arriving(message, made.bundle, keys), made.keys[-1] if author == Author.DESK else None


def noted(member: Member, tip: Tip, text: str = "Called the town hall.") -> Message:
    """A note of a member, sealed to all who read."""
    tip.refresh_from_db()
    sealed, _box_key = sealed_by_desk(tip, Author.NOTE, text, list(readers(member.user, tip.desk)))
    return write(by=member.user, tip=tip, author=Author.NOTE, sealed=sealed, version=tip.version)


def two_members(desk: Desk | None = None, user: User | None = None) -> tuple[Member, Member]:
    """Two members of a desk, who both read everything."""
    at = desk or a_desk()
    first, second = a_member(at, user), a_member(at)
    let_in(first, second)
    return first, second


def closed_by(two: tuple[Member, Member], tip: Tip, outcome: str = "help") -> Tip:
    """A tip that two members closed."""
    tip.refresh_from_db()
    proposed = propose_closing(by=two[0].user, tip=tip, outcome=outcome, version=tip.version)
    return close(by=two[1].user, tip=tip, version=proposed.version)


def erased_by(two: tuple[Member, Member], tip: Tip) -> Tip:
    """A tip that two members closed, and one of them erased."""
    return erase(by=two[0].user, tip=tip, version=closed_by(two, tip).version)


def visited(user: User) -> dict[str, int | UUID]:
    """What stands in the addresses of a desk: a tip and a key, at the desk of a member of some organisation.

    And what stands in that of a proof instead, by its name: a tip that was erased.
    """
    desk = a_desk(Organisation.objects.get(memberships__user=user))
    two = two_members(desk, user)
    return {"tip": a_tip(desk).pk, "key": two[0].key.pk, "tips_erased": erased_by(two, a_tip(desk)).pk}


def with_app(people: dict[Role, User]) -> dict[Role, User]:
    """The same people, the member of a desk with a second factor: without one no record is even looked for."""
    TOTP.activate(people[Role.DESK_MEMBER], SECRET)
    return people


def window_of(user: User) -> Client:
    """A window in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client
