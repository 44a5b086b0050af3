"""Recognises headings: by a label and a number, by capitals, by a colon, by a code, and by the words of the four Ps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from palermo.plan.imports.reader.structure.leads import is_acronym
from palermo.plan.imports.reader.structure.lines import Joiner, Line
from palermo.plan.imports.reader.structure.tables import Heading
from palermo.plan.imports.reader.vocabulary import Phrases, entries, fold, load, word_list, words

NUMBER = r"(?:\d{1,3}(?:\.\d{1,3})*(?:\.?[a-z])?|[ivxlc]{1,6}|[a-z](?:[.-]?\d{1,3}(?:\.\d{1,3})*)?)"
CODE = re.compile(
    r"^(?:(?P<dotted>[A-Z]{0,3}[.-]?\d{1,3}(?:\.\d{1,3})+[a-z]?|[A-Z]{1,2}[.-]\d{1,3})[.):]?|(?P<plain>\d{1,3}[a-z]?)[.)]|(?P<part>\d{1,3}[a-z])|(?P<letter>[A-Z]\d{1,3})[.):]?)(?=\s|$)\s*"
)


def code_of(found: re.Match[str]) -> str:
    """The code that matched, without the mark after it."""
    return next(group for group in found.groups() if group)


_NUMBERED = re.compile(
    rf"(?:no\.?|n°|#|number|numéro)?\s*({NUMBER})(?=[\s.:)–—-]|$)([.)]?\s*[:–—-]|[.)])?\s*(.*)$", re.IGNORECASE
)
CAPITALS_RANK = 12
_LETTER = re.compile(r"([A-Z]|[IVX]{1,5})[.):]\s+(?=\S)")
"""A capital letter or Roman number before a heading in capitals."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a heading's label says of it: `kind` section or thing, `rank` the smaller the wider."""

    name: str
    kind: str
    rank: int


@cache
def _labels() -> Phrases[Label]:
    found: list[tuple[str, Label]] = []
    for entry in entries("headings", "label"):
        rank = entry["rank"]
        for word in word_list(entry["words"]):
            label = Label(word, str(entry["kind"]), rank if isinstance(rank, int) else 0)
            found += [(word, label), (f"{word}s", label)]
    return Phrases(found)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line such as an objective's: its label, its number, and the words after them."""

    label: Label
    code: str
    rest: str


def labelled(text: str) -> Labelled | None:
    """The label, number and rest of a line that opens with the two and then stops or goes on after a mark."""
    printed = text.strip().lstrip("#*• ").replace("*", "")
    tokens = fold(printed).replace(":", " : ").split()
    at = _place_of_label(tokens, printed.split())
    found = _labels().at(tokens, at) if at is not None else None
    if at is None or found is None:
        return None
    length, label = found
    after = " ".join(printed.replace(":", " : ").split()[at + length :])
    numbered = _NUMBERED.match(after)
    if numbered is None:
        return None
    code, mark, rest = numbered.groups()
    if code.isalpha() and not (code.isupper() and (mark or not rest)):
        return None
    if not mark and rest and rest[0].islower():
        return None
    return Labelled(label, code.rstrip("."), rest.replace(" : ", ": ").strip(" :"))


def _place_of_label(tokens: Sequence[str], printed: Sequence[str]) -> int | None:
    """Where the label stands: first, or after one or two words with capitals before a number."""
    for place in range(min(3, len(tokens))):
        found = _labels().at(list(tokens), place)
        if found is None:
            continue
        number = tokens[place + found[0]] if place + found[0] < len(tokens) else ""
        before = printed[:place]
        if not place or (number[:1].isdigit() and all(word[:1].isupper() for word in before)):
            return place
    return None


def is_capitals(text: str) -> bool:
    """Whether a line is a heading in capitals, and not merely a list of acronyms or a code."""
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) < 6 or len(text) > 120 or text.rstrip().endswith((".", ";", ",")):
        return False
    if sum(letter.isupper() for letter in letters) < 0.95 * len(letters):
        return False
    names = re.findall(r"[^\W\d_]+", text)
    return any(len(name) >= 5 for name in names) and not all(is_acronym(name) and len(name) < 7 for name in names)


@cache
def _p_words() -> list[tuple[re.Pattern[str], str]]:
    table = load("words")["p"]
    assert isinstance(table, dict)  # noqa: S101 - tells the type of our own data
    return [(re.compile(rf"\b{re.escape(word)}\b"), p) for p, names in table.items() for word in word_list(names)]


def p_of(title: str) -> str | None:
    """Which P a heading names; the first in its words where it names several, none where it is a sentence."""
    folded = fold(title)
    if len(folded) > 110:
        return None
    found = [(place.start(), p) for pattern, p in _p_words() if (place := pattern.search(folded))]
    return min(found)[1] if found else None


def ends_plan(text: str) -> bool:
    """Whether a line is the heading of what follows a plan: an annex, references, a glossary."""
    folded = re.sub(r"^[\d.\s#*]+", "", fold(text)).strip(" *")
    if len(folded) > 90:
        return False
    return _endings().match(folded) is not None


def opens_annex(text: str) -> bool:
    """Whether a line is the heading of an annex by its letter or number, which needs no blank line above it."""
    names = "|".join(words("headings", "ends", "annexes"))
    return re.match(rf"(?:{names})\s+[a-z0-9]{{1,3}}\s*(?:[:.-](?:\s.{{0,60}})?)?$", fold(text)) is not None


@cache
def _endings() -> re.Pattern[str]:
    names = "|".join(re.escape(word) for word in words("headings", "ends", "words"))
    return re.compile(rf"(?:{names})(?:\s+[a-z0-9]{{1,3}})?\s*(?:[:.-](?:\s.*)?)?$")


def short_heading(line: Line) -> Heading | None:
    """A line that names a P or a code and stops like a heading: fit to stand above a table or a list."""
    bare = line.bare.strip("*# ").rstrip(":").strip()
    if re.search(r"\S(?:\s{2,}|\t)\S", bare) or "|" in bare:
        return None
    if len(bare) > 100 or len(bare.split()) > 14 or bare.endswith((".", ";", ",")) or line.is_bullet or ends_plan(bare):
        return None
    code = CODE.match(bare)
    title = bare[code.end() :] if code else bare
    if not title[:1].isupper() or not (p_of(title) or code or line.bare.startswith("#")):
        return None
    printed = code_of(code) if code else ""
    depth = printed.count(".")
    rank = marked_rank(line, CAPITALS_RANK + 1 + 5 * depth)
    return Heading(title, printed, "", rank, line.number, line.number, line.page)


def is_title(text: str) -> bool:
    """Whether a text could be a title: short, with a capital or number first, and no full stop at its end."""
    return (
        4 <= len(text) <= 110
        and len(text.split()) <= 14
        and (text[:1].isupper() or text[:1].isdigit())
        and not text.endswith((".", ";", ",", "?", ":"))
        and not re.search(r"\S(?:\s{2,}|\t)\S", text)
        and not fold(text).startswith(words("headings", "captions", "words"))
    )


def marked_rank(line: Line, rank: int) -> int:
    """The rank of a heading that has marks of Markdown, by how many; another rank where it has none."""
    marks = len(line.bare) - len(line.bare.lstrip("#"))
    return 3 + marks if marks else rank


def headings_of_block(block: Sequence[Line], joiner: Joiner) -> list[Heading] | None:
    """The headings that a block of lines is made of, or None where it holds anything else."""
    found: list[Heading] = []
    place = 0
    while place < len(block):
        line = block[place]
        name = labelled(line.bare) or _named_only(line.bare)
        if name and name.label.kind == "section":
            end = _end_of_title(block, place)
            found.append(_labelled_heading(name, block[place:end], joiner))
            place = end
            continue
        if not is_capitals(line.bare) or ends_plan(line.bare):
            return None
        end = place + 1
        while end < len(block) and is_capitals(block[end].bare):
            end += 1
        title = joiner.join(each.bare for each in block[place:end])
        found.append(_capital_heading(title, block[place:end]))
        place = end
    return found or None


def _end_of_title(block: Sequence[Line], place: int) -> int:
    """Where the title ends that begins on a line: at the next line with a label and number of its own."""
    end = place + 1
    while end < len(block) and not ((name := labelled(block[end].bare)) and name.label.kind == "section"):
        end += 1
    return end


def _named_only(text: str) -> Labelled | None:
    """A label with a colon and no number, as it stands above a table."""
    name, colon, rest = text.partition(":")
    tokens = fold(name).split()
    found = _labels().at(tokens, 0) if colon and tokens else None
    if found is None or found[0] != len(tokens) or not rest.strip()[:1].isupper():
        return None
    return Labelled(found[1], "", rest.strip())


def _labelled_heading(name: Labelled, block: Sequence[Line], joiner: Joiner) -> Heading:
    title = joiner.join([name.rest, *(line.bare for line in block[1:])])
    first = block[0]
    rank = marked_rank(first, name.label.rank)
    return Heading(title, name.code, name.label.name, rank, first.number, block[-1].number, first.page)


def _capital_heading(title: str, block: Sequence[Line]) -> Heading:
    code = CODE.match(title)
    letter = _LETTER.match(title)
    opening = code or letter
    bare = title[opening.end() :] if opening else title
    printed = code_of(code) if code else letter.group(1) if letter else ""
    return Heading(bare, printed, "", CAPITALS_RANK, block[0].number, block[-1].number, block[0].page)
