"""Which needs somebody means by their own words, in either language, with or without accents and typing errors.

The words stand beside each need in `data/needs.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from rapidfuzz import fuzz, process

from palermo.foundation.search import folded, stems

ALIKE = 80
"""From how alike, of 100, an unknown word is taken for a known one (Indel similarity)."""
SHORTEST = 4
"""Letters from which on a word can be nearly another one; shorter ones are too near to too many."""
_LANGUAGES = ("en", "fr")
_EMPTY_ENGLISH = (
    "a an and any at be can do for from get give have help i if in is it me my need of on or our some something that "
    "the to want we what where who with you your"
)
_EMPTY_FRENCH = (
    "aide ai aider au aux avec avoir besoin ce cela ces chez comment d dans de des du elle en est et faire il j je l "
    "la le les leur m ma mes moi mon n ne nous on ou par pas pour qu que qui quoi s se ses son sur te tu un une veux "
    "vos votre vous y"
)
_EMPTY = frozenset([*_EMPTY_ENGLISH.split(), *_EMPTY_FRENCH.split()])
"""Words that say nothing of a need."""


@dataclass(frozen=True)
class Vocabulary:
    """What each known word means: its weight for each of the things that can be meant, by their codes."""

    weights: Mapping[str, Mapping[str, float]]

    def meant(self, said: str) -> list[str]:
        """The codes of what these words may mean, the likeliest first; none where no word is known."""
        scores: dict[str, float] = {}
        for variants in words_of(said):
            for code, weight in self._weights(variants).items():
                scores[code] = scores.get(code, 0.0) + weight
        if not scores:
            return []
        enough = max(scores.values()) / 3
        return sorted((code for code in scores if scores[code] >= enough), key=lambda code: -scores[code])

    def _weights(self, variants: frozenset[str]) -> dict[str, float]:
        known = [word for word in variants if word in self.weights] or nearly(variants, self.weights)
        found: dict[str, float] = {}
        for word in known:
            for code, weight in self.weights[word].items():
                found[code] = max(found.get(code, 0.0), weight)
        return found


def vocabulary(words: Mapping[str, Iterable[str]]) -> Vocabulary:
    """The vocabulary of some things by the words and phrases that mean each of them, in any language.

    A word weighs the less, the more things it may mean (inverse document frequency); one of a phrase less than one
    that stands alone.
    """
    found: dict[str, dict[str, float]] = {}
    for code, phrases in words.items():
        for phrase in phrases:
            parts = words_of(phrase)
            for variants in parts:
                for variant in variants:
                    weights = found.setdefault(variant, {})
                    weights[code] = max(weights.get(code, 0.0), 1 / len(parts))
    count = len(words)
    rare = {word: 1 + log(count / len(weights)) for word, weights in found.items()}
    return Vocabulary(
        {word: {code: weight * rare[word] for code, weight in weights.items()} for word, weights in found.items()}
    )


def words_of(said: str) -> list[frozenset[str]]:
    """The words of a text that say something, each as it may be looked for: by its stem in either language."""
    words = (folded(word) for word in re.findall(r"[^\W_]+", said))
    return [frozenset(stem for language in _LANGUAGES for stem in stems(word, language)) | {word}
            for word in words if word not in _EMPTY]  # fmt: skip


def nearly(variants: Iterable[str], known: Iterable[str]) -> list[str]:
    """The known words that are most like one of these, short ones left out: “kill” is not nearly “ill”."""
    pool = [word for word in known if len(word) >= SHORTEST]
    found = [
        match
        for variant in variants
        if len(variant) >= SHORTEST
        for match in process.extract(variant, pool, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=3)
    ]
    best = max((score for _word, score, _at in found), default=0.0)
    return sorted({word for word, score, _at in found if score == best})
