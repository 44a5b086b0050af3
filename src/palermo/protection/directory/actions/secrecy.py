"""While entries are taken in: no place that is confidential comes into the open, and nothing else tells where it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TypeAlias
from uuid import UUID

from palermo.protection.directory.hsds import confidential
from palermo.protection.directory.hsds.confidential import Pieces
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import Record
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.models import BY_KIND, Change, Given, Location, SealedPlace, State
from palermo.protection.directory.sealing import opened

At: TypeAlias = tuple[float, float]
"""Latitude and longitude."""
MOST_FRESH = 300
"""So many pieces are looked for beside all the others before they are put together with them."""
CHUNK = 1_000
"""So many stored records are read at once."""


class Sealed:
    """What sealed places tell of where they are, each opened once for as long as it is sealed the same."""

    def __init__(self) -> None:
        """Nothing is opened yet."""
        self._known: dict[UUID, tuple[bytes, frozenset[str], At | None]] = {}

    def all(self) -> dict[UUID, tuple[frozenset[str], At | None]]:
        """The pieces of its addresses and the point of every place that is sealed.

        Raises:
            SealedError: one does not open.
        """
        found = {}
        for key, said in SealedPlace.objects.values_list("pk", "sealed"):
            sealed = bytes(said)
            if key not in self._known or self._known[key][0] != sealed:
                place = opened(key, sealed)
                self._known[key] = sealed, confidential.telling(place), confidential.point_of(place)
            found[key] = self._known[key][1:]
        return found


class Secrecy:
    """What must not be told, as far as it is known: from what is kept, and from what came in so far."""

    def __init__(self, coming: Sequence[Record] = (), sealed: Sealed | None = None) -> None:
        """Look up what is kept.

        Args:
            coming: places that the rest of a file makes confidential.
            sealed: what was opened before, where it is looked up again and again.

        Raises:
            SealedError: a sealed place does not open.
        """
        self._hidden = set(Location.objects.filter(is_confidential=True).values_list("pk", flat=True))
        places = (sealed or Sealed()).all()
        self._pieces = {key: pieces for key, (pieces, _point) in places.items()}
        self._points = {key: point for key, (_pieces, point) in places.items()}
        self._known = _all_of(self._pieces)
        self._known_points = set(self._points.values())
        secret = [one for one in coming if confidential.is_confidential(one.document)]
        self._coming = frozenset(piece for one in secret for piece in confidential.telling(one.document))
        self._coming_points = {confidential.point_of(one.document) for one in secret}
        self._touched: set[UUID] = set()
        self._look()

    def _look(self) -> None:
        """Look for the pieces and points of all places that are hidden by now."""
        self._seen, self._fresh = Pieces(_all_of(self._pieces) | self._coming), Pieces()
        self._at = (set(self._points.values()) | self._coming_points) - {None}

    def _look_also(self, key: UUID) -> None:
        """Look for those of one more place: beside the others, which are put together anew only now and then."""
        self._at |= {self._points[key]} - {None}
        new = self._pieces[key] - self._seen.all
        if not new <= self._fresh.all:
            self._fresh = Pieces(self._fresh.all | new)
        if len(self._fresh.all) > MOST_FRESH:
            self._look()

    def keep_hidden(self, records: Sequence[Record]) -> None:
        """A place that was confidential stays so until somebody says that it is not; a feed may not know of it."""
        for one in records:
            if one.kind != "location":
                continue
            key = one.key
            if key in self._hidden:
                one.document.setdefault("is_confidential", True)
            if confidential.is_confidential(one.document):
                self._hidden.add(key)
                self._touched.add(key)
                self._pieces[key] = self._pieces.get(key, frozenset()) | confidential.telling(one.document)
                self._points[key] = confidential.point_of(one.document) or self._points.get(key)
                self._look_also(key)
            elif key in self._hidden:
                self._hidden.discard(key)
                # Meanwhile others may tell where it is, so that they are looked at again should it be hidden once more.
                self._known -= self._pieces.pop(key, frozenset())
                self._known_points.discard(self._points.pop(key, None))
                self._look()

    def told(self, records: Sequence[Record]) -> Iterator[Problem]:
        """Where the records of a document tell where a confidential place is, the open half of its own included."""
        for one in records:
            said = one.document
            if one.kind == "location" and confidential.is_confidential(said):
                said, _sealed = confidential.split(said)
            paths = confidential.given_away(said, self._seen, self._fresh)
            paths += confidential.marked_elsewhere(one.kind, said)
            if one.kind == "location" and self._is_at_a_hidden_place(said):
                paths.append(("latitude",))
            for path in dict.fromkeys(paths):
                yield Problem(path, "confidential", one.kind)

    def _is_at_a_hidden_place(self, location: Document) -> bool:
        return confidential.point_of(location) in self._at

    def told_before(self) -> Iterator[Problem]:
        """Which records that are kept tell where a place is that has become confidential since."""
        touched = SealedPlace.objects.filter(pk__in=self._touched)
        places = [opened(one.pk, bytes(one.sealed)) for one in touched]
        telling = frozenset(piece for place in places for piece in confidential.telling(place)) | self._coming
        pieces = Pieces(telling - self._known)
        points = {confidential.point_of(place) for place in places} | self._coming_points
        points -= self._known_points | {None}
        # Where a feed only says again what is hidden already, nothing of what is kept has to be read.
        kinds = BY_KIND if pieces else {"location": Location} if points else {}
        for kind, model in kinds.items():
            for key, document in model._default_manager.values_list("pk", "document").iterator(CHUNK):
                paths = confidential.given_away(document, pieces)
                if kind == "location" and confidential.point_of(document) in points:
                    paths.append(("latitude",))
                for path in paths:
                    yield Problem((kind, str(key), *path), "confidential", kind)
        yield from _told_beside(pieces)


def _told_beside(pieces: Pieces) -> Iterator[Problem]:
    """Where the sources of changed services tell it, or changes that are applied or may yet be."""
    if not pieces:
        return
    standing = Change.objects.filter(state__in=[State.APPLIED, State.PROPOSED])
    said = (Given.objects.values_list("pk", "document"), standing.values_list("service", "patch"))
    for key, document in chain.from_iterable(rows.iterator(CHUNK) for rows in said):
        for path in confidential.given_away(document, pieces):
            yield Problem(("service", str(key), *path), "confidential", "service")


def _all_of(pieces: dict[UUID, frozenset[str]]) -> frozenset[str]:
    return frozenset(piece for each in pieces.values() for piece in each)
