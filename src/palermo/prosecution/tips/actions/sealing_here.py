"""What comes in the clear is sealed at once, in memory: for browsers that cannot do so themselves."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser

from palermo.prosecution.tips.actions.arriving import Arriving, NewBox, answer, arrive
from palermo.prosecution.tips.envelopes.bundle import Told, packed
from palermo.prosecution.tips.envelopes.receipts import box_keys, lock, new_receipt
from palermo.prosecution.tips.envelopes.sealing import Author, Bound, new_private_key, point_of, seal
from palermo.prosecution.tips.models import Box, Channel, Desk, Message
from palermo.prosecution.tips.queries.desks import readers


def seal_and_keep(*, desk: Desk, language: str, told: Told, wants_box: bool) -> str:
    """Seal and keep what somebody told; their receipt, where they want to be asked, or an empty text.

    Raises:
        BundleError: it is too large.
        NobodyReadsError: nobody at the desk has a key.
    """
    message = uuid4()
    arriving = _sealed(desk, told, tip=message, message=message)
    receipt, box = _new_box(language) if wants_box else ("", None)
    arrive(desk=desk, channel=Channel.SERVER, language=language, told=arriving, box=box)
    return receipt


def seal_and_answer(*, box: Box, told: Told) -> Message:
    """Seal and keep what somebody wrote by their box.

    Raises:
        BundleError: it is too large.
        NobodyReadsError: nobody at the desk has a key.
        DestroyedError: the tip was erased.
    """
    arriving = _sealed(box.tip.desk, told, tip=box.tip_id, message=uuid4())
    return answer(box=box, told=arriving, is_plain=True)


def _sealed(desk: Desk, told: Told, *, tip: UUID, message: UUID) -> Arriving:
    members = list(readers(AnonymousUser(), desk))
    points = [bytes(member.point) for member in members]
    made = seal(packed(told), Bound(tip, message, Author.REPORTER), points)
    return Arriving(message, made.bundle, {one.pk: key for one, key in zip(members, made.keys, strict=True)})


def _new_box(language: str) -> tuple[str, NewBox]:
    receipt, private = new_receipt(language), new_private_key()
    keys = box_keys(receipt)
    return receipt, NewBox(keys.locator_sha256, point_of(private.public_key()), lock(private, keys))
