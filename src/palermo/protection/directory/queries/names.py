"""Services by the words in their names, in either language, with or without accents and typing errors."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.db.models.functions import Length

from palermo.people.policies import Viewer
from palermo.protection.directory.hsds.everyday import nearly, words_of
from palermo.protection.directory.models import Service, ServiceWord, Word

MOST_WORDS = 6
"""So many words are looked for: nobody names a service by more, and each of them costs."""
APART = 2
"""So much longer or shorter a word may be than the one that it is taken for."""


def named(viewer: Viewer, said: str) -> QuerySet[Service]:
    """The services in whose names, or in that of their organization, every word of a text stands; none for no words."""
    words = words_of(said)[:MOST_WORDS]
    if not words:
        return Service.objects.none()
    known = {one.text: one.pk for one in Word.objects.filter(text__in={text for each in words for text in each})}
    found = Service.objects.all()
    for variants in words:
        texts = [text for text in variants if text in known]
        keys = [known[text] for text in texts] or _like(variants)
        found = found.filter(pk__in=ServiceWord.objects.filter(word__in=keys).values("service"))
    return found


def _like(variants: Iterable[str]) -> list[int]:
    """The keys of the words that are most like one that stands in no name."""
    lengths = [len(text) for text in variants]
    shortest, longest = min(lengths) - APART, max(lengths) + APART
    near = Word.objects.alias(length=Length("text")).filter(length__gte=shortest, length__lte=longest)
    keys = dict(near.values_list("text", "pk"))
    return [keys[text] for text in nearly(variants, keys)]
