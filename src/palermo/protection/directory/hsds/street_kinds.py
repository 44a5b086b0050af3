"""What streets are called, in full and for short, in both languages: Canada Post's table, and what people write.

All is written as `plain` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of street: what it is called behind its name, and before it."""

    behind: tuple[str, ...]
    before: tuple[str, ...]


_KINDS = """
street st str rue | rue
avenue ave av | avenue ave av
boulevard blvd boul bd bl | boulevard boul blvd bd bl
road rd | chemin ch chem
drive dr drv | promenade prom
lane ln | ruelle rle
alley aly | ruelle rle allee
court crt ct | cour
crescent cres cr crs | croissant crois
place pl | place pl
plaza plz | place pl
square sq | square sq carre car
terrace terr ter tce | terrasse tsse terr
parkway pky pkwy pkway | promenade prom
trail trl tr | sentier sent piste
path pathway ptway | sentier sent
way wy | voie
circle cir circ | cercle cerc
circuit circt | circuit circt
close cl |
cove cv | anse
crossing cross xing | traverse
esplanade espl | esplanade espl
expressway expy |
extension exten ext |
freeway fwy |
gardens gdns garden gdn | jardins jardin
gate gt |
grove grv |
heights hts |
hill | cote
landing landng ldg |
line | ligne
loop |
manor mnr |
mews |
parade |
park pk | parc
passage pass | passage pass
point pt | pointe pte
private pvt |
promenade prom | promenade prom
ridge rdg |
row |
townline tline |
view |
village villge | village
walk | allee
wharf | quai
rang rg range | rang rg
concession conc con | concession conc con
| montee mtee mte
| cote cte
| allee all
| impasse imp
| rondpoint rdpt
| echangeur ech
sideroad sdrd siderd | sideroad sdrd
| highway hwy hy route rte rt autoroute aut
| rangeroad rangerd rgerd rgrd rr
| townshiproad townshiprd twproad twprd
| countyroad countyrd ctyroad ctyrd cord
"""
_PARTED = [[tuple(part.split()) for part in line.split("|")] for line in _KINDS.split("\n") if line]
KINDS = tuple(Kind(behind, before) for behind, before in _PARTED)
COMMON = KINDS[:5]
"""Those that a street may be where nobody says its kind."""
BEHIND = frozenset(word for kind in KINDS for word in kind.behind)
BEFORE = frozenset(word for kind in KINDS for word in kind.before)

_UP = (("north", "n", "nord"), ("south", "s", "sud"))
_ALONG = (("east", "e", "est"), ("west", "w", "ouest", "o"))
_PURE: list[list[tuple[str, ...]]] = [[(word,) for word in words] for words in (*_UP, *_ALONG)]
_BETWEEN: list[list[tuple[str, ...]]] = [list(product(up, along)) for up in _UP for along in _ALONG]


def _pattern(winds: Iterable[tuple[str, ...]]) -> re.Pattern[str]:
    written = "|".join(r"\W?".join(words) for words in winds)
    return re.compile(rf"\W{{0,3}}(?:{written})(?![^\W_])", re.IGNORECASE)


WINDS = {"".join(words): pattern for winds in (*_PURE, *_BETWEEN) for pattern in [_pattern(winds)] for words in winds}
"""Each direction with the ways to write it behind a street."""

_SHORT = (
    *(("saint", "st"), ("sainte", "ste"), ("mount", "mt"), ("fort", "ft"), ("doctor", "docteur", "dr")),
    *(("junior", "jr"), ("senior", "sr"), ("captain", "capt"), ("colonel", "col"), ("general", "gen")),
)
SHORT = {word: words for words in _SHORT for word in words}
"""Words of names with the ways to write them."""

_IN_ENGLISH = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
_TENS_IN_ENGLISH = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
_IN_FRENCH = (
    *("premiere", "deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme", "huitieme", "neuvieme"),
    *("dixieme", "onzieme", "douzieme", "treizieme", "quatorzieme", "quinzieme", "seizieme"),
    *("dixseptieme", "dixhuitieme", "dixneuvieme"),
)
_TENS_IN_FRENCH = ("vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatrevingt", "quatrevingt")


def _in_english(number: int) -> str:
    if number < 20:
        return _IN_ENGLISH[number - 1]
    ten, one = _TENS_IN_ENGLISH[number // 10 - 2], number % 10
    return f"{ten}y{_IN_ENGLISH[one - 1]}" if one else f"{ten}ieth"


def _in_french(number: int) -> str:
    if number < 20:
        return _IN_FRENCH[number - 1]
    ten = _TENS_IN_FRENCH[number // 10 - 2]
    one = number % 20 if number >= 60 else number % 10
    if not one:
        return f"{ten.removesuffix('e')}ieme"
    joined = "et" if one in {1, 11} and number < 80 else ""
    return ten + joined + ("unieme" if one == 1 else _IN_FRENCH[one - 1])


_WORDS: dict[int, tuple[str, ...]] = {number: (_in_english(number), _in_french(number)) for number in range(1, 100)}
_WORDS |= {1: (*_WORDS[1], "premier"), 2: (*_WORDS[2], "seconde")}
NUMBER_OF = {word: number for number, words in _WORDS.items() for word in words}
"""The numbers that a street may be called by, by their words."""
_ENDS = {1: "st", 2: "nd", 3: "rd"}


def orders_of(number: int) -> tuple[str, ...]:
    """The ways to write the number by which a street is called, the bare one included: “5th”, “5e”, “Fifth”."""
    english = "th" if number % 100 in {11, 12, 13} else _ENDS.get(number % 10, "th")
    french = ("re", "ere", "er") if number == 1 else ("e", "eme", "ieme")
    return (*(f"{number}{end}" for end in (english, *french, "")), *_WORDS.get(number, ()))
