"""A status that is printed with its thing: in brackets, after a dash or a colon, or before it."""

from __future__ import annotations

import re

from palermo.plan.imports.reader.structure.statuses import exact_status

_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{2,60})[)\]]\s*[.;]?\s*$")
_AFTER_DASH = re.compile(r"\s+[–—-]\s+([^–—]{2,60})$|[.:;]\s+([^.:;]{2,40})[.]?$")
_BEFORE = re.compile(r"^[(\[]([^()\[\]]{2,40})[)\]]\s*[:–—-]?\s*")


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
