"""Reads times as plans print them: fiscal years, quarters, seasons, months, days and ranges of them.

A fiscal year runs from 1 April to 31 March (design, section 3). What names no date, such as a short term, is
recognised as a time and kept as printed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache

from palermo.plan.imports.reader.vocabulary import LONGEST_KEPT, fold, load, word_list, word_set, words

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A time as printed. `first` and `last` are its first and last day, None where it names no date.

    `bound` says whether the words make it a "start", a "due" date, or nothing of the kind ("").
    """

    printed: str
    first: date | None = None
    last: date | None = None
    bound: str = ""
    is_range: bool = False


@cache
def _months() -> dict[str, int]:
    table = load("words")["months"]
    assert isinstance(table, dict)  # noqa: S101 - tells the type of our own data
    return {word: place for place, names in enumerate(table.values(), start=1) for word in word_list(names)}


@cache
def _patterns() -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], Span | None]]]:
    month = "(?P<m>" + "|".join(sorted(map(re.escape, _months()), key=len, reverse=True)) + r")\.?"
    season = "(?P<s>" + "|".join(re.escape(word) for word in _seasons()) + ")"
    year = r"(?P<y>(?:19|20)\d\d)"
    fiscal = r"(?:(?:f\.?y\.?|fiscal(?: year)?|financial year|exercice(?: financier)?|annee financiere|ef)\s*)"
    second = r"\s*[-/]\s*(?P<z>(?:19|20)?\d\d)"
    ordinal = r"(?:(?P<o>first|second|third|fourth|1st|2nd|3rd|4th|1er|2e|3e|4e|premier|deuxieme|troisieme|quatrieme)"
    table = [
        (rf"{fiscal}?{year}{second}", _year_pair),
        (rf"{fiscal}(?P<z>(?:20)?\d\d)", _fiscal_end),
        (year, _year),
        (rf"{month},?[ -]*{year}", _month),
        (rf"{month}[- ]'?(?P<yy>\d\d)", _month),
        (rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er)?[ -]+(?:of )?{month},?[ -]*{year}", _day),
        (rf"{month} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? {year}", _day),
        (rf"{year}-(?P<n>\d\d)-(?P<d>\d\d)", _day),
        (rf"(?P<d>\d{{1,2}})[/.](?P<n>\d{{1,2}})[/.]{year}", _day_numbers),
        (rf"(?P<n>\d{{1,2}})/{year}", _month),
        (rf"[qt]\s?(?P<q>[1-4])[ ,/-]*(?:of )?{fiscal}?{year}(?:{second})?", _quarter),
        (rf"{year}[ ,/-]*[qt]\s?(?P<q>[1-4])", _quarter),
        (rf"(?:q ?)?(?P<o>iii|iv|ii|i)(?: quarter| trimestre)?,? (?:of |de )?{year}(?P<z>)", _quarter),
        (rf"{ordinal} (?:quarter|trimestre)),? ?(?:of |de )?{fiscal}?{year}(?:{second})?", _quarter),
        (rf"{season},? (?:of |de )?{year}(?:{second})?", _season),
        (rf"(?P<h>first|second) half (?:of )?{year}", _half),
        (rf"h(?P<h>[12]) {year}", _half),
    ]
    return [(re.compile(rf"{pattern}\Z"), reader) for pattern, reader in table]


@cache
def _seasons() -> dict[str, int]:
    table = load("words")["seasons"]
    assert isinstance(table, dict)  # noqa: S101 - tells the type of our own data
    first_months = {"winter": 1, "spring": 4, "summer": 7, "autumn": 10}
    return {word: first_months[name] for name, names in table.items() for word in word_list(names)}


@cache
def _openings() -> list[tuple[str, str]]:
    """Words before a date and what they make of it, the longest first."""
    labels = [(word, bound) for bound in ("start", "due") for word in words("words", "labels", bound)]
    times = [("before", "due"), ("after", "start"), ("around", "")]
    openings = [(word, bound) for key, bound in times for word in words("words", "times", key)]
    return sorted({*labels, *openings}, key=lambda pair: (-len(pair[0]), pair))


@cache
def _first_words() -> frozenset[str]:
    """The words that a time without a number in its first word may begin with."""
    phrases = [word for word, _ in _openings()]
    phrases += [*_months(), *_seasons(), *_ORDINALS]
    phrases += [*words("words", "times", "words"), *words("words", "times", "units"), *words("words", "times", "first")]
    return frozenset(phrase.split()[0].strip(".-") for phrase in phrases)


def may_open_date(word: str) -> bool:
    """Whether a time can begin with this word: a quick look, to spare reading what is none."""
    if any(map(str.isdigit, word)):
        return True
    first = re.split(r"[-/]", fold(word).strip("()[],.:;"))[0].strip(".")
    return first in _first_words() or first.startswith("d'")


def read_date(text: str) -> ReadDate | None:
    """The time, where the whole text is one; None where it is not."""
    return _read_short(text) if len(text) <= LONGEST_KEPT else None


@lru_cache(maxsize=20_000)
def _read_short(text: str) -> ReadDate | None:
    printed = " ".join(text.split()).strip(" ;,")
    folded = fold(printed).strip("()[]").rstrip(". ").strip()
    if not folded or len(folded) > 60:
        return None
    return _read(printed, folded)


def says_none(text: str) -> bool:
    """Whether words in a time column say that there is no date: ongoing, to be confirmed, not applicable."""
    return fold(text).strip("()[]. -") in word_set("words", "times", "none")


def _read(printed: str, folded: str) -> ReadDate | None:
    span = _span(folded)
    if span:
        return ReadDate(printed, *span, is_range=_years_apart(folded, span))
    if folded in word_set("words", "times", "words") or _counted(folded):
        return ReadDate(printed)
    if not any(letter.isdigit() for letter in folded):
        return _opened(printed, folded)
    ranged = _range(printed, folded)
    return ranged or _opened(printed, folded)


def _opened(printed: str, folded: str) -> ReadDate | None:
    """A time after a word that bounds it, such as by or from."""
    for opening, bound in _openings():
        rest = _after(folded, opening)
        if rest:
            inner = _read(printed, rest)
            if inner and (inner.first or bound):
                return replace(inner, bound=inner.bound or bound)
    return None


def _after(folded: str, opening: str) -> str:
    if not folded.startswith(opening):
        return ""
    rest = folded[len(opening) :]
    return rest.lstrip(" :-,") if rest[:1] in " :-," or opening[-1] == "'" else ""


def _span(folded: str) -> Span | None:
    tidy = re.sub(r"\s*([-/])\s*", r"\1", folded)
    for form in (folded, tidy):
        for pattern, reader in _patterns():
            matched = pattern.match(form)
            if matched:
                try:
                    return reader(matched)
                except ValueError:
                    return None
    return None


_BETWEEN = (" - ", "-", " to ", " until ", " a ", " au ", " through ", " and ", " / ", " jusqu'a ", " jusqu'en ")


def _range(printed: str, folded: str) -> ReadDate | None:
    """Two times with a dash or a word between them; the first may leave its year to the second."""
    for between in _BETWEEN:
        left, found, right = folded.partition(between)
        if not found:
            continue
        last = _span(right.strip())
        first = _span(_without_opening(left)) or (_span(f"{_without_opening(left)} {last[1].year}") if last else None)
        if first and last and first[0] <= last[1]:
            return ReadDate(printed, first[0], last[1], is_range=True)
        if first and right.strip() in {"present", "ongoing", "continuing", "aujourd'hui", "date"}:
            return ReadDate(printed, first[0], None, "start")
    return None


def _without_opening(left: str) -> str:
    return re.sub(r"^(?:from|between|de|du|entre)\s+", "", left).strip()


def _counted(folded: str) -> bool:
    """Years 1-3, within 12 months, phase 2."""
    return any(pattern.fullmatch(folded) for pattern in _counts())


@cache
def _counts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    units = "|".join(words("words", "times", "units"))
    numbers = r"(?:\d+|one|two|three|six|twelve)(?:\s*(?:-|to|a)\s*\d+)?"
    return (
        re.compile(rf"(?:within |in |dans (?:les )?)?{numbers} (?:{units})"),
        re.compile(rf"(?:{units}) \d(?:\s*(?:-|to|a|,|and|&|et)\s*\d)*"),
    )


def _years_apart(folded: str, span: Span) -> bool:
    return (span[1] - span[0]).days > 366 and not folded.startswith(("q", "t"))


def _full_year(shown: str, first: int) -> int:
    return int(shown) if len(shown) == 4 else first // 100 * 100 + int(shown)


def _year_pair(found: re.Match[str]) -> Span | None:
    """2012/13 is a fiscal year; 2019-2024 the years from the first to the last; 2024-09 a month (ISO 8601)."""
    first = int(found["y"])
    second = _full_year(found["z"], first)
    if second == first + 1:
        return date(first, 4, 1), date(second, 3, 31)
    if len(found["z"]) == 2 and second <= first and 1 <= int(found["z"]) <= 12:
        return _month_span(first, int(found["z"]), 1)
    return (date(first, 1, 1), date(second, 12, 31)) if first < second < first + 30 else None


def _fiscal_end(found: re.Match[str]) -> Span:
    """A fiscal year named by one number is named by the year in which it ends."""
    end = _full_year(found["z"], 2000)
    return date(end - 1, 4, 1), date(end, 3, 31)


def _year(found: re.Match[str]) -> Span:
    return date(int(found["y"]), 1, 1), date(int(found["y"]), 12, 31)


def _month_span(year: int, first: int, count: int) -> Span:
    last = first + count - 1
    year_last, month_last = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, first, 1), date(year_last, month_last, monthrange(year_last, month_last)[1])


def _month(found: re.Match[str]) -> Span:
    groups = found.groupdict()
    year = int(groups["y"]) if groups.get("y") else 2000 + int(found["yy"])
    month = _months()[groups["m"]] if groups.get("m") else int(found["n"])
    return _month_span(year, month, 1)


def _day(found: re.Match[str]) -> Span:
    groups = found.groupdict()
    month = _months()[groups["m"]] if groups.get("m") else int(found["n"])
    day = date(int(found["y"]), month, int(found["d"]))
    return day, day


def _day_numbers(found: re.Match[str]) -> Span:
    """Day before month, unless only the other order is a date."""
    first, second = int(found["d"]), int(found["n"])
    day, month = (second, first) if second > 12 else (first, second)
    when = date(int(found["y"]), month, day)
    return when, when


_ORDINALS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "first": 1,
    "1": 1,
    "premier": 1,
    "second": 2,
    "2": 2,
    "deuxieme": 2,
    "third": 3,
    "troisieme": 3,
    "fourth": 4,
    "quatrieme": 4,
    "3": 3,
    "4": 4,
}


def _quarter(found: re.Match[str]) -> Span:
    groups = found.groupdict()
    ordinal = groups.get("o") or ""
    place = int(groups["q"]) if groups.get("q") else _ORDINALS.get(ordinal, _ORDINALS.get(ordinal[:1], 4))
    year = int(groups["y"])
    second = groups.get("z")
    if second and _full_year(second, year) == year + 1:
        begins = date(year, 4, 1) + timedelta(days=92 * (place - 1))
        return _month_span(begins.year, (3 + 3 * (place - 1)) % 12 + 1, 3)
    return _month_span(year, 3 * (place - 1) + 1, 3)


def _season(found: re.Match[str]) -> Span:
    year, month = int(found["y"]), _seasons()[found["s"]]
    return _month_span(_full_year(found["z"], year) if found["z"] and month == 1 else year, month, 3)


def _half(found: re.Match[str]) -> Span:
    return _month_span(int(found["y"]), 1 if found["h"] in {"first", "1"} else 7, 6)
