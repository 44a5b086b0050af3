"""How plain spreadsheets say in place of an address, or beside it, that it is a secret: they have many ways.

What is not understood would be published, so that a doubt is better than a guess.
"""

from __future__ import annotations

import re

from palermo.foundation.search import folded
from palermo.protection.directory.hsds.sheet_headings import plain

_TELL = r"(?:(?:publi|disclos|shar|list|giv|releas|print|reveal|circulat|distribut|advertis|display)\w*|post(?:ed)?\b)"
_DIRE = r"(?:publi|divulgu|diffus|partag|donn|communiqu|transm|revel|affich|distribu)\w*"
_NOT = (
    r"(?:(?:do not|don ?t|never|not (?:to|for)|not|(?:must|should|can|is|are)n ?t|cannot) (?:to )?(?:be |been )?"
    rf"(?:public |publicly |ever )?{_TELL}(?: out)?)"
)
"""“Do not give out”."""
_NE_PAS = (
    rf"(?:(?:ne (?:pas|jamais)|non|n[e ] ?(?:\w+ )?(?:pas|jamais)) (?:etre |rendre )?{_DIRE}"
    rf"|ne (?:l )?{_DIRE} (?:pas|jamais))"
)
_INSIDE = r"(?:(?:internal|staff|office) use|staff only|usage interne)"
_KEPT = r"(?:keep|kept|remains?|tenue?s?|gardee?s?|garder|rester?) (?:strictly |strictement )?"
_NEVER = re.compile(
    rf"confidenti|undisclos|\bwithheld\b|\bun(?:published|listed|shared)\b|\bnot public\b|\b{_INSIDE}\b"
    rf"|\b{_NOT}|\b{_NE_PAS}|\b{_KEPT}(?:secret|hidden|private|cachee?|privee?)"
)
_APART = re.compile(r"[()\[\],;:|*\r\n\N{EN DASH}\N{EM DASH}]|(?<!conf)\.|\s-+")
_ALONE = re.compile(
    r"(?:the |this )?(?:address |location )?(?:is |top )?(?:secret|hidden|private|conf|safe ?house)"
    r"(?: address| location)?|(?:l )?(?:adresse |lieu )?(?:est )?(?:secrete?|cachee?|privee?)"
)

_WHERE = r"(?<!your )(?<!votre )(?<!mail )(?:address\w*|locations?|whereabouts|adresses?|emplacement|lieu)"
_HUSHED = (
    r"(?:confidenti\w*|undisclosed|secrete?|hidden|unlisted|unpublished|not public|private|cachee?|privee?|withheld)\b"
)
_IS = (
    r"(?:(?:is|are|be|must|to|remains?|kept|keep|stays?|strictly|a|est|reste|doit|demeure|rester|tenue?|gardee?|"
    r"strictement) )*"
)
_WHOSE = r"(?:(?:the|this|our|their|its|street|l|la|le|son|cette|notre|leur) )*"
_OF_PLACE = re.compile(
    r"\b(?:confidential|undisclosed|secret|hidden|unlisted|unpublished) (?:address|location)"
    r"|\b(?:adresse (?:confidentielle|secrete|cachee)|lieu (?:secret|confidentiel|cache))\b"
    rf"|\b{_WHERE} {_IS}(?:{_HUSHED}|{_NOT}|{_NE_PAS})|\b(?:{_NOT}|{_NE_PAS}|keep|garde[rz]) {_WHOSE}{_WHERE}"
)
_ONLY = re.compile(
    rf"(?:please |svp )?(?:(?:strictly )?confidenti\w*|{_NOT}|not public|{_NE_PAS}|(?:for |pour )?{_INSIDE}(?: only)?"
    r"|unlisted|unpublished)(?: please| svp)?"
)


def says_secret(text: str) -> bool:
    """Whether what stands in place of an address, or beside it, says that it is a secret.

    “Hidden Valley Road” is a street: such a word alone counts where nothing else is said between two signs.
    """
    said = plain(text)
    if _NEVER.search(said):
        return True
    return any(_ALONE.fullmatch(plain(piece)) for piece in _APART.split(folded(text)))


def says_place_secret(text: str) -> bool:
    """Whether a remark in another cell says so of the address. “Free and confidential counselling” does not."""
    said = plain(text)
    return _OF_PLACE.search(said) is not None or _ONLY.fullmatch(said) is not None
