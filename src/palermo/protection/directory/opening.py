"""When a service is open, in the words of the reader."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from palermo.foundation.bilingual import Shown, choose
from palermo.foundation.days import clock_there, weekday, zone_name
from palermo.protection.directory.hsds.hours import Day, Hours, Note, Opening, hours_of, notes_of
from palermo.protection.directory.hsds.json_values import Document, written
from palermo.protection.directory.hsds.rules import is_timeless

_ANY = "America/Toronto"
"""The zone by which schedules are read that name their own, or that are for day and night: it makes no difference."""
_ONE, _WEEK = timedelta(days=1), timedelta(days=7)
_BRIEF = timedelta(hours=18)
"""What ends on the next morning after no longer than this needs no name of a day."""


@dataclass(frozen=True)
class Opened:
    """What a reader is told of the hours: a sentence, whether it is open now, and the coming week by days."""

    now: str
    is_open: bool
    is_always: bool
    """Whether it is open day and night."""
    week: tuple[Day, ...]
    notes: tuple[Shown, ...]
    zone: str
    """The time zone that is meant."""
    is_complete: bool = True
    """Whether it is closed for certain when nothing is known to be open."""
    is_weekly: bool = False
    """Whether the coming week is every week, so that it can be kept."""

    @property
    def days(self) -> tuple[tuple[str, str], ...]:
        """The name of each of the coming seven days and the hours of it."""
        return tuple((weekday(day.date), _hours(day, is_complete=self.is_complete)) for day in self.week)


class Timed(Protocol):
    """What says when something is open: the columns of a `FinderEntry`, whatever row they are read into."""

    @property
    def schedules(self) -> list[Document]:
        """As the standard has them."""

    @property
    def zone(self) -> str:
        """In which they are meant; empty where nobody knows."""

    @property
    def provinces(self) -> str:
        """That it serves, with spaces between."""

    @property
    def stands_in(self) -> str:
        """The province of its place, whose holidays it has; empty where nobody knows one."""


class Told(NamedTuple):
    """What says when something is open, out of a row or about to be written into one."""

    schedules: list[Document]
    zone: str
    provinces: str
    stands_in: str


def hours_key(entry: Timed) -> int:
    """A number of 64 bits that is the same for whatever `hours_at` finds the same for."""
    said = written([entry.schedules, entry.zone, entry.stands_in or entry.provinces])
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), signed=True)


def hours_at(entry: Timed, now: datetime) -> Hours | None:
    """The hours of what the finder knows; None where nobody can say when it is open.

    Without a zone that is so unless every schedule means the same wherever it is read: half of them would say that it
    is closed when it is not.
    """
    if not entry.schedules or not (entry.zone or is_timeless(entry.schedules, now.astimezone(ZoneInfo(_ANY)).date())):
        return None
    province = entry.stands_in or entry.provinces
    return hours_of(entry.schedules, zone=ZoneInfo(entry.zone or _ANY), province=province, now=now)


def opened(entry: Timed, now: datetime) -> Opened:
    """The hours in words."""
    hours = hours_at(entry, now)
    if hours is None:
        return Opened(_("Not known: call first"), False, False, (), _notes(notes_of(entry.schedules)), "")
    zone = ZoneInfo(entry.zone or _ANY)
    name = zone_name(now.astimezone(zone)) if not hours.is_round_the_clock else ""
    return Opened(
        now=_sentence(hours, now.astimezone(zone)),
        is_open=hours.is_open,
        is_always=hours.is_round_the_clock,
        week=hours.week,
        notes=_notes(hours.notes),
        zone=name,
        is_complete=hours.is_complete,
        is_weekly=hours.is_weekly,
    )


def _notes(notes: Iterable[Note]) -> tuple[Shown, ...]:
    return tuple(choose("" if one.en == one.fr else one.en, one.fr) for one in notes)


def _sentence(hours: Hours, now: datetime) -> str:
    if hours.is_round_the_clock:
        return _("Open day and night")
    if not hours.is_open and not hours.is_known:
        return _("Not known: call first")
    words = _open_words(hours, now) if hours.is_open else _closed_words(hours, now)
    for caution in _cautions(hours):
        words = f"{words.removesuffix('.')}. {caution}"
    return words


def _cautions(hours: Hours) -> Iterator[str]:
    """What is to be said of holidays of which the schedules say nothing."""
    if hours.is_uncertain:
        yield _("Today is a public holiday: call first")
    if hours.doubtful_day:
        yield _("%(day)s is a public holiday: call first") % {"day": weekday(hours.doubtful_day)}


def _open_words(hours: Hours, now: datetime) -> str:
    if hours.until is None:
        return _("Open now")
    said = {"time": clock_there(hours.until), "day": weekday(_last_day(hours.until))}
    if _is_near(hours.until, now):
        return _("Open now, until %(time)s") % said
    if _last_day(hours.until) - now.date() >= _WEEK:
        return _("Open now, and for the next seven days")
    if hours.until.time() == time():
        return _("Open now, until the end of %(day)s") % said
    return _("Open now, until %(day)s at %(time)s") % said


def _closed_words(hours: Hours, now: datetime) -> str:
    if hours.next is None:
        return _("Closed now")
    said = {"time": clock_there(hours.next), "day": weekday(hours.next.date())}
    away = hours.next.date() - now.date()
    if hours.next.time() == time() and away < _WEEK:
        # “Tomorrow at midnight” is the end of tomorrow to many.
        if away == _ONE:
            return _("Closed now, opens tonight at midnight")
        return _("Closed now, opens at midnight as %(day)s begins") % said
    if away == timedelta():
        return _("Closed now, opens today at %(time)s") % said
    if away == _ONE:
        return _("Closed now, opens tomorrow at %(time)s") % said
    if away < _WEEK:
        return _("Closed now, opens on %(day)s at %(time)s") % said
    return _("Closed now, and for the next seven days")


def _hours(day: Day, *, is_complete: bool) -> str:
    """The hours of a day, such as “9:00 a.m. to 5:00 p.m.” of it."""
    if not day.openings:
        return _("closed") if is_complete and not day.is_doubtful else _("call first")
    said = [_span(one) for one in day.openings]
    if day.is_doubtful:
        said.append(_("public holiday: call first"))
    return ", ".join(said)


def _span(one: Opening) -> str:
    said = {"from": clock_there(one.start), "to": clock_there(one.end), "day": weekday(_last_day(one.end))}
    if one.start.time() == one.end.time() == time() and _last_day(one.end) == one.start.date():
        return _("day and night")
    if _is_near(one.end, one.start):
        return _("%(from)s to %(to)s") % said
    return _("%(from)s to %(to)s on %(day)s") % said


def _is_near(end: datetime, since: datetime) -> bool:
    """Whether a time of the clock alone tells when it ends: tonight, or early on the next day."""
    is_morning = end.date() - since.date() == _ONE and end.hour < 12 and end - since <= _BRIEF
    return _last_day(end) == since.date() or is_morning


def _last_day(end: datetime) -> date:
    """The last day of what ends at a time; at midnight, that is the one before."""
    return (end - datetime.resolution).date()
