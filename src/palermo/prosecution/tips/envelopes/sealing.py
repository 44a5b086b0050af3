"""Sealing: a bundle under a key of its own, and that key to each who may read it, by HPKE (RFC 9180).

The suite is DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM, in base mode, one key a context. The key of a
message is bound to the message, to its tip and to who reads it; the bundle to the message, its tip and who wrote it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY_BYTES, NONCE_BYTES, TAG_BYTES = 32, 12, 16
PUBLIC_BYTES = 65
"""Of a public key as a point that is not compressed (SEC 1, 2.3.3)."""
WRAPPED_BYTES = PUBLIC_BYTES + KEY_BYTES + TAG_BYTES
"""Of the key of a message as one reader gets it."""
_BUNDLE = b"palermo tip message v1"
_KEY = b"palermo tip key v1"
_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Author(StrEnum):
    """Who wrote a message. It is bound to the bundle, so that no note passes for a question."""

    REPORTER = "reporter"
    DESK = "desk"
    NOTE = "note"


class OpeningError(ValueError):
    """It does not open: the key is another one, or it was cut, changed or moved. Nothing of it is shown."""


@dataclass(frozen=True)
class Bound:
    """What a message is bound to: its tip, itself, and who wrote it. The first message of a tip has the tip's id."""

    tip: UUID
    message: UUID
    author: Author

    def of_bundle(self) -> bytes:
        """What the bundle is sealed with besides."""
        return _BUNDLE + self.tip.bytes + self.message.bytes + self.author.encode()

    def of_key(self, reader: bytes) -> bytes:
        """What the key of the message is sealed with for a reader, by their public key."""
        return _KEY + self.tip.bytes + self.message.bytes + sha256(reader).digest()


@dataclass(frozen=True)
class Sealed:
    """A message as it is kept: the bundle, and its key for each reader in their order."""

    bundle: bytes
    keys: tuple[bytes, ...]


def seal(bundle: bytes, bound: Bound, readers: Sequence[bytes]) -> Sealed:
    """Seal a bundle so that these readers can open it, each by their public key.

    Raises:
        ValueError: a public key is none.
    """
    key, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, bundle, bound.of_bundle())
    return Sealed(sealed, tuple(wrapped(key, bound, reader) for reader in readers))


def wrapped(key: bytes, bound: Bound, reader: bytes) -> bytes:
    """The key of a message for one more reader."""
    return _SUITE.encrypt(key, public_key(reader), info=bound.of_key(reader))


def unwrapped(key: bytes, bound: Bound, private: EllipticCurvePrivateKey) -> bytes:
    """The key of a message, by the private key of one of its readers.

    Raises:
        OpeningError: it was not wrapped for them, or not for this message.
    """
    info = bound.of_key(point_of(private.public_key()))
    try:
        return _SUITE.decrypt(key, private, info=info)
    except (InvalidTag, ValueError):
        raise OpeningError from None


def opened(sealed: bytes, key: bytes, bound: Bound) -> bytes:
    """The bundle of a message.

    Raises:
        OpeningError: it does not open whole.
    """
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound.of_bundle())
    except (InvalidTag, ValueError):
        raise OpeningError from None


def new_private_key() -> EllipticCurvePrivateKey:
    """A key on the curve P-256."""
    return generate_private_key(SECP256R1())


def public_key(point: bytes) -> EllipticCurvePublicKey:
    """The public key that a point stands for.

    Raises:
        ValueError: it stands for none, or is compressed: a key is bound to its reader by the whole point.
    """
    if len(point) != PUBLIC_BYTES:
        raise ValueError("This is no point that is not compressed.")
    return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)


def point_of(key: EllipticCurvePublicKey) -> bytes:
    """The point of a public key, not compressed."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
