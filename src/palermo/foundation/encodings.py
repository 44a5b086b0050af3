"""Reads text whose encoding nobody told. Plain Python."""

from __future__ import annotations

from charset_normalizer import from_bytes

_BINARY_SIGNS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
)
_SAMPLE = 64_000


class EncodingError(ValueError):
    """The bytes are no text. `code` says why: empty, binary, damaged."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decoded(data: bytes) -> str:
    """The text in bytes of unknown encoding, without a byte order mark.

    Raises:
        EncodingError: they are empty, no text, or break off within a sign.
    """
    if not data.strip():
        raise EncodingError("empty")
    if data.startswith(_BINARY_SIGNS):
        raise EncodingError("binary")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf_16(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _guessed(data)
    if _is_binary(text):
        raise EncodingError("binary")
    return text


def _guessed(data: bytes) -> str:
    """Text that is not UTF-8: Western European as Windows writes it, unless another encoding fits better."""
    if b"\x00" in data[:_SAMPLE]:
        raise EncodingError("binary")
    best = from_bytes(data[:_SAMPLE], cp_isolation=["cp1252", "latin-1", "mac_roman", "cp850"]).best()
    encoding = best.encoding if best else "cp1252"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _utf_16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError:
        raise EncodingError("damaged") from None


def _is_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(1 for letter in sample if letter < " " and letter not in "\t\n\r\f\v\x1b")
    return odd * 100 > len(sample)
