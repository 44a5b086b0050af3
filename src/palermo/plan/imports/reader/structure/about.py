"""What a document says of itself: its title, its language, the year that it reports on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from palermo.plan.imports.reader.structure.grids import Grid
from palermo.plan.imports.reader.structure.headings import labelled
from palermo.plan.imports.reader.structure.lines import Line
from palermo.plan.imports.reader.vocabulary import fold, word_set, words

LINES_OF_A_TITLE = 30
LINES_ABOUT_THE_PERIOD = 60
_YEARS = r"(20\d\d)\s*[-–/]\s*(20\d\d|\d\d)"
_SPAN = re.compile(
    r"april 1,? (20\d\d),?\s*(?:-|to|through)\s*march 31,? (20\d\d)|1 april (20\d\d)\s*(?:-|to)\s*31 march (20\d\d)"
    r"|1er avril (20\d\d)\s*(?:-|au|a)\s*31 mars (20\d\d)"
)
_REPORT = re.compile(
    rf"(?:report|rapport|progress|bilan|update|suivi)\b[^.\n]{{0,60}}?\(?{_YEARS}"
    rf"|{_YEARS}\s+(?:annual |progress )?(?:report|update)"
)


def title_of(lines: Sequence[Line]) -> str:
    """The first short line near the top that speaks of a plan or report, else the first line if it is short."""
    names = words("headings", "titles", "words")
    top = [line.bare.strip("#* ") for line in lines[:LINES_OF_A_TITLE]]
    for place, text in enumerate(top):
        if _in_paragraph(lines, place):
            continue
        folded = fold(text)
        if _could_be_title(text) and any(re.search(rf"\b{re.escape(name)}\b", folded) for name in names):
            return text
    first = top[0] if top else ""
    return first if _could_be_title(first) and len(first.split()) > 2 else ""


def _in_paragraph(lines: Sequence[Line], place: int) -> bool:
    """Whether a line stands in a block of text that ends with a full stop."""
    end = place + 1
    while end < len(lines) and not lines[end].gap:
        end += 1
    return end - place > 1 and lines[end - 1].bare.endswith((".", ";")) and not lines[end - 1].is_bullet


def _could_be_title(text: str) -> bool:
    if not text[:1].isalnum() or len(text) > 130 or text.endswith((".", ";", ",", ":")) or "|" in text or "\t" in text:
        return False
    return labelled(text) is None and not re.match(r"\d+[.)]\s", text) and text[:1].isupper() | text[:1].isdigit()


def language_of(lines: Sequence[Line], grids: Sequence[Grid]) -> str:
    """En or fr by the small words of the text, "" where neither is clearly ahead."""
    texts = [line.text for line in lines[:600]]
    texts += [piece.text for grid in grids[:10] for row in grid.rows for cell in row for piece in cell]
    found = re.findall(r"[a-z']+", fold(" ".join(texts)))
    english = sum(word in word_set("words", "languages", "en") for word in found)
    french = sum(word in word_set("words", "languages", "fr") for word in found)
    if max(english, french) < 1 or max(english, french) < 2 * min(english, french):
        return ""
    return "en" if english > french else "fr"


def period_of(lines: Sequence[Line]) -> str:
    """The fiscal year that the document says it reports on, such as 2013-2014, else ""."""
    text = fold(" ".join(line.text for line in lines[:LINES_ABOUT_THE_PERIOD]))
    for pattern in (_SPAN, _REPORT):
        for found in pattern.finditer(text):
            first, second = (group for group in found.groups() if group)
            last = int(second) if len(second) == 4 else int(first) // 100 * 100 + int(second)
            if last == int(first) + 1:
                return f"{first}-{last}"
    return ""
