"""What waits to be mended and marks a place as confidential hides it everywhere, until somebody decides on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeAlias
from uuid import UUID

from palermo.foundation.keys import among
from palermo.protection.directory.actions.secrecy import Coming
from palermo.protection.directory.hsds.confidential import SHOWN, is_marked, telling
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.plain import is_id
from palermo.protection.directory.hsds.points import point_of
from palermo.protection.directory.models import Fate, Location, PutAside
from palermo.protection.directory.sealing import opened

Secret: TypeAlias = tuple[int, Coming]
"""The key of a source, and what it says of something that it marks as confidential."""


class Waiting:
    """What waits and marks something as confidential, each entry opened once for as long as it is sealed the same."""

    def __init__(self) -> None:
        """Nothing is opened yet."""
        self._known: dict[UUID, tuple[bytes, list[Secret]]] = {}

    def places(self, besides: Collection[UUID] = ()) -> Coming:
        """The places that what waits would hide, and what it says of where they are.

        Args:
            besides: keys of entries that are not looked at.

        Raises:
            SealedError: the site's secret is not the one under which they were sealed.
        """
        rows = PutAside.objects.filter(fate=Fate.OPEN, may_hide=True).exclude(pk__in=besides).order_by()
        found: list[Secret] = []
        for key, source, said in rows.values_list("pk", "source", "sealed"):
            sealed = bytes(said)
            if key not in self._known or self._known[key][0] != sealed:
                self._known[key] = sealed, marks_in(opened(key, sealed).get("document"), source)
            found += self._known[key][1]
        return hidden_by(found)


def hidden_by(secrets: Sequence[Secret]) -> Coming:
    """The places that sources mark as confidential. What another source keeps in the open is open."""
    keys = {key for _source, one in secrets for key in one.keys}
    places = Location.objects.filter(pk__in=among(keys), is_confidential=False, source__isnull=False) if keys else None
    keepers = dict(places.values_list("pk", "source")) if places is not None else {}
    return _all_of(one for source, one in secrets if all(keepers.get(key, source) == source for key in one.keys))


def said_of(secrets: Iterable[Mapping[str, Json]]) -> Coming:
    """The ids of what is secret, and what is said in it of where that is."""
    return _all_of(map(_said_of, secrets))


def _said_of(secret: Mapping[str, Json]) -> Coming:
    identifier = str(secret.get("id"))
    return Coming(
        keys=frozenset([UUID(identifier)] if is_id(identifier) else []),
        pieces=telling(secret),
        points=frozenset(map(point_of, _within(secret))),
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


def secrets_in(
    said: Json, is_hidden: Callable[[Json], bool] = lambda _identifier: False
) -> Iterator[Mapping[str, Json]]:
    """What of an entry is marked confidential, or has the id of a place that is hidden."""
    for one in _within(said):
        if is_marked(one) or is_hidden(one.get("id")):
            yield one


def kept_back(before: Mapping[str, Json], said: Mapping[str, Json], left: list[Mapping[str, Json]]) -> Document:
    """An entry as somebody mended it, without what was hidden from them and would come into the open by it.

    Of what is not marked confidential any more only that stays which everybody may know, or which they wrote.

    Args:
        before: the entry as it came.
        said: the same as it was mended.
        left: gets what is left of what is not marked any more.
    """
    if is_marked(before) and not is_marked(said):
        own = {name: one for name, one in said.items() if name in SHOWN} | _written(before, said)
        left.append(own)
        return own
    return {name: _kept_back(before.get(name), one, left) for name, one in said.items()}


def _kept_back(before: Json, said: Json, left: list[Mapping[str, Json]]) -> Json:
    if isinstance(before, Mapping) and isinstance(said, Mapping):
        return kept_back(before, said, left)
    if isinstance(before, list) and isinstance(said, list):
        return [_kept_back(one, other, left) for one, other in zip(_beside(before, said), said, strict=False)]
    return said


def _written(before: Mapping[str, Json], said: Mapping[str, Json]) -> Document:
    """What of an object somebody wrote. Lists stay as long as they were, so that whatever is wrong in them is found."""
    return {name: _anew(before.get(name), one) for name, one in said.items() if one != before.get(name)}


def _anew(before: Json, said: Json) -> Json:
    if isinstance(before, Mapping) and isinstance(said, Mapping):
        return {name: one for name, one in said.items() if name == "id"} | _written(before, said)
    if isinstance(before, list) and isinstance(said, list):
        return [_anew(one, other) for one, other in zip(_beside(before, said), said, strict=False)]
    return said


def _beside(before: list[Json], said: list[Json]) -> list[Json]:
    """What stood in a list, and nothing beside what is longer."""
    return [*before, *[None] * len(said)]


def _within(said: Json) -> Iterator[Mapping[str, Json]]:
    """Every object in an entry, itself included."""
    if isinstance(said, Mapping):
        yield said
        for one in said.values():
            yield from _within(one)
    elif isinstance(said, list):
        for one in said:
            yield from _within(one)
