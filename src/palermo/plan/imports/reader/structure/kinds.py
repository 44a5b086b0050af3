"""Tells lists that are no plan: contents, questions, references, laws, instructions, and what was already done."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from palermo.plan.imports.reader.vocabulary import fold, words

LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}\s*$|…+\s*\d{1,4}\s*$|_{4,}\s*\d{1,4}\s*$")
_PAGE_AT_END = re.compile(r"[^\d\s/–-]\s+\d{1,3}$")
_YEAR_IN_BRACKETS = re.compile(r"\((?:19|20)\d\d[a-z]?\)")


def kind_of_items(items: Sequence[str], whole: str) -> str:
    """Why items are no steps of a plan, as the code of a refusal, "" where nothing speaks against them.

    `whole` is the folded text of the document, for what only the text around the items tells.
    """
    if _most(items, lambda text: text.rstrip().endswith("?")):
        return "questions"
    if _most(items, lambda text: LEADERS.search(text) is not None or _PAGE_AT_END.search(text) is not None):
        return "contents"
    if _most(items, _is_reference):
        return "references"
    if sum(phrase in whole for phrase in words("headings", "law", "phrases")) >= 2:
        return "law_text"
    if len(set(_instructions().findall(whole))) >= 3:
        return "instructions"
    return ""


def tell_of_the_past(items: Sequence[str]) -> bool:
    """Whether most items say what was done rather than what is to be done."""
    return _most(items, lambda text: _done().search(fold(text)) is not None)


@cache
def _done() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words("headings", "done", "words"))) + r")\b")


@cache
def _instructions() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words("headings", "instructions", "words"))) + r")\b")


def _is_reference(text: str) -> bool:
    folded = f" {fold(text)} "
    return _YEAR_IN_BRACKETS.search(text) is not None or any(
        sign in folded for sign in words("headings", "cited", "signs")
    )


def _most(items: Sequence[str], test: Callable[[str], bool]) -> bool:
    return bool(items) and sum(map(test, items)) * 2 > len(items)
