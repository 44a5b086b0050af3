"""The sample's desk for tips: a member with a key, and invented tips to read, to answer and to hand round."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

    from palermo.people.models import User
    from palermo.prosecution.tips.actions.keys import NewLock

MEMBER, ORGANISATION = "desk@example.ca", "examplia-justice"
"""Who reads them, and for whom (`sample_cycle.PEOPLE`)."""
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
)
"""Language, what was told, and whether whoever told it can be asked. All of it is invented, and says so."""


def load_tips(_coordinator: User) -> str:
    """Set the desk up, make its member's key and have it told something; a sentence where that was not done before."""
    from palermo.commands.sample import sign_in_file
    from palermo.people.models import Organisation, User
    from palermo.people.queries import command_line
    from palermo.prosecution.tips.actions.desks import set_up_desk
    from palermo.prosecution.tips.actions.keys import make_key
    from palermo.prosecution.tips.actions.sealing_here import seal_and_keep
    from palermo.prosecution.tips.envelopes.bundle import Told
    from palermo.prosecution.tips.envelopes.receipts import new_receipt
    from palermo.prosecution.tips.envelopes.sealing import new_private_key, point_of
    from palermo.prosecution.tips.models import Desk

    organisation = Organisation.objects.filter(code=ORGANISATION).first()
    member = User.objects.filter(email=MEMBER).first()
    if organisation is None or member is None or Desk.objects.exists():
        return ""
    desk = set_up_desk(by=command_line(), organisation=organisation, is_public=True)
    private, passphrase = new_private_key(), new_receipt("en")
    point = point_of(private.public_key())
    make_key(by=member, desk=desk, point=point, lock=_locked(private, point, passphrase))
    receipts = [
        seal_and_keep(desk=desk, language=language, told=Told(texts), wants_box=wants_box)
        for language, texts, wants_box in TOLD
    ]
    with sign_in_file().open("a", encoding="utf-8") as file:
        file.write(f"passphrase of the key of {MEMBER}: {passphrase}\n")
        file.write(f"receipt of an invented tip: {receipts[0]}\n")
    return f"Set up a desk for tips, and told it {len(TOLD)} invented ones."


def _locked(private: EllipticCurvePrivateKey, point: bytes, passphrase: str) -> NewLock:
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
