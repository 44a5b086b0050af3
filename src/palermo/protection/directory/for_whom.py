"""For whom a service is and who helps there: sentences of what it says in fields, beside what it says in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from palermo.foundation.bilingual import reader_language
from palermo.foundation.money import written_number
from palermo.foundation.search import folded
from palermo.protection.directory.hsds.fitting import GENDERS
from palermo.protection.directory.hsds.json_values import Json

_NO_LIMIT = 99
"""Some directories write so high an age, or a higher one, for none."""
_SPAN = r"\b{0}\s?(?:-|\N{{EN DASH}}|to|a)\s?{1}\b"
_FROM = r"\b{0}\s?(?:\+|(?:years\s|ans\s)?(?:and|or|et|ou)\s(?:over|older|up|plus)\b)"
_UP_TO = r"\b(?:up\sto|jusqu.a)\s{0}\b"
"""Ages as people write them, in small letters and without accents."""


def for_whom(said: Mapping[str, Json], words: str) -> str:
    """Of which genders, ages and immigration status people may come, and whether children may; empty where unsaid.

    Genders and ages that clearly stand in `words`, which are shown beside it, are not said again. What is not clear is
    said twice rather than not at all.
    """
    return " ".join(f"{part}." for part in _parts(said, folded(words)))


def _parts(said: Mapping[str, Json], words: str) -> Iterator[str]:
    genders, takes_children = said.get("genders"), said.get("takes_children")
    if found := _genders(genders if isinstance(genders, list) else [], words):
        yield found
    if found := _ages(_age(said.get("minimum_age")), _age(said.get("maximum_age")), words):
        yield found
    if isinstance(takes_children, bool):
        yield _("Children can come along") if takes_children else _("Children cannot come along")
    any_status = said.get("any_immigration_status")
    if isinstance(any_status, bool):
        yield (
            _("Immigration status does not matter")
            if any_status
            else _("Immigration status may matter: ask before you come")
        )


def who_helps(said: Mapping[str, Json]) -> str:
    """Who leads it, and what those who work there have learned; empty where nothing is said of it."""
    marks = {
        "indigenous_led": _("Led by Indigenous people"),
        "community_led": _("Led by the community that it is for"),
        "survivor_led": _("Led by people who were trafficked themselves"),
        "trauma_informed": _("The people there are trained in what trauma does"),
    }
    return " ".join(f"{words}." for name, words in marks.items() if said.get(name) is True)


def _genders(named: list[Json], words: str) -> str:
    """Those who may come, such as “Women and trans people”."""
    labels = {
        "women": _("women"),
        "men": _("men"),
        "two-spirit": pgettext("several", "Two-Spirit people"),
        "trans": _("trans people"),
        "non-binary": _("non-binary people"),
    }
    taken = [one for one in GENDERS if one in named]
    if taken == [one for one in GENDERS if re.search(rf"\b{re.escape(folded(labels[one]))}\b", words)]:
        return ""
    found = str(format_list([labels[one] for one in taken], locale={"en": "en_CA", "fr": "fr_CA"}[reader_language()]))
    return found[:1].upper() + found[1:]


def _age(said: Json) -> float | None:
    return said if isinstance(said, int | float) and 0 < said < _NO_LIMIT else None


def _ages(youngest: float | None, oldest: float | None, words: str) -> str:
    """How old people may be; `_SPAN` and the others find the same in words."""
    ages = {name: _written(age) for name, age in (("youngest", youngest), ("oldest", oldest)) if age is not None}
    if len(ages) > 1:
        pattern, found = _SPAN, _("Ages %(youngest)s to %(oldest)s") % ages
    elif youngest is not None:
        pattern, found = _FROM, _("%(youngest)s and over") % ages
    elif oldest is not None:
        pattern, found = _UP_TO, _("Up to %(oldest)s") % ages
    else:
        return ""
    return "" if re.search(pattern.format(*map(re.escape, ages.values())), words) else found


def _written(age: float) -> str:
    return written_number(int(age)) if age == int(age) else written_number(Decimal(str(age)))
