"""Which column of a spreadsheet holds what, by headings in either language. The words are data."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Literal, TypeAlias

from rapidfuzz import fuzz, process

from palermo.foundation.search import folded
from palermo.foundation.workbooks import Cell
from palermo.protection.directory.hsds.json_values import Json

Language: TypeAlias = Literal["", "en", "fr"]

TEXTS = ("organization", "service", "description", "who", "hours", "cost", "accessible", "area")
"""What is said in words for people, which may have a second column for French."""
ALIKE = 87
"""From how alike, of 100, an unknown heading is taken for a known one (Indel similarity)."""
_SHORTEST, _LONGEST = 5, 80
"""Letters of a heading that can be nearly another one; longer ones than the second are none."""
_SEARCHED = 30
"""So many rows are looked through for the headings."""
_FILE = Path(__file__).resolve().parents[1] / "data" / "spreadsheet.json"
_MARKS: dict[str, Language] = {
    "francais": "fr", "francaise": "fr", "french": "fr", "fr": "fr", "fra": "fr",
    "anglais": "en", "anglaise": "en", "english": "en", "en": "en", "eng": "en",
}  # fmt: skip
_AROUND = {"en", "in", "version", "la", "text", "texte"}
"""Words that may stand before the name of a language."""

_OF_PLACE = re.compile(r"\b(address\w*|locations?|place|adresses?|lieux?|emplacements?)\b")
_SECRET = re.compile(r"\b(secret|secrete|secrets|hidden|private|privee?|cachee?|unlisted|protected|protegee?)\b")
_CONFIDENTIAL = re.compile(r"\b(confidenti\w*|undisclos\w*)")
_PUBLISHED = re.compile(r"\b(publi\w*|disclos\w*|divulg\w*|diffus\w*|shar(e|ed|able)|withh\w+|show\w*|display\w*)\b")


@dataclass(frozen=True)
class Column:
    """A column by its place from 0: its heading, what it holds (empty where nobody knows), and in which language."""

    place: int
    heading: str
    field: str = ""
    language: Language = ""


@dataclass(frozen=True)
class Headings:
    """The columns of a sheet, and which of its rows hold their headings (places in the list of rows)."""

    columns: tuple[Column, ...]
    rows: range
    language: Language
    """That in which most of them are written."""

    @property
    def known(self) -> int:
        """How many different things the columns hold."""
        return len({(column.field, column.language) for column in self.columns if column.field})


@cache
def words(name: str) -> Json:
    """A part of the words that spreadsheets are read by."""
    found: dict[str, Json] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found[name]


def plain(text: str) -> str:
    """A text without accents, capitals, signs and needless spaces."""
    return " ".join(re.findall(r"[^\W_]+", folded(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))))


def headings_of(rows: Sequence[tuple[int, Sequence[Cell]]]) -> Headings | None:
    """The headings of a sheet, which may be in two rows, below others; None where too few are known.

    They are enough where at least two are known, of which one names the service or the organization.
    """
    texts = [[cell.text for cell in cells] for _number, cells in rows[: _SEARCHED + 1]]
    alone = [_headings(each, range(place, place + 1)) for place, each in enumerate(texts)]
    together = [
        _headings(_together(texts[place], texts[place + 1]), range(place, place + 2)) for place in range(len(texts) - 1)
    ]
    found = alone[:_SEARCHED]
    found += [each for each, one, other in zip(together, alone, alone[1:], strict=False)
              if each.known > max(one.known, other.known) and not _names_one(texts, each.rows)]  # fmt: skip
    best = max((each for each in found if _names(each)), key=lambda each: each.known, default=None)
    return best if best and best.known > 1 else None


def _names(found: Headings) -> bool:
    return any(column.field in {"organization", "service"} for column in found.columns)


def _names_one(texts: Sequence[Sequence[str]], rows: range) -> bool:
    """Whether the lower of two rows names an organization or a service, so that it holds no headings after all."""
    for above, below in zip(texts[rows[0]], texts[rows[1]], strict=False):
        named = (meant := _meant(above)) is not None and meant.field in {"organization", "service", "name"}
        if named and below and not _meant(below) and not _meant(f"{above} {below}"):
            return True
    return False


def _together(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two rows of headings as one, where cells of the upper one are merged over several of the lower one."""
    found, over = [], ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        over = above or over
        both = f"{over} {below}"
        found.append(next((text for text in (both, below) if below and _meant(text)), above or below))
    return found


def _headings(texts: Sequence[str], rows: range) -> Headings:
    """What these headings mean. Where one does not say its language, its fellows do."""
    meant = [_meant(text) for text in texts]
    fields = {each.field for each in meant if each}
    own = [each.languages for each in meant if each]
    language: Language = "fr" if own.count(frozenset({"fr"})) > own.count(frozenset({"en"})) else "en"
    told: set[tuple[str, Language]] = {(each.field, each.language) for each in meant if each and each.language}
    columns = []
    for place, (text, each) in enumerate(zip(texts, meant, strict=True)):
        if each is None:
            columns.append(Column(place, text))
            continue
        said = each.language
        if not said and each.field in {*TEXTS, "name"}:
            said = _other({one for field, one in told if field == each.field}) or _only(each.languages) or language
        columns.append(Column(place, text, _named(each.field, fields), said))
    return Headings(tuple(columns), rows, language)


def _named(field: str, fields: set[str]) -> str:
    """What a column called only “name” holds: what no other column does."""
    if field != "name":
        return field
    return "service" if "service" not in fields else "organization" if "organization" not in fields else ""


def _other(languages: set[Language]) -> Language:
    """The language that is left for a column beside one that says the other."""
    return "" if len(languages) != 1 else "en" if languages == {"fr"} else "fr"


def _only(languages: frozenset[Language]) -> Language:
    return next(iter(languages)) if len(languages) == 1 else ""


@dataclass(frozen=True)
class _Meant:
    field: str
    language: Language
    """That which the heading says."""
    languages: frozenset[Language]
    """Those in which the heading is written."""


@lru_cache(maxsize=4_096)
def _meant(heading: str) -> _Meant | None:
    """What a heading means; one in both languages with a stroke between them is known by either."""
    if len(heading) > _LONGEST:
        secret = _of_secrets(plain(heading))
        return _Meant(secret, "", frozenset()) if secret else None
    whole = _one(heading)
    if whole is not None or not re.search(r"[/|\n]", heading):
        return whole
    halves = [each for each in (_one(half) for half in re.split(r"[/|\n]", heading)) if each is not None]
    # “Province / Region” and “Town / Area” hold what one finds on an envelope, and no rough place for a secret one.
    halves = [each for each in halves if each.field != "area"] or halves
    if halves and len({each.field for each in halves}) == 1:
        return _Meant(halves[0].field, "", frozenset().union(*(each.languages for each in halves)))
    return None


def _one(heading: str) -> _Meant | None:
    split = plain(heading).split()
    said, language = _without_language(split) if split else ([], "")
    bare = " ".join(said[:-1] if said[-1:] and said[-1].isdigit() and len(said) > 1 else said)
    known = _known()
    found = bare if bare in known else ""
    # Before what is only alike: “secret address” is nearly “street address”.
    if not found and (secret := _of_secrets(" ".join(split))):
        return _Meant(secret, "", frozenset())
    if not found and len(bare) >= _SHORTEST:
        near = process.extractOne(bare, known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        found = near[0] if near and len(near[0]) >= _SHORTEST else ""
    if not found:
        return None
    field, languages = known[found]
    return _Meant(field, language, languages)


def _of_secrets(said: str) -> str:
    """What a heading, as `plain` writes it, says of whether the address is a secret.

    Returns:
        `confidential` where a yes below it means that nobody may find the place; `published` where it may mean either,
        as in “Publish the address?”; empty where it says nothing of that.
    """
    is_of_place = _OF_PLACE.search(said) is not None
    if is_of_place and _PUBLISHED.search(said) and not _CONFIDENTIAL.search(said):
        return "published"
    return "confidential" if _CONFIDENTIAL.search(said) or (is_of_place and _SECRET.search(said)) else ""


def _without_language(said: list[str]) -> tuple[list[str], Language]:
    """The words of a heading without those that say its language, such as “en français” at its beginning or end."""
    if len(said) > 1 and said[-1] in _MARKS:
        rest = said[:-1]
        while len(rest) > 1 and rest[-1] in _AROUND:
            rest.pop()
        return rest, _MARKS[said[-1]]
    first = 0
    while said[first] in _AROUND and len(said) > first + 2 and said[first + 1] in {*_MARKS, *_AROUND}:
        first += 1
    return (said[first + 1 :], _MARKS[said[first]]) if len(said) > first + 1 and said[first] in _MARKS else (said, "")


@cache
def _known() -> dict[str, tuple[str, frozenset[Language]]]:
    """What each known heading means, and in which languages it is one."""
    found: dict[str, tuple[str, frozenset[Language]]] = {}
    said = words("headings")
    if not isinstance(said, dict):
        raise TypeError("headings")
    languages: tuple[Language, ...] = ("en", "fr")
    for field, lists in said.items():
        for language in languages:
            for word in lists[language]:
                before = found.get(plain(word), (field, frozenset()))
                found[plain(word)] = (before[0], before[1] | {language})
    return found
