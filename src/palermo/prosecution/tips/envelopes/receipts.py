"""Receipts: eight words that open a box, and the keys of the box that are made of them.

Of each word only its first four letters count, without accents and capitals: by them the words of a list differ, so
that no list is needed to read a receipt, and nobody is locked out by a slip further on.
"""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from hashlib import pbkdf2_hmac, sha256
from importlib.resources import files
from pathlib import Path

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from palermo.prosecution.tips.envelopes.sealing import KEY_BYTES, NONCE_BYTES, OpeningError

WORDS = 8
"""Of a receipt. Eight out of more than 1,900 are more than 87 bits."""
LETTERS = 4
"""Of each word that count."""
ROUNDS = 100_000
"""Of PBKDF2: the receipt is too long to be guessed as it is, and an old phone does this in less than a second."""
LISTS = {"en": "english", "fr": "french"}
"""The lists of words, by the languages that have one; whoever reads another language gets English words."""
_SALT = b"palermo tip receipt v1"
_LOCATOR, _PRIVATE = b"locator", b"private key"
_BETWEEN = re.compile(r"[^a-z]+")
_LEFT_OUT = Path(__file__).resolve().parents[1] / "data" / "words_left_out.json"


class ReceiptError(ValueError):
    """It is no receipt: there are more or fewer words than one has."""


@dataclass(frozen=True)
class BoxKeys:
    """What a receipt is turned into: by what its box is found, and what opens the private key of the box."""

    locator: bytes
    opening: bytes

    @property
    def locator_sha256(self) -> str:
        """By what the box is kept: whoever reads it there cannot ask for the box."""
        return locator_sha256(self.locator)


def locator_sha256(locator: bytes) -> str:
    """By what a box is kept, for what somebody asks for it by."""
    return sha256(locator).hexdigest()


@cache
def word_list(language: str) -> tuple[str, ...]:
    """The words that receipts are made of in a language, those left out that nobody should have to carry about."""
    name = LISTS.get(language, LISTS["en"])
    every = files("mnemonic").joinpath("wordlist", f"{name}.txt").read_text(encoding="utf-8").split()
    left_out = set(json.loads(_LEFT_OUT.read_text(encoding="utf-8"))[name])
    words = (unicodedata.normalize("NFC", word) for word in every)
    return tuple(word for word in words if word not in left_out)


def new_receipt(language: str) -> str:
    """Words of the language, drawn at random."""
    return " ".join(secrets.choice(word_list(language)) for _ in range(WORDS))


def box_keys(receipt: str) -> BoxKeys:
    """The keys of the box that a receipt opens.

    Raises:
        ReceiptError: it has more or fewer words than a receipt.
    """
    counted = _counted(receipt)
    if len(counted) != WORDS:
        raise ReceiptError
    master = pbkdf2_hmac("sha256", " ".join(counted).encode(), _SALT, ROUNDS, KEY_BYTES)
    locator, opening = (HKDFExpand(SHA256(), KEY_BYTES, info=name).derive(master) for name in (_LOCATOR, _PRIVATE))
    return BoxKeys(locator, opening)


def _counted(receipt: str) -> list[str]:
    """What counts of a receipt, however it was written."""
    apart = unicodedata.normalize("NFD", receipt[:1_000]).lower()
    plain = "".join(sign for sign in apart if not unicodedata.category(sign).startswith("M"))
    return [word[:LETTERS] for word in _BETWEEN.split(plain) if word]


def lock(private: EllipticCurvePrivateKey, keys: BoxKeys) -> bytes:
    """The private key of a box as it is kept."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    plain = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return nonce + AESGCM(keys.opening).encrypt(nonce, plain, _PRIVATE)


def unlock(locked: bytes, keys: BoxKeys) -> EllipticCurvePrivateKey:
    """The private key of a box.

    Raises:
        OpeningError: the receipt is another one, or what is kept was changed.
    """
    try:
        plain = AESGCM(keys.opening).decrypt(locked[:NONCE_BYTES], locked[NONCE_BYTES:], _PRIVATE)
        private = load_der_private_key(plain, None)
    except (InvalidTag, ValueError, TypeError, UnsupportedAlgorithm):
        raise OpeningError from None
    if not isinstance(private, EllipticCurvePrivateKey) or not isinstance(private.curve, SECP256R1):
        raise OpeningError
    return private
