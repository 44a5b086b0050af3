"""The words of the pages for the public, by language: data, since there are more of these than the site itself has."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "data" / "telling"


@cache
def languages() -> dict[str, str]:
    """The code of each language in which the public can tell, and what it is called in itself."""
    return {path.stem: words(path.stem)["name"] for path in sorted(_FOLDER.glob("*.json"))}


@cache
def words(language: str) -> dict[str, str]:
    """All the words of the pages in a language."""
    said: dict[str, str] = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return said
