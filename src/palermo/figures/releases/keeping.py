"""Where records lie: encrypted in the folder of files, each under a key of its own in a folder that no backup copies.

Destroying the key erases the records for certain, in every copy that was ever made of the file. The key itself is
wrapped under one that is derived from the site's secret, so that neither a copied disk nor the secret alone opens it.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from palermo.figures.protection.sealed import KEY_BYTES, SealedReader, SealedWriter, new_key, unwrap, wrap

UNDER_WAY = 24 * 60 * 60
"""Seconds for which a file that no row of the database speaks of may be an upload that goes on."""


class GoneError(Exception):
    """The records were erased, or their key is not on this machine. Upload them again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is encrypted and complete: its code, and its bytes before it was encrypted."""

    code: UUID
    size: int


class Sealing:
    """A file of records on its way in: what is written is encrypted before it reaches the disk."""

    def __init__(self) -> None:
        self.code = uuid4()
        self.size = 0
        key = new_key()
        _folder(_key_path(self.code))
        _write_secretly(_key_path(self.code), wrap(key, under=_site_key()))
        _folder(_file_path(self.code))
        self._file = cast(BinaryIO, open(_file_path(self.code), "xb", opener=_secretly))  # noqa: SIM115 - closed below
        self._sealed = SealedWriter(self._file, key)

    def write(self, data: bytes) -> None:
        """Take in some more bytes."""
        self.size += self._sealed.write(data)

    def close(self) -> Kept:
        """Complete the file."""
        self._sealed.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return Kept(self.code, self.size)

    def forget(self) -> None:
        """Destroy what came in so far."""
        self._file.close()
        destroy(self.code)


@contextmanager
def opened(code: UUID) -> Iterator[BinaryIO]:
    """The records, to be read and moved about in. Whoever opens them for somebody records that in the trail.

    Raises:
        GoneError: they were erased.
        SealError: the file was changed, or the key is not the site's.
    """
    try:
        wrapped = _key_path(code).read_bytes()
        file = _file_path(code).open("rb")
    except FileNotFoundError:
        raise GoneError from None
    with file, io.BufferedReader(SealedReader(file, unwrap(wrapped, under=_site_key())), 1 << 20) as reader:
        yield cast(BinaryIO, reader)


def is_kept(code: UUID) -> bool:
    """Whether the records can still be read here."""
    return _key_path(code).exists() and _file_path(code).exists()


def destroy(code: UUID) -> None:
    """Destroy the key, and with it the records; then the file. Doing so again changes nothing."""
    key = _key_path(code)
    if key.exists():
        with key.open("r+b") as file:
            file.write(b"\0" * key.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        key.unlink(missing_ok=True)
    _file_path(code).unlink(missing_ok=True)


def sweep(kept: Collection[UUID], known: Collection[UUID]) -> None:
    """Destroy what should be gone: of a known code that is not kept, and what nothing knows of after a day."""
    for code in _codes():
        if code in kept or (code not in known and _age(code) < UNDER_WAY):
            continue
        destroy(code)


def _codes() -> set[UUID]:
    found = set()
    for folder in (_file_path(uuid4()).parent, _key_path(uuid4()).parent):
        if folder.is_dir():
            found |= {UUID(path.stem) for path in folder.iterdir()}
    return found


def _age(code: UUID) -> float:
    changed = [path.stat().st_mtime for path in (_file_path(code), _key_path(code)) if path.exists()]
    return time.time() - max(changed, default=0.0)


def _file_path(code: UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / "records" / f"{code.hex}.sealed"


def _key_path(code: UUID) -> Path:
    return Path(settings.DATA) / "record-keys" / f"{code.hex}.key"


def _folder(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)


def _site_key() -> bytes:
    derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"palermo keys of records")
    return derived.derive(settings.SECRET_KEY.encode())


def secret_of(population: str) -> bytes:
    """What numbers of a population are rounded by record with: the same in all its releases, and known to nobody."""
    derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"palermo rounding of {population}".encode())
    return derived.derive(settings.SECRET_KEY.encode())


def _write_secretly(path: Path, content: bytes) -> None:
    with open(path, "xb", opener=_secretly) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _secretly(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
