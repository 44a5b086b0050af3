"""Finds who is meant where a document prints the name or the acronym of an organisation. Plain Python."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

LIKE = 85.0
"""Likeness out of 100 from which a known name is suggested for one that is not known."""

_UNIT = re.compile(r"(.+?)\s*\(([^()]+)\)\s*")
_ACRONYM = re.compile(r"(?=.{2,12}$)[^\W\d_]*[A-ZÀ-Þ][^\W\d_]*[A-ZÀ-Þ][\w&-]*")


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An organisation with every name and acronym that it has or had, in both languages."""

    code: str
    parent: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Named:
    """What a printed name was taken for. Without `code` it is not known, and the rest says what it could be."""

    code: str = ""
    suggested: str = ""
    """The code of a known organisation that is written much like it."""
    parent: str = ""
    """The code of the known organisation of which it looks to be a unit."""
    name: str = ""
    acronym: str = ""


class Names:
    """Every name of every known organisation."""

    def __init__(self, known: Iterable[KnownOrganisation]) -> None:
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._parents: dict[str, str] = {}
        for one in known:
            self._parents[one.code] = one.parent
            for name in one.names:
                self._by_name[fold(name)].add(one.code)
        self._by_name.pop("", None)

    def who(self, printed: str) -> Named:
        """Who is meant: `ESDC (TFWP)` is the unit TFWP of ESDC, `Police Service (PS)` an organisation with its acronym.

        A name that several organisations bear is not decided: the first is only suggested.
        """
        exact = self._codes(printed)
        if len(exact) == 1:
            return Named(code=exact[0])
        unit = _UNIT.fullmatch(printed.strip())
        if not exact and unit:
            return self._unit(printed, *unit.groups())
        return self._unknown(printed, suggested=exact[0] if exact else self._like(printed))

    def _unit(self, printed: str, outer: str, inner: str) -> Named:
        above, within = self._codes(outer), self._codes(inner)
        both = [code for code in within if code in above]
        if both:
            return Named(code=both[0])
        units = [code for code in within if self._parents[code] in above]
        if len(units) == 1:
            return Named(code=units[0])
        if len(above) == 1:
            return Named(parent=above[0], suggested=self._like(printed), name=printed.strip())
        if _ACRONYM.fullmatch(inner) and not _ACRONYM.fullmatch(outer):
            return Named(suggested=self._like(outer), name=outer, acronym=inner)
        return self._unknown(printed, suggested=self._like(printed))

    def _codes(self, printed: str) -> list[str]:
        return sorted(self._by_name.get(fold(printed), ()))

    def _like(self, printed: str) -> str:
        close = process.extractOne(fold(printed), self._by_name.keys(), scorer=fuzz.ratio, score_cutoff=LIKE)
        return min(self._by_name[close[0]]) if close else ""

    def _unknown(self, printed: str, *, suggested: str) -> Named:
        name = printed.strip()
        return Named(suggested=suggested, name=name, acronym=name if _ACRONYM.fullmatch(name) else "")


def fold(name: str) -> str:
    """The name for comparing: small letters, no punctuation, single spaces."""
    return " ".join(utils.default_process(name).split())
