"""Reads who leads and who helps from a cell of organisations. Known names are data: `vocabulary/organisations.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from palermo.plan.imports.reader.reading import Doubt
from palermo.plan.imports.reader.structure.doubts import doubt
from palermo.plan.imports.reader.vocabulary import fold, load, word_set, words

_ACRONYM = re.compile(r"^[A-Z][A-Za-z]{0,2}[A-Z&/.\-]*[A-Z][A-Za-z]?s?$|^[A-Z]{2,}[A-Za-z&.\-]*$")
_PLACEHOLDER = re.compile(r"^[\s\-–—/.]*$|^(?:n/?a|tbc|tbd|nil|none|s\.?o\.?|à déterminer)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReadLeads:
    """Who leads and who helps, in the printed order, and the printed words."""

    printed: str
    leads: list[str] = field(default_factory=list)
    supporting: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@cache
def _acronyms() -> frozenset[str]:
    found = load("organisations")["acronyms"]
    assert isinstance(found, list)  # noqa: S101 - tells the type of our own data
    return frozenset(str(word) for word in found)


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words("organisations", "nouns"))) + r")\b")


@cache
def _helping() -> re.Pattern[str]:
    """The words between leads and helpers, wherever they stand; the short ones only before a colon or in brackets."""
    phrases = sorted(words("organisations", "supporting"), key=len, reverse=True)
    long = "|".join(re.escape(phrase) for phrase in phrases if " " in phrase)
    short = "|".join(re.escape(phrase) for phrase in phrases if " " not in phrase)
    return re.compile(
        rf"\(?\b(?:{long})\b:?|\b(?:{short})\s*:|\((?:{short})\b(?!\))|(?<=\s)(?:with|avec)\b(?=\s)", re.IGNORECASE
    )


def is_acronym(word: str) -> bool:
    """Whether a word looks like an organisation's short name."""
    bare = word.strip("()[],;:.")
    return bare in _acronyms() or (len(bare) <= 12 and _ACRONYM.match(bare) is not None)


def names_organisation(text: str) -> bool:
    """Whether a name holds an acronym or a noun such as ministry or police."""
    return any(is_acronym(word) for word in text.split()) or _nouns().search(fold(text)) is not None


def opens_organisation(text: str) -> bool:
    """Whether a line begins a new name: with an acronym alone or before a comma, or with a noun such as ministry."""
    first = text.split()[0] if text.split() else ""
    if first and is_acronym(first):
        return len(text.split()) == 1 or first.endswith(",")
    opening = _nouns().match(fold(text))
    return opening is not None and first[:1].isupper() and len(text.split()) > 1


def looks_like_leads(text: str) -> bool:
    """Whether a text is short and every part of it names an organisation, as a cell of leads does."""
    return len(text) <= 160 and _short_looks_like_leads(text)


@lru_cache(maxsize=20_000)
def _short_looks_like_leads(text: str) -> bool:
    if text.rstrip().endswith((".", ":", "?")) or _PLACEHOLDER.match(text):
        return False
    found = read_leads(text)
    named = found.leads + found.supporting
    if not named or len(named) * 12 < len(text.split()) or not text.strip()[0].isupper():
        return False
    return all(_is_name(name) for name in named)


def _is_name(name: str) -> bool:
    """A name has capitals on its words, or opens with a noun such as ministry; a sentence about one has not."""
    small = [
        word for word in re.findall(r"[^\W\d_]{3,}", name) if word[0].islower() and not _nouns().fullmatch(fold(word))
    ]
    content = [word for word in small if word not in word_set("organisations", "connectors")]
    limit = 3 if _nouns().match(fold(name)) else 0
    return names_organisation(name) and len(content) <= limit and len(name.split()) <= 9


def read_leads(text: str) -> ReadLeads:
    """Leads and helpers of a cell. Line breaks in the text part names only between two acronyms."""
    printed = " ".join(text.split())
    if _PLACEHOLDER.match(printed):
        return ReadLeads(printed)
    leading, supporting = _sides(printed)
    leads, others = _names(leading)
    helpers, more = _names(supporting)
    doubts = [doubt("leads_unnamed", printed)] if others or more else []
    strange = [name for name in leads if not names_organisation(name)]
    if strange:
        doubts.append(doubt("lead_unknown", ", ".join(strange)))
    return ReadLeads(printed, leads, [name for name in helpers if name not in leads], doubts)


def _sides(printed: str) -> tuple[str, str]:
    """What stands before and after the words that introduce helpers."""
    tidy = re.sub(r"^\W*(?:lead|leads|pilote|responsable)s?\s*:\s*", "", printed, flags=re.IGNORECASE)
    found = _helping().search(tidy)
    if found is None:
        return tidy, ""
    before, after = tidy[: found.start()], tidy[found.end() :]
    if found.group().startswith("(") and ")" in after:
        inside, _, beyond = after.partition(")")
        return f"{before}, {beyond}", inside
    return before, after.rstrip(")") if after.count(")") > after.count("(") else after


def _names(text: str) -> tuple[list[str], bool]:
    """The names in a list of them, and whether it says that there are others."""
    unnamed = word_set("organisations", "others")
    names: list[str] = []
    others = False
    for piece in _pieces(text):
        name = _tidy(piece)
        if fold(name) in unnamed:
            others = True
        elif name and name not in names:
            names.append(name)
    return names, others


def _tidy(piece: str) -> str:
    name = re.sub(r"^(?:and|et|the|le|la|les|&)\s+", "", piece.strip(" ,;:•*·\ufffd-–—.")).strip()
    marked = re.sub(r"\s*\((?:lead|co-lead|leads|pilote|responsable)\)\s*$", "", name, flags=re.IGNORECASE)
    return marked if marked.count("(") == marked.count(")") else marked.strip("()")


def _pieces(text: str) -> list[str]:
    """The text cut at commas, semicolons, bullets and joining words, but never inside brackets."""
    pieces = [""]
    depth = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter in ",;|•\ufffd\n" and depth <= 0 and not (letter == "," and _is_title(pieces[-1])):
            pieces.append("")
        else:
            pieces[-1] += letter
    return [part for piece in pieces for part in _joined(piece.strip())]


@cache
def _titles() -> re.Pattern[str]:
    names = "|".join(map(re.escape, words("organisations", "titles")))
    return re.compile(rf"(?:(?:and|et|the|le|la)\s+)?(?:{names})(?:\s+(?:{names}))*")


def _is_title(name: str) -> bool:
    """Whether a name is only the title of a person; a comma after it goes on with it."""
    return _titles().fullmatch(fold(name)) is not None


def _joined(piece: str) -> list[str]:
    """A piece cut at slashes, joining words and spaces where acronyms or further names stand on both sides."""
    tokens = _outside_brackets(piece)
    names = [""]
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else ""
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if fold(token) in {"and", "et", "&"} and _parts(names[-1], after, tokens[place + 1 :]):
            names.append("")
        elif place and is_acronym(before) and is_acronym(token) and not token.startswith("("):
            names.append(token)
        else:
            names[-1] = f"{names[-1]} {token}".strip()
    return [part for name in names for part in _slashed(name)]


def _outside_brackets(piece: str) -> list[str]:
    """Words, with what stands in brackets as one word."""
    return re.findall(r"\([^)]*\)?|[^\s(]+", piece)


def _parts(before: str, after: str, rest: list[str]) -> bool:
    """Whether a joining word parts two names: an acronym, a new organisation or the others follow."""
    if not before or not after:
        return False
    bare = re.sub(r"\s*\([^)]*\)$", "", before).split()
    last = bare[-1] if bare else ""
    if is_acronym(last) and (is_acronym(after) or fold(" ".join(rest)) in word_set("organisations", "others")):
        return True
    if fold(" ".join(rest)) in word_set("organisations", "others"):
        return True
    after_all = " ".join(rest)
    if is_acronym(last) and names_organisation(after_all):
        return True
    if "," in before and _is_title(before.partition(",")[0]) and _is_whole(after_all):
        return True
    if len(rest) == 1 and after[:1].isupper() and _nouns().fullmatch(fold(after)) and _is_whole(before):
        return True
    opens = _nouns().match(fold(after_all)) is not None and len(rest) > 1
    return (opens and names_organisation(before)) or (_is_whole(before) and _is_whole(after_all))


def _is_whole(name: str) -> bool:
    """Whether a name of several words ends on a noun such as service and has no part after of, which could go on."""
    words_of = fold(name).split()
    inner = any(word in {"of", "for", "de", "des", "du"} for word in words_of)
    return len(words_of) > 1 and not inner and _nouns().fullmatch(words_of[-1]) is not None


def _slashed(name: str) -> list[str]:
    halves = [half.strip() for half in name.split("/")]
    if len(halves) > 1 and all(half and names_organisation(half) for half in halves) and "(" not in name:
        return halves
    return [name]
