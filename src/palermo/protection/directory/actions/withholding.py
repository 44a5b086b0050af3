"""Once a place is hidden, whatever else is kept and tells where it is leaves the open with it.

Nobody has to find it first: an address that was given out is worse than a text that has to be written anew. Of other
places that stand there all is sealed, so that nothing is lost; elsewhere the words are taken out, and noted is only
which entry lost something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from palermo.foundation.keys import among
from palermo.protection.directory.actions.forgetting import CHUNK
from palermo.protection.directory.actions.said_anew import note
from palermo.protection.directory.actions.secrecy import Secrecy, Telling
from palermo.protection.directory.actions.storing import store
from palermo.protection.directory.actions.waiting import watch
from palermo.protection.directory.hsds import confidential
from palermo.protection.directory.hsds.confidential import Path, Pieces
from palermo.protection.directory.hsds.json_values import Document, says_the_same
from palermo.protection.directory.hsds.parting import Record as Part
from palermo.protection.directory.hsds.parting import links_of
from palermo.protection.directory.hsds.points import Points
from palermo.protection.directory.hsds.profile import patched
from palermo.protection.directory.hsds.schema import problems
from palermo.protection.directory.hsds.taking_out import without
from palermo.protection.directory.models import BY_KIND, Change, Given, Location, Record, Source, State

PLACES = "places"

_ANY: Document = {"id": "00000000-0000-0000-0000-000000000000", "name": "-", "status": "active"}
"""What a change can be laid over, to see whether it can stand."""


@dataclass(frozen=True)
class _Sought:
    """What tells where places are that are hidden."""

    pieces: Pieces
    points: Points
    since: datetime | None

    def in_one(self, said: Document) -> list[Path]:
        """Where an entry tells it."""
        return confidential.given_away(said, self.pieces, points=self.points)

    def in_place(self, said: Document) -> list[Path]:
        """Where a place does; its own point is one of its properties."""
        found = confidential.given_away(said, self.pieces, points=self.points, is_place=True)
        return [*found, *([("latitude",)] if self.points.near(confidential.point_of(said)) else [])]

    def in_kind(self, kind: str) -> Callable[[Document], list[Path]]:
        """The one of these by which entries of a kind are looked through."""
        return self.in_place if kind == Location.kind else self.in_one


def withhold(secrecy: Secrecy, new: Callable[[], Telling], since: datetime | None = None) -> dict[str, int]:
    """Take out of all that is kept what tells where a place is that has become confidential, or is about to.

    Args:
        secrecy: what is hidden by now.
        new: what has come to tell, as `secrecy` knows it.
        since: only what has changed since then is looked at.

    Returns:
        How many entries of each kind lost something, and how many other places were hidden, as `PLACES`.
    """
    lost = _withheld(secrecy, new, since)
    secrecy.forget()
    return dict(lost)


def _withheld(secrecy: Secrecy, new: Callable[[], Telling], since: datetime | None) -> Counter[str]:
    lost: Counter[str] = Counter()
    while True:
        words, at = new()
        sought = _Sought(Pieces(words), Points(at), since)
        # Where a feed only says again what is hidden already, nothing of what is kept has to be read.
        if not sought.pieces and not sought.points:
            return lost
        places = list(_standing_there(sought))
        if not places:
            return lost + _taken_out(sought)
        # What they say of where they are tells it from now on, whenever the rest was written.
        _hide(secrecy, places)
        lost[PLACES] += len(places)
        since = None


def hide(secrecy: Secrecy, places: list[Part], source: Source | None = None) -> dict[str, int]:
    """Hide places that are kept, and with them whatever tells where they are. How much that was.

    Args:
        secrecy: what is hidden by now.
        places: each as it is kept, or a part of it.
        source: who says so, if not somebody here.
    """
    _hide(secrecy, places, source)
    return withhold(secrecy, secrecy.new_before)


def _hide(secrecy: Secrecy, places: list[Part], source: Source | None = None) -> None:
    secrecy.hide(places)
    store("service", [[place] for place in places], source)
    watch(secrecy.hidden)


def _standing_there(sought: _Sought) -> Iterator[Part]:
    """The open places whose address or point is that of a hidden one."""
    for one in _of_kind(Location, sought):
        is_open = isinstance(one, Location) and not one.is_confidential
        paths = sought.in_place(one.document) if is_open else []
        if any(path[:1] in {("addresses",), ("latitude",)} for path in paths):
            yield Part(Location.kind, dict(one.document))


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
