"""What the cells of a plain spreadsheet mean: yes and no, days, provinces, needs, telephones and the like.

What cannot be read for certain is empty or None; whoever asks reports it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from babel import Locale
from rapidfuzz import fuzz, process

from palermo.foundation.search import folded
from palermo.foundation.workbooks import Cell
from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.phones import ALWAYS, LONGEST, e164, once, short, split, without_hours
from palermo.protection.directory.hsds.schema import problems
from palermo.protection.directory.hsds.sheet_headings import plain, words

ALIKE = 85
"""From how alike, of 100, unknown words are taken for a known name of a need or kind of service (Indel similarity)."""
_DATA = Path(__file__).resolve().parents[1] / "data"
_NAMES = ("code", "name", "name_fr")
_SOME_ID = "00000000-0000-0000-0000-000000000000"
_POSTAL = re.compile(
    r"(?<![A-Z0-9])([ABCEGHJKLMNPRSTVXY][0-9][ABCEGHJKLMNPRSTVWXYZ])[\s-]?([0-9][ABCEGHJKLMNPRSTVWXYZ][0-9])(?![A-Z0-9])"
)
_SEVERAL = re.compile(r"[;\n|/]|,(?!\s*(?:ext|poste|p\.|x|#))|\s(?:or|ou|and|et)\s", re.IGNORECASE)
_DIGITS = re.compile(r"\+?\(?\d[\d\s().\N{NON-BREAKING HYPHEN}\N{EN DASH}-]{5,}\d")
_BESIDE = re.compile(rf"[,;/]?\s?{ALWAYS.pattern}", re.IGNORECASE)
"""Words such as “24/7” with what divides them from the number before."""
_ASIDE = {ord(sign): 0xE000 + place for place, sign in enumerate(",;/")}
_BACK = {changed: sign for sign, changed in _ASIDE.items()}
"""What their signs become while a cell is divided into its numbers, and back."""
_LONGEST_ADDRESS = 2_000
"""Characters of the address of a page; browsers take no longer ones everywhere, and to look through them costs time."""


@dataclass(frozen=True)
class Number:
    """A telephone number as it is written, and what stands beside it; `e164` is empty where it is not sure."""

    written: str
    e164: str
    extension: str
    label: str
    kind: str
    """As the standard calls kinds of telephone; empty where nothing says it."""

    @property
    def is_sure(self) -> bool:
        """Whether it can be dialled."""
        return bool(self.e164) or bool(short(self.written))


def is_nothing(said: str) -> bool:
    """Whether words such as “N/A” say that there is none."""
    return (plain(said) or said.strip()) in _plain_words("nothing")


def flag(said: str) -> bool | None:
    """Yes or no."""
    text = plain(said) or said.strip()
    return True if text in _plain_words("yes") else False if text in _plain_words("no") else None


def status(said: str) -> str:
    """One of the standard's four."""
    return _by_word("status").get(plain(said), "")


def province(said: str) -> str:
    """The postal abbreviation of a province or territory."""
    text = plain(said).replace(" ", "")
    return _provinces().get(text, "")


def postal_code(said: str) -> str:
    """A postal code with a space in its middle, from whatever is written around it."""
    found = _POSTAL.search(said.upper())
    return f"{found[1]} {found[2]}" if found else ""


def day(cell: Cell) -> str:
    """The day that a cell says, as ISO 8601 writes it; of a month alone, its first.

    Where day and month can be confused, there is none.
    """
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    said = folded(cell.text).replace("1er", "1").strip()
    numbers = [int(number) for number in re.findall(r"[0-9]{1,4}", said)]
    if re.fullmatch(r"[0-9]{4}([-/])[0-9]{1,2}\1[0-9]{1,2}(?:[t ].*)?", said):
        return _day(*numbers[:3])
    if re.fullmatch(r"[0-9]{4}[-/][0-9]{1,2}", said):
        return _day(numbers[0], numbers[1], 1)
    if re.fullmatch(r"[0-9]{1,2}([-/])[0-9]{1,2}\1[0-9]{4}", said):
        first, second, year = numbers
        if first > 12 or first == second:
            return _day(year, second, first)
        return _day(year, first, second) if second > 12 else ""
    months = [_months()[word] for word in re.findall(r"[a-z]+", said) if word in _months()]
    years, days = [one for one in numbers if one > 31], [one for one in numbers if one <= 31]
    if len(months) == len(years) == 1 and len(days) <= 1:
        return _day(years[0], months[0], days[0] if days else 1)
    return ""


def _day(year: int, month: int, number: int) -> str:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return ""


def email(said: str) -> str:
    """An e-mail address, if it is one."""
    text = said.strip().removeprefix("mailto:").strip("<>. ")
    return text if text and not problems("contact", {"id": _SOME_ID, "email": text}) else ""


def website(said: str) -> str:
    """The address of a page, with its scheme, if it is one."""
    text = said.strip().strip("<>")
    if len(text) > _LONGEST_ADDRESS:
        return ""
    address = text if re.match(r"(?i)https?://", text) else f"https://{text}"
    if not re.fullmatch(r"(?i)https?://[^\s/@:]+\.[^\s/@:]{2,}(?:[/?#:]\S*)?", address):
        return ""
    return address if not problems("url", {"id": _SOME_ID, "url": address}) else ""


def numbers(said: str) -> Iterator[Number]:
    """The telephone numbers in a cell; what is none comes as one that is not sure. None where a cell says so."""
    if is_nothing(said):
        return
    for aside in _SEVERAL.split(_BESIDE.sub(lambda found: found[0].translate(_ASIDE), once(said))):
        piece = aside.translate(_BACK).strip()
        if len(piece) > LONGEST:
            yield Number(piece, "", "", "", "")
        elif piece:
            yield _number(piece)


def _number(piece: str) -> Number:
    """The number in a piece; words for day and night are remarks on it."""
    bare = without_hours(piece)
    written, extension = split(bare)
    label, found = "", _DIGITS.search(bare)
    if found is not None and (whole := e164(found[0])):
        written = found[0]
        rest, extension = split(bare[found.start() :])
        label = f"{bare[: found.start()]} {rest[len(written) :]}"
    else:
        whole = e164(written)
    if extension.startswith("0"):
        # The standard's extensions are numbers, which would lose it.
        written, extension = bare, ""
    label = label.strip(" :()-–,.")
    remarks = ["" if plain(label) in _by_word("phone_types") else label, *(one[0] for one in ALWAYS.finditer(piece))]
    return Number(written or piece, whole, extension, ", ".join(filter(None, remarks)), _kind(label))


def _kind(label: str) -> str:
    text = plain(label).split()
    return next((kind for word, kind in _by_word("phone_types").items() if word in text), "")


@lru_cache(maxsize=4_096)
def needs(said: str) -> tuple[tuple[str, ...], bool]:
    """The ids of the needs that words name, in either language, and whether they are known words or only near them.

    The name of a kind of service names every need that this kind answers.
    """
    text = plain(said)
    known = _needs()
    if text in known:
        return known[text], True
    near = process.extractOne(text, known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE) if len(text) > 4 else None
    return (known[near[0]], False) if near else ((), False)


@cache
def _needs() -> Mapping[str, tuple[str, ...]]:
    """The ids of the needs by the codes, names and words of each, and by the names of the kinds of service.

    Everyday words that mean several of them are left out.
    """
    said, kinds = _data("needs"), _data("service_types")["types"]
    space = UUID(said["taxonomy"]["id"])
    keys = {term["code"]: str(uuid5(space, term["code"])) for term in said["terms"]}
    meant: dict[str, set[str]] = {}
    for term in said["terms"]:
        for word in (*term["words"], *term["words_fr"]):
            meant.setdefault(plain(word), set()).add(keys[term["code"]])
    found = {word: tuple(each) for word, each in meant.items() if len(each) == 1}
    for kind in kinds:
        names = (kind["code"], kind["name"], kind["name_fr"], *kind["others"])
        found |= {plain(name): tuple(keys[code] for code in kind["needs"]) for name in names}
    return found | {plain(term[name]): (keys[term["code"]],) for term in said["terms"] for name in _NAMES}


def _data(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def _plain_words(name: str) -> frozenset[str]:
    said = words(name)
    return frozenset(plain(str(word)) or str(word) for word in (said if isinstance(said, list) else []))


def means_both_languages(said: str) -> bool:
    """Whether these words mean English and French."""
    return plain(said) in _plain_words("both_languages")


@cache
def _by_word(name: str) -> dict[str, str]:
    """What each word of some lists of words stands for."""
    said = words(name)
    lists: Mapping[str, Json] = said if isinstance(said, Mapping) else {}
    return {plain(str(word)): key for key, each in lists.items() if isinstance(each, list) for word in (key, *each)}


@cache
def _provinces() -> dict[str, str]:
    return {word.replace(" ", ""): short for word, short in _by_word("provinces").items()}


@cache
def _months() -> dict[str, int]:
    """The months by their names in both languages, whole and short (CLDR)."""
    found: dict[str, int] = {}
    for language in ("en_CA", "fr_CA"):
        for width in ("wide", "abbreviated"):
            for number, name in Locale.parse(language).months["format"][width].items():
                found[folded(name).strip(".")] = number
    return found | {"sept": 9}
