"""The provinces and territories by the names that people write."""

from __future__ import annotations

from palermo.foundation.search import folded

_NAMES = {
    "AB": "Alberta, Alta., Alb.",
    "BC": "British Columbia, Colombie-Britannique, C.-B.",
    "MB": "Manitoba, Man.",
    "NB": "New Brunswick, Nouveau-Brunswick, N.-B.",
    "NL": "Newfoundland and Labrador, Newfoundland & Labrador, Newfoundland, Labrador, Nfld., Terre-Neuve-et-Labrador,"
    " Terre-Neuve, T.-N.-L.",
    "NS": "Nova Scotia, Nouvelle-Écosse, N.-É.",
    "NT": "Northwest Territories, Northwest Territory, NWT, Territoires du Nord-Ouest, T.N.-O.",
    "NU": "Nunavut, Nunavut Territory, Territoire du Nunavut",
    "ON": "Ontario, Ont.",
    "PE": "Prince Edward Island, PEI, Île-du-Prince-Édouard, Î.-P.-É.",
    "QC": "Quebec, Que., P.Q.",
    "SK": "Saskatchewan, Sask.",
    "YT": "Yukon, Yukon Territory, Territoire du Yukon",
}
"""How each is written, besides by its postal abbreviation."""


def _plain(text: str) -> str:
    """A text as names are compared: its letters alone, without accents and capitals."""
    return "".join(filter(str.isalnum, folded(text)))


BY_NAME = {_plain(name): short for short, names in _NAMES.items() for name in (short, *names.split(","))}
"""The postal abbreviations by all these names, as they are compared."""


def province_of(written: str) -> str:
    """The postal abbreviation of a province or territory however it is written; empty where it is none."""
    return BY_NAME.get(_plain(written), "")
