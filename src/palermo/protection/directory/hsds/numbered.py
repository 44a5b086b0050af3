"""Numbers in an address that are no civic ones: those of units, of boxes, and of streets and roads called by a number.

Nothing here changes how `plain` writes what stays: a number is only put together with the name that it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from palermo.protection.directory.hsds.plain import plain

NO = r"(?:n[o°]\.?|#)"
UNIT = re.compile(
    r"\b(?:apartment|appartement|apt|appt|app|unit|unite|suite|ste|bureau|bur|office|room|rm|local|porte|door|floor|"
    rf"etage|level|niveau)\b\.?\s*{NO}?\s*(?:\d+[a-z]?|[a-z])\b"
    r"|\b\d+(?:st|nd|rd|th|e|er|re)?\s+(?:floor|etage)\b"
)
BOX = re.compile(
    r"\b(?:(?:p\.?\s?o\.?\s?)?(?:lock\s?)?box|pob|c\.?\s?p\.?|b\.?\s?p\.?|(?:case|boite) postale|boite|site|comp|"
    rf"compartment|group|grp|station|stn|succ(?:ursale)?|bag|drawer|tiroir)\b\.?\s*{NO}?\s*\d+[a-z]?\b"
    rf"|\b(?:r\.?\s?r\.?|rural route|route rurale)\s*{NO}?\s*\d{{1,2}}\b"
)
"""Where post waits to be fetched, or along which route it is brought. “RR 242” is a range road."""

_MILES = re.compile(r"\b(\d+)\s+(mile\s+(?:house|ranch|road|rd|line|sideroad))\b")
"""Towns of British Columbia, and roads."""
_ROAD = re.compile(
    r"\b(?:(highway|hwy|route|rte|autoroute|concession|conc?|pr|pth|rr|(?:range|rge|township|twp|county) (?:road|rd))\b"
    r"\.?\s*(?:(n[o°])\.?\s*|#\s*)?|(road|rd|rang|line|ligne|sideroad)\b\.?\s*(?:(n[o°])\.?\s*)?)(\d+[a-z]?)\b"
)
"""A road that is called by its number."""
_ROAD_FIRST = re.compile(r"((?:^|[,\d])\s*)(rue|avenue|av|ave)\.?\s+(\d{1,3})(?![^\W_])")
_WINDS = r"(?:north|south|east|west|nord|sud|est|ouest|[ns]\.?[ewo]\.?|[nsewo]\.?)"
_ENGLISH = frozenset({"street", "road", "rd", "drive", "dr", "lane", "ln", "crescent", "cres", "sideroad", "line"}) | {
    *("trail", "trl", "way", "close", "gate", "terrace", "terr", "str", "cr"),
}
"""Behind a number that stands behind another one, these are its street, whatever follows."""
_EITHER = frozenset({"avenue", "ave", "av", "st", "court", "ct", "place", "pl", "boulevard", "blvd", "grove"})
"""These may as well begin a name: “3-12 avenue du Parc”, “3-12 St. George”."""
_FRENCH = frozenset({"rue", "rang", "rg", "ligne", "boul"})
_KINDS = "|".join(sorted(_ENGLISH | _EITHER | _FRENCH, key=len, reverse=True))
_ALONE = frozenset({"street", "st", "str", "avenue", "ave", "av", "rue", "rang", "rg", "ligne", "line", "sideroad"})
"""“50 Street” is a street, and nobody's house."""
_ORDER = r"(?:st|nd|rd|th|re|ere|er|e|eme|ieme)"
_STREET = re.compile(
    r"(?:(?<![^\W_])(?P<civic>\d{1,6}[a-z]?)(?:\s*[-–—,/]\s*|\s+))?"
    rf"(?<![^\W_])(?P<number>(?:n(?:[o°]|umber)\.?\s*)?\d{{1,3}}(?:(?P<order>{_ORDER})|(?P<letter>\s?[a-z]))?)\.?"
    rf"(?:\s+|(?<=[a-z])-)(?P<kind>{_KINDS})(?![^\W_])"
)
_NAMED = re.compile(
    r"\.?\s+(?:street|st|avenue|ave|road|rd|lane|drive|dr|boulevard|blvd|crescent|court|way|trail)(?![^\W_])"
    r"|\.?[\s-]+[^\W\d_]+[\s-]+(?:street|st|avenue|ave|road|rd|lane|drive|dr)(?![^\W_])"
)
"""Behind a kind of street that begins a name: “12 Avenue Road”, “12 St. George Street”."""
_WIND = re.compile(rf"[\s.]*(?:{_WINDS}(?![^\W_-]))?[\s.]*")
_FAR = 100
"""So many characters behind a street are looked at."""
_MOST_WORDS = 12
"""So many may the names of a town and its province have."""
_SIGN = re.compile(
    r"[,;|()&/\r\n]| [-–—] |\b(?:and|et|at|near|corner|coin|unit|apt)\b|#"
    r"|\b(?:across from|behind|next to|opposite|derriere|pres d|en face|a cote)"
)


def bound(line: str, town: Collection[str]) -> Iterator[str]:
    """A line in which each number of a street or road stands together with its name; each way in which it may be read.

    Args:
        line: in small letters without accents.
        town: what may stand behind a street, as `plain` writes it.
    """
    line = _MILES.sub(r"\1\2", line)
    line = _ROAD.sub(lambda found: "".join(part or "" for part in found.groups()), line)
    line = _ROAD_FIRST.sub(r"\1\2\3", line)
    yield _bound(line, town, either=True)
    other = _bound(line, town, either=False)
    if other != _bound(line, town, either=True):
        yield other


def _bound(line: str, town: Collection[str], *, either: bool) -> str:
    def together(found: re.Match[str]) -> str:
        if not _is_street(found, town, either=either):
            return found[0]
        before = f"{found['civic']} " if found["civic"] else ""
        return before + plain(found["number"]) + found["kind"]

    return _STREET.sub(together, line)


def _is_street(found: re.Match[str], town: Collection[str], *, either: bool) -> bool:
    """Whether a number and a kind of street are the name of one, rather than a house on a street with another name."""
    kind, is_behind, after = found["kind"], found["civic"] is not None, found.string[found.end() : found.end() + _FAR]
    if found["order"] and not (kind == "st" and _NAMED.match(after)):
        return True
    wind = _WIND.match(after)
    if _is_end(after, town) or (is_behind and wind and plain(wind[0])):
        return is_behind or (kind in _ALONE and not _is_apart(found["letter"]))
    if not is_behind or (kind not in {"street", "road", "rd"} and _NAMED.match(after)):
        return False
    return kind in _ENGLISH or (kind in _EITHER and either)


def _is_apart(letter: str | None) -> bool:
    return letter is not None and letter[0].isspace()


def _is_end(after: str, town: Collection[str]) -> bool:
    """Whether nothing but a direction and a town stands behind a street, as far as the next sign."""
    wind = _WIND.match(after)
    rest = _SIGN.split(after[wind.end() if wind else 0 :], maxsplit=1)[0]
    return not plain(rest) or is_town(rest, town)


def is_town(said: str, town: Collection[str]) -> bool:
    """Whether a text names towns and provinces and nothing else."""
    words = re.findall(r"[^\W_]+", said)
    if len(words) > _MOST_WORDS:
        return False
    ends = (start for start in range(len(words)) if "".join(words[start:]) in town)
    return not words or any(is_town(" ".join(words[:start]), town) for start in ends)
