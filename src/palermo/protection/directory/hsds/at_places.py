"""Telephones and hours that places say of their own, and what people corrected of them.

A feed may give both for a service and again for each of its places, where they go before those of the service. When
somebody corrects those of the service, a change says of which places their own do not hold any more: as a property of
the service, so that it stands, waits and is undone with the rest of the change. Nobody else is told of the property;
what it says is seen in what the places say.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from palermo.protection.directory.hsds.json_values import Document, Json

CORRECTED = "corrected_at_places"
"""The property of a service: under the id of a place's entry, what that says in place of what its source says."""
OWN = ("phones", "schedules")
"""What can be said of a service, and otherwise of it at a place."""


def said_at(service: Mapping[str, Json], key: object, own: Mapping[str, Json]) -> Document:
    """What is said of a service at a place, where `own` is what the source says of it there."""
    places = service.get(CORRECTED)
    corrected = places.get(str(key).lower()) if isinstance(places, Mapping) else None
    if not isinstance(corrected, Mapping):
        return dict(own)
    now = {**own, **{name: corrected[name] for name in OWN if name in corrected}}
    return {name: said for name, said in now.items() if name not in corrected or said}


def unsaid(keys: Mapping[str, Collection[str]]) -> Document:
    """The patch of a service by which places say nothing of their own any more: for each property, which of them."""
    places: dict[str, Document] = {}
    for name, some in keys.items():
        for key in some:
            places.setdefault(key, {})[name] = []
    return {CORRECTED: places} if places else {}


def together(own: Json, other: Json) -> Json:
    """What two entries of the same service say of their places; of the same place, the first counts."""
    return {**other, **own} if isinstance(own, Mapping) and isinstance(other, Mapping) else own or other


def alike(lists: Sequence[Json]) -> bool:
    """Whether these lists say the same, whatever the ids in them."""
    return all(_without_ids(one) == _without_ids(lists[0]) for one in lists)


def _without_ids(said: Json) -> Json:
    if isinstance(said, Mapping):
        return {name: _without_ids(one) for name, one in said.items() if name != "id"}
    return [_without_ids(one) for one in said] if isinstance(said, list) else said
