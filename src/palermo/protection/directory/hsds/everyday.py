"""Which needs somebody means by their own words, in either language, with or without accents and typing errors.

The words stand beside each need in `data/needs.json`. Words that belong together, such as “work permit”, mean what they
mean together, and nothing of what each of them means alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from palermo.foundation.search import folded, stems

ALIKE = 80
"""From how alike, of 100, an unknown word is taken for the word of a name (Indel similarity)."""
SHORTEST = 4
"""Letters from which on a word can be nearly another one; shorter ones are too near to too many."""
MISTYPED = 5
"""Letters from which on a word may be a need's with a typing error: “told” is not “sold”."""
_STEM = 4
"""Letters of a stem from which on it tells a word in all its forms: “fine” is not “fin”, nor “file” a son."""
_LONG = 10
"""Letters from which on a word may hold two errors."""
_TOGETHER = 1.5
"""How much more words say that were found together than one alone."""
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
_FAINT_ENGLISH = (
    "about again all am anybody anyone are been but by call called calling calls did does going got had has he her "
    "here him his how im it its ive just let made make makes makin more never no not now one please pls plz quite "
    "really she show so somebody someone someones still than their them there these they this those too u up ur us "
    "very was were when which while whole will would"
)
_FAINT_FRENCH = (
    "a aidez appelle as aussi c ca car celle cette chu chui comme donc elles encore es etait ete eu fait garde homme "
    "hommes ici icitte ils jai jsuis jveux lui madame mais meme merci ont part plait plus pu quand quelqu quelque sa "
    "si sont stp suis svp t ta tes toi tous tout toute toutes tres vais vraiment"
)
_FAINT = _EMPTY | frozenset([*_FAINT_ENGLISH.split(), *_FAINT_FRENCH.split()])
"""Words that say something of a need only where no other word does, and that may stand between words of a phrase."""
_WRITTEN_RIGHT = (
    "agent aimer apple aside belle bless blessed boite books carte cause change changed changer changes chanter "
    "chaque chose classe coach colleague colleagues college contact contacts cooking corps count county course cousin "
    "crowd crush depart deux devenu douce explication fellow femme fete finds folle fried garden grade grand guide "
    "heading hearing horse invitation jaune langage later lever ligne liste longue lovely lover lower manage manner "
    "masque model monkey moque named passer permet plage plain plant plate player pluie poisson press pression preuve "
    "proche proches quiet reading refuse repos reste robe sauter saying serie series share sheep signe source spring "
    "statue stock store style tant tenue tester tiens treat trente using venue voter waves"
)
_RIGHT = frozenset(_WRITTEN_RIGHT.split())
"""Words that are written right, however near they are to one that says something of a need."""
_LETTERS = re.compile(r"[^\W_]+")
_NOT = re.compile(r"(?<=n)['\N{RIGHT SINGLE QUOTATION MARK}](?=t\b)", re.IGNORECASE)
"""The apostrophe of “can’t”, which people in a hurry leave out."""


class _Word(NamedTuple):
    """A word without accents and capitals, and what it is known by: itself and its stem in either language."""

    text: str
    variants: frozenset[str]

    @property
    def is_faint(self) -> bool:
        """Whether it says something only where no other word does."""
        return self.text in _FAINT

    def is_like(self, other: _Word) -> bool:
        """Whether they are the same word in any form."""
        return not self.variants.isdisjoint(other.variants)


@dataclass(frozen=True)
class _Phrase:
    """Words that belong together, or one alone, and the codes of what they mean."""

    words: tuple[_Word, ...]
    codes: frozenset[str]

    def end(self, spoken: Sequence[_Word], place: int) -> int:
        """Where it ends if it begins at a place, faint words between its own left aside; 0 where it does not."""
        for number, word in enumerate(self.words):
            while number and place < len(spoken) and spoken[place].is_faint and not word.is_like(spoken[place]):
                place += 1
            if place == len(spoken) or not word.is_like(spoken[place]):
                return 0
            place += 1
        return place


class _Found(NamedTuple):
    """The codes of what is meant by some words of a text, whether these are several, and whether all are faint."""

    codes: frozenset[str]
    is_phrase: bool
    is_faint: bool


@dataclass(frozen=True)
class Vocabulary:
    """What can be meant, by its codes, and all words and phrases that mean some of it."""

    codes: Sequence[str]
    phrases: Sequence[_Phrase]

    def meant(self, said: str) -> list[str]:
        """The codes of what these words may mean, the likeliest first; none where no word is known.

        A word weighs the less, the more things it may mean (inverse document frequency); a phrase more than a word,
        which may stand there by chance.
        """
        found = list(self._found(_spoken(said)))
        scores = dict.fromkeys(self.codes, 0.0)
        for one in [strong for strong in found if not strong.is_faint] or found:
            weight = (1 + log(len(self.codes) / len(one.codes))) * (_TOGETHER if one.is_phrase else 1)
            for code in one.codes:
                scores[code] += weight
        enough = max(scores.values(), default=0.0) / 3
        return sorted((code for code in scores if scores[code] >= enough > 0), key=lambda code: -scores[code])

    def says(self, code: str, said: str) -> bool:
        """Whether any of these words mean the thing of this code, whatever the others mean."""
        return any(code in one.codes for one in self._found(_spoken(said)))

    def _found(self, spoken: Sequence[_Word]) -> Iterator[_Found]:
        """What is meant from left to right, the longest phrases first, and among these those of the most words."""
        place = 0
        while place < len(spoken):
            word = spoken[place]
            here = [
                ((one.end(spoken, place), len(one.words)), one)
                for variant in word.variants
                for one in self._by_first.get(variant, [])
            ]
            longest = max((reach for reach, _one in here), default=(0, 0))
            end = longest[0]
            known = [one for reach, one in here if reach == longest] if end else self._mistyped(word)
            end = end or place + 1
            if known:
                yield _found_in(spoken[place:end], known)
            place = end

    def _mistyped(self, word: _Word) -> list[_Phrase]:
        """The known words that are nearest to one with a typing error, the first letter of which is right."""
        if word.is_faint or word.text in _RIGHT or len(word.text) < MISTYPED:
            return []
        pool = [known for known in self._alone if known[0] == word.text[0] and len(known) >= MISTYPED]
        errors = 2 if len(word.text) >= _LONG else 1
        near = process.extract(word.text, pool, scorer=OSA.distance, score_cutoff=errors, limit=3)
        return [self._alone[known] for known, distance, _at in near if distance == near[0][1]]

    @cached_property
    def _by_first(self) -> dict[str, list[_Phrase]]:
        found: dict[str, list[_Phrase]] = {}
        for one in self.phrases:
            for variant in one.words[0].variants:
                found.setdefault(variant, []).append(one)
        return found

    @cached_property
    def _alone(self) -> dict[str, _Phrase]:
        """The words that mean something by themselves."""
        return {one.words[0].text: one for one in self.phrases if len(one.words) == 1}


def _found_in(spoken: Sequence[_Word], known: Sequence[_Phrase]) -> _Found:
    """What some words mean by phrases that are like them; those in these very forms come first: “HIV” is no “hiver”."""
    texts = {word.text for word in spoken}
    same = [one for one in known if all(word.text in texts for word in one.words)]
    codes = frozenset(code for one in same or known for code in one.codes)
    return _Found(codes, len(spoken) > 1, all(word.is_faint for word in spoken))


def vocabulary(words: Mapping[str, Iterable[str]]) -> Vocabulary:
    """The vocabulary of some things by the words and phrases that mean each of them, in any language."""
    codes: defaultdict[tuple[_Word, ...], set[str]] = defaultdict(set)
    for code, phrases in words.items():
        for phrase in phrases:
            codes[tuple(_split(phrase, remember=True))].add(code)
    return Vocabulary(tuple(words), [_Phrase(words, frozenset(meant)) for words, meant in codes.items()])


def words_of(said: str) -> list[frozenset[str]]:
    """The words of a text that say something, each as it may be looked for: by its stem in either language.

    Where none does, it is all of them: a house may be called “Chez nous”.
    """
    return _saying(said, _EMPTY)


def telling(said: str) -> list[frozenset[str]]:
    """The same, without the faint ones, such as “please”, which people write around a name."""
    return _saying(said, _FAINT)


def _saying(said: str, silent: frozenset[str]) -> list[frozenset[str]]:
    words = _each(said)
    return [_forms(word, remember=False) for word in [word for word in words if word not in silent] or words]


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


def _spoken(said: str) -> list[_Word]:
    """The words of somebody who searches, of which no trace stays."""
    return _split(said, remember=False)


def _split(said: str, *, remember: bool) -> list[_Word]:
    return [
        _Word(one, frozenset(form for form in _forms(one, remember=remember) if form == one or len(form) >= _STEM))
        for one in _each(_NOT.sub("", said))
    ]


def _each(said: str) -> list[str]:
    return [folded(word) for word in _LETTERS.findall(said)]


def _forms(word: str, *, remember: bool) -> frozenset[str]:
    return frozenset(stem for language in _LANGUAGES for stem in stems(word, language, remember=remember)) | {word}
