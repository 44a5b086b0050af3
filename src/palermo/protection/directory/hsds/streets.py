"""Houses that a text names in passing: a civic number and a street that is called one, in either language."""

from __future__ import annotations

import re
from collections.abc import Iterator

BEGINS = (
    "rue|avenue|ave|av|boulevard|boul|blvd|bd|chemin|chem|ch|place|pl|rang|rg|allee|montee|impasse|ruelle|promenade|prom|"
    "terrasse|croissant|square|quai|sentier"
)
"""What a French street is called before its name."""
_OF = "de|du|des|d|la|les|le|l|aux|au|a"
BEFORE_NAMES = frozenset(f"{BEGINS}|{_OF}".split("|"))
"""That, and what joins it to the name."""
_ENDS = (
    r"street|st(?!\W{1,3}[^\W_]+\W{1,3}(?:street|avenue|road|lane|drive)\b)|avenue|ave|av|road|rd|lane|ln|drive|dr|boulevard|blvd|boul|court|crt|ct|crescent|cres|way|place|pl|"
    "terrace|terr|trail|trl|parkway|pkwy|pky|highway|hwy|square|sq|grove|gardens|mews|sideroad|circle|str|cr|rue|rang|rg"
)
"""What an English street is called behind its name, but no saint in it, and a French one with a number: “5e Rue”."""
_NO_NAMES = (
    "at|in|on|to|of|off|from|by|for|and|or|with|near|is|are|an?|the|our|your|their|its|this|"
    "de|du|des|la|le|les|et|ou|pour|par|sur|dans|aux?|notre|nos|votre|vos|bis|ter"
)
"""They stand in no name of a street, but between what is counted and a street: “5 minutes from Main Street”."""
_COUNTED = (
    "hours?|hrs?|days?|weeks?|months?|years?|minutes?|mins?|kms?|met(?:er|re)s?|blocks?|stops?|steps?|beds?|bedrooms?|"
    "rooms?|units?|spaces?|women|wom[ae]ns?|men|people|persons?|families|children|youths?|adults?|staff|spirit|am|pm|"
    "more|other|full|part|time|free|safe|private|social|support|crisis|emergency|annual|heures?|jours?|lits?|chambres?"
)
"""What stands behind a number that is no house: “a 24 hour safe place”."""
_NUMBER = r"(?<![^\W_])(?<!\d[:./])(\d{1,6})(?:\s?-?\s?[13]/[24](?!\d)|[ -]?(?:[a-z]|bis|ter)(?![^\W_]))?"
_BETWEEN = r"(?:_|[^\w,;:()]){1,3}"
_IN_ORDER = r"\d+(?:st|nd|rd|th|re|er|e|i?eme)(?![^\W_])"
_WORD = r"[^\W\d_][^\W_]*"
_WIND = r"(?:[\s.]{1,2}(?:north|south|east|west|nord|sud|est|ouest|[ns]\.?[ewo]|[nsewo])(?![^\W_]|-))?"
_ENGLISH = re.compile(
    rf"{_NUMBER}(?:,\s*|{_BETWEEN})(?!(?:{_COUNTED}|{BEGINS})(?![^\W_]))"
    rf"(?:(?!(?:{_NO_NAMES})(?![^\W_]))(?:{_IN_ORDER}|{_WORD}){_BETWEEN}){{1,4}}?(?:{_ENDS})(?![^\W_]){_WIND}"
)
_FRENCH = re.compile(
    rf"{_NUMBER}(?:,\s*|{_BETWEEN})(?!(?<!\d\d\W)(?<=[01]\W)place)(?:{BEGINS})(?![^\W_]){_BETWEEN}"
    rf"(?:(?:{_OF}){_BETWEEN})*(?:(?:saint|ste?|vieux|vieille|grande?|petite?)s?e?{_BETWEEN})*"
    rf"(?!(?:nord|sud|est|ouest|[nsewo]|[ns][ewo])(?![^\W_]))[^\W_]+(?:-[^\W_]+)*(?:\s(?:nord|sud|ouest)(?![^\W_]))?"
)
_KINDS = (
    "street|str|avenue|ave|av|road|drive|dr|lane|ln|crescent|cres|place|court|trail|sideroad|line|rue|rang|rg|ligne"
)
_BY_NUMBER = re.compile(
    rf"{_NUMBER}(?:,\s*|{_BETWEEN})(?:n(?:o|umber)\.?\s*)?\d{{1,3}}(?:\s?[a-z])?"
    rf"(?:(st|nd|rd|th|re|ere|er|e|i?eme)?[\s.-]{{1,3}}(?:{_KINDS}|st|rd)|(?:{_KINDS}|(?<!1)st|(?<!3)rd))"
    rf"(?![^\W_])(?!\W{{1,2}}(?:street|avenue|road)(?![^\W_])){_WIND}"
)
"""A street that is called by a number: “5012 - 50 Street NW”."""
_LONGEST_UNIT = 2
_NAME = re.compile(
    r"(?<!street)(?<!road)\.?\W{1,2}(?!(?:at|in|on|to|of|near|is|are|and|or|with|the|our)(?![^\W_]))[^\W\d_]{2}"
)
"""It goes on behind the kind of street."""
_OF_COUNTRY = re.compile(
    rf"{_NUMBER}(?:,\s*|{_BETWEEN})(?:(?:range|rge|township|twp|county|cty|regional|concession|grid|municipal|mun|side|"
    r"secondary|provincial|trunk)\.?\s){0,2}(?:route|rte|highway|hwy|road|rd|concession|line|sideroad|rr)\.?"
    r"\s*#?\s*\d+(?![^\W_])"
)
_RIDES = re.compile(
    r"(?<!\d )(?<!\d, )\b(?:bus|autobus|route|rte|line|ligne|circuit|exit|sortie|highway|hwy|autoroute|tram|train)\s*"
    r"(?:n[o°]\.?|#)?\s*\d+[a-z]?\b"
)
"""A number that is that of a bus or of a road."""


_CALLED = re.compile(
    rf"\W*(?:(?:{BEGINS})(?![^\W_]).+|.*(?<![^\W\d_])(?:{_ENDS})\W*{_WIND}\W*|.*[^\W\d_]{{2}}\d+[a-z]?{_WIND}\W*)"
)


def is_called_street(said: str) -> bool:
    """Whether a text is the name of a street that is called one, in either language, or by its number."""
    return _CALLED.fullmatch(said) is not None


def english_houses(text: str) -> Iterator[str]:
    """Houses as English writes them, so that they have an end: “12 Quiet Lane”. The text is in small letters."""
    yield from (found[0] for found in _english(text))


def _english(text: str) -> Iterator[re.Match[str]]:
    yield from _ENGLISH.finditer(text)
    for found in _BY_NUMBER.finditer(text):
        # “3-12 rue Calme” is a unit and a house, of which “312 rue” would be that of many a street.
        if len(found[1]) > _LONGEST_UNIT or found[2] or not _NAME.match(text, found.end()):
            yield found


def houses(text: str) -> Iterator[str]:
    """Houses as either language writes them; of a French street the first word of its name counts."""
    text = _RIDES.sub(" ", text)
    country = {found.start(): found[0] for found in _OF_COUNTRY.finditer(text)}
    # “24215 Range Road” is no house without the number of the road.
    yield from (found[0] for found in _english(text) if len(found[0]) >= len(country.get(found.start(), "")))
    yield from (found[0] for found in _FRENCH.finditer(text))
    yield from country.values()
