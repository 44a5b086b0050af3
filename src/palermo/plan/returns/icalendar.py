"""A calendar of whole days as a file that calendar programs read (RFC 5545). Plain Python, without Django."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from palermo.foundation.bilingual import Language, Shown

LONGEST_LINE = 75
"""Octets of a line without its end (RFC 5545, section 3.1)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that falls on one day."""

    key: str
    """What the entry is known by for ever, so that a calendar read again replaces it."""
    on: date
    title: Shown
    text: Shown
    address: str
    """The page that says more."""


def calendar_file(name: str, language: Language, entries: Iterable[Entry], *, host: str, made_at: datetime) -> bytes:
    """Write a calendar.

    Args:
        name: what the calendar is called.
        language: the language of its name.
        entries: the days in it.
        host: the host of this installation, which makes the keys unique in the world.
        made_at: when the file was made, with its time zone.
    """
    stamp = f"{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Palermo//Palermo//EN", "CALSCALE:GREGORIAN"]
    # Widely read, though no standard names it: what a program calls the calendar.
    lines += [_text("X-WR-CALNAME", Shown(name, language, is_other=False))]
    for entry in entries:
        lines += _entry(entry, host, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _entry(entry: Entry, host: str, stamp: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped(entry.key)}@{host}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
        _text("SUMMARY", entry.title),
        _text("DESCRIPTION", entry.text),
        f"URL:{entry.address}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(name: str, said: Shown) -> str:
    return f"{name};LANGUAGE={said.language}:{_escaped(said.text)}"


def _escaped(text: str) -> str:
    # Backslashes first, or those of the other signs would be doubled.
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return "".join(sign for sign in text if sign == "\t" or (ord(sign) >= ord(" ") and ord(sign) != 0x7F))


def _folded(line: str) -> Iterator[bytes]:
    """The line in pieces that are short enough; each but the first begins with a blank, and no sign is cut in two."""
    piece = b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            yield piece
            piece = b" "
        piece += octets
    yield piece
