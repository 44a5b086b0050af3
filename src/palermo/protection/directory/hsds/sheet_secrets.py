"""How plain spreadsheets say in place of an address, or beside it, that it is a secret: they have many ways.

What is not understood would be published, so that a doubt is better than a guess.
"""

from __future__ import annotations

import re

from palermo.foundation.search import folded
from palermo.protection.directory.hsds.sheet_headings import plain

_NEVER = re.compile(
    r"confidenti|undisclos|\b(do not|don t|not (to be|for)|never|un)\s?(publish|publication|disclose|share|list)"
    r"|\bnot (public|published|disclosed|listed|shared)\b|\bwithheld\b|\bunpublished\b"
    r"|\b(ne pas|non) (publi|divulgu|diffus|partag)|\btenue? (secret|confidenti)"
)
_ASIDE = re.compile(r"[(\[]([^)\]]*)[)\]]|\s[-\N{EN DASH}\N{EM DASH}*]+\s*(.*)$")
_ALONE = re.compile(
    r"(the )?(address )?(is )?(secret|hidden|private)( address| location)?|(adresse |lieu )?(secrete?|cachee?|privee?)"
)


def says_secret(text: str) -> bool:
    """Whether what stands in place of an address, or beside it, says that it is a secret.

    “Hidden Valley Road” is a street: such a word alone counts where nothing else is said, or in brackets.
    """
    said = plain(text)
    if _NEVER.search(said) or _ALONE.fullmatch(said):
        return True
    asides = (plain(piece) for found in _ASIDE.finditer(folded(text)) for piece in found.groups() if piece)
    return any(_ALONE.fullmatch(piece) for piece in asides)
