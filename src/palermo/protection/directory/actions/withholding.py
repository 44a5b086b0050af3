"""Once a place is hidden, whatever else is kept and tells where it is leaves the open with it.

Nobody has to find it first: an address that was given out is worse than a text that has to be written anew. What is
looked for is where the place itself is, its house or its point, and no more. Of other places that stand there all is
sealed, until the first opens again; elsewhere the sentences are taken out, and noted is only which entry lost some.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from palermo.foundation.erasing import leave_nothing_in_the_log
from palermo.foundation.keys import among
from palermo.protection.directory.actions.forgetting import CHUNK
from palermo.protection.directory.actions.said_anew import note
from palermo.protection.directory.actions.secrecy import Secrecy
from palermo.protection.directory.actions.storing import store
from palermo.protection.directory.actions.waiting import watch
from palermo.protection.directory.hsds import confidential
from palermo.protection.directory.hsds.confidential import Path, Pieces
from palermo.protection.directory.hsds.json_values import Document, says_the_same
from palermo.protection.directory.hsds.own_place import OwnPlace, own_place
from palermo.protection.directory.hsds.parting import Record as Part
from palermo.protection.directory.hsds.parting import links_of
from palermo.protection.directory.hsds.points import Points
from palermo.protection.directory.hsds.profile import patched
from palermo.protection.directory.hsds.schema import problems
from palermo.protection.directory.hsds.taking_out import without
from palermo.protection.directory.models import BY_KIND, Change, Given, Location, Record, SealedPlace, Source, State
from palermo.protection.directory.sealing import opened

PLACES = "places"

_ANY: Document = {"id": "00000000-0000-0000-0000-000000000000", "name": "-", "status": "active"}
"""What a change can be laid over, to see whether it can stand."""


@dataclass(frozen=True)
class _Sought:
    """What tells where places are that are hidden."""

    places: Mapping[UUID, OwnPlace]
    since: datetime | None

    @cached_property
    def pieces(self) -> Pieces:
        """What their addresses say."""
        return Pieces(piece for one in self.places.values() for piece in one.pieces)

    @cached_property
    def points(self) -> Points:
        """Their points."""
        return Points(one.point for one in self.places.values())

    def in_one(self, said: Document) -> list[Path]:
        """Where an entry tells it."""
        return confidential.given_away(said, self.pieces, points=self.points)

    def in_place(self, said: Document) -> list[Path]:
        """Where a place does, whose own point tells nothing: a town may be one for all that is somewhere in it."""
        return confidential.given_away(said, self.pieces, points=self.points, is_place=True)

    def in_kind(self, kind: str) -> Callable[[Document], list[Path]]:
        """The one of these by which entries of a kind are looked through."""
        return self.in_place if kind == Location.kind else self.in_one

    def is_beside(self, place: Record) -> bool:
        """Whether an entry is an open place that stands where another one of them does."""
        is_other = isinstance(place, Location) and not place.is_confidential and place.pk not in self.places
        return is_other and self.stands_there(place.document)

    def stands_there(self, said: Document) -> bool:
        """Whether a place is at the address of one of them, or at its point and says no address of its own."""
        if any(path[:1] == ("addresses",) for path in self.in_place(said)):
            return True
        return self.points.near(confidential.point_of(said)) and not own_place(said).pieces

    def hider_of(self, said: Document) -> UUID:
        """Which of them stands where a place does."""
        found = (key for key, one in self.places.items() if _Sought({key: one}, None).stands_there(said))
        return next(found, next(iter(self.places)))


def withhold(
    secrecy: Secrecy, new: Callable[[], Mapping[UUID, OwnPlace]], since: datetime | None = None
) -> dict[str, int]:
    """Take out of all that is kept what tells where a place is that has become confidential, or is about to.

    Where one is not confidential any more, what was hidden with it opens again.

    Args:
        secrecy: what is hidden by now.
        new: what has come to tell, as `secrecy` knows it.
        since: only what has changed since then is looked at.

    Returns:
        How many entries of each kind lost something, and how many other places were hidden, as `PLACES`.
    """
    Location.objects.filter(pk__in=among(secrecy.marked)).update(hidden_with=None)
    _open_again(secrecy)
    lost, sought = Counter[str](), _Sought(new(), since)
    # Where a feed only says again what is hidden already, nothing of what is kept has to be read.
    if sought.places:
        lost[PLACES] = _hide_with(secrecy, sought)
        lost += _taken_out(sought)
    secrecy.forget()
    if lost or secrecy.hidden:
        leave_nothing_in_the_log()
    return dict(+lost)


def hide(secrecy: Secrecy, places: list[Part], source: Source | None = None) -> dict[str, int]:
    """Hide places that are kept, and with them whatever tells where they are. How much that was.

    Args:
        secrecy: what is hidden by now.
        places: each as it is kept, or a part of it.
        source: who says so, if not somebody here.
    """
    secrecy.hide(places)
    store("service", [[place] for place in places], source)
    watch(secrecy.hidden)
    return withhold(secrecy, secrecy.new_before)


def _hide_with(secrecy: Secrecy, sought: _Sought) -> int:
    """Hide the open places that stand where hidden ones do, and note with which. How many there were.

    Left open, they would be the address. What stands where these do, or is mentioned there, stays as it is.
    """
    hiders, places = {}, []
    for one in _of_kind(Location, sought):
        if sought.is_beside(one):
            hiders[one.pk] = sought.hider_of(one.document)
            places.append(Part(Location.kind, dict(one.document)))
    if places:
        secrecy.hide_with(places)
        store("service", [[place] for place in places])
        watch(secrecy.hidden)
    for key, hider in hiders.items():
        Location.objects.filter(pk=key).update(hidden_with=hider)
        note(Location.kind, key, {"addresses": None})
    return len(places)


def _open_again(secrecy: Secrecy) -> None:
    """Open, from what was sealed, the places that were hidden with one that is open again."""
    there = Location.objects.filter(pk__in=among(secrecy.opened), is_confidential=False).values("pk")
    found = SealedPlace.objects.filter(location__hidden_with__in=there, location__hidden_here=False)
    said = [(one, {**opened(one.pk, bytes(one.sealed)), "id": str(one.pk)}) for one in found]
    if said:
        store("service", [[Part(Location.kind, {**place, "is_confidential": False})] for _one, place in said])
        Location.objects.filter(pk__in=among(one.pk for one, _place in said)).update(hidden_with=None)


def _of_kind(model: type[Record], sought: _Sought) -> Iterable[Record]:
    records = model._default_manager.order_by()
    return (records.filter(changed_at__gt=sought.since) if sought.since else records).iterator(CHUNK)


def _taken_out(sought: _Sought) -> Counter[str]:
    """Take out of all kinds of entries, and of what people changed of services, what tells."""
    lost: Counter[str] = Counter()
    services = set(_out_of_changes(sought)) | set(_out_of_sources(sought))
    for kind, model in BY_KIND.items():
        tells = sought.in_kind(kind)
        found = {one.pk: one for one in _of_kind(model, sought) if tells(one.document)}
        if kind == "service":
            found |= model._default_manager.in_bulk(list(services - found.keys()))
        if found:
            lost += _written_anew(kind, found, tells)
    return lost


def _out_of_changes(sought: _Sought) -> Iterator[UUID]:
    """The services of which changes told it that are applied, or may yet be. What is left of these stands."""
    standing = Change.objects.filter(state__in=[State.APPLIED, State.PROPOSED]).order_by()
    if sought.since:
        standing = standing.filter(Q(made_at__gt=sought.since) | Q(decided_at__gt=sought.since))
    for one in standing.iterator(CHUNK):
        if sought.in_one(one.patch):
            one.patch = without(one.patch, sought.in_one, lambda patch: not problems("service", patched(_ANY, patch)))
            one.save(update_fields=["patch"])
            yield one.service_id


def _out_of_sources(sought: _Sought) -> Iterator[UUID]:
    """The same of what the sources of changed services say."""
    sources = Given.objects.order_by()
    if sought.since:
        sources = sources.filter(service__changed_at__gt=sought.since)
    for one in sources.iterator(CHUNK):
        if sought.in_one(one.document):
            one.document = without(one.document, sought.in_one, lambda said: not problems("service", said))
            one.save(update_fields=["document"])
            yield one.pk


def _written_anew(kind: str, found: Mapping[UUID, Record], tells: Callable[[Document], list[Path]]) -> Counter[str]:
    """Write entries without what tells, and note which properties lost something."""
    lost: Counter[str] = Counter()
    sources = dict(Given.objects.filter(pk__in=among(found)).values_list("pk", "document")) if kind == "service" else {}
    parts = []
    for key, one in found.items():
        has_to_stand = isinstance(one, Location) and one.is_confidential
        said = without(
            sources.get(key, one.document), tells, lambda said: not problems(kind, said), has_to_stand=has_to_stand
        )
        parts.append(Part(kind, said, {name: str(owner) for name in links_of(kind) if (owner := getattr(one, name))}))
    store(kind, [[part] for part in parts])
    for key, said in BY_KIND[kind]._default_manager.filter(pk__in=among(found)).values_list("pk", "document"):
        before = found[key].document
        names = [name for name, was in before.items() if not says_the_same({name: was}, _only(said, name))]
        note(kind, key, {name: said.get(name) for name in names if not tells({name: None})})
        lost.update([kind] if names else [])
    return lost


def _only(said: Document, name: str) -> Document:
    return {name: said[name]} if name in said else {}
