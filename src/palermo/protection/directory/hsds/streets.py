"""Houses that a text names in passing: a civic number and a street that is called one, in either language."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BEGINS = (
    "rue|avenue|ave|av|boulevard|boul|blvd|bd|chemin|ch|place|pl|rang|allee|montee|impasse|ruelle|promenade|prom|"
    "terrasse|croissant|square|quai|sentier"
)
"""What a French street is called before its name."""
_OF = "de|du|des|d|la|les|le|l|aux|au|a"
BEFORE_NAMES = frozenset(f"{_BEGINS}|{_OF}".split("|"))
"""That, and what joins it to the name."""
_ENDS = (
    r"street|st(?!\W{1,3}[^\W_]+\W{1,3}(?:street|avenue|road|lane|drive)\b)|avenue|ave|av|road|rd|lane|ln|drive|dr|boulevard|blvd|boul|court|crt|ct|crescent|cres|way|place|pl|"
    "terrace|terr|trail|parkway|pkwy|highway|hwy|square|sq|grove|gardens|mews|sideroad|rue|rang"
)
"""What an English street is called behind its name, but no saint in it, and a French one with a number: “5e Rue”."""
_NO_NAMES = (
    "at|in|on|to|of|off|from|by|for|and|or|with|near|is|are|an?|the|our|your|their|its|this|"
    "de|du|des|la|le|les|et|ou|pour|par|sur|dans|aux?|notre|nos|votre|vos"
)
"""They stand in no name of a street, but between what is counted and a street: “5 minutes from Main Street”."""
_COUNTED = (
    "hours?|hrs?|days?|weeks?|months?|years?|minutes?|mins?|kms?|met(?:er|re)s?|blocks?|stops?|steps?|beds?|bedrooms?|"
    "rooms?|units?|spaces?|women|wom[ae]ns?|men|people|persons?|families|children|youths?|adults?|staff|spirit|am|pm|"
    "more|other|full|part|time|free|safe|private|social|support|crisis|emergency|annual|heures?|jours?|lits?|chambres?"
)
"""What stands behind a number that is no house: “a 24 hour safe place”."""
_NUMBER = r"(?<![^\W_])(?<!\d[:./])(\d{1,6})(?:[ -]?[a-z](?![^\W_]))?"
_BETWEEN = r"(?:_|[^\w,;:()]){1,3}"
_IN_ORDER = r"\d+(?:st|nd|rd|th|re|er|e|i?eme)(?![^\W_])"
_WORD = r"[^\W\d_][^\W_]*"
_WIND = r"(?:[\s.]{1,2}(?:north|south|east|west|nord|sud|est|ouest|[nsewo]|[ns][ewo])(?![^\W_]|-))?"
_ENGLISH = re.compile(
    rf"{_NUMBER}(?:,\s*|{_BETWEEN})(?!(?:{_COUNTED}|{_BEGINS})(?![^\W_]))"
    rf"(?:(?!(?:{_NO_NAMES})(?![^\W_]))(?:{_IN_ORDER}|{_WORD}){_BETWEEN}){{1,4}}?(?:{_ENDS})(?![^\W_]){_WIND}"
)
_FRENCH = re.compile(
    rf"{_NUMBER}(?:,\s*|{_BETWEEN})(?!(?<!\d\d\W)(?<=[01]\W)place)(?:{_BEGINS})(?![^\W_]){_BETWEEN}"
    rf"(?:(?:{_OF}){_BETWEEN})*(?:(?:saint|ste?|vieux|vieille|grande?|petite?)s?e?{_BETWEEN})*"
    rf"[^\W_]+(?:-[^\W_]+)*(?:\s(?:nord|sud|ouest)(?![^\W_]))?"
)
_OF_COUNTRY = re.compile(rf"{_NUMBER}(?:,\s*|{_BETWEEN})(?:route|rte|highway|hwy)\.?\s*\d+(?![^\W_])")
_RIDES = re.compile(
    r"(?<!\d )\b(?:bus|autobus|route|rte|line|ligne|circuit|exit|sortie|highway|hwy|autoroute|tram|train)\s*"
    r"(?:n[o°]\.?|#)?\s*\d+[a-z]?\b"
)
"""A number that is that of a bus or of a road."""


def english_houses(text: str) -> Iterator[str]:
    """Houses as English writes them, so that they have an end: “12 Quiet Lane”. The text is in small letters."""
    yield from (found[0] for found in _ENGLISH.finditer(text))


def houses(text: str) -> Iterator[str]:
    """Houses as either language writes them; of a French street the first word of its name counts."""
    text = _RIDES.sub(" ", text)
    yield from english_houses(text)
    for pattern in (_FRENCH, _OF_COUNTRY):
        yield from (found[0] for found in pattern.finditer(text))
