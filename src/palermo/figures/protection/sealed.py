"""Files of records at rest: encrypted from the first byte on, and never half-read where somebody changed or cut them.

A sealed file is a header (a mark and 16 random bytes) and then chunks of 64 KiB, each encrypted by AES-256-GCM. The key
of a file is derived from the given one and the random bytes, so that one key may seal many files and no chunk of one
opens in another. A chunk is bound to its number and to whether it is the last, so that none can be left out, moved or
cut off unseen. A key that is destroyed takes everything that it sealed with it.
"""

from __future__ import annotations

import io
import secrets
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

MARK = b"palermo sealed 1"
SALT_BYTES = 16
HEADER_BYTES = len(MARK) + SALT_BYTES
CHUNK_BYTES = 1 << 16
"""Bytes of a chunk before it is encrypted; only the last one may have fewer."""
SEALED_CHUNK_BYTES = CHUNK_BYTES + 16
KEY_BYTES = 32
_BROKEN = "The sealed file cannot be opened: the key is not its own, or the file was changed or cut."


class SealError(ValueError):
    """What was sealed does not open: another key, or a file that was changed, cut or never sealed."""


def new_key() -> bytes:
    """A fresh key of 32 bytes from the system's source of randomness."""
    return secrets.token_bytes(KEY_BYTES)


def wrap(key: bytes, *, under: bytes) -> bytes:
    """A key, encrypted under another (RFC 3394): 8 bytes longer, and the same every time."""
    return aes_key_wrap(under, key)


def unwrap(wrapped: bytes, *, under: bytes) -> bytes:
    """The key that `wrap` encrypted.

    Raises:
        SealError: it was wrapped under another key, or changed.
    """
    try:
        return aes_key_unwrap(under, wrapped)
    except InvalidUnwrap:
        raise SealError("The key cannot be unwrapped: it was wrapped under another one, or changed.") from None


class _Cipher:
    """The chunks of one file: everything that both ways have in common."""

    def __init__(self, key: bytes, header: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise SealError(f"A key has {KEY_BYTES} bytes.")
        of_file = HKDF(SHA256(), KEY_BYTES, salt=header[len(MARK) :], info=MARK).derive(key)
        self._cipher = AESGCM(of_file)

    def seal(self, chunk: bytes, number: int, *, last: bool) -> bytes:
        return self._cipher.encrypt(_nonce(number, last), chunk, None)

    def open(self, sealed: bytes, number: int, *, last: bool) -> bytes:
        try:
            return self._cipher.decrypt(_nonce(number, last), sealed, None)
        except InvalidTag:
            raise SealError(_BROKEN) from None


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class SealedWriter:
    """A file to write into, which encrypts what it gets before it hands it on; chunk by chunk, in bounded memory.

    What was written is complete only once it is closed; leaving its `with` by an error leaves a file that never opens.
    Closing it leaves `fileobj` open.
    """

    def __init__(self, fileobj: BinaryIO, key: bytes) -> None:
        header = MARK + secrets.token_bytes(SALT_BYTES)
        self._file = fileobj
        self._cipher = _Cipher(key, header)
        self._waiting = bytearray()
        self._number = 0
        self.closed = False
        self._file.write(header)

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Take in bytes; how many they were."""
        if self.closed:
            raise ValueError("The sealed file is closed.")
        piece = memoryview(data).cast("B")
        for start in range(0, len(piece), CHUNK_BYTES):
            self._waiting += piece[start : start + CHUNK_BYTES]
            if len(self._waiting) > CHUNK_BYTES:
                self._hand_on(bytes(self._waiting[:CHUNK_BYTES]), last=False)
                del self._waiting[:CHUNK_BYTES]
        return len(piece)

    def close(self) -> None:
        """Write the last chunk, which makes the file complete."""
        if not self.closed:
            self._hand_on(bytes(self._waiting), last=True)
            self._forget()

    def _hand_on(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.seal(chunk, self._number, last=last))
        self._number += 1

    def _forget(self) -> None:
        self.closed = True
        self._waiting.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            self._forget()


class SealedReader(io.RawIOBase):
    """A sealed file as a file to read and to move about in; one chunk at a time is held decrypted.

    Opening it opens the last chunk, so that a file that was cut is refused before any of it is read. Closing it leaves
    `fileobj` open.

    Raises:
        SealError: at opening or at any reading, the file or a part of it is not what was sealed under `key`.
    """

    def __init__(self, fileobj: BinaryIO, key: bytes) -> None:
        super().__init__()
        self._file = fileobj
        size = fileobj.seek(0, io.SEEK_END)
        fileobj.seek(0)
        header = fileobj.read(HEADER_BYTES)
        if len(header) < HEADER_BYTES or not header.startswith(MARK):
            raise SealError("This is not a sealed file.")
        self._cipher = _Cipher(key, header)
        self._last = max(0, -(-(size - HEADER_BYTES) // SEALED_CHUNK_BYTES) - 1)
        self._at = 0
        self._held = -1
        self._chunk = memoryview(b"")
        self.size = self._last * CHUNK_BYTES + len(self._open(self._last))

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be moved about in."""
        return True

    def tell(self) -> int:
        """Where it is read next, in bytes of what was sealed."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, which may lie behind the end."""
        to = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        if to < 0:
            raise ValueError("A file has nothing before its beginning.")
        self._at = to
        return to

    def read(self, size: int = -1, /) -> bytes:
        """As many bytes as wanted and there are, or all that are left."""
        return super().read(size) or b""

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the whole buffer, or as much of it as the file still has; how many bytes that are."""
        self._checkClosed()
        into = memoryview(buffer).cast("B")
        wanted = max(0, min(len(into), self.size - self._at))
        done = 0
        while done < wanted:
            number, start = divmod(self._at, CHUNK_BYTES)
            piece = self._open(number)[start : start + wanted - done]
            into[done : done + len(piece)] = piece
            done += len(piece)
            self._at += len(piece)
        return done

    def close(self) -> None:
        """Forget what was decrypted."""
        self._chunk, self._held = memoryview(b""), -1
        super().close()

    def _open(self, number: int) -> memoryview:
        if number != self._held:
            self._file.seek(HEADER_BYTES + number * SEALED_CHUNK_BYTES)
            sealed = self._file.read(SEALED_CHUNK_BYTES)
            self._chunk = memoryview(self._cipher.open(sealed, number, last=number == self._last))
            self._held = number
        return self._chunk
