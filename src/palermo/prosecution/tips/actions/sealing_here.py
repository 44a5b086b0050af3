"""What comes in the clear is sealed at once, in memory: for browsers that cannot do so themselves."""

from __future__ import annotations

import hmac
import secrets
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser

from palermo.prosecution.tips.actions.arriving import NewBox, answer, arrive
from palermo.prosecution.tips.actions.storing import Arriving
from palermo.prosecution.tips.envelopes.bundle import Told, packed
from palermo.prosecution.tips.envelopes.receipts import box_keys, lock, new_receipt
from palermo.prosecution.tips.envelopes.sealing import Author, Bound, new_private_key, point_of, seal
from palermo.prosecution.tips.models import Box, Channel, Desk, Message
from palermo.prosecution.tips.queries.desks import readers

_FEWEST = 20
"""Characters of what makes a form known again, where it does."""


def new_once() -> str:
    """What a form carries, so that the same words out of it are known if they come again. It is kept nowhere."""
    return secrets.token_urlsafe(24)


def seal_and_keep(*, desk: Desk, language: str, told: Told, wants_box: bool, once: str = "") -> str:
    """Seal and keep what somebody told; their receipt, where they want to be asked, or an empty text.

    Args:
        desk: to whom it is told.
        language: of the form.
        told: what they told.
        wants_box: whether they want to be asked.
        once: of the form that it comes from (`new_once`).

    Raises:
        BundleError: it is too large.
        NobodyReadsError: nobody at the desk has a key.
        KnownError: the same came from the same form already.
    """
    bundle = packed(told)
    message = _named(once, b"box" if wants_box else b"none", bundle)
    arriving = _sealed(desk, bundle, tip=message, message=message)
    receipt, box = _new_box(language) if wants_box else ("", None)
    arrive(desk=desk, channel=Channel.SERVER, language=language, told=arriving, box=box)
    return receipt


def seal_and_answer(*, box: Box, told: Told, once: str = "") -> Message:
    """Seal and keep what somebody wrote by their box.

    Raises:
        BundleError: it is too large.
        NobodyReadsError: nobody at the desk has a key.
        KnownError: the same came from the same form already.
        DestroyedError: the tip was erased.
    """
    bundle = packed(told)
    message = _named(once, box.tip_id.bytes, bundle)
    return answer(box=box, told=_sealed(box.tip.desk, bundle, tip=box.tip_id, message=message), is_plain=True)


def _named(once: str, about: bytes, bundle: bytes) -> UUID:
    """The id of a message: the same for the same words out of the same form, and at random where no form is known.

    Other words get another id, so that nothing is taken for a repetition that is none. Without `once`, which only the
    form and whoever sends it have, nobody can try which words an id was made of.
    """
    if len(once) < _FEWEST:
        return uuid4()
    digest = hmac.digest(once.encode(), about + b"\0" + bundle, "sha256")
    return UUID(bytes=digest[:16], version=4)


def _sealed(desk: Desk, bundle: bytes, *, tip: UUID, message: UUID) -> Arriving:
    members = list(readers(AnonymousUser(), desk))
    points = [bytes(member.point) for member in members]
    made = seal(bundle, Bound(tip, message, Author.REPORTER), points)
    return Arriving(message, made.bundle, {one.pk: key for one, key in zip(members, made.keys, strict=True)})


def _new_box(language: str) -> tuple[str, NewBox]:
    receipt, private = new_receipt(language), new_private_key()
    keys = box_keys(receipt)
    return receipt, NewBox(keys.locator_sha256, point_of(private.public_key()), lock(private, keys))
