"""What is wrong with what somebody wrote into the form of a service, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from palermo.foundation.money import written_number
from palermo.protection.directory.entry.values import AGES, HOURS, PHONES, SHORT, TEXTS, Value, Values, week_said
from palermo.protection.directory.entry.week import NOTE, spans_said
from palermo.protection.directory.hsds.written_hours import DAYS

LONGEST_LINE, LONGEST_TEXT = 300, 20_000
"""Characters."""
OLDEST = 120
Faults = Iterator[tuple[str, str]]
"""The field where it stands, and what is wrong in the reader's words."""


def faults(name: str, mine: Values, rows: Sequence[int]) -> Faults:
    """What is wrong with one field that was changed; `rows` are those of the form in which telephones stand."""
    said = mine[name]
    bare, _under, language = name.rpartition("_")
    if bare in TEXTS and language in {"en", "fr"}:
        yield from _too_long(name, str(said), LONGEST_LINE if bare in SHORT else LONGEST_TEXT)
    elif name in AGES:
        yield from _age(name, mine)
    elif name == PHONES:
        yield from _phones(said, rows)
    elif name == HOURS:
        yield from _hours(said)
    elif name == "email" and said:
        yield from _held(name, str(said), validate_email, _("Write an address such as help@example.org."))
    elif name == "url" and said:
        is_web = URLValidator(schemes=["http", "https"])
        yield from _held(name, str(said), is_web, _("Write the address of a page, such as https://example.org."))


def _held(name: str, said: str, against: Callable[[str], object], words: str) -> Faults:
    try:
        against(said)
    except ValidationError:
        yield name, words


def _too_long(name: str, said: str, longest: int) -> Faults:
    if len(said) > longest:
        yield name, _("Write at most %(number)s characters.") % {"number": written_number(longest)}


def _age(name: str, mine: Values) -> Faults:
    youngest, oldest = (_years(str(mine[one])) for one in AGES)
    years = youngest if name == AGES[0] else oldest
    if mine[name] and (years is None or not 0 <= years <= OLDEST):
        yield name, _("Write an age in years, such as 18.")
    elif youngest is not None and oldest is not None and youngest > oldest:
        yield name, _("The youngest age is above the oldest one.")


def _years(said: str) -> float | None:
    try:
        return float(said.replace(",", "."))
    except ValueError:
        return None


def _phones(said: Value, rows: Sequence[int]) -> Faults:
    for place, row in zip(rows, said, strict=True):
        _key, number, english, french = row
        field = f"phone_{place}_number"
        if not number:
            yield field, _("Write the number of “%(words)s”, or take these words away.") % {"words": english or french}
        elif not any(letter.isdigit() for letter in number):
            yield field, _("This is no telephone number.")
        for text in (number, english, french):
            yield from _too_long(field, text, LONGEST_LINE)


def _hours(said: Value) -> Faults:
    week = week_said(said) or {}
    for day in DAYS:
        if spans_said(week.get(day, "")) is None:
            yield f"hours_{day}", _("Write hours such as 09:00-17:00, 18:00-20:00, or 24h for day and night.")
    for language in ("en", "fr"):
        yield from _too_long(f"hours_{NOTE}_{language}", week.get(f"{NOTE}_{language}", ""), LONGEST_LINE)
