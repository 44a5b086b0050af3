"""While entries are taken in: no place that is confidential comes into the open, and nothing else tells where it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from palermo.foundation.keys import among
from palermo.protection.directory.actions.coming import NOTHING, Coming, is_secret
from palermo.protection.directory.actions.forgetting import forget
from palermo.protection.directory.hsds import confidential
from palermo.protection.directory.hsds.confidential import Path, Pieces
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.own_place import OwnPlace, own_place
from palermo.protection.directory.hsds.parting import Record
from palermo.protection.directory.hsds.plain import plain_id
from palermo.protection.directory.hsds.points import At, Points
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.models import BY_KIND, Change, Location, SealedPlace
from palermo.protection.directory.sealing import opened

MOST_FRESH = 300
"""So many pieces are looked for beside all the others before they are put together with them."""


class Sealed:
    """What sealed places tell of where they are, each opened once for as long as it is sealed the same."""

    def __init__(self) -> None:
        """Nothing is opened yet."""
        self._known: dict[UUID, tuple[bytes, frozenset[str], At | None, OwnPlace]] = {}
        self._pieces = Pieces()

    def looked_for(self, pieces: frozenset[str]) -> Pieces:
        """These pieces, put together once for as long as they are the same."""
        if self._pieces.all != pieces:
            self._pieces = Pieces(pieces)
        return self._pieces

    def all(self) -> dict[UUID, tuple[frozenset[str], At | None, OwnPlace]]:
        """The pieces that tell where it is, the point, and the addresses of its own of every place that is sealed.

        Of one that is hidden because of another, no more is looked for than where it is itself.

        Raises:
            SealedError: one does not open.
        """
        found = {}
        for key, said, hider in SealedPlace.objects.values_list("pk", "sealed", "location__hidden_with"):
            sealed = bytes(said) + (hider.bytes if hider else b"")
            if key not in self._known or self._known[key][0] != sealed:
                place = opened(key, bytes(said))
                own = own_place(place)
                told = own.pieces if hider else confidential.telling(place)
                self._known[key] = sealed, told, confidential.point_of(place), own
            found[key] = self._known[key][1:]
        return found


class Secrecy:
    """What must not be told, as far as it is known: from what is kept, and from what came in so far."""

    def __init__(
        self,
        coming: Coming = NOTHING,
        sealed: Sealed | None = None,
        waiting: Coming = NOTHING,
        *,
        may_open_all: bool = False,
    ) -> None:
        """Look up what is kept.

        Args:
            coming: places that the rest of a file makes confidential.
            sealed: what was opened before, where it is looked up again and again.
            waiting: places that entries which wait would hide. What is kept was looked through when these came.
            may_open_all: whether a place opens that a coordinator hid here, which no source does.

        Raises:
            SealedError: a sealed place does not open.
        """
        hidden = Location.objects.filter(is_confidential=True).order_by()
        here = list(hidden.values_list("pk", "hidden_here", "hidden_with"))
        self._hidden = {key for key, _is_ours, _hider in here}
        self._stays = {key for key, is_ours, _hider in here if is_ours and not may_open_all}
        self._with = {key: hider for key, is_ours, hider in here if hider and not is_ours}
        self._sealed = sealed or Sealed()
        places = self._sealed.all()
        self._pieces = {key: pieces for key, (pieces, _point, _own) in places.items()}
        self._points = {key: point for key, (_pieces, point, _own) in places.items()}
        self._own = {key: own for key, (_pieces, _point, own) in places.items()}
        self._known = _all_of(self._pieces)
        self._known_points = set(self._points.values())
        self._coming, self._ahead = coming, coming.beside(waiting)
        self._ids = {key.hex for key in self._hidden | self._ahead.keys}
        self._touched: set[UUID] = set()
        self._sealed_since: dict[UUID, Document] | None = None
        self._marked: set[UUID] = set()
        self._newly: set[UUID] = set()
        self._opened: set[UUID] = set()
        self._look()

    @property
    def opened(self) -> frozenset[UUID]:
        """The places that were confidential and that entries since said not to be."""
        return frozenset(self._opened)

    @property
    def hidden(self) -> frozenset[UUID]:
        """The places that were not confidential and that entries since made so."""
        return frozenset(self._newly)

    @property
    def hides_any(self) -> bool:
        """Whether any place is hidden by now."""
        return bool(self._hidden)

    @property
    def marked(self) -> frozenset[UUID]:
        """The places that entries said to be confidential, and not because of another one."""
        return frozenset(self._marked)

    def _look(self) -> None:
        """Look for the pieces and points of all places that are hidden by now."""
        self._seen, self._fresh = self._sealed.looked_for(_all_of(self._pieces) | self._ahead.pieces), Pieces()
        self._at = Points({*self._points.values(), *self._ahead.points})

    def _look_also(self, key: UUID) -> None:
        """Look for those of one more place: beside the others, which are put together anew only now and then."""
        self._at.add(self._points[key])
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
            if key in self._coming.theirs and key not in self._hidden:
                continue
            is_ahead = key in self._ahead.keys or key in self._stays
            if is_secret(one, self._hidden) or key in self._touched or is_ahead:
                # A mark that is none of the profile holds its entry back, whatever else hides its place.
                if confidential.is_confidential(one.document) or not confidential.is_marked(one.document):
                    self._marked |= {key} if confidential.is_confidential(one.document) else set()
                    self._hide(one, confidential.telling(one.document))
            elif key in self._hidden:
                self._opened.add(key)
                # What stands at the same address is no secret without it.
                for each in (key, *(other for other, hider in self._with.items() if hider == key)):
                    self._open(each)
                self._look()

    def _open(self, key: UUID) -> None:
        """A place is hidden no more.

        Meanwhile others may tell where it is, so that they are looked at again should it be hidden once more.
        """
        self._hidden.discard(key)
        self._ids.discard(key.hex)
        self._known -= self._pieces.pop(key, frozenset())
        self._known_points.discard(self._points.pop(key, None))
        self._own.pop(key, None)

    def hide(self, places: Iterable[Record]) -> None:
        """Places are confidential from now on, whoever keeps them."""
        for one in places:
            self._hide(one, confidential.telling(one.document))

    def hide_with(self, places: Iterable[Record]) -> None:
        """The same of places that stand where hidden ones are: of them, their words mean nothing."""
        for one in places:
            self._hide(one, own_place(one.document).pieces)

    def _hide(self, place: Record, telling: frozenset[str]) -> None:
        key = place.key
        if not confidential.is_confidential(place.document):
            # One entry of a file may say so and another not: it is better kept than told.
            place.document["is_confidential"] = True
        self._newly |= {key} - self._hidden
        self._hidden.add(key)
        self._ids.add(key.hex)
        self._touched.add(key)
        self._sealed_since = None
        self._pieces[key] = self._pieces.get(key, frozenset()) | telling
        self._points[key] = confidential.point_of(place.document) or self._points.get(key)
        self._look_also(key)

    def told(self, records: Sequence[Record], whole: Document | None = None) -> Iterator[Problem]:
        """Where the records of a document tell where a confidential place is, the open half of its own included.

        Args:
            records: as they will be kept.
            whole: the document that they were taken out of: where it tells nothing, none of them needs a look.
        """
        if whole is not None and self._tells_nothing(records, whole):
            return
        for one in records:
            said = one.document
            if one.kind == "location" and confidential.is_confidential(said):
                said, _sealed = confidential.split(said)
            paths = self.given_away(said, is_place=one.kind == "location")
            paths += confidential.marked_elsewhere(one.kind, said)
            paths += self._told_within(said, ()) if self._tells_within(said) else ()
            if one.kind == "location" and self.stands_at_one(said):
                paths.append(("latitude",))
            for path in dict.fromkeys(paths):
                yield Problem(path, "confidential", one.kind)

    def new_before(self) -> dict[UUID, OwnPlace]:
        """Where places are that have become confidential, or are about to: what was not hidden of that before.

        What tells it has to leave what is kept. Houses that their words mention, and whatever else only may mean a
        place, are looked for in what comes in alone: there, a person decides.
        """
        return _new({**self._coming.own, **self._own_of_touched()}, self._own.values())

    def new_after(self) -> dict[UUID, OwnPlace]:
        """The same, but only what no entry before was looked through for: it has just been sealed."""
        return _new(self._own_of_touched(), [*self._own.values(), *self._coming.own.values()])

    def forget(self) -> None:
        """Take out of what never tells a reader anything new again what tells where a place is that is sealed now."""
        places = self._touched_places().values()
        words = frozenset(piece for place in places for piece in confidential.telling(place))
        points = {confidential.point_of(place) for place in places}
        forget(self._newly, Pieces(words - self._known), Points(points - self._known_points))

    def _own_of_touched(self) -> dict[UUID, OwnPlace]:
        return {key: own_place(place) for key, place in self._touched_places().items()}

    def _touched_places(self) -> dict[UUID, Document]:
        """What is sealed of the places that became confidential. It is asked for twice once all of a part is sealed."""
        if self._sealed_since is None:
            touched = SealedPlace.objects.filter(pk__in=among(self._touched))
            self._sealed_since = {one.pk: opened(one.pk, bytes(one.sealed)) for one in touched}
        return self._sealed_since

    def given_away(self, said: Document, *, is_place: bool = False) -> list[Path]:
        """Where an entry tells an address that nobody may find, in words or by its point on a map."""
        return confidential.given_away(said, self._seen, self._fresh, points=self._at, is_place=is_place)

    def is_hidden(self, identifier: Json) -> bool:
        """Whether this is the id of a confidential place, or of one that is about to be, however it is written."""
        return plain_id(identifier) in self._ids

    def _tells_nothing(self, records: Iterable[Record], whole: Document) -> bool:
        places = (one.document for one in records if one.kind == "location")
        if any(confidential.is_confidential(said) or self.stands_at_one(said) for said in places):
            return False
        surely = confidential.tells_nothing(whole, self._seen, self._fresh, points=self._at)
        return surely and not self._tells_within(whole)

    def _tells_within(self, said: Json) -> bool:
        """Whether there is a hidden place within an entry. Every entry is looked through."""
        if isinstance(said, dict):
            said = [*said.values()]
        for one in said if isinstance(said, list) else ():
            if isinstance(one, dict) and "id" in one and plain_id(one["id"]) in self._ids:
                return True
            if isinstance(one, (dict, list)) and self._tells_within(one):
                return True
        return False

    def _told_within(self, said: Json, path: Path) -> Iterator[Path]:
        """Where more is said of a hidden place than everybody may know, within an entry and not as a place."""
        inside: Iterable[tuple[str | int, Json]] = ()
        if isinstance(said, Mapping):
            inside = said.items()
        elif isinstance(said, list):
            inside = enumerate(said)
        for step, one in inside:
            if isinstance(one, Mapping) and self.is_hidden(one.get("id")) and not one.keys() <= confidential.SHOWN:
                yield (*path, step)
            elif isinstance(one, Mapping | list):
                yield from self._told_within(one, (*path, step))

    def stands_at_one(self, said: Mapping[str, Json]) -> bool:
        """Whether the point of something is that of a confidential place."""
        return self._at.near(confidential.point_of(said))


def has_changed(since: datetime) -> bool:
    """Whether anything that could tell where a place is has come to say something else since then."""
    changes = Change.objects.filter(Q(made_at__gt=since) | Q(decided_at__gt=since))
    records = (model._default_manager.filter(changed_at__gt=since) for model in BY_KIND.values())
    return changes.exists() or any(some.exists() for some in records)


def _all_of(pieces: dict[UUID, frozenset[str]]) -> frozenset[str]:
    return frozenset(piece for each in pieces.values() for piece in each)


def _new(places: Mapping[UUID, OwnPlace], known: Collection[OwnPlace]) -> dict[UUID, OwnPlace]:
    """What places tell that these others do not, without those that tell nothing else."""
    pieces = frozenset(piece for one in known for piece in one.pieces)
    points = {one.point for one in known}
    found = {
        key: OwnPlace(one.pieces - pieces, None if one.point in points else one.point) for key, one in places.items()
    }
    return {key: one for key, one in found.items() if one}
