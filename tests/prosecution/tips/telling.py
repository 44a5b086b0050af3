"""A desk that the public tells, with the private keys of its members at hand, and what a browser would send to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from palermo.people.models import Role, User
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.envelopes.bundle import Told, packed, unpacked
from palermo.prosecution.tips.envelopes.sealing import (
    Author,
    Bound,
    new_private_key,
    opened,
    point_of,
    seal,
    unwrapped,
)
from palermo.prosecution.tips.models import ContentKey, Desk, DeskKey
from palermo.prosecution.tips.queries import load
from palermo.prosecution.tips.reading import written
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory


@dataclass
class Manned:
    """A desk, and the private key of each of its members by the id of their key."""

    desk: Desk
    keys: dict[UUID, EllipticCurvePrivateKey] = field(default_factory=dict)

    def join(self) -> DeskKey:
        """One more member, with a key that was confirmed."""
        user: User = UserFactory.create()
        MembershipFactory.create(user=user, organisation=self.desk.organisation, role=Role.DESK_MEMBER)
        private = new_private_key()
        made = DeskKey.objects.create(
            desk=self.desk,
            user=user,
            point=point_of(private.public_key()),
            confirmed_by=user,
            confirmed_at=timezone.now(),
        )
        self.keys[made.pk] = private
        return made

    def read(self, key: DeskKey) -> list[Told]:
        """Everything that a member can open, in the order in which it came."""
        found = ContentKey.objects.filter(reader=key).select_related("message__tip")
        return [self._open(one) for one in found.order_by("pk")]

    def _open(self, one: ContentKey) -> Told:
        message = one.message
        assert message.tip.slot_id is not None
        assert one.reader_id is not None
        bound = Bound(message.tip_id, message.pk, Author(message.author))
        wrapped = slots.opened(slots.key_of(message.tip.slot_id), bytes(one.wrapped))
        return unpacked(opened(bytes(message.bundle), unwrapped(wrapped, bound, self.keys[one.reader_id]), bound))


def manned(members: int = 1) -> Manned:
    """The desk that the public tells, with so many members."""
    desk = Desk.objects.create(code="desk", organisation=OrganisationFactory.create(), is_public=True)
    made = Manned(desk)
    for _ in range(members):
        made.join()
    return made


def sent(
    at: Manned, told: Told, *, tip: UUID | None = None, named: UUID | None = None, **changed: object
) -> dict[str, object]:
    """What the script of the form sends of something told, with parts of its envelope changed."""
    message = named or uuid4()
    readers = list(DeskKey.objects.filter(pk__in=at.keys, retired_at__isnull=True))
    made = seal(packed(told), Bound(tip or message, message, Author.REPORTER), [bytes(one.point) for one in readers])
    envelope = {
        "message": str(message),
        "keys": {str(one.pk): written(key) for one, key in zip(readers, made.keys, strict=True)},
        "box": None,
        "language": "en",
        "hour": load.number_of(load.this_hour()),
        "answer": 0,
    } | changed
    return {"envelope": json.dumps(envelope), "bundle": SimpleUploadedFile("bundle", made.bundle)}


NOBODY = AnonymousUser()
