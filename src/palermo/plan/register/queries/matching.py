"""Finding deliverables by words: in both languages at once, with or without accents and endings, or by code."""

from __future__ import annotations

import re
from functools import lru_cache

from django.db.models import Q

from palermo.foundation.bilingual import LANGUAGES, Language
from palermo.foundation.search import search_key, stems
from palermo.plan.register.models import Deliverable

MOST_WORDS = 8
"""Further words are left out, so that no query takes for ever."""
_LIKE_A_CODE = re.compile(r"(?=.*\d)[^\s]+[.\-][^\s]+")


_title_key = lru_cache(maxsize=20_000)(search_key)


def words_of(query: str) -> list[str]:
    """The words of a query that are looked for."""
    return query.split()[:MOST_WORDS]


def matching(query: str) -> Q:
    """Deliverables in which every word of the query begins a word of the text, in either language.

    A word such as `1.11` or `1.11-02a` is looked for as the beginning of a code instead.
    """
    found = Q()
    for word in words_of(query):
        found &= Q(code__istartswith=word) if _LIKE_A_CODE.fullmatch(word) else _in_either(word)
    return found


def _in_either(word: str) -> Q:
    in_languages = [_in_language(word, language) for language in LANGUAGES]
    return in_languages[0] | in_languages[1]


def _in_language(word: str, language: Language) -> Q:
    found = Q()
    for stem in stems(word, language):
        found &= Q(**{f"search_{language}__contains": f" {stem}"})
    return found or Q(**{f"search_{language}__contains": f" {word}"})


def languages_of(found: Deliverable, query: str) -> list[Language]:
    """In which languages a deliverable has all words of the query; both where it was found by its code."""
    words = [word for word in words_of(query) if not _LIKE_A_CODE.fullmatch(word)]
    keys: dict[Language, str] = {"en": found.search_en, "fr": found.search_fr}
    return [language for language in LANGUAGES if all(_has(keys[language], word, language) for word in words)]


def _has(key: str, word: str, language: Language) -> bool:
    return all(f" {stem}" in key for stem in stems(word, language))


def text_matches(query: str, en: str, fr: str) -> list[Language]:
    """In which languages a short text has all words of the query; for records that keep no search key."""
    keys: dict[Language, str] = {"en": _title_key("en", en), "fr": _title_key("fr", fr)}
    words = words_of(query)
    return [each for each in LANGUAGES if words and all(_has(keys[each], word, each) for word in words)]
