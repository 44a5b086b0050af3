"""For whom a service is, and in which languages: as short marks by which services can be looked through.

A mark stands for what an entry says. What it does not say keeps nobody out: a service that names no genders is for
everybody. Only a language, and who leads it or that immigration status does not matter, has to be said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from palermo.protection.directory.hsds.confidential import plain
from palermo.protection.directory.hsds.json_values import Json

GENDERS = ("women", "men", "two-spirit", "trans", "non-binary")
"""The genders of the Canadian profile."""
ADULT = 18
"""The age from which somebody is no longer a child (Convention on the Rights of the Child, article 1)."""
_REGIONAL = re.compile(r"\s*([a-z]{2,3})[-_][a-z0-9_-]+\s*", re.IGNORECASE)
"""The code of a language with what follows it in a language tag: its script or region, as in fr-CA (BCP 47)."""
_BETWEEN = re.compile(r"[,;/&()+|]|\s(?:and|et|or|ou)\s", re.IGNORECASE)
"""What stands between several languages that are written as the name of one."""
_BOTH = {"bilingual": ("en", "fr"), "bilingue": ("en", "fr")}
"""Words that mean both official languages."""
_FILE = Path(__file__).resolve().parents[1] / "data" / "languages.json"


@dataclass(frozen=True)
class Wish:
    """What a service has to fit: nothing of it is asked of anybody, and all of it may be left empty."""

    language: str = ""
    """A code of `languages`."""
    gender: str = ""
    """One of `GENDERS`."""
    is_minor: bool = False
    has_children: bool = False
    indigenous_led: bool = False
    any_status: bool = False
    """Whether it has to say that immigration status does not matter."""
    open_now: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether every service fits it."""
        return self == Wish()

    @property
    def wanted(self) -> list[str]:
        """The marks that a service must have."""
        spoken = [f"speaks:{self.language}"] * bool(self.language)
        return spoken + ["indigenous-led"] * self.indigenous_led + ["any-status"] * self.any_status

    @property
    def unwanted(self) -> list[str]:
        """The marks that a service must not have."""
        refused = [f"not:{self.gender}"] * bool(self.gender)
        return refused + ["not:minors"] * self.is_minor + ["not:children"] * self.has_children


def marks_of(service: Mapping[str, Json], *others: Mapping[str, Json]) -> list[str]:
    """The marks of a service; languages may also be said by `others`, such as the place where it is given."""
    spoken = {code for one in (service, *others) for code in _codes(one)}
    marks = [f"speaks:{code}" for code in sorted(spoken)]
    said = service.get("genders")
    taken = said if isinstance(said, list) else []
    if taken:
        marks += [f"not:{gender}" for gender in GENDERS if gender not in taken]
    youngest = service.get("minimum_age")
    if isinstance(youngest, int | float) and youngest >= ADULT:
        marks.append("not:minors")
    if service.get("takes_children") is False:
        marks.append("not:children")
    if service.get("indigenous_led") is True:
        marks.append("indigenous-led")
    if service.get("any_immigration_status") is True:
        marks.append("any-status")
    return marks


@cache
def languages() -> list[dict[str, str]]:
    """The languages that can be asked for: a code and the name of each in both languages."""
    return [{name: one[name] for name in ("code", "name", "name_fr")} for one in _said()]


@cache
def language_names() -> dict[str, dict[str, str]]:
    """The same languages by their codes."""
    return {one["code"]: one for one in languages()}


@lru_cache(maxsize=1_000)
def language_code(said: str) -> str:
    """The code of a language by its code or name in either language; empty where it is none of those known."""
    regional = _REGIONAL.fullmatch(said)
    return _known().get(plain(said), "") or (_known().get(regional[1].lower(), "") if regional else "")


@lru_cache(maxsize=1_000)
def _codes_in(said: str) -> tuple[str, ...]:
    """The codes of the languages that are written in the place of one, such as “English and French”."""
    if code := language_code(said):
        return (code,)
    found = (_BOTH.get(plain(part), (language_code(part),)) for part in _BETWEEN.split(said))
    return tuple(code for codes in found for code in codes if code)


def _codes(said: Mapping[str, Json]) -> Iterator[str]:
    found = said.get("languages")
    entries: Sequence[Json] = found if isinstance(found, list) else []
    for one in entries:
        if isinstance(one, Mapping):
            names = (str(one.get(name) or "") for name in ("code", "name", "name_fr"))
            yield from next((codes for name in names if (codes := _codes_in(name))), ())


@cache
def _known() -> dict[str, str]:
    """Codes by every way in which a language is written, as `plain` writes it."""
    return {
        plain(name): one["code"]
        for one in _said()
        for name in (one["code"], one["name"], one["name_fr"], *one["others"])
    }


@cache
def _said() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found
