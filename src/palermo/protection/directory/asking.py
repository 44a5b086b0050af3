"""What somebody asks the finder for: read from a form, and handed on to the next one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils.translation import gettext as _

from palermo.foundation.bilingual import Language, choose, reader_language
from palermo.foundation.search import folded
from palermo.protection.directory.hsds import fitting
from palermo.protection.directory.hsds.fitting import GENDERS, Wish
from palermo.protection.directory.hsds.places import Place

_FLAGS = {
    "minor": "is_minor",
    "children": "has_children",
    "indigenous": "indigenous_led",
    "status": "any_status",
    "open": "open_now",
}
"""What can be ticked, by its name in the form."""
ASKED = frozenset({"need", "say", "place", "anywhere", "meant", "language", "gender", "more", *_FLAGS})
"""Everything that a search consists of, by its name in the form."""


def wish_of(said: Mapping[str, str]) -> Wish:
    """What a service has to fit; what nobody can choose is left out."""
    language, gender = said.get("language", ""), said.get("gender", "")
    return Wish(
        language=language if language in {one["code"] for one in fitting.languages()} else "",
        gender=gender if gender in GENDERS else "",
        **{attribute: bool(said.get(name)) for name, attribute in _FLAGS.items()},
    )


def kept(wish: Wish) -> list[tuple[str, str]]:
    """The fields by which the same is asked for again."""
    texts = [("language", wish.language), ("gender", wish.gender)]
    ticked = [(name, "1") for name, attribute in _FLAGS.items() if getattr(wish, attribute)]
    return [(name, value) for name, value in texts if value] + ticked


def where_of(said: str, chosen: Place | None) -> list[tuple[str, str]]:
    """The fields by which the same place is meant again."""
    return [("place", said), ("meant", chosen.label)] if chosen else [("anywhere", "1")]


def languages() -> list[tuple[str, str]]:
    """The languages that can be asked for, in the order of the reader's alphabet."""
    return _languages(reader_language())


@cache
def _languages(language: Language) -> list[tuple[str, str]]:
    found = [(one["code"], choose(one["name"], one["name_fr"], language).text) for one in fitting.languages()]
    return sorted(found, key=lambda one: folded(one[1]))


def genders() -> list[tuple[str, str]]:
    """For whom help can be asked for."""
    return [
        ("women", _("A woman")),
        ("men", _("A man")),
        ("two-spirit", _("A Two-Spirit person")),
        ("trans", _("A trans person")),
        ("non-binary", _("A non-binary person")),
    ]
