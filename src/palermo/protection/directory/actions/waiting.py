"""What waits to be mended and marks a place as confidential hides it everywhere, until somebody decides on it.

So does what it says of where a place is that is hidden, by its id, whether it knows of that or not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeAlias
from uuid import UUID

from palermo.foundation.keys import among
from palermo.protection.directory.actions.coming import Coming
from palermo.protection.directory.hsds.confidential import Pieces, holds_a_mark, is_marked, says, telling
from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.plain import plain_id
from palermo.protection.directory.hsds.points import unchecked_point_of
from palermo.protection.directory.models import Fate, Location, PutAside, SealedPlace
from palermo.protection.directory.sealing import opened

Secret: TypeAlias = tuple[int, Coming]
"""The key of a source, and what it says of something that it marks as confidential."""
IsHidden: TypeAlias = Callable[[Json], bool]
"""Whether an id is that of a place that is hidden."""


class _Opened:
    """An entry that waits, opened: which ids stand in it, and what of it is secret."""

    def __init__(self, sealed: bytes, document: Json, source: int) -> None:
        self.sealed, self._document = sealed, document
        self.ids = frozenset(key for one in within(document) if (key := key_in(one.get("id"))))
        self.marks = marks_in(document, source)
        self._hidden, self._said = frozenset[UUID](), Coming()

    def said_of(self, hidden: Collection[UUID]) -> Coming:
        """What it says of hidden places by their ids; looked for once for as long as these are the same."""
        named = self.ids.intersection(hidden)
        if named != self._hidden:
            self._hidden = named
            self._said = said_by_id(self._document, lambda identifier: key_in(identifier) in named)
        return self._said


class Waiting:
    """What waits and may hide something, each entry opened once for as long as it is sealed the same."""

    def __init__(self) -> None:
        """Nothing is opened yet."""
        self._known: dict[UUID, _Opened] = {}
        self._sealed: dict[UUID, tuple[bytes, Coming]] = {}

    def places(self, besides: Collection[UUID] = ()) -> Coming:
        """The places that what waits would hide, and what it says of where they are, and where those are now hidden.

        What it says of a hidden place that is sealed with it anyway is left out: its source may still open it there.

        Args:
            besides: keys of entries that are not looked at.

        Raises:
            SealedError: the site's secret is not the one under which they were sealed.
        """
        some = list(self._all(besides))
        kept = _Kept(chain.from_iterable(one.ids for one in some))
        marked = kept.hidden_by(chain.from_iterable(one.marks for one in some))
        hidden = kept.hidden | marked.keys
        return marked.beside(_all_of(one.said_of(hidden) for one in some).without(self._sealed_of(kept.hidden)))

    def _all(self, besides: Collection[UUID]) -> Iterator[_Opened]:
        rows = PutAside.objects.filter(fate=Fate.OPEN, may_hide=True).exclude(pk__in=besides).order_by()
        for key, source, said in rows.values_list("pk", "source", "sealed"):
            sealed = bytes(said)
            if key not in self._known or self._known[key].sealed != sealed:
                self._known[key] = _Opened(sealed, opened(key, sealed).get("document"), source)
            yield self._known[key]

    def _sealed_of(self, places: Collection[UUID]) -> Coming:
        """What is sealed of some places."""
        found: list[Coming] = []
        for key, said in SealedPlace.objects.filter(pk__in=among(places)).values_list("pk", "sealed"):
            sealed = bytes(said)
            if key not in self._sealed or self._sealed[key][0] != sealed:
                self._sealed[key] = sealed, _said_of(opened(key, sealed))
            found.append(self._sealed[key][1])
        return _all_of(found)


class _Kept:
    """Places that are kept: which of them are hidden, and which source keeps the others in the open."""

    def __init__(self, keys: Iterable[UUID]) -> None:
        places = Location.objects.filter(pk__in=among(keys)).order_by()
        kept = list(places.values_list("pk", "source", "is_confidential"))
        self.hidden = frozenset(key for key, _source, is_hidden in kept if is_hidden)
        self._keepers = {key: source for key, source, is_hidden in kept if source is not None and not is_hidden}

    def hidden_by(self, secrets: Iterable[Secret]) -> Coming:
        """The places that sources mark as confidential. What another source keeps in the open is open."""
        return _all_of(
            one for source, one in secrets if all(self._keepers.get(key, source) == source for key in one.keys)
        )


def hidden_by(secrets: Collection[Secret]) -> Coming:
    """The places that sources mark as confidential. What another source keeps in the open is open."""
    return _Kept(key for _source, one in secrets for key in one.keys).hidden_by(secrets)


def watch(places: Collection[UUID]) -> None:
    """Open from now on what waits and names these places, which come to be hidden: it may say where they are.

    Raises:
        SealedError: the site's secret is not the one under which it was sealed.
    """
    named = Pieces(key.hex for key in places)
    if not named:
        return
    rows = PutAside.objects.filter(fate=Fate.OPEN, may_hide=False).order_by().values_list("pk", "sealed")
    naming = [key for key, sealed in rows.iterator() if says(opened(key, bytes(sealed)), named)]
    PutAside.objects.filter(pk__in=among(naming)).update(may_hide=True)


def may_hide(document: Mapping[str, Json], is_hidden: IsHidden) -> bool:
    """Whether something in an entry is marked confidential, or has the id of a place that is hidden."""
    return holds_a_mark(document) or any("id" in one and is_hidden(one["id"]) for one in within(document))


def said_of(secrets: Iterable[Mapping[str, Json]]) -> Coming:
    """The ids of what is secret, and what is said in it of where that is."""
    return _all_of(map(_said_of, secrets))


def _said_of(secret: Mapping[str, Json]) -> Coming:
    key = key_in(secret.get("id"))
    return Coming(
        keys=frozenset([key] if key else []),
        pieces=telling(secret),
        points=frozenset(map(unchecked_point_of, within(secret))),
    )


def _all_of(some: Iterable[Coming]) -> Coming:
    each = list(some)
    return Coming(
        keys=frozenset(chain.from_iterable(one.keys for one in each)),
        pieces=frozenset(chain.from_iterable(one.pieces for one in each)),
        points=frozenset(chain.from_iterable(one.points for one in each)),
    )


def marks_in(document: Json, source: int) -> list[Secret]:
    """What a source marks as confidential in an entry."""
    return [(source, _said_of(one)) for one in secrets_in(document)]


def said_by_id(document: Json, is_hidden: IsHidden) -> Coming:
    """What an entry says of places that are hidden, by their ids, without marking or opening them."""
    secrets = secrets_in(document, is_hidden)
    found = said_of(one for one in secrets if not is_marked(one) and one.get("is_confidential") is None)
    return Coming(pieces=found.pieces, points=found.points)


def secrets_in(said: Json, is_hidden: IsHidden = lambda _identifier: False) -> Iterator[Mapping[str, Json]]:
    """What of an entry is marked confidential, or has the id of a place that is hidden."""
    for one in within(said):
        if is_marked(one) or is_hidden(one.get("id")):
            yield one


def key_in(identifier: Json) -> UUID | None:
    """An identifier as a key, however it is written; None where it is none."""
    try:
        return UUID(plain_id(identifier))
    except ValueError:
        return None


def within(said: Json) -> Iterator[Mapping[str, Json]]:
    """Every object in an entry, itself included."""
    if isinstance(said, Mapping):
        yield said
        for one in said.values():
            yield from within(one)
    elif isinstance(said, list):
        for one in said:
            yield from within(one)
