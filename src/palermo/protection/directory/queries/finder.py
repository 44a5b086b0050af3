"""Which services answer a need, the nearest first, and those that can be called from anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, When
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from palermo.people.policies import Viewer
from palermo.protection.directory.cards import Card, ForWorkers, card_of
from palermo.protection.directory.entry.words import beds_in_words, unit_in_words
from palermo.protection.directory.hsds.capacity import capacities_of
from palermo.protection.directory.hsds.fitting import Wish
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.places import Place, Point
from palermo.protection.directory.models import OPEN, FinderEntry
from palermo.protection.directory.policies import may_refer
from palermo.protection.directory.queries.names import named
from palermo.protection.directory.queries.nearest import KILOMETRES, REACH, SHOWN, box, firsts, flat, nearest

NEARBY = 1.0
"""Within so many degrees, about 110 km, the area of a confidential place is near."""
BEYOND = 0.9
"""What is further than this part of `REACH` on a flat map may be out of reach on the globe."""


@dataclass(frozen=True)
class Found:
    """What answers a need: at places within reach, the nearest first; what can be called; what is further away.

    No service stands in two of them for its places on the map. What can be called is without such a place, or says that
    it serves the province from further away.
    """

    near: list[Card]
    anywhere: list[Card]
    far: list[Card]

    @property
    def is_empty(self) -> bool:
        """Whether nothing answers it."""
        return not (self.near or self.anywhere or self.far)


def found(viewer: Viewer, wanted: Document, place: Place | None, wish: Wish) -> Found:
    """The services that answer a need, for somebody at a place or anywhere, as far as they fit what is wished.

    As many queries for few as for many.
    """
    now, works = timezone.now(), may_refer(viewer)
    entries = _fitting(FinderEntry.objects.filter(term=UUID(str(wanted["id"]))), wish)
    placed = nearest(entries.filter(latitude__isnull=False), place.point, wish, now) if place else []
    lines = _reachable(entries, place, wish, now)
    offices = _offices(entries, place, wish, now) if place else []
    rows = _with_all(FinderEntry.objects.all()).in_bulk([key for _away, key in placed] + lines + offices)
    near = {key for away, key in placed if round(away) <= REACH}
    besides = {rows[key].service_id for key in [*near, *lines] if key in rows}
    called = {key: rows[key].service_id for key in offices if key in rows and rows[key].service_id not in besides}

    def cards(keys: Iterable[int]) -> list[Card]:
        found = (rows[key] for key in keys if key in rows)
        made = [_card(one, place.point if place else None, now, works=works) for one in found]
        return sorted(made, key=lambda card: card.is_uncertain)

    beyond = (key for _away, key in placed if key not in near)
    far = [key for key in beyond if key in rows and rows[key].service_id not in called.values()]
    return Found(cards(key for _away, key in placed if key in near), cards([*lines, *called]), cards(far))


def _card(entry: FinderEntry, place: Point | None, now: datetime, *, works: bool, in_full: bool = False) -> Card:
    """The card of an entry, with what only workers see."""
    made = card_of(entry, place, now, in_full=in_full)
    if not works:
        return made
    beds = tuple((unit_in_words(one), beds_in_words(one, now)) for one in capacities_of(entry.service.document))
    return replace(made, for_workers=ForWorkers(entry.service_id, beds))


def _with_all(entries: QuerySet[FinderEntry]) -> QuerySet[FinderEntry]:
    """Entries with what their cards are made of."""
    return entries.select_related("service__organization", "visit__location")


def by_name(viewer: Viewer, said: str) -> list[Card]:
    """The services with these words in their names that answer a need, each at one of its places."""
    # Before the cut, so that those that answer no need take nobody's place.
    answers = Exists(FinderEntry.objects.filter(service=OuterRef("pk")))
    keys = list(named(viewer, said).filter(answers, status=OPEN).values_list("pk", flat=True)[:SHOWN])
    once = FinderEntry.objects.filter(service__in=keys).order_by().values("service").annotate(first=Min("pk"))
    entries = _with_all(FinderEntry.objects.filter(pk__in=once.values("first"))).order_by("service")
    works = may_refer(viewer)
    return [_card(one, None, timezone.now(), works=works) for one in entries]


def card(viewer: Viewer, key: str) -> Card | None:
    """The card with a key; None where there is none, or none any more."""
    try:
        service, *visit = [UUID(part) for part in key.split()]
    except ValueError:
        return None
    found = _with_all(FinderEntry.objects.filter(service=service, visit=visit[0] if visit else None)).first()
    return _card(found, None, timezone.now(), works=may_refer(viewer), in_full=True) if found else None


def _fitting(entries: QuerySet[FinderEntry], wish: Wish) -> QuerySet[FinderEntry]:
    """Those that fit what can be asked of the database; whether a service is open now is not among it."""
    for mark in wish.wanted:
        entries = entries.filter(marks__contains=f" {mark} ")
    for mark in wish.unwanted:
        entries = entries.exclude(marks__contains=f" {mark} ")
    return entries


def _reachable(entries: QuerySet[FinderEntry], place: Place | None, wish: Wish, now: datetime) -> list[int]:
    """The services that can be reached without knowing the way, by the key of an entry of each.

    What is in an area nearby comes first, then what serves this province or stands in it, then what stands in none.
    Without a place, that is everything, and what serves all of Canada comes first.
    """
    if place is None:
        everywhere = Q(provinces="", latitude__isnull=True)
        ranks = [When(everywhere & Q(stands_in=""), then=0), When(everywhere, then=1)]
    else:
        serves = Q(provinces__contains=place.province)
        entries = entries.filter(serves | Q(provinces=""), latitude__isnull=True)
        own = serves | Q(stands_in=place.province)
        near = box(place.point, NEARBY, "area_")
        ranks = [When(own & near, then=0), When(own, then=1), When(stands_in="", then=2)]
    rank = Case(*ranks, default=3, output_field=IntegerField())
    return firsts(entries, (rank, F("confirmed_on").desc(nulls_last=True), "service", "pk"), wish, now)


def _offices(entries: QuerySet[FinderEntry], place: Place, wish: Wish, now: datetime) -> list[int]:
    """The services that say to serve this province from a place that is out of reach, the nearest first."""
    away = GreaterThan(flat(place.point), (REACH * BEYOND / KILOMETRES) ** 2)
    named = entries.filter(away, names_provinces=True, provinces__contains=place.province)
    return firsts(named, (flat(place.point), "pk"), wish, now)
