"""What the finder shows of one service: the few things that somebody needs to reach it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from palermo.foundation.bilingual import Shown, choose
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.places import Point, kilometres
from palermo.protection.directory.hsds.profile import FRENCH
from palermo.protection.directory.models import Organization, Service, ServiceAtLocation

TRUSTED = timedelta(days=365)
"""What was last confirmed longer ago than this is said to be uncertain, and stands behind the rest."""


@dataclass(frozen=True)
class Phone:
    """A number as it is written, as a telephone dials it, and what it is for."""

    written: str
    dialled: str
    meaning: Shown


@dataclass(frozen=True)
class Card:
    """One service at one place, or by telephone."""

    key: str
    name: Shown
    organization: Shown
    description: Shown
    who: Shown
    phones: tuple[Phone, ...]
    languages: tuple[Shown, ...]
    address: str
    area: Shown
    """Where a confidential place is, as nearly as may be said."""
    kilometres: int | None
    confirmed_on: date | None

    @property
    def is_uncertain(self) -> bool:
        """Whether nobody has confirmed it for long."""
        return self.confirmed_on is None or self.confirmed_on < timezone.localdate() - TRUSTED


def text_of(said: Mapping[str, Json], name: str) -> Shown:
    """A text of an entry as the reader sees it; where both languages hold the same, it is French."""
    en, fr = str(said.get(name) or ""), str(said.get(f"{name}{FRENCH}") or "")
    return choose("" if en == fr else en, fr)


def card_of(service: Service, visit: ServiceAtLocation | None, at: Point | None, place: Point | None) -> Card:
    """The card of a service; `at` is where it is given, `place` where the reader is."""
    said = service.document
    organization: Document = service.organization.document if isinstance(service.organization, Organization) else {}
    location: Document = visit.location.document if visit else {}
    own: Document = visit.document if visit else {}
    return Card(
        key=str(visit.pk if visit else service.pk),
        name=text_of(said, "name"),
        organization=text_of(organization, "name"),
        description=text_of(said, "description"),
        who=text_of(said, "eligibility_description"),
        phones=next((found for one in (own, said, location, organization) if (found := tuple(_phones(one)))), ()),
        languages=tuple(text_of(one, "name") for one in _entries({**location, **said}, "languages") if one.get("name")),
        address=_address(location),
        area=text_of(location, "area"),
        kilometres=round(kilometres(at, place)) if at and place else None,
        confirmed_on=_day(said.get("assured_date")),
    )


def _phones(said: Document) -> Iterator[Phone]:
    for one in _entries(said, "phones"):
        written, extension = str(one.get("number") or ""), one.get("extension")
        dialled = str(one.get("e164") or "") or re.sub(r"[^0-9+]", "", written)
        if isinstance(extension, int | float):
            dialled += f";ext={int(extension)}"
        yield Phone(written, dialled, text_of(one, "description"))


def _address(location: Document) -> str:
    for one in _entries(location, "addresses"):
        if one.get("address_type") == "physical":
            names = ("address_1", "address_2", "city", "state_province", "postal_code")
            return ", ".join(str(one[name]) for name in names if one.get(name))
    return ""


def _entries(said: Document, name: str) -> Iterator[Mapping[str, Json]]:
    found = said.get(name)
    yield from (one for one in (found if isinstance(found, list) else []) if isinstance(one, Mapping))


def _day(said: Json) -> date | None:
    try:
        return date.fromisoformat(str(said)[:10])
    except ValueError:
        return None
