"""What a file makes confidential: before any of it comes in, it is known which places it hides, and where they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from palermo.protection.directory.hsds.confidential import is_confidential, telling
from palermo.protection.directory.hsds.own_place import OwnPlace, own_place
from palermo.protection.directory.hsds.parting import Record
from palermo.protection.directory.hsds.points import At, unchecked_point_of


@dataclass(frozen=True)
class Coming:
    """The places that a file makes confidential, and what it says of where they are."""

    keys: frozenset[UUID] = frozenset()
    pieces: frozenset[str] = frozenset()
    points: frozenset[At | None] = frozenset()
    theirs: frozenset[UUID] = frozenset()
    """Those among its places that another source keeps in the open: they are so whatever this file says."""
    own: Mapping[UUID, OwnPlace] = field(default_factory=dict)
    """Where those that are surely places are themselves: for this alone, what is kept is looked through."""

    def __bool__(self) -> bool:
        """Whether there is anything that must not be told."""
        return bool(self.keys or self.pieces or any(self.points))

    def beside(self, other: Coming) -> Coming:
        """These, and what something else says."""
        both = self.keys | other.keys, self.pieces | other.pieces, self.points | other.points
        return Coming(*both, self.theirs | other.theirs, {**other.own, **self.own})

    def without(self, other: Coming) -> Coming:
        """What these say of where places are, and something else does not."""
        return Coming(pieces=self.pieces - other.pieces, points=self.points - other.points)


NOTHING = Coming()


def coming(places: Iterable[Record], hidden: Collection[UUID], theirs: Collection[UUID]) -> Coming:
    """What a file says of places that it makes confidential, or that are hidden already, but for those of others."""
    secret = [one for one in places if one.key not in theirs and is_secret(one, hidden)]
    return Coming(
        keys=frozenset(one.key for one in secret),
        pieces=frozenset(piece for one in secret for piece in telling(one.document)),
        points=frozenset(unchecked_point_of(one.document) for one in secret),
        theirs=frozenset(theirs),
        own={one.key: own_place(one.document) for one in secret},
    )


def is_secret(location: Record, hidden: Collection[UUID]) -> bool:
    """Whether it is said to be confidential, or was until now and is not said not to be any more."""
    said = location.document
    return is_confidential(said) or (location.key in hidden and said.get("is_confidential") is None)
