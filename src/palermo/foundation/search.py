"""Words made comparable: no case, no accents, no endings. Plain Python."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_STEMMERS = {"en": "english", "fr": "french"}
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The text in lower case and without accents; œ and æ as two letters."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _stem(word: str, language: str) -> str:
    # A stemmer remembers its last word, so each word has its own.
    return folded(str(snowballstemmer.stemmer(_STEMMERS[language]).stemWord(word)))


_remembered = lru_cache(maxsize=20_000)(_stem)


def stems(text: str, language: str, *, remember: bool = True) -> list[str]:
    """The words of a text without their endings, in order; the language is en or fr.

    Stems are remembered, so that those of many texts take little time; not those of words of which no trace may stay.
    """
    find = _remembered if remember else _stem
    return [find(word, language) for word in _WORD.findall(text.casefold())]


def search_key(language: str, *texts: str) -> str:
    """What is stored beside a record: each stem once, each between spaces, so that ` stem` finds its beginning."""
    found = dict.fromkeys(stem for text in texts for stem in stems(text, language))
    return f" {' '.join(found)} " if found else ""
