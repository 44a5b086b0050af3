"""While entries are taken in: no place that is confidential comes into the open, and nothing else tells where it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from palermo.protection.directory.hsds import confidential
from palermo.protection.directory.hsds.parting import Record
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.models import BY_KIND, Location, SealedPlace
from palermo.protection.directory.sealing import opened

CHUNK = 1_000
"""So many stored records are read at once."""


class Secrecy:
    """What must not be told, as far as it is known: from what is kept, and from what came in so far."""

    def __init__(self) -> None:
        """Look up what is kept.

        Raises:
            SealedError: a sealed place does not open.
        """
        self._hidden = set(Location.objects.filter(is_confidential=True).values_list("pk", flat=True))
        self._pieces = {one.pk: _pieces_of(one) for one in SealedPlace.objects.all()}
        self._known = _all_of(self._pieces)
        self._seen = self._known
        self._touched: set[UUID] = set()

    def keep_hidden(self, records: Sequence[Record]) -> None:
        """A place that was confidential stays so until somebody says that it is not; a feed may not know of it."""
        for one in records:
            if one.kind != "location":
                continue
            key = UUID(one.id)
            if key in self._hidden:
                one.document.setdefault("is_confidential", True)
            if confidential.is_confidential(one.document):
                self._hidden.add(key)
                self._touched.add(key)
                self._pieces[key] = self._pieces.get(key, frozenset()) | confidential.telling(one.document)
            elif key in self._hidden:
                self._hidden.discard(key)
                self._pieces.pop(key, None)
            else:
                continue
            self._seen = _all_of(self._pieces)

    def told(self, records: Sequence[Record]) -> Iterator[Problem]:
        """Where the records of a document tell where a confidential place is, the open half of its own included."""
        for one in records:
            said = one.document
            if one.kind == "location" and confidential.is_confidential(said):
                said, _sealed = confidential.split(said)
            for path in confidential.given_away(said, self._seen):
                yield Problem(path, "confidential", one.kind)

    def told_before(self) -> Iterator[Problem]:
        """Which records that are kept tell where a place is that has become confidential since."""
        touched = SealedPlace.objects.filter(pk__in=self._touched)
        pieces = frozenset(piece for one in touched for piece in _pieces_of(one)) - self._known
        if not pieces:
            return
        for kind, model in BY_KIND.items():
            for key, document in model._default_manager.values_list("pk", "document").iterator(CHUNK):
                for path in confidential.given_away(document, pieces):
                    yield Problem((kind, str(key), *path), "confidential", kind)


def _all_of(pieces: dict[UUID, frozenset[str]]) -> frozenset[str]:
    return frozenset(piece for each in pieces.values() for piece in each)


def _pieces_of(place: SealedPlace) -> frozenset[str]:
    return confidential.telling(opened(place.pk, bytes(place.sealed)))
