"""Hours of opening as people write them, in either language, where they mean one thing only.

What is not understood to the last word is not understood at all: half of “Mon-Fri 9:00-17:00, winter by appointment”
would be wrong. Hours that may be of the morning or the evening, such as 1-5 or 7-9, are left alone, too. Where days are
said twice, the narrower statement that comes later wins: “Mon-Fri 9:00-17:00, closed Wednesday”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from palermo.foundation.search import folded
from palermo.protection.directory.hsds.written_times import Times, is_of_24, meet, times_said

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The days of the week as iCalendar writes them (RFC 5545, 3.3.10)."""
_NAMES = {
    "MO": "mondays?|mon|lundis?|lun", "TU": "tuesdays?|tues?|mardis?|mar", "WE": "wednesdays?|weds?|mercredis?|mer",
    "TH": "thursdays?|thurs?|thu|jeudis?|jeu", "FR": "fridays?|fri|vendredis?|ven", "SA": "saturdays?|sat|samedis?|sam",
    "SU": "sundays?|sun|dimanches?|dim",
}  # fmt: skip
_SETS = {
    r"m\s?-\s?f|l\s?-\s?v|weekdays?|week days|en semaine|jours (?:ouvrables|de semaine)|business days": DAYS[:5],
    r"week ?(?:- ?)?ends?|fins? de semaine": DAYS[5:],
    r"daily|every ?day|each day|tous les jours|chaque jour|(?:7|seven) days (?:a|per) week"
    r"|(?:7|sept) jours (?:sur|par) (?:7|sept|semaine)|7 ?j ?/ ?7|7/7": DAYS,
}
_DAY = "(?:" + "|".join(f"(?:{names})" for names in _NAMES.values()) + r")\b\.?"
_SET = "(?:" + "|".join(f"(?:{names})" for names in _SETS) + r")\b"
_CLOCK = (
    r"(?:(?:2[0-4]|[01]?\d)(?!\d)(?:\s?(?:h|:)\s?[0-5]\d|\s?h(?:rs?|eures?)?\b)?(?:\s?[ap]m\b)?"
    r"|noon|midi|midnight|minuit)"
)
_ROUND = re.compile(
    r"(?:open|ouvert)?(?:24(?:h|hrs?|hours?|heures?)(?:(?:sur)?24h?|aday|perday|parjour)?|24(?:sur)?24h?|24(?=7))"
    r"(?:(?:et|and)?(?:7|seven|sept)(?:days?|j|jours?)?(?:aweek|perweek|sur7|sursept|parsemaine|7)?)?"
    r"|(?:always|toujours|dayandnight|jouretnuit|aroundtheclock|roundtheclock)(?:open|ouverte?)?"
    r"|alwaysopen|open(?:dayandnight|aroundtheclock)|ouverte?(?:jouretnuit)"
)
"""Day and night, without anything between the words."""
_BETWEEN = re.compile(r"[\s/,.]+")
"""What may stand between the words of day and night. Any other sign, as in “2-4h”, means something else."""
_TORN = re.compile(r"2[\s/,.]+4")
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
    if _is_round(folded(written)):
        return WrittenHours((Span(DAYS, "00:00", "00:00"),))
    found = _tokens(_plain(written))
    if found is None:
        return None
    heard = _Heard(of_24=any(is_of_24(clock) for one in found if one["span"] for clock in one.group("opens", "closes")))
    for one in found:
        if one["span"]:
            heard.time(one["opens"], one["closes"])
        elif one["holidays"]:
            heard.closed_on_holidays = True
        elif one["closed"]:
            heard.closed()
        elif not one["between"]:
            heard.day(_days(one), is_one=bool(one["day"]))
    heard.end()
    spans = heard.spans
    return WrittenHours(spans, heard.closed_on_holidays) if heard.is_plain and spans else None


def _is_round(text: str) -> bool:
    return _TORN.search(text) is None and _ROUND.fullmatch(_BETWEEN.sub("", text)) is not None


def _tokens(text: str) -> list[re.Match[str]] | None:
    """What the text consists of; None where a word of it is not understood."""
    found: list[re.Match[str]] = []
    place = 0
    while place < len(text):
        one = _TOKEN.match(text, place)
        if one is None:
            return None
        found.append(one)
        place = one.end()
    return found


@dataclass(frozen=True)
class _Statement:
    """Days and the times of each of them, none where it is closed. `ones` are the days that it names one by one."""

    days: frozenset[str]
    ones: frozenset[str]
    times: tuple[Times, ...]

    def yields_to(self, later: _Statement, day: str) -> bool:
        """Whether a later statement says more certainly of a day when it is open.

        It is about fewer days, and closed or open at a time of these: what lies apart may be meant besides.
        """
        is_other = not later.times or any(meet(one, other) for one in self.times for other in later.times)
        return day not in self.ones and later.days < self.days and is_other


class _Heard:
    """What was understood so far: whole statements, and the days and times of the one that is being read."""

    def __init__(self, *, of_24: bool) -> None:
        self.closed_on_holidays = False
        self.is_plain = True
        self._of_24 = of_24
        self._said: list[_Statement] = []
        self._by_day: dict[str, _Statement] = {}
        self._begin()

    def _begin(self) -> None:
        self._days: list[str] = []
        self._ones: list[str] = []
        self._times: list[Times] = []
        self._is_closed = False
        self._days_first = True

    @property
    def spans(self) -> tuple[Span, ...]:
        """The times of all statements, each on the days of which no later one says otherwise."""
        found: list[Span] = []
        for one in self._said:
            days = tuple(day for day in DAYS if day in one.days and self._by_day[day] is one)
            found += [Span(days, *times) for times in one.times if days]
        return tuple(found)

    def day(self, days: list[str], *, is_one: bool) -> None:
        """Days come: of this statement, unless its own were followed by times."""
        if self._days and self._times and self._days_first:
            self.end()
        self._days += days
        self._ones += days if is_one else []

    def time(self, opens: str, closes: str) -> None:
        """A time comes: of this statement, unless its own were followed by days."""
        if self._is_closed or (self._days and self._times and not self._days_first):
            self.end()
        if not self._days:
            self._days_first = False
        found = times_said(opens, closes, of_24=self._of_24)
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
        if self._days or self._times or self._is_closed:
            self.is_plain &= bool(self._days) and bool(self._times) != self._is_closed
            self._say(_Statement(frozenset(self._days), frozenset(self._ones), tuple(self._times)))
        self._begin()

    def _say(self, later: _Statement) -> None:
        """Take a statement in: it is plain only where it wins over what was said of its days."""
        self._said.append(later)
        for day in later.days:
            before = self._by_day.get(day, later)
            self.is_plain &= before.times == later.times or before.yields_to(later, day)
            self._by_day[day] = later


def _plain(written: str) -> str:
    """The text without accents and capitals, with “-” for all that means “to”."""
    text = folded(written).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    text = re.sub(r"\b([ap])\.?\s?m\b\.?", r"\1m", text)
    text = re.sub(r"(?<=[\d\s])([ap])m", r" \1m", text)
    text = re.sub(r"(?<=[\w.])\s+(?:to|until|till|thru|through|a|au|jusqu'a)\s+(?=[\w])", " - ", text)
    # A hyphen at which no line breaks is a plain one once it is folded.
    text = re.sub(r"\s*[-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{HYPHEN}]\s*", " - ", text)
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
