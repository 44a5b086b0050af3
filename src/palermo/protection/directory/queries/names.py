"""Services by the words in their names, in either language, with or without accents and typing errors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, Max, OuterRef, QuerySet, Value, When
from django.db.models.functions import Length

from palermo.people.policies import Viewer
from palermo.protection.directory.hsds import places
from palermo.protection.directory.hsds.everyday import nearly, telling, words_of
from palermo.protection.directory.models import FinderEntry, Service, ServiceWord, Word
from palermo.protection.directory.queries import needs

MOST_WORDS = 6
"""So many words are looked for: nobody names a service by more, and each of them costs."""
COMMON = 2_000
"""A word that stands in so many names is no help in finding one."""
RARE = 500
"""By a word that stands in fewer names, services can be told."""
MOST_MEANT = 200
"""So many services are put in order: whoever names more of them has to write more of the name."""
APART = 2
"""So much longer or shorter a word may be than the one that it is taken for."""
OWN = 2
"""What a word weighs that names a service; a common one, that of a place and that of a need weigh half of it."""


class _Said(NamedTuple):
    """A word of a text: the keys of those in names that it is, the rare ones among them, and what it weighs."""

    keys: list[int]
    rare: list[int]
    weight: int


def named(viewer: Viewer, said: str) -> QuerySet[Service]:
    """The services in whose names, or in that of their organization, every word of a text stands; none for no words.

    They are in the order of their keys.
    """
    meant = _keys(words_of(said)[:MOST_WORDS])
    return _with_every(meant, _counts(meant) if len(meant) > 1 else {})


def called(viewer: Viewer, said: str) -> list[UUID]:
    """The services that somebody may mean who writes a name and other words, of those that answer a need.

    They are `MOST_MEANT` at most. What stands in no name is left aside where a word does by which services can be
    told, as are faint words. The services are those in whose names most of the others stand; a town alone, or what
    somebody needs, names none among other words. Where all words are common, every one has to stand there.
    """
    words = telling(said)[:MOST_WORDS]
    meant = _keys(words)
    counts = _counts(meant)
    each = [_weighed(word, keys, counts) for word, keys in zip(words, meant, strict=True)]
    if any(one.rare for one in each):
        return _with_most(each)
    answers = FinderEntry.objects.filter(service=OuterRef("pk"))
    return list(_with_every(meant, counts).filter(Exists(answers)).values_list("pk", flat=True)[:MOST_MEANT])


def _weighed(word: frozenset[str], keys: list[int], counts: dict[int, int]) -> _Said:
    said = max(word, key=len)
    rare = [key for key in keys if counts[key] < RARE]
    is_own = (rare or not keys) and not places.found(said) and not needs.meant(said)
    return _Said(keys, rare, OWN if is_own else 1)


def _with_most(each: Sequence[_Said]) -> list[UUID]:
    """The services that answer a need and have a rare word, in whose names the words weigh most."""
    rare = [key for one in each for key in one.rare]
    named = ServiceWord.objects.filter(service__in=ServiceWord.objects.filter(word__in=rare).values("service"))
    answers = FinderEntry.objects.filter(service=OuterRef("service"))
    found = [Max(Case(When(word__in=one.keys, then=Value(one.weight)), default=0)) for one in each if one.keys]
    weights = named.filter(Exists(answers)).values("service").annotate(weight=reduce(add, found))
    enough = weights.filter(weight__gte=min(OWN, sum(one.weight for one in each)))
    first = list(enough.order_by("-weight", "service").values_list("service", "weight")[:MOST_MEANT])
    return [service for service, weight in first if weight == first[0][1]]


def _keys(words: Sequence[frozenset[str]]) -> list[list[int]]:
    """The keys of the words in names that each of these words is, or is most like."""
    known = {one.text: one.pk for one in Word.objects.filter(text__in={text for each in words for text in each})}
    return [[known[text] for text in variants if text in known] or _like(variants) for variants in words]


def _counts(meant: Sequence[list[int]]) -> dict[int, int]:
    return {key: _count(key) for key in {key for keys in meant for key in keys}}


def _with_every(meant: Sequence[list[int]], counts: dict[int, int]) -> QuerySet[Service]:
    if not meant:
        return Service.objects.none()
    rarest, *others = sorted(meant, key=lambda keys: sum(counts.get(key, 0) for key in keys))
    if len(rarest) == 1:
        # By one word, services stand in this very order, so that the first of them are found without all the others.
        found = Service.objects.filter(words__word=rarest[0]).order_by("words__service_id")
    else:
        found = Service.objects.filter(pk__in=ServiceWord.objects.filter(word__in=rarest).values("service"))
    for keys in others:
        # Asked of those alone that have the rarest word, and no longer than until enough of them are found.
        found = found.filter(Exists(ServiceWord.objects.filter(service=OuterRef("pk"), word__in=keys)))
    return found


def _count(word: int) -> int:
    """In how many names a word stands, as far as it matters which of two is the rarer."""
    return ServiceWord.objects.filter(word=word)[:COMMON].count()


def _like(variants: Iterable[str]) -> list[int]:
    """The keys of the words that are most like one that stands in no name."""
    lengths = [len(text) for text in variants]
    shortest, longest = min(lengths) - APART, max(lengths) + APART
    # Numbers stand before all letters, and nobody means another number than the one that they write.
    words = Word.objects.filter(text__gte="a")
    near = words.alias(length=Length("text")).filter(length__gte=shortest, length__lte=longest)
    keys = dict(near.values_list("text", "pk"))
    return [keys[text] for text in nearly(variants, keys)]
