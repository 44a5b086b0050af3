"""Divides the text of a printed row among the starts and statuses that stand beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from palermo.plan.imports.reader.reading import Doubt
from palermo.plan.imports.reader.structure.doubts import doubt
from palermo.plan.imports.reader.structure.lines import BULLET, Joiner
from palermo.plan.imports.reader.structure.tables import Piece
from palermo.plan.imports.reader.vocabulary import words

_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-ZÀ-Ý])")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or an item of a list inside a row."""

    text: str
    is_bullet: bool
    lines: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Part:
    """One thing of a row: its own text, the words it shares, and whether it is marked as new."""

    text: str
    lead_in: str = ""
    is_new: bool = False
    lines: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """The things of a row, and what is unsure about dividing it so."""

    parts: list[Part]
    doubts: list[Doubt] = field(default_factory=list)


def paragraphs(pieces: Sequence[Piece], joiner: Joiner) -> list[Paragraph]:
    """The paragraphs and list items of a cell, each with its lines joined."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        opens = BULLET.match(piece.text) is not None
        if not groups or opens or (piece.gap and not _goes_on(groups[-1][-1], piece)):
            groups.append([])
        groups[-1].append(piece)
    return [_paragraph(group, joiner) for group in groups]


def _goes_on(before: Piece, piece: Piece) -> bool:
    return piece.text.lstrip()[:1].islower() and not before.text.rstrip().endswith((".", ":", ";"))


def _paragraph(group: Sequence[Piece], joiner: Joiner) -> Paragraph:
    bullet = BULLET.match(group[0].text)
    texts = [group[0].text[bullet.end() :] if bullet else group[0].text, *(piece.text for piece in group[1:])]
    numbers = [piece.line for piece in group if piece.line]
    return Paragraph(joiner.join(texts), bullet is not None, (min(numbers), max(numbers)) if numbers else None)


def divide(found: Sequence[Paragraph], wanted: int) -> Division:
    """The row as that many things: its list items, its paragraphs, or its sentences, whichever agree in number."""
    bullets = [paragraph for paragraph in found if paragraph.is_bullet]
    plain = [paragraph for paragraph in found if not paragraph.is_bullet]
    if wanted <= 1:
        return Division([_whole(found)])
    if len(bullets) == wanted:
        return Division(_under_lead_in(plain, bullets))
    if bullets and plain and len(bullets) + 1 == wanted:
        first = _part(Paragraph(_text(plain), False, plain[0].lines), "")
        return Division([first, *_under_lead_in(plain, bullets)])
    if len(plain) == wanted:
        return Division([_with_own_bullets(found, place) for place in range(wanted)])
    sentences = _SENTENCE.split(_text(found))
    if len(sentences) == wanted:
        lines = found[0].lines if found else None
        parts = [_part(Paragraph(sentence, False, lines), "") for sentence in sentences]
        return Division(parts, [doubt("split_by_sentence")])
    return Division([_whole(found)] * 1, [doubt("parts_unclear", str(wanted))])


def _under_lead_in(plain: Sequence[Paragraph], bullets: Sequence[Paragraph]) -> list[Part]:
    lead_in = _text(plain)
    return [_part(bullet, lead_in) for bullet in bullets]


def _with_own_bullets(found: Sequence[Paragraph], place: int) -> Part:
    """The paragraph at a place among the plain ones, with the list items that follow it."""
    starts = [at for at, paragraph in enumerate(found) if not paragraph.is_bullet]
    first = 0 if place == 0 else starts[place]
    end = starts[place + 1] if place + 1 < len(starts) else len(found)
    return _whole(found[first:end])


def _whole(found: Sequence[Paragraph]) -> Part:
    lines = [paragraph.lines for paragraph in found if paragraph.lines]
    span = (lines[0][0], lines[-1][1]) if lines else None
    return _part(Paragraph(_text(found), False, span), "")


def _text(found: Sequence[Paragraph]) -> str:
    return " ".join(f"• {each.text}" if each.is_bullet else each.text for each in found)


def _part(paragraph: Paragraph, lead_in: str) -> Part:
    is_new, text = without_new(paragraph.text)
    return Part(text, lead_in, is_new, paragraph.lines)


@cache
def _marks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A mark for new things at the beginning and at the end of a text."""
    names = "|".join(re.escape(word) for word in words("words", "new", "words"))
    capitals = "|".join(re.escape(word.upper()) for word in words("words", "new", "words"))
    marked = rf"[\[(*](?:{names})[\])*]+|(?:{names})\s*(?:action|mesure|item)?\s*[:–—!*]"
    opening = rf"\s*(?:(?i:{marked})|(?:{capitals})\b(?!-))[\s:–—*-]*"
    return re.compile(opening), re.compile(rf"\s*[\[(](?:{names})[\])]\s*\.?$", re.IGNORECASE)


def without_new(text: str) -> tuple[bool, str]:
    """Whether a text is marked as new, and the text without the mark. A new thing of its own is no mark."""
    opening = _marks()[0].match(text)
    if opening and opening.end() > 0:
        return True, text[opening.end() :].strip()
    closing = _marks()[1].search(text)
    return (True, text[: closing.start()].strip()) if closing else (False, text)
