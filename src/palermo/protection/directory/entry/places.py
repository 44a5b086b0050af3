"""Telephones and hours that the places of a service say of their own, as the form of the service shows them.

Those of a place go before those of the service. Where all places say the same, and so where there is but one, the form
shows that, and what is written there stands at each of them. Where they differ it shows what they say beside the form,
and a box by which what stands in the form takes the place of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from palermo.foundation.bilingual import Shown
from palermo.protection.directory.cards import address_of, phones_of, text_of
from palermo.protection.directory.entry.words import said_in_words
from palermo.protection.directory.hsds.at_places import CORRECTED, OWN, alike, said_at, unsaid
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.models import ServiceAtLocation


@dataclass(frozen=True)
class _Place:
    """The key of a place's entry, what it is called, and what it says of its own."""

    key: str
    name: Shown
    said: Document

    def says(self, name: str) -> bool:
        """Whether people are shown what it says, and not what the service says."""
        return bool(phones_of(self.said) if name == "phones" else self.said.get(name))


class AtPlaces:
    """What the places of a service say of their own."""

    def __init__(self, document: Mapping[str, Json], visits: Iterable[ServiceAtLocation]) -> None:
        self._places = [_Place(str(one.pk), _name(one), said_at(document, one.pk, one.document)) for one in visits]

    def shown(self, document: Mapping[str, Json]) -> Document:
        """What is told of a service, with what all its places say in place of what it says itself."""
        own = {name: self._places[0].said[name] for name in OWN if self._all_say_the_same(name)}
        return {**document, **own}

    def apart(self, name: str) -> list[tuple[Shown, list[Shown]]]:
        """The places that say something of their own which the form does not show, and what, in words."""
        return [(one.name, said_in_words(name, one.said.get(name))) for one in self._apart(name)]

    def unsaid(self, changed: Collection[str], instead: Collection[str]) -> Document:
        """The patch by which what the form says stands at places that say something of their own.

        Args:
            changed: the properties that the form changes.
            instead: those that are to stand at places which differ, too.
        """
        found: dict[str, list[str]] = {}
        for name in OWN:
            if self._all_say_the_same(name) and name in changed:
                found[name] = [one.key for one in self._places]
            elif name in instead:
                found[name] = [one.key for one in self._apart(name)]
        return unsaid(found)

    def still_stand(self, patch: Mapping[str, Json]) -> bool:
        """Whether a place goes on saying something of its own that a patch changes for the service."""
        return any(one.key not in _corrected(patch) for name in OWN if name in patch for one in self._apart(name))

    def _all_say_the_same(self, name: str) -> bool:
        says = [one.says(name) for one in self._places]
        return bool(says) and all(says) and alike([one.said[name] for one in self._places])

    def _apart(self, name: str) -> Sequence[_Place]:
        return [] if self._all_say_the_same(name) else [one for one in self._places if one.says(name)]


def _corrected(patch: Mapping[str, Json]) -> Mapping[str, Json]:
    places = patch.get(CORRECTED)
    return places if isinstance(places, Mapping) else {}


def _name(visit: ServiceAtLocation) -> Shown:
    location: Document = visit.location.document
    name = text_of(location, "area" if visit.location.is_confidential else "name")
    return name if name.text or visit.location.is_confidential else text_of({"name": address_of(location)}, "name")
