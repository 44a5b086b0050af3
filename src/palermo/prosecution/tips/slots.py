"""The keys of tips that are destroyed with them, in one file that no backup of the database holds.

Each tip has a place of its own in the file, by the number of its slot. What is sealed under a key that was overwritten
here is noise in every copy of the database. It is one file, since a file for each tip would tell when it came.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings

KEY_BYTES, SLOT_BYTES, NONCE_BYTES = 32, 40, 12
"""A key that is wrapped (RFC 3394) takes eight bytes more than a key."""


class DestroyedError(Exception):
    """The key of this tip was destroyed, or is not on this machine."""


def make(slot: int) -> bytes:
    """Make the key of a slot. It lies on the disk before anything that was sealed under it does."""
    key = secrets.token_bytes(KEY_BYTES)
    _write(slot, aes_key_wrap(_site_key(), key))
    return key


def key_of(slot: int) -> bytes:
    """The key of a slot.

    Raises:
        DestroyedError: there is none any more.
    """
    try:
        with path().open("rb") as file:
            wrapped = os.pread(file.fileno(), SLOT_BYTES, slot * SLOT_BYTES)
        return aes_key_unwrap(_site_key(), wrapped)
    except (FileNotFoundError, InvalidUnwrap, ValueError):
        raise DestroyedError from None


def destroy(slot: int) -> None:
    """Overwrite the key of a slot. Doing so again changes nothing."""
    if path().exists():
        _write(slot, bytes(SLOT_BYTES))


def is_destroyed(slot: int) -> bool:
    """Whether the place of a slot was overwritten: nothing but zeros lies there.

    False where what lies there merely cannot be read, or where the file does not reach as far as this place: then it is
    another one than that in which the key lay.
    """
    try:
        with path().open("rb") as file:
            return os.pread(file.fileno(), SLOT_BYTES, slot * SLOT_BYTES) == bytes(SLOT_BYTES)
    except FileNotFoundError:
        return False


def seal(key: bytes, content: bytes) -> bytes:
    """Encrypt something under the key of a slot."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, None)


def opened(key: bytes, sealed: bytes) -> bytes:
    """What `seal` encrypted.

    Raises:
        DestroyedError: it was sealed under another key.
    """
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
    except (InvalidTag, ValueError):
        raise DestroyedError from None


def path() -> Path:
    """Where the file is."""
    return Path(settings.DATA) / "tip-keys"


def _write(slot: int, content: bytes) -> None:
    if not path().exists():
        _begin()
    descriptor = os.open(path(), os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        os.pwrite(descriptor, content, slot * SLOT_BYTES)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _begin() -> None:
    """Make the file, and see to it that the disk knows of it: the key in it must not be lost with its name."""
    os.close(os.open(path(), os.O_CREAT | os.O_WRONLY, 0o600))
    folder = os.open(path().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _site_key() -> bytes:
    derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"palermo keys of tips")
    return derived.derive(settings.SECRET_KEY.encode())
