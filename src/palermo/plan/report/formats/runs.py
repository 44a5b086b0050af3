"""Stretches of text with one look each: what paragraphs, items and some cells are made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look. A line feed in `text` is a line break."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    """An address; one that begins with a slash is of this site, and `with_site` completes it for files."""
    language: str = ""
    """BCP 47 tag where the text is not in the document's language, as when a translation is missing."""
    source: int = 0
    """The number of the return that the words before come from, where this run says so: it is set small."""


Runs = tuple[Run, ...]


def text(words: str, language: str = "") -> Runs:
    """Plain words as runs."""
    return (Run(words, language=language),) if words else ()


def plain(runs: Runs) -> str:
    """The words of the runs without their look."""
    return "".join(run.text for run in runs)
