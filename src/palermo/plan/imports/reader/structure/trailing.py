"""A status that is printed with its thing: in brackets, after a dash or a colon, or before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from palermo.plan.imports.reader.structure.leads import names_organisation
from palermo.plan.imports.reader.structure.statuses import exact_status
from palermo.plan.imports.reader.vocabulary import fold, word_set

_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{2,60})[)\]]\s*[.;]?\s*$")
_AFTER_DASH = re.compile(r"\s+[–—-]\s+([^–—]{2,60})$|[.:;]\s+([^.:;]{2,40})[.]?$")
_BEFORE = re.compile(r"^[(\[]([^()\[\]]{2,40})[)\]]\s*[:–—-]?\s*|^([^:–—]{2,40}?)\s*(?::|\s[–—-])\s+")


def split_status(text: str) -> tuple[str, str]:
    """A text without the status that it ends or begins with, and that status as printed."""
    for pattern in (_IN_BRACKETS, _AFTER_DASH, _BEFORE):
        found = pattern.search(text)
        if found is None:
            continue
        printed = next(group for group in found.groups() if group)
        if exact_status(printed):
            return (text[: found.start()] + text[found.end() :]).strip(), printed.strip()
    return text, ""


def status_of_heading(text: str) -> str:
    """The status that a heading gives to all below it, such as that of completed actions; "" where it gives none."""
    kept = [word for word in text.split() if fold(word).strip(":()") not in word_set("headings", "plan", "items")]
    printed = " ".join(kept).strip(" :")
    return printed if len(kept) <= 4 and printed and exact_status(printed) else ""


def split_brackets(text: str) -> tuple[str, str]:
    """A text without the names in brackets that it ends on, and those names."""
    found = _IN_BRACKETS.search(text)
    if found is None or exact_status(found.group(1)):
        return text, ""
    names = found.group(1)
    content = [word for word in re.findall(r"[^\W\d_]{4,}", names) if not word[0].isupper()]
    return (text[: found.start()].strip(), names) if not content and names[:1].isupper() else (text, "")


def in_brackets(texts: Sequence[str]) -> bool:
    """Whether a list puts who is responsible in brackets: most items end on names, and some name organisations.

    One acronym after its long form is no such habit.
    """
    names = [split_brackets(split_status(text)[0])[1] for text in texts]
    named = [name for name in names if name]
    return len(named) >= 2 and len(named) * 5 >= len(texts) * 3 and any(names_organisation(name) for name in named)
