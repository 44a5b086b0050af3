"""Two marks of our own in Markdown: where words come from, and what language they are in.

    The courts now have rooms for this. [return 123]
    [fr] Les tribunaux ont maintenant des salles pour cela. [compte rendu 123]

`[return 123]` names the return that the words before it were taken from, in either language. `[fr]` or `[en]` says
that the words up to that, or up to the end of the paragraph, are in that language. A backslash before the bracket
keeps it as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from palermo.plan.report.formats.runs import Run

TAGS: Mapping[str, str] = {"en": "en-CA", "fr": "fr-CA"}
WORDS: Mapping[Literal["en", "fr"], str] = {"en": "return", "fr": "compte rendu"}
MARK = re.compile(
    r"\[(?:return|compte[ \xa0]rendu)[ \xa0](?P<number>\d{1,18})\](?![(\[:])|\[(?P<language>en|fr)\](?![(\[:]) ?",
    re.IGNORECASE,
)

Sources = Mapping[int, Run]
"""How a report refers to each return, by its number."""


def source_mark(number: int, language: Literal["en", "fr"]) -> str:
    """The mark that names a return, in the words of a language."""
    return f"[{WORDS[language]} {number}]"


def language_mark(language: Literal["en", "fr"]) -> str:
    """The mark that says what language the words after it are in."""
    return f"[{language}]"


def escaped(words: str) -> str:
    """Plain words as Markdown that reads as just these words, on one line. No-break spaces stay what they are."""
    line = re.sub(r"([\\`*_\[\]<>#|&!~])", r"\\\1", re.sub(r"[ \t-\r]+", " ", words).strip())
    return re.sub(r"^(\d+)([.)])|^([-+=])", lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", line)


def numbers_in(text: str) -> set[int]:
    """The numbers of the returns that a text may name; some may stand behind a backslash."""
    return {int(found["number"]) for found in MARK.finditer(text) if found["number"]}


def add_marks(parser: MarkdownIt) -> MarkdownIt:
    """Teach a parser the two marks: each becomes a token `mark` that holds what it names."""
    parser.inline.ruler.before("link", "mark", _mark)
    return parser


def _mark(state: StateInline, silent: bool) -> bool:
    found = MARK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("mark", "", 0)
        token.content = found[0]
        token.meta = {"number": int(found["number"] or 0), "language": TAGS.get((found["language"] or "").lower(), "")}
    state.pos = found.end()
    return True
