"""Services by the words in their names, in either language, with or without accents and typing errors."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length

from palermo.people.policies import Viewer
from palermo.protection.directory.hsds.everyday import nearly, words_of
from palermo.protection.directory.models import Service, ServiceWord, Word

MOST_WORDS = 6
"""So many words are looked for: nobody names a service by more, and each of them costs."""
COMMON = 2_000
"""A word that stands in so many names is no help in finding one."""
APART = 2
"""So much longer or shorter a word may be than the one that it is taken for."""


def named(viewer: Viewer, said: str) -> QuerySet[Service]:
    """The services in whose names, or in that of their organization, every word of a text stands; none for no words.

    They are in the order of their keys.
    """
    words = words_of(said)[:MOST_WORDS]
    if not words:
        return Service.objects.none()
    known = {one.text: one.pk for one in Word.objects.filter(text__in={text for each in words for text in each})}
    meant = [[known[text] for text in variants if text in known] or _like(variants) for variants in words]
    counts = {key: _count(key) for key in {key for keys in meant for key in keys}} if len(meant) > 1 else {}
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
