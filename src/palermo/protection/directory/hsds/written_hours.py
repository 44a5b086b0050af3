"""Hours of opening as people write them, in either language, where they mean one thing only.

What is not understood to the last word is not understood at all: half of “Mon-Fri 9:00-17:00, winter by appointment”
would be wrong. Hours that may be of the morning or the evening, such as 1-5, are left alone, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from palermo.foundation.search import folded

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The days of the week as iCalendar writes them (RFC 5545, 3.3.10)."""
_NAMES = {
    "MO": "mondays?|mon|lundis?|lun", "TU": "tuesdays?|tues?|mardis?|mar", "WE": "wednesdays?|weds?|mercredis?|mer",
    "TH": "thursdays?|thurs?|thu|jeudis?|jeu", "FR": "fridays?|fri|vendredis?|ven", "SA": "saturdays?|sat|samedis?|sam",
    "SU": "sundays?|sun|dimanches?|dim",
}  # fmt: skip
_SETS = {
    r"m\s?-\s?f|l\s?-\s?v|weekdays?|week days|en semaine|jours (?:ouvrables|de semaine)|business days": DAYS[:5],
    r"week\s?-?ends?|fins? de semaine": DAYS[5:],
    r"daily|every ?day|each day|tous les jours|chaque jour|(?:7|seven) days (?:a|per) week"
    r"|(?:7|sept) jours (?:sur|par) (?:7|sept|semaine)|7 ?j ?/ ?7|7/7": DAYS,
}
_DAY = "(?:" + "|".join(f"(?:{names})" for names in _NAMES.values()) + r")\b\.?"
_SET = "(?:" + "|".join(f"(?:{names})" for names in _SETS) + r")\b"
_CLOCK = (
    r"(?:(?:[01]?\d|2[0-4])(?:\s?(?:h|:)\s?[0-5]\d|\s?h(?:rs?|eures?)?\b)?(?:\s?[ap]m\b)?|noon|midi|midnight|minuit)"
)
_ROUND = re.compile(
    r"(?:open|ouvert)?(?:24(?:h|hrs?|hours?|heures?)(?:(?:sur)?24h?|aday|perday|parjour)?|24(?:sur)?24h?|24(?=7))"
    r"(?:(?:et|and)?(?:7|seven|sept)(?:days?|j|jours?)?(?:aweek|perweek|sur7|sursept|parsemaine|7)?)?"
    r"|(?:always|toujours|dayandnight|jouretnuit|aroundtheclock|roundtheclock)(?:open|ouverte?)?"
    r"|alwaysopen|open(?:dayandnight|aroundtheclock)|ouverte?(?:jouretnuit)"
)
"""Day and night, without anything between the words."""
_TOKEN = re.compile(
    rf"(?P<span>(?P<opens>{_CLOCK})\s?-\s?(?P<closes>{_CLOCK}))"
    rf"|(?P<range>(?P<first>{_DAY})\s?-\s?(?P<last>{_DAY}))"
    rf"|(?P<set>{_SET})|(?P<day>{_DAY})"
    r"|(?P<holidays>(?:closed|except|ferme|sauf)(?: on| les)? (?:statutory |public )?(?:holidays?|jours? feries?))"
    r"|(?P<closed>closed|fermee?)\b"
    r"|(?P<between>(?:and|et|from|de|du|le|les|on|open|ouvert|hours|heures)\b|[\s,;:.&/|()]+)"
)


@dataclass(frozen=True)
class Span:
    """From when to when it is open on which days; what closes no later than it opens does so on the next day."""

    days: tuple[str, ...]
    opens: str
    closes: str


@dataclass(frozen=True)
class WrittenHours:
    """When it is open, and whether it is said to be closed on holidays."""

    spans: tuple[Span, ...]
    closed_on_holidays: bool = False


def hours_said(written: str) -> WrittenHours | None:
    """The hours that a text says; None where it says anything else, or may mean several things."""
    if _ROUND.fullmatch(re.sub(r"[^a-z0-9]", "", folded(written))):
        return WrittenHours((Span(DAYS, "00:00", "00:00"),))
    text, place = _plain(written), 0
    heard = _Heard()
    while place < len(text) and heard.is_plain:
        found = _TOKEN.match(text, place)
        if found is None:
            return None
        place = found.end()
        if found["span"]:
            heard.time(found["opens"], found["closes"])
        elif found["holidays"]:
            heard.closed_on_holidays = True
        elif found["closed"]:
            heard.closed()
        elif not found["between"]:
            heard.day(_days(found))
    heard.end()
    return WrittenHours(tuple(heard.spans), heard.closed_on_holidays) if heard.is_plain and heard.spans else None


class _Heard:
    """What was understood so far: whole statements, and the days and times of the one that is being read."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.closed_on_holidays = False
        self.is_plain = True
        self._begin()

    def _begin(self) -> None:
        self._days: list[str] = []
        self._times: list[tuple[str, str]] = []
        self._is_closed = False
        self._days_first = True

    def day(self, days: list[str]) -> None:
        """Days come: of this statement, unless its own were followed by times."""
        if self._days and self._times and self._days_first:
            self.end()
        self._days += days

    def time(self, opens: str, closes: str) -> None:
        """A time comes: of this statement, unless its own were followed by days."""
        if self._is_closed or (self._days and self._times and not self._days_first):
            self.end()
        if not self._days:
            self._days_first = False
        found = _times(opens, closes)
        self.is_plain &= found is not None
        self._times += [found] if found else []

    def closed(self) -> None:
        """The days before are closed ones, or else those that follow."""
        only_days = bool(self._days) and not self._times
        if not only_days:
            self.end()
        self._is_closed = True
        if only_days:
            self.end()

    def end(self) -> None:
        """The statement is over."""
        if self._is_closed:
            self.is_plain &= bool(self._days) and not self._times
        elif self._days or self._times:
            self.is_plain &= bool(self._days) and bool(self._times)
            days = tuple(day for day in DAYS if day in self._days)
            self.spans += [Span(days, *times) for times in self._times]
        self._begin()


def _plain(written: str) -> str:
    """The text without accents and capitals, with “-” for all that means “to”."""
    text = folded(written).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    text = re.sub(r"\b([ap])\.?\s?m\b\.?", r"\1m", text)
    text = re.sub(r"(?<=[\d\s])([ap])m", r" \1m", text)
    text = re.sub(r"(?<=[\w.])\s+(?:to|until|till|thru|through|a|au|jusqu'a)\s+(?=[\w])", " - ", text)
    text = re.sub(r"\s*[-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{NON-BREAKING HYPHEN}]\s*", " - ", text)
    return " ".join(text.split()).strip(" .;,")


def _days(found: re.Match[str]) -> list[str]:
    if found["range"]:
        first, last = DAYS.index(_day(found["first"])), DAYS.index(_day(found["last"]))
        return [DAYS[place % 7] for place in range(first, last + 1 if last >= first else last + 8)]
    if found["set"]:
        return list(next(days for names, days in _SETS.items() if re.fullmatch(names, found["set"])))
    return [_day(found["day"])]


def _day(said: str) -> str:
    return next(day for day, names in _NAMES.items() if re.fullmatch(names, said.rstrip(".")))


def _times(opens: str, closes: str) -> tuple[str, str] | None:
    """Two times of the clock; None where morning and evening can be confused."""
    start, end = _minutes(opens), _minutes(closes)
    has_halves = "m" in _half(opens) + _half(closes)
    if has_halves and not _half(opens):
        earlier = _minutes(f"{opens} {_half(closes)}") if _is_number(opens) else start
        start = earlier if earlier < end else _minutes(f"{opens} am") if _is_number(opens) else start
    elif has_halves and not _half(closes) and _is_number(closes):
        if _minutes(f"{closes} am") > start:
            return None
        end = _minutes(f"{closes} pm")
    elif not has_halves and (start < 6 * 60 or end <= start < 12 * 60):
        return None
    if start == end or max(start, end) > 24 * 60:
        return None
    return _written(start), _written(end)


def _half(clock: str) -> str:
    found = re.search(r"[ap]m$", clock)
    return found[0] if found else ""


def _is_number(clock: str) -> bool:
    return clock[0].isdigit()


def _minutes(clock: str) -> int:
    """The minutes since midnight; without “am” or “pm”, by the clock of twenty-four hours."""
    if clock in {"noon", "midi"}:
        return 12 * 60
    if clock in {"midnight", "minuit"}:
        return 24 * 60
    numbers = [int(number) for number in re.findall(r"\d+", clock)]
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    if half := _half(clock):
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour * 60 + minute


def _written(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
