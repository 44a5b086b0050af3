"""The bytes of an uploaded file, kept outside the web root under a random name until its proposal is decided."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is kept: the name under which, where that is, and the SHA-256 of its bytes."""

    name: str
    path: Path
    sha256: str


@contextmanager
def kept(upload: File[bytes]) -> Iterator[KeptFile]:
    """Keep the bytes of an upload; where what is done with them fails, they are deleted again."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    name = default_storage.save(f"imports/{uuid4().hex}", upload)
    try:
        yield KeptFile(name, path_of(name), digest.hexdigest())
    except BaseException:
        delete(name)
        raise


def path_of(name: str) -> Path:
    """Where a kept file lies."""
    return Path(default_storage.path(name))


def delete(name: str) -> None:
    """Delete a kept file."""
    default_storage.delete(name)
