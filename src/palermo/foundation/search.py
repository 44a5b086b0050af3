"""Words made comparable: no case, no accents, no endings. Plain Python."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_STEMMERS = {"en": snowballstemmer.stemmer("english"), "fr": snowballstemmer.stemmer("french")}
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The text in lower case and without accents; œ and æ as two letters."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache(maxsize=20_000)
def _stem(word: str, language: str) -> str:
    return folded(str(_STEMMERS[language].stemWord(word)))


def stems(text: str, language: str) -> list[str]:
    """The words of a text without their endings, in order; the language is en or fr."""
    return [_stem(word, language) for word in _WORD.findall(text.casefold())]


def search_key(language: str, *texts: str) -> str:
    """What is stored beside a record: each stem once, each between spaces, so that ` stem` finds its beginning."""
    found = dict.fromkeys(stem for text in texts for stem in stems(text, language))
    return f" {' '.join(found)} " if found else ""
