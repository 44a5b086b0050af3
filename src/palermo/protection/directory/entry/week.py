"""The hours of a week as people write them down, a text a day, and as schedules of the standard. Plain Python.

Only schedules that say the same every week can be written so. All others stay as they are until somebody replaces them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias
from uuid import uuid4

from dateutil.rrule import WEEKLY

from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.profile import FRENCH
from palermo.protection.directory.hsds.recurrence import Recurrence
from palermo.protection.directory.hsds.rules import DAY, Rule, rule_of
from palermo.protection.directory.hsds.written_hours import DAYS, hours_said

Span: TypeAlias = "tuple[str, str]"
"""From when to when, such as 09:00 and 17:00; what closes no later than it opens does so on the next day."""
Cell: TypeAlias = "tuple[str, Span]"
"""A day of the week, and one of its spans."""

HOLIDAYS, NOTE = "holidays", "note"
KEYS = (*DAYS, HOLIDAYS, f"{NOTE}_en", f"{NOTE}_fr")
"""What a week consists of: a text a day; whether it is closed on holidays (yes, no, empty); words in both languages."""
ALL_DAY: Span = ("00:00", "00:00")
ROUND = "24h"
_WORDS = ("description", f"description{FRENCH}")
_RULE = {"freq", "byday", "opens_at", "closes_at", "wkst", "interval", "closed_on_holidays"}
_SIMPLE = {"id", *_WORDS, *_RULE}
_TIME = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_HALVED = re.compile(r"[1-5]:.*")
"""Who writes 1:00 may mean the afternoon; who writes 01:00 means the night."""
_NOT_BY_DAY = "13:00"
"""What goes on after midnight begins at this time or later: 9:00-5:00 is of the clock of twelve hours."""
_SPAN = re.compile(rf"({_TIME})\s*[-\N{{EN DASH}}\N{{EM DASH}}]\s*({_TIME}|24:00)")
_FROM_MIDNIGHT = re.compile(
    r"(?i)(?:(?:from|de)\s)?\s*(?:midnight|minuit|00?\s?h(?:\s?00)?)\s*"
    r"(?:to|until|à|jusqu['\N{RIGHT SINGLE QUOTATION MARK}]à|[-\N{EN DASH}\N{EM DASH}])\s*"
    r"(?:(?P<noon>noon|midi)|(?P<hour>\d\d?)(?::(?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\.?"
    r"|(?P<hour_of_24>[01]?\d|2[0-3])\s?h(?:\s?(?P<minute_of_24>[0-5]\d))?)"
)
"""What opens at midnight, and says for certain when it closes. Within one day, that is the midnight it begins with."""
_CLOSED = re.compile(r"(?i)[-\N{EN DASH}\N{EM DASH}]?|(?:closed|ferm[ée]e?)\.?")


def week_of(schedules: Sequence[Mapping[str, Json]]) -> dict[str, str] | None:
    """The week that schedules say; None where a week cannot say all of it."""
    cells: list[Cell] = []
    holidays: set[bool | None] = set()
    for one in schedules:
        found = _cells_of(one)
        if found is None:
            return None
        if found:
            cells += found
            holidays.add(_flag(one))
    words = {pair for one in schedules if any(pair := _words_of(one))}
    if len(holidays) > 1 or len(words) > 1 or len(set(cells)) < len(cells):
        return None
    english, french = next(iter(words), ("", ""))
    week = {day: _written(span for each, span in cells if each == day) for day in DAYS}
    closed = {True: "yes", False: "no", None: ""}[next(iter(holidays), None)]
    return {
        **week,
        HOLIDAYS: closed,
        f"{NOTE}_en": "" if english == french else english,
        f"{NOTE}_fr": french,
    }


def spans_said(text: str) -> list[Span] | None:
    """The spans of one day as somebody wrote them, in order; none where it is closed; None where nobody can be sure."""
    said = text.strip()
    if _CLOSED.fullmatch(said):
        return []
    parts = [_SPAN.fullmatch(_from_midnight(part.strip())) for part in re.split(r"[,;]", said)]
    if all(parts):
        times = [part.groups() for part in parts if part]
        spans = {(_two(opens), _two(closes)) for opens, closes in times}
        is_sure = not any(_HALVED.fullmatch(time) for span in times for time in span)
        return sorted(spans) if is_sure and all(_is_said(span) for span in spans) else None
    found = _in_words(said)
    return found if found is not None and all(_is_said(span) for span in found) else None


def _from_midnight(part: str) -> str:
    """The span of what opens at midnight, as this form writes it; anything else as it is."""
    found = _FROM_MIDNIGHT.fullmatch(part)
    if found is None:
        return part
    hour, minute = found["hour"] or found["hour_of_24"], found["minute"] or found["minute_of_24"] or "00"
    if found["noon"] or (found["hour"] and not 1 <= int(hour) <= 12):
        return "00:00-12:00" if found["noon"] else part
    closes = int(hour) % 12 + (12 if found["half"] in {"p", "P"} else 0) if found["half"] else int(hour)
    return f"00:00-{closes:02}:{minute}" if closes else part


def _is_said(span: Span) -> bool:
    """Whether a span is likely to be meant as it stands, and not by the clock of twelve hours."""
    opens, closes = span
    return span == ALL_DAY or opens < closes or (opens > closes and (closes == "00:00" or opens >= _NOT_BY_DAY))


def _in_words(said: str) -> list[Span] | None:
    """The same of what people write more freely. Whoever names days means more than the hours of one."""
    alone = hours_said(said)
    if alone is not None:
        is_round = [(one.days, (one.opens, one.closes)) for one in alone.spans] == [(DAYS, ALL_DAY)]
        return [ALL_DAY] if is_round else None
    found = hours_said(f"monday {said}")
    if found is None or found.closed_on_holidays or any(one.days != DAYS[:1] for one in found.spans):
        return None
    return sorted({(one.opens, one.closes) for one in found.spans})


def written(text: str) -> str:
    """The hours of a day as this form writes them; the text itself where it is not understood."""
    spans = spans_said(text)
    return text.strip() if spans is None else _written(spans)


def schedules_of(week: Mapping[str, str], before: Sequence[Mapping[str, Json]]) -> list[Document]:
    """A week as schedules. Those that were there before and still say something stay themselves."""
    wanted = {(day, span) for day in DAYS for span in spans_said(week[day]) or []}
    days: dict[int, set[str]] = {}
    spans: dict[int, Span] = {}
    for place, one in enumerate(before):
        if stays := wanted.intersection(_cells_of(one) or []):
            wanted -= stays
            days[place], spans[place] = {day for day, _span in stays}, next(iter(stays))[1]
    found: list[Document] = [dict(one) for one in before]
    for span in sorted({span for _day, span in wanted}):
        more = {day for day, each in wanted if each == span}
        place = next((one for one, each in spans.items() if each == span), -1)
        if place < 0:
            place = _spare(before, days, more)
            if place < 0:
                place = len(found)
                found.append({"id": str(uuid4())})
        days.setdefault(place, set()).update(more)
        spans[place] = span
    rules = [_ruled(found[place], days[place], spans[place], week) for place in sorted(days)]
    return _noted(rules, week, before)


def _spare(before: Sequence[Mapping[str, Json]], taken: Mapping[int, object], days: set[str]) -> int:
    """The place of a schedule that lost its hours on the very days that have others now; -1 where there is none."""
    for place, one in enumerate(before):
        if place not in taken and {day for day, _span in _cells_of(one) or []} == days:
            return place
    return -1


def _ruled(one: Document, days: set[str], span: Span, week: Mapping[str, str]) -> Document:
    rest = {name: said for name, said in one.items() if name not in (*_WORDS, "closed_on_holidays")}
    opens, closes = span
    byday = ",".join(day for day in DAYS if day in days)
    found: Document = {**rest, "freq": "WEEKLY", "byday": byday, "opens_at": opens, "closes_at": closes}
    if week[HOLIDAYS]:
        found["closed_on_holidays"] = week[HOLIDAYS] == "yes"
    return found


def _noted(rules: list[Document], week: Mapping[str, str], before: Sequence[Mapping[str, Json]]) -> list[Document]:
    """The same with the words, in an entry of their own where there is one or no other can hold them."""
    english, french = week[f"{NOTE}_en"], week[f"{NOTE}_fr"]
    if not english and not french:
        return rules
    words: Document = {"description": english or french}
    if french:
        words[f"description{FRENCH}"] = french
    alone = next((one for one in before if _cells_of(one) == [] and any(_words_of(one))), None)
    if alone is not None or not rules:
        key = alone["id"] if alone is not None else str(uuid4())
        return [*rules, {"id": key, **words}]
    return [{**rules[0], **words}, *rules[1:]]


def _cells_of(one: Mapping[str, Json]) -> list[Cell] | None:
    """The days and spans of a schedule; none of one with words alone; None where a week cannot say it."""
    if not one.keys() <= _SIMPLE:
        return None
    if not one.keys() & _RULE:
        return []
    rule = rule_of(one)
    if rule is None or not _is_plain(rule):
        return None
    span = _clock(rule.opens), _clock(rule.closes)
    return [(DAYS[day.weekday], span) for day in rule.recurrence.byday] if _is_said(span) else None


def _is_plain(rule: Rule) -> bool:
    every_week = replace(rule.recurrence, byday=(), wkst=0) == Recurrence(WEEKLY)
    on_minutes = not any(time.seconds % 60 for time in (rule.opens, rule.closes))
    is_whole = rule.closes - rule.opens < DAY or rule.opens == timedelta(0)
    return every_week and on_minutes and is_whole and rule.zone is None and rule.offset is None


def _flag(one: Mapping[str, Json]) -> bool | None:
    said = one.get("closed_on_holidays")
    return said if isinstance(said, bool) else None


def _words_of(one: Mapping[str, Json]) -> tuple[str, str]:
    english, french = (str(one.get(name) or "").strip() for name in _WORDS)
    return english, french


def _clock(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60 % (24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _two(time: str) -> str:
    """A time with two digits for its hours; the end of a day is the beginning of the next one."""
    return "00:00" if time == "24:00" else time.rjust(5, "0")


def _written(spans: Iterable[Span]) -> str:
    return ", ".join(ROUND if span == ALL_DAY else f"{span[0]}-{span[1]}" for span in sorted(spans))
