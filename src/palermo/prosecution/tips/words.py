"""The words of the pages for the public, by language: data, since there are more of these than the site itself has."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

_DATA = Path(__file__).resolve().parent / "data"


@cache
def languages() -> dict[str, str]:
    """The code of each language in which the public can tell, and what it is called in itself."""
    return {path.stem: words(path.stem)["name"] for path in sorted((_DATA / "telling").glob("*.json"))}


@cache
def words(language: str) -> dict[str, str]:
    """All the words of the pages in a language."""
    said: dict[str, str] = json.loads((_DATA / "telling" / f"{language}.json").read_text(encoding="utf-8"))
    return said


@cache
def protected(language: str) -> list[tuple[str, list[str]]]:
    """How what is told is protected, in parts: a title and its paragraphs."""
    said: list[tuple[str, list[str]]] = json.loads(
        (_DATA / "protected" / f"{language}.json").read_text(encoding="utf-8")
    )
    return said
