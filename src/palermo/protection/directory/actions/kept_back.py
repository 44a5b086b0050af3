"""What somebody mends of an entry opens nothing that was hidden from them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from palermo.protection.directory.actions.waiting import IsHidden, key_in, said_of, secrets_in
from palermo.protection.directory.hsds.confidential import SHOWN, is_marked
from palermo.protection.directory.hsds.json_values import Document, Json


class KeptBack:
    """An entry as somebody mended it, without what was hidden from them and would come into the open by it.

    Of what is not hidden any more only that stays which everybody may know, or which they wrote.
    """

    def __init__(self, before: Mapping[str, Json], said: Mapping[str, Json], is_hidden: IsHidden) -> None:
        """Compare an entry as it came with the same as it was mended.

        Args:
            before: the entry as it came.
            said: the same as it was mended.
            is_hidden: whether an id is that of a place that is hidden, whatever this entry says.
        """
        self._is_hidden = is_hidden
        # One mention of a place may mark it, and another say its address.
        self._opened = _marked(before) - _marked(said)
        self.left: list[Mapping[str, Json]] = []
        """What is left of what is not hidden any more."""
        self.document = self._of(before, said)

    def _of(self, before: Mapping[str, Json], said: Mapping[str, Json]) -> Document:
        if self._is_opened(before, said):
            own = {name: one for name, one in said.items() if name in SHOWN} | _written(before, said)
            self.left.append(own)
            return own
        return {name: self._any(before.get(name), one) for name, one in said.items()}

    def _is_opened(self, before: Mapping[str, Json], said: Mapping[str, Json]) -> bool:
        """Whether what was hidden is so no more by what somebody wrote: without its mark, or as another place.

        Where its source itself said that a hidden place is open, they open nothing.
        """
        if is_marked(said):
            return False
        if is_marked(before) or key_in(before.get("id")) in self._opened:
            return True
        is_said_open = said.get("is_confidential") is False and before.get("is_confidential") is not False
        is_another = key_in(said.get("id")) != key_in(before.get("id"))
        return (is_said_open or is_another) and self._is_hidden(before.get("id"))

    def _any(self, before: Json, said: Json) -> Json:
        if isinstance(before, Mapping) and isinstance(said, Mapping):
            return self._of(before, said)
        if isinstance(before, list) and isinstance(said, list):
            return [self._any(one, other) for one, other in zip(_beside(before, said), said, strict=False)]
        return said


def _marked(said: Json) -> frozenset[UUID]:
    """The ids of what an entry marks as confidential."""
    return said_of(secrets_in(said)).keys


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
