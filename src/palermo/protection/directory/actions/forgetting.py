"""Once a place is hidden, what tells where it is leaves all that never tells a reader anything new again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from palermo.protection.directory.hsds.confidential import Pieces, given_away
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.points import Points
from palermo.protection.directory.models import (
    Change,
    Intake,
    Likeness,
    ProviderLink,
    Referral,
    ServiceAtLocation,
    ServiceWord,
    Source,
    State,
    Word,
)
from palermo.protection.directory.models.likeness import PLACE

CHUNK = 1_000
"""So many stored records are read at once."""
FORGOTTEN = "…"
"""Stands in place of what was taken out, where something has to stand."""


def forget(newly: Collection[UUID], pieces: Pieces, points: Points) -> None:
    """Take out how far it is to places, what changes that never apply again tell, names that tell, and words left over.

    Args:
        newly: places that have just been hidden.
        pieces: what of addresses has come to tell where a place is.
        points: where these are on the map.
    """
    if newly:
        _forget_distances(newly)
    if pieces or points:

        def told(said: Document) -> bool:
            return bool(given_away(said, pieces, points=points))

        _forget_in_changes(told)
        _forget_names(told)
        _forget_remarks(told)
    if newly or pieces or points:
        _forget_words()


def given_at(places: Q) -> set[UUID]:
    """The services that are given at some places, those under which they stand there, and those that stand for them."""
    rows = ServiceAtLocation.objects.filter(places).values_list("service", "shown_for", "service__merged_into")
    return {key for row in rows for key in row if key}


def _forget_distances(places: Collection[UUID]) -> None:
    services = given_at(Q(location__in=places))
    pairs = Likeness.objects.filter(Q(first__in=services) | Q(second__in=services)) if services else ()
    for one in pairs:
        reasons = [said for said in one.reasons if not (isinstance(said, list) and said[:1] == [PLACE])]
        if reasons != one.reasons:
            Likeness.objects.filter(pk=one.pk).update(reasons=reasons)


def _forget_in_changes(told: Callable[[Document], bool]) -> None:
    for one in Change.objects.filter(state__in=[State.DECLINED, State.UNDONE]).iterator(CHUNK):
        kept = {name: said for name, said in one.patch.items() if not told({name: said})}
        reason = "" if told({"reason": one.reason}) else one.reason
        if (kept, reason) != (one.patch, one.reason):
            one.patch, one.reason = kept, reason
            one.save(update_fields=["patch", "reason"])


def _forget_names(told: Callable[[Document], bool]) -> None:
    """What people called referrals, links, files and sources."""
    for model, name in ((Referral, "code"), (ProviderLink, "label"), (Intake, "file_name"), (Source, "name")):
        said = model._default_manager.order_by().values_list("pk", name).iterator(CHUNK)
        telling = [key for key, words in said if told({name: words})]
        if model is Source:
            _rename_sources(telling)
        elif telling:
            model._default_manager.filter(pk__in=telling).update(**{name: FORGOTTEN})


def _rename_sources(telling: Collection[int]) -> None:
    """Each has to have a name of its own.

    Nobody could give it another one first. Rather than stay in the open because of it, the place is hidden and it goes.
    """
    for key in telling:
        name = f"{FORGOTTEN} {key}"
        while Source.objects.filter(name=name).exists():
            name += FORGOTTEN
        Source.objects.filter(pk=key).update(name=name)


def _forget_remarks(told: Callable[[Document], bool]) -> None:
    """Headings of sheets, beside which stands in how many rows something was left out."""
    for one in Intake.objects.exclude(remarks={}).only("remarks").iterator(CHUNK):
        kept: Counter[str] = Counter()
        for said, count in one.remarks.items():
            code, _space, heading = said.partition(" ")
            kept[f"{code} {FORGOTTEN}" if told({"heading": heading}) else said] += count
        if kept != one.remarks:
            Intake.objects.filter(pk=one.pk).update(remarks=dict(kept))


def _forget_words() -> None:
    """Words that stand in no name any more: a street may have been taken out of one."""
    Word.objects.filter(~Exists(ServiceWord.objects.filter(word=OuterRef("pk")))).delete()
