"""By what lists of entries can be narrowed."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from palermo.protection.directory.hsds.places import Place


class Searched(Protocol):
    """Which words are looked for; empty where none are."""

    search: str


class Wanted(Searched, Protocol):
    """By what lists can be narrowed; None where they are not."""

    taxonomy_term_id: UUID | None
    taxonomy_id: UUID | None


class WantedServices(Wanted, Protocol):
    """The same, where organizations and times can be asked for too."""

    organization_id: UUID | None
    modified_after: datetime | None


class WantedVisits(WantedServices, Protocol):
    """The same, where one can ask from a postal code too."""

    proximity: float | None
    """Metres."""

    @property
    def area(self) -> Place | None:
        """From where."""


class WantedTerms(Searched, Protocol):
    """Which terms are wanted: of a list, on top of it, or right under another term."""

    taxonomy_id: UUID | None
    top_only: bool
    parent_id: UUID | None
