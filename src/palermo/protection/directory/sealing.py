"""Where confidential places are, under a key that is derived from the site's secret."""

from __future__ import annotations

import json
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from palermo.protection.directory.hsds.json_values import Document

_NONCE_BYTES = 12
_PURPOSE = b"palermo directory: places that nobody may find"


class SealedError(ValueError):
    """A sealed place does not open: the site's secret is another one, or it was changed or moved."""


def seal(record: UUID, said: Document) -> bytes:
    """Encrypt what must not be known of a place, or of what may be one, so that it opens for this record alone."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(_key()).encrypt(nonce, json.dumps(said).encode(), record.bytes)


def opened(record: UUID, sealed: bytes) -> Document:
    """What `seal` encrypted.

    Raises:
        SealedError: it does not open.
    """
    try:
        plain = AESGCM(_key()).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], record.bytes)
    except InvalidTag:
        raise SealedError("The place cannot be opened: the site's secret is another one.") from None
    found: Document = json.loads(plain)
    return found


def _key() -> bytes:
    derived = HKDF(SHA256(), 32, salt=None, info=_PURPOSE)
    return derived.derive(settings.SECRET_KEY.encode())
