"""What a browser sends, read before anything is done with it; what is not as it has to be is refused whole."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from uuid import UUID

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from palermo.prosecution.tips.actions.arriving import NewBox
from palermo.prosecution.tips.actions.storing import Arriving
from palermo.prosecution.tips.envelopes.bundle import LARGEST, SMALLEST
from palermo.prosecution.tips.envelopes.sealing import NONCE_BYTES, PUBLIC_BYTES, TAG_BYTES, WRAPPED_BYTES, public_key
from palermo.prosecution.tips.models import DeskKey

MOST_KEYS = 200
"""Members of a desk that one message is sealed to."""
LONGEST_ENVELOPE = 100_000
"""Bytes of what stands beside a bundle."""
LARGEST_SEALED = LARGEST + NONCE_BYTES + TAG_BYTES
"""Bytes of a bundle as it comes."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


class UnreadableError(ValueError):
    """It is not as the scripts of the pages send it."""


class KeptInMemory(FileUploadHandler):
    """Holds what is uploaded in memory, and never in a file: without JavaScript it is not sealed yet.

    Of a file with which more has come than may, nothing is held, and `is_too_large` says so.
    """

    chunk_size = 64 * 1024

    def __init__(self, request: HttpRequest | None = None, most: int = LARGEST_SEALED) -> None:
        super().__init__(request)
        self._most, self._size, self._held = most, 0, BytesIO()

    @property
    def is_too_large(self) -> bool:
        """Whether more came than may."""
        return self._size > self._most

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Begin with another file."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self._held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hold some more, or forget all of it."""
        del start
        self._size += len(raw_data)
        if self.is_too_large:
            self._held = BytesIO()
        else:
            self._held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """What came of a file."""
        if self.is_too_large or self.file_name is None:
            return None
        self._held.seek(0)
        kind = self.content_type or ""
        return InMemoryUploadedFile(
            self._held, self.field_name, self.file_name, kind, file_size, self.charset, self.content_type_extra
        )


def hold_in_memory(request: HttpRequest, messages: int = 1) -> KeptInMemory:
    """See to it that nothing of a request is ever written to a file. It may have so many of the largest messages."""
    handler = KeptInMemory(request, messages * LARGEST_SEALED)
    request.upload_handlers = [handler]
    return handler


def envelope_of(request: HttpRequest, which: str = "") -> tuple[dict[str, object], Arriving]:
    """What stands beside a bundle, and the message that both make; of several, which one.

    Raises:
        UnreadableError: it is no message.
    """
    said = json_of(request.POST.get(f"envelope{which}", ""))
    file = request.FILES.get(f"bundle{which}")
    bundle = file.read() if file else b""
    if not SMALLEST + NONCE_BYTES + TAG_BYTES <= len(bundle) <= LARGEST_SEALED:
        raise UnreadableError
    listed = said.get("keys")
    if not isinstance(listed, Mapping) or not 0 < len(listed) <= MOST_KEYS:
        raise UnreadableError
    keys = {id_of(reader): bytes_of(key, WRAPPED_BYTES) for reader, key in listed.items()}
    return said, Arriving(id_of(said.get("message")), bundle, keys)


def box_of(said: object) -> NewBox | None:
    """The box that comes with a message; None where none does.

    Raises:
        UnreadableError: it is none.
    """
    if said is None:
        return None
    if not isinstance(said, Mapping):
        raise UnreadableError
    locator, locked = said.get("locator_sha256"), bytes_of(said.get("locked"))
    if not isinstance(locator, str) or not _DIGEST.fullmatch(locator) or not NONCE_BYTES < len(locked) <= 512:
        raise UnreadableError
    return NewBox(locator, point_of(said.get("point")), locked)


def json_of(written: str | bytes) -> dict[str, object]:
    """An object in JSON.

    Raises:
        UnreadableError: it is none.
    """
    try:
        said = json.loads(written[: LONGEST_ENVELOPE + 1]) if len(written) <= LONGEST_ENVELOPE else None
    except (ValueError, RecursionError):
        raise UnreadableError from None
    if not isinstance(said, dict):
        raise UnreadableError
    return said


def id_of(said: object) -> UUID:
    """An id as the scripts write it.

    Raises:
        UnreadableError: it is none.
    """
    try:
        found = UUID(said if isinstance(said, str) else "")
    except ValueError:
        raise UnreadableError from None
    if str(found) != said:
        raise UnreadableError
    return found


def bytes_of(said: object, size: int | None = None) -> bytes:
    """Bytes in base64url without padding, of a size where that is known.

    Raises:
        UnreadableError: they are not.
    """
    try:
        text = said if isinstance(said, str) else "="
        found = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableError from None
    if written(found) != said or (size is not None and len(found) != size):
        raise UnreadableError
    return found


def point_of(said: object) -> bytes:
    """A public key.

    Raises:
        UnreadableError: it stands for no point on the curve.
    """
    point = bytes_of(said, PUBLIC_BYTES)
    try:
        public_key(point)
    except ValueError:
        raise UnreadableError from None
    return point


def number_of(said: object, most: int) -> int:
    """A whole number that is not negative.

    Raises:
        UnreadableError: it is none, or too large.
    """
    if type(said) is not int or not 0 <= said <= most:
        raise UnreadableError
    return said


def whole_number(said: str) -> int:
    """A number in an address or a form, which a browser sends as text; 0 where it is none that is stored here."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0


def written(content: bytes) -> str:
    """Bytes as `bytes_of` reads them."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def listed(readers: Iterable[DeskKey]) -> list[dict[str, str]]:
    """The keys that something is to be sealed to, as scripts take them."""
    return [{"id": str(one.pk), "point": written(bytes(one.point))} for one in readers]
