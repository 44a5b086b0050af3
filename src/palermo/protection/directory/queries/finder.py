"""Which services answer a need, the nearest first, and those that can be called from anywhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, F, IntegerField, Max, Min, Q, QuerySet, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Lower
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from palermo.foundation.keys import among
from palermo.people.policies import Viewer
from palermo.protection.directory.cards import TRUSTED, Card, ForWorkers, card_of
from palermo.protection.directory.entry.words import beds_in_words, unit_in_words
from palermo.protection.directory.hsds.capacity import capacities_of
from palermo.protection.directory.hsds.fitting import Wish
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.places import Place, Point
from palermo.protection.directory.models import FinderEntry
from palermo.protection.directory.policies import may_refer
from palermo.protection.directory.queries.names import called
from palermo.protection.directory.queries.nearest import (
    KILOMETRES,
    REACH,
    SHOWN,
    Asked,
    Flat,
    box,
    by_steps,
    firsts,
    nearest,
)
from palermo.protection.directory.queries.open_now import OpenNow
from palermo.protection.directory.queries.shown import FIRST, CameUpon, known

NEARBY = 1.0
"""Within so many degrees, about 110 km, the area of a place is near."""
BEYOND = 0.9
"""What is further than this part of `REACH` on a flat map may be out of reach on the globe."""
SUNK = 2
"""By so many ranks what nobody has confirmed for long comes later."""


@dataclass(frozen=True)
class Found:
    """What answers a need: at places within reach, the nearest first; what can be called; what is further away.

    Of places that are about as far, those that were confirmed come first; of what can be called, whatever was.
    That holds for which are shown, too.

    No service stands in two of them for its places on the map. What can be called is without such a place, or says that
    it serves the province from further away.
    """

    near: list[Card]
    anywhere: list[Card]
    far: list[Card]
    has_more: bool
    """Whether there are more than were asked for."""
    first_new: str
    """The key of the first card that was behind the button; empty before it was pressed."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing answers it."""
        return not (self.near or self.anywhere or self.far)


def found(viewer: Viewer, wanted: Document, place: Place | None, wish: Wish, *, most: int | None = None) -> Found:
    """The services that answer a need, for somebody at a place or anywhere, as far as they fit what is wished.

    So many on the map and so many to call as `most` says; without it, all that was looked for. As many queries for few
    as for many.
    """
    now, works = timezone.now(), may_refer(viewer)
    entries = _fitting(FinderEntry.objects.filter(term=UUID(str(wanted["id"]))), wish)
    open_now = OpenNow(now) if wish.open_now else None
    since = timezone.localdate(now) - TRUSTED
    asked = Asked(place.point, since) if place else None
    placed = nearest(entries.filter(latitude__isnull=False), asked, open_now) if asked else []
    lines = _reachable(entries, place, since, open_now)
    offices = _offices(entries, place.province, asked, open_now) if place and asked else []
    keys = [key for _away, key in placed] + lines + offices
    upon = CameUpon({key: round(away) for away, key in placed}, lines, offices, known(keys, since, _rank(place)))
    cut, at_first = upon.cut(most), upon.cut(FIRST)
    rows = _with_all(FinderEntry.objects.all()).in_bulk([*cut.there, *cut.calls])
    at = place.point if place else None
    cards = {key: _card(row, at, now, works=works) for key, row in rows.items()}
    near, anywhere, far = ([key for key in keys if key in cards] for keys in upon.in_order(cut))
    new = (key for key in [*near, *anywhere, *far] if key not in {*at_first.there, *at_first.calls})
    return Found(
        near=[cards[key] for key in near],
        anywhere=[cards[key] for key in anywhere],
        far=[cards[key] for key in far],
        has_more=len(cut) < len(upon.cut(None)),
        first_new=next((cards[key].key for key in new), ""),
    )


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


def by_name(viewer: Viewer, said: str) -> tuple[list[Card], bool]:
    """The services that somebody may mean by a name, each at one of its places, and whether there are more of them.

    Those that were confirmed last come first.
    """
    theirs = FinderEntry.objects.filter(service__in=among(called(viewer, said))).values("service")
    order = (F("last").desc(nulls_last=True), Lower(KeyTextTransform("name", "service__document")), "service")
    once = theirs.annotate(first=Min("pk"), last=Max("confirmed_on")).order_by(*order)
    keys = list(once.values_list("first", flat=True)[: SHOWN + 1])
    entries = _with_all(FinderEntry.objects.all()).in_bulk(keys[:SHOWN])
    works, now = may_refer(viewer), timezone.now()
    return [_card(entries[key], None, now, works=works) for key in keys[:SHOWN] if key in entries], len(keys) > SHOWN


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


def _reachable(entries: QuerySet[FinderEntry], place: Place | None, since: date, open_now: OpenNow | None) -> list[int]:
    """The services that can be reached without knowing the way, by the key of an entry of each.

    They come by their rank; what nobody has confirmed for long comes after what serves all of Canada and was confirmed.
    """
    rank = _rank(place)
    if place is not None:
        near = box(place.point, NEARBY, "area_") & Q(names_provinces=False)
        serves = Q(provinces__contains=place.province) | Q(provinces="")
        entries = entries.filter(serves | near, latitude__isnull=True)
    sunk = rank + Case(When(confirmed_on__gte=since, then=0), default=SUNK, output_field=IntegerField())
    return firsts(entries, (sunk, rank, F("confirmed_on").desc(nulls_last=True), "service", "pk"), open_now)


def _rank(place: Place | None) -> Case:
    """How well an entry without a point serves a place.

    What is in an area nearby comes first, then what serves this province or stands in it, then what stands in none.
    What is nearby and names no provinces is there for both sides of a border. Without a place, that is everything, and
    what serves all of Canada comes first.
    """
    if place is None:
        everywhere = Q(provinces="", latitude__isnull=True)
        ranks = [When(everywhere & Q(stands_in=""), then=0), When(everywhere, then=1)]
    else:
        own = Q(provinces__contains=place.province) | Q(stands_in=place.province)
        near = box(place.point, NEARBY, "area_")
        ranks = [When(near, then=0), When(own, then=1), When(stands_in="", then=2)]
    return Case(*ranks, default=3, output_field=IntegerField())


def _offices(entries: QuerySet[FinderEntry], province: str, asked: Asked, open_now: OpenNow | None) -> list[int]:
    """The services that say to serve a province from a place that is out of reach, the nearest first."""
    away = GreaterThan(Flat(asked.point), (REACH * BEYOND / KILOMETRES) ** 2)
    named = entries.filter(away, names_provinces=True, provinces__contains=province)
    return firsts(named, by_steps(asked), open_now)[:SHOWN]
