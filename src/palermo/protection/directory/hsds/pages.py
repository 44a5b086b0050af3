"""Lists that come in pages, as the API of the standard hands them out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

_DIGITS = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Page:
    """One page of several: its number from 1, how many there are, what all hold together, and its entries as JSON.

    What it does not say is None. Each entry is on one line.
    """

    number: int | None
    count: int | None
    total: int | None
    entries: tuple[bytes, ...]

    @property
    def ids(self) -> frozenset[str]:
        """By which its entries are known, in small letters."""
        said = (_identifier(one) for one in self.entries)
        return frozenset(one.lower() for one in said if isinstance(one, str))


class _Told(msgspec.Struct):
    """What a page says of itself; its entries are left as they are written."""

    contents: list[msgspec.Raw]
    page_number: object = None
    total_pages: object = None
    total_items: object = None
    first_page: object = None
    last_page: object = None


class _Entry(msgspec.Struct):
    id: object = None


def is_one_of_several(said: Mapping[str, object]) -> bool:
    """Whether a list is only a part of all there is, by what it says of itself."""
    contents = said.get("contents")
    if not isinstance(contents, Sequence) or isinstance(contents, str):
        return False
    number, count, total = (_number(said.get(name)) for name in ("page_number", "total_pages", "total_items"))
    is_alone = said.get("first_page") is not False and said.get("last_page") is not False
    return not is_alone or (number or 1) > 1 or (count or 1) > 1 or (total or 0) > len(contents)


def page_of(data: bytes) -> Page | None:
    """The page that this JSON is, if it is one of several."""
    try:
        told = msgspec.json.decode(data.removeprefix(codecs.BOM_UTF8), type=_Told)
    except (msgspec.DecodeError, RecursionError):
        return None
    if not is_one_of_several(msgspec.structs.asdict(told)):
        return None
    # Within texts, JSON writes ends of lines in another way.
    entries = tuple(bytes(one).replace(b"\r", b" ").replace(b"\n", b" ") for one in told.contents)
    return Page(_number(told.page_number), _number(told.total_pages), _number(told.total_items), entries)


def _identifier(entry: bytes) -> object:
    try:
        return msgspec.json.decode(entry, type=_Entry).id
    except (msgspec.DecodeError, RecursionError):
        return None


def _number(said: object) -> int | None:
    """A whole number; some servers write it as a text."""
    if isinstance(said, str):
        return int(said) if _DIGITS.fullmatch(said) else None
    is_number = isinstance(said, int) or (isinstance(said, float) and said.is_integer())
    return int(said) if is_number and not isinstance(said, bool) else None  # type: ignore[call-overload]
