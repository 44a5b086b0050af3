"""The sample's desks for tips: members with keys, and invented tips to read, to answer, to hand on and to close."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

    from palermo.people.models import User
    from palermo.prosecution.tips.actions.keys import NewLock
    from palermo.prosecution.tips.models import Desk, DeskKey, Tip

DESKS = {
    "examplia-justice": ("desk@example.ca", "second-desk@example.ca"),
    "examplia-labour-inspectorate": ("labour-desk@example.ca",),
}
"""Who reads at which organisation (`sample_cycle.PEOPLE`). The public tells the first."""
TOLD = (
    (
        "en",
        {
            "what": "Invented: eleven people sleep in the basement of a packing plant. A van brings them at five and "
            "takes them back at night. One of them told me that their passports are kept in the office.",
            "where": "Invented: the plant behind the rail yard in Examplia City",
            "when": "Since the end of September",
            "know": "I deliver there twice a week.",
            "danger": "unsure",
        },
        True,
    ),
    (
        "fr",
        {
            "what": "Inventé\N{NO-BREAK SPACE}: une jeune femme qui fait le ménage à l’hôtel n’est pas payée depuis "
            "trois mois et n’a pas le droit de sortir seule.",
            "where": "Inventé\N{NO-BREAK SPACE}: un hôtel près de la gare de Ville-Exemple",
            "know": "Elle me l’a dit.",
            "danger": "no",
        },
        False,
    ),
    ("en", {"what": "Invented: a neighbour’s lawn mower is too loud on Sundays."}, False),
)
"""Language, what was told, and whether whoever told it can be asked. All of it is invented, and says so."""


@dataclass(frozen=True)
class _Member:
    """A member of a desk, and what only their browser would have."""

    user: User
    key: DeskKey
    private: EllipticCurvePrivateKey


def load_tips(_coordinator: User) -> str:
    """Set the desks up, make their members' keys and have them told something; empty where that was done before."""
    from palermo.commands.sample import sign_in_file
    from palermo.people.models import Organisation, User
    from palermo.prosecution.tips.models import Desk

    emails = [email for members in DESKS.values() for email in members]
    has_people = User.objects.filter(email__in=emails).count() == len(emails)
    if Desk.objects.exists() or not has_people or Organisation.objects.filter(code__in=DESKS).count() < len(DESKS):
        return ""
    with sign_in_file().open("a", encoding="utf-8") as file:
        (first, second), (other,) = (_desk(code, file.write) for code in DESKS)
        labour, hotel, noise = (_told(first.key.desk, *one, file.write) for one in TOLD)
    _file(labour, first)
    _hand_on(hotel, first, other)
    _end(noise, first, second)
    return f"Set up {len(DESKS)} desks for tips, and told one {len(TOLD)} invented ones."


def _desk(code: str, write: Callable[[str], object]) -> list[_Member]:
    """A desk and its members, the first of whom confirms the others; their passphrases are written down."""
    from palermo.people.models import Organisation, User
    from palermo.people.queries import command_line
    from palermo.prosecution.tips.actions.confirming import confirm_key
    from palermo.prosecution.tips.actions.desks import set_up_desk
    from palermo.prosecution.tips.actions.keys import make_key
    from palermo.prosecution.tips.envelopes.receipts import new_receipt
    from palermo.prosecution.tips.envelopes.sealing import new_private_key, point_of

    organisation = Organisation.objects.get(code=code)
    desk = set_up_desk(by=command_line(), organisation=organisation, is_public=code == next(iter(DESKS)))
    made: list[_Member] = []
    for email in DESKS[code]:
        user, private, passphrase = User.objects.get(email=email), new_private_key(), new_receipt("en")
        point = point_of(private.public_key())
        key = make_key(by=user, desk=desk, point=point, lock=locked(private, point, passphrase))
        if made:
            confirm_key(by=made[0].user, key=key, wrapped={})
        made.append(_Member(user, key, private))
        write(f"passphrase of the key of {email}: {passphrase}\n")
    return made


def _told(desk: Desk, language: str, texts: Mapping[str, str], wants_box: bool, write: Callable[[str], object]) -> Tip:
    """Something that was told to a desk; its receipt is written down."""
    from palermo.prosecution.tips.actions.sealing_here import seal_and_keep
    from palermo.prosecution.tips.envelopes.bundle import Told
    from palermo.prosecution.tips.models import Tip

    known = list(Tip.objects.values_list("pk", flat=True))
    receipt = seal_and_keep(desk=desk, language=language, told=Told(texts), wants_box=wants_box)
    if receipt:
        write(f"receipt of an invented tip: {receipt}\n")
    return Tip.objects.exclude(pk__in=known).get()


def _file(tip: Tip, by: _Member) -> None:
    """File the first one, so that it can be found and counted."""
    from palermo.prosecution.tips.actions.filing import Filed, file_tip

    filed = Filed(urgency="soon", form="labour", acts=("transported", "harboured"), means=("coercion",))
    file_tip(by=by.user, tip=tip, filed=filed, version=tip.version)


def _hand_on(tip: Tip, by: _Member, to: _Member) -> None:
    """Hand a tip on to another desk, as the browser of a member would seal it, and have it acknowledged."""
    from palermo.prosecution.tips.actions.handing import Grounds, Part, hand_on
    from palermo.prosecution.tips.actions.reporting import acknowledge
    from palermo.prosecution.tips.actions.storing import Arriving
    from palermo.prosecution.tips.envelopes.sealing import Author, Bound, opened, seal, unwrapped
    from palermo.prosecution.tips.queries.sealed import for_a_member

    [one] = for_a_member(by.user, tip, by.key)
    bundle = opened(one.bundle, unwrapped(one.key, one.bound, by.private), one.bound)
    made = uuid4()
    sealed = seal(bundle, Bound(made, made, Author.REPORTER), [bytes(to.key.point)])
    part = Part(Arriving(made, sealed.bundle, {to.key.pk: sealed.keys[0]}), one.bound.message)
    done = hand_on(
        by=by.user,
        tip=tip,
        to=to.key.desk,
        grounds=Grounds("inspection", "consistent"),
        parts=[part],
        sealed_for=made,
        version=tip.version,
    )
    acknowledge(by=to.user, handover=done, last=done.handings.get().pk)


def _end(tip: Tip, first: _Member, second: _Member) -> None:
    """Close a tip by two and erase it, so that its proof can be seen."""
    from palermo.prosecution.tips.actions.closing import close, propose_closing
    from palermo.prosecution.tips.actions.erasing import erase
    from palermo.prosecution.tips.models import Outcome

    tip = propose_closing(by=first.user, tip=tip, outcome=Outcome.OTHER, version=tip.version)
    tip = close(by=second.user, tip=tip, version=tip.version)
    erase(by=first.user, tip=tip, version=tip.version)


def locked(private: EllipticCurvePrivateKey, point: bytes, passphrase: str) -> NewLock:
    """A key as the browser of its owner would lock it by a passphrase (`static/tips/desk-key.js`)."""
    from hashlib import pbkdf2_hmac

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    from palermo.prosecution.tips.actions.keys import FEWEST_ROUNDS, NewLock
    from palermo.prosecution.tips.models import KeyLock

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    key = pbkdf2_hmac("sha256", passphrase.encode(), salt, FEWEST_ROUNDS, 32)
    plain = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    locked = nonce + AESGCM(key).encrypt(nonce, plain, b"palermo desk key v1 passphrase" + point)
    return NewLock(KeyLock.Kind.PASSPHRASE, salt, locked, rounds=FEWEST_ROUNDS)
