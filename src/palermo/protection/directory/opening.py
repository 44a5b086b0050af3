"""When a service is open, in the words of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from palermo.foundation.bilingual import Shown, choose
from palermo.foundation.days import clock_there, weekday, zone_name
from palermo.protection.directory.hsds.hours import Day, Hours, Note, Opening, hours_of, notes_of
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import FinderEntry

_ANY = "America/Toronto"
"""The zone by which schedules are read that name their own, or that are for day and night: it makes no difference."""


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

    @property
    def days(self) -> tuple[tuple[str, str], ...]:
        """The name of each of the coming seven days and the hours of it."""
        return tuple((weekday(day), _spans(openings)) for day, openings in self.week)


def hours_at(entry: FinderEntry, now: datetime) -> Hours | None:
    """The hours of what the finder knows; None where nobody can say when it is open."""
    schedules = entry.schedules if entry.zone else [one for one in entry.schedules if _is_timeless(one)]
    province = entry.provinces if " " not in entry.provinces else ""
    return hours_of(schedules, zone=ZoneInfo(entry.zone or _ANY), province=province, now=now) if schedules else None


def _is_timeless(schedule: Document) -> bool:
    """Whether it means the same in whatever zone it is read."""
    return bool(schedule.get("timezone_name")) or schedule.get("opens_at") == schedule.get("closes_at") is not None


def opened(entry: FinderEntry, now: datetime) -> Opened:
    """The hours in words."""
    hours = hours_at(entry, now)
    if hours is None:
        return Opened(_("Not known: call first"), False, False, (), _notes(notes_of(entry.schedules)), "")
    zone = ZoneInfo(entry.zone or _ANY)
    name = zone_name(now.astimezone(zone)) if not hours.is_round_the_clock else ""
    sentence = _sentence(hours, now.astimezone(zone))
    return Opened(sentence, hours.is_open, hours.is_round_the_clock, hours.week, _notes(hours.notes), name)


def _notes(notes: Iterable[Note]) -> tuple[Shown, ...]:
    return tuple(choose("" if one.en == one.fr else one.en, one.fr) for one in notes)


def _sentence(hours: Hours, now: datetime) -> str:
    if hours.is_round_the_clock:
        return _("Open day and night")
    words = _open_words(hours) if hours.is_open else _closed_words(hours, now)
    if hours.is_uncertain:
        caution = _("Today is a public holiday: call first")
        return f"{words}. {caution}"
    return words


def _open_words(hours: Hours) -> str:
    if hours.until is None:
        return _("Open now")
    return _("Open now, until %(time)s") % {"time": clock_there(hours.until)}


def _closed_words(hours: Hours, now: datetime) -> str:
    if hours.next is None:
        return _("Closed now")
    said = {"time": clock_there(hours.next), "day": weekday(hours.next.date())}
    away = hours.next.date() - now.date()
    if away == timedelta(0):
        return _("Closed now, opens today at %(time)s") % said
    if away == timedelta(1):
        return _("Closed now, opens tomorrow at %(time)s") % said
    if away < timedelta(7):
        return _("Closed now, opens on %(day)s at %(time)s") % said
    return _("Closed now, and for the next seven days")


def _spans(openings: tuple[Opening, ...]) -> str:
    """The hours of a day, such as “9:00 a.m. to 5:00 p.m.” of it."""
    if not openings:
        return _("closed")
    spans = (_("%(from)s to %(to)s") % {"from": clock_there(one.start), "to": clock_there(one.end)} for one in openings)
    return ", ".join(spans)
