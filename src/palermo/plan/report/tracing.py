"""Which sentence of a text comes from which return. Plain Python: it knows of texts and numbers alone.

A sentence is traced where the same words, whatever their capitals, spaces and signs at the end, stand in an account;
an edited one is somebody's own. Where several returns say the same, the one that the paragraph names is meant, and
without a name all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from palermo.plan.report.formats.document import (
    Block,
    BulletList,
    Cell,
    Heading,
    NumberedList,
    Paragraph,
    Quote,
    Run,
    Runs,
    Table,
)
from palermo.plan.report.formats.markdown import read_markdown
from palermo.plan.report.formats.markdown_marks import numbers_in

END = re.compile(r"(?<![.!?…])[.!?…]++(?:[\s\u00a0\u202f]*+[»”\"’)]++)?(?=\s|$)|\n[^\S\n]*+\n\s*+")
"""Where a sentence ends: with its sign and what closes it, or before an empty line. Possessive, so that the time that
it takes grows with the text and not with its square, whatever somebody wrote."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in a text, and the returns that say the same; none where it is somebody's own."""

    words: str
    returns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one account says: its return, its texts in both languages, and how a draft introduces it."""

    number: int
    texts: tuple[str, ...]
    labels: tuple[str, ...] = ()


class Known:
    """The sentences of a period's accounts, to look up others in."""

    def __init__(self, accounts: Iterable[Said]) -> None:
        """Take every sentence of every account."""
        self._returns: dict[str, list[int]] = {}
        self._labels: set[str] = set()
        for one in accounts:
            self._labels.update(map(normalised, one.labels))
            for sentence in {normalised(each) for text in one.texts for each in sentences(text)} - {""}:
                self._returns.setdefault(sentence, []).append(one.number)

    def returns(self, sentence: str, named: int = 0) -> tuple[int, ...]:
        """The returns that say a sentence; only the one that its paragraph names, where that is among them."""
        found = self._returns.get(normalised(sentence), [])
        return (named,) if named in found else tuple(found)

    def is_label(self, words: str) -> bool:
        """Whether words only say whose account follows."""
        return normalised(words) in self._labels


def normalised(sentence: str) -> str:
    """What two sentences must have in common to be the same."""
    words = unicodedata.normalize("NFKC", sentence).casefold().replace("’", "'")
    return " ".join(words.split()).strip(' .!?…:;,"“”«»()')


def sentences(text: str) -> list[str]:
    """A text cut into its sentences."""
    ends = [found.end() for found in END.finditer(text)]
    parts = (text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True))
    return [words for each in parts if (words := re.sub(r"[ \t-\r]+", " ", each).strip())]


def traced(markdown: str, known: Known) -> list[Sentence]:
    """Every sentence of a narrative, in order, with the returns that it comes from."""
    marks = {number: Run("·", source=number) for number in numbers_in(markdown)}
    blocks = read_markdown(markdown, part_key="part", part_heading="", sources=marks).blocks
    return [sentence for block in blocks for runs in _texts(block) for sentence in _of_text(runs, known)]


def count_untraced(found: Iterable[Sentence]) -> int:
    """How many sentences come from no return."""
    return sum(not sentence.returns for sentence in found)


def _of_text(runs: Runs, known: Known) -> Iterator[Sentence]:
    for words, named in _stretches(runs, known):
        yield from (Sentence(each, known.returns(each, named)) for each in sentences(words))


def _stretches(runs: Runs, known: Known) -> Iterator[tuple[str, int]]:
    """The words up to each mark of a return, with its number; those after the last mark have none."""
    words = ""
    for place, run in enumerate(runs):
        if run.source:
            yield words, run.source
            words = ""
        elif not (place == 0 and run.bold and known.is_label(run.text)):
            words += run.text
    yield words, 0


def _texts(block: Block) -> Iterator[Runs]:
    """The texts of a block, each of which begins and ends a sentence."""
    if isinstance(block, Heading | Paragraph | Quote):
        yield block.runs
    elif isinstance(block, BulletList | NumberedList):
        for item in block.items:
            yield item.runs
            for nested in item.nested:
                yield from _texts(nested)
    elif isinstance(block, Table):
        yield from ((Run(str(_value(cell))),) for row in block.rows for cell in row)


def _value(cell: object) -> object:
    return cell.value if isinstance(cell, Cell) else cell
