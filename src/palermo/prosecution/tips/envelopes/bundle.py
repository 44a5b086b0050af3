"""What is told, as one row of bytes: the words, then the files, then as many zeros as hide how much it was."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

VERSION = 1
LARGEST = 12 * 1024 * 1024
"""Bytes of a bundle, with its padding: some photographs of a telephone, and little enough to be held in memory."""
SMALLEST = 4096
"""Bytes to which even one word is filled up."""
_LENGTH_BYTES = 4
_CODE = re.compile(r"[a-z][a-z0-9_]*")


class BundleError(ValueError):
    """It cannot be a bundle, or is none: nothing of it is shown."""


@dataclass(frozen=True)
class File:
    """Something that was attached. Its name and type are the sender's words, and promise nothing."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class Told:
    """What somebody told: texts by the codes of the questions that they answer, and files."""

    texts: Mapping[str, str]
    files: Sequence[File] = field(default_factory=tuple)


def packed(told: Told) -> bytes:
    """The bundle of what was told, filled up. There is one way only to write it.

    Raises:
        BundleError: it is larger than `LARGEST`, or holds what is no text, or a code that is none.
    """
    header = _written(told)
    length = len(header).to_bytes(_LENGTH_BYTES, "big")
    plain = b"".join([length, header, *(one.content for one in told.files)])
    size = padded_size(len(plain))
    if size > LARGEST:
        raise BundleError("This is too large.")
    return plain.ljust(size, b"\0")


def padded_size(size: int) -> int:
    """To how many bytes so many are filled up.

    By Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019):
    at most 12 % more, and of a size only its first few digits are left to be seen.
    """
    if size <= SMALLEST:
        return SMALLEST
    exponent = size.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size + mask) & ~mask


def unpacked(bundle: bytes) -> Told:
    """What stands in a bundle.

    Raises:
        BundleError: it is not to the byte what `packed` writes. JSON leaves more than one way to read a name that
            stands twice or half a sign; what has one way only to be written is the same to every reader.
    """
    header_end = _LENGTH_BYTES + int.from_bytes(bundle[:_LENGTH_BYTES], "big")
    if len(bundle) > LARGEST or header_end > len(bundle):
        raise BundleError("This is no bundle.")
    texts, listed = _header(bundle[_LENGTH_BYTES:header_end])
    files, at = [], header_end
    for name, kind, size in listed:
        files.append(File(name, kind, bundle[at : at + size]))
        at += size
    told = Told(texts, tuple(files))
    if packed(told) != bundle:
        raise BundleError("This bundle is cut off or changed.")
    return told


def _written(told: Told) -> bytes:
    if not all(map(_CODE.fullmatch, told.texts)):
        raise BundleError("A question has a code that is none.")
    files = [{"name": one.name, "type": one.type, "size": len(one.content)} for one in told.files]
    header = {"v": VERSION, "texts": dict(told.texts), "files": files}
    try:
        return json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        raise BundleError("This is no text.") from None


def _header(written: bytes) -> tuple[dict[str, str], list[tuple[str, str, int]]]:
    try:
        said = json.loads(written.decode())
    except (ValueError, RecursionError):
        raise BundleError("This is no bundle.") from None
    if not isinstance(said, dict) or said.keys() != {"v", "texts", "files"} or said["v"] != VERSION:
        raise BundleError("This bundle is of another version.")
    texts, files = said["texts"], said["files"]
    if not isinstance(texts, dict) or not isinstance(files, list):
        raise BundleError("This is no bundle.")
    if not all(isinstance(text, str) for text in texts.values()) or not all(map(_is_file, files)):
        raise BundleError("This is no bundle.")
    return cast("dict[str, str]", texts), [(one["name"], one["type"], one["size"]) for one in files]


def _is_file(said: object) -> bool:
    if not isinstance(said, dict) or said.keys() != {"name", "type", "size"}:
        return False
    size = said["size"]
    is_named = isinstance(said["name"], str) and isinstance(said["type"], str)
    return is_named and type(size) is int and 0 <= size <= LARGEST
