"""What of an entry tells which service it names, as entries are compared with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from palermo.protection.directory.hsds.confidential import is_confidential, plain, point_of, split
from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.parting import terms_of
from palermo.protection.directory.hsds.phones import e164
from palermo.protection.directory.hsds.places import Point
from palermo.protection.directory.hsds.profile import FRENCH

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entry:
    """A service as it is compared. What it does not say is empty, and tells neither for nor against."""

    id: str
    names: frozenset[str] = _NOTHING
    """Its names and other names, in any language."""
    organizations: frozenset[str] = _NOTHING
    """The names of the organization that gives it, in any language."""
    phones: frozenset[str] = _NOTHING
    """As E.164 writes them."""
    emails: frozenset[str] = _NOTHING
    sites: frozenset[str] = _NOTHING
    """The hosts of its websites, without `www.`."""
    postal_codes: frozenset[str] = _NOTHING
    """In capitals and without a space, such as `K1N1A1`."""
    towns: frozenset[str] = _NOTHING
    """Each with its province, such as `Windsor (ON)`, as there are towns of one name."""
    provinces: frozenset[str] = _NOTHING
    """Postal abbreviations."""
    points: frozenset[Point] = frozenset()
    needs: frozenset[str] = _NOTHING
    """The ids of the terms that say what it helps with."""


def entry_of(service: Mapping[str, Json]) -> Entry:
    """What is compared of a service that holds its organization and places, as the standard nests them.

    Of a place whose address nobody may find only the province is taken, and nothing of how to reach it. How to reach
    the organization counts where the service says nothing of its own.
    """
    organization = service.get("organization")
    of = [organization] if isinstance(organization, Mapping) else []
    visits = list(_entries([service], "service_at_locations"))
    places = [place for visit in visits if isinstance(place := visit.get("location"), Mapping)]
    shown = [split(place)[0] if is_confidential(place) else place for place in places]
    own = [service, *(visit for visit in visits if not _is_hidden(visit)), *shown]
    own += _entries(own, "contacts")
    addresses = list(_entries(shown, "addresses"))
    return Entry(
        id=str(service.get("id") or ""),
        names=_texts([service], "name", "alternate_name"),
        organizations=_texts(of, "name", "alternate_name"),
        phones=_phones(own) or _phones(of),
        emails=_said(own, "email") or _said(of, "email"),
        sites=_hosts(own, "url", "additional_urls") or _hosts(of, "website", "additional_websites"),
        postal_codes=frozenset(plain(code).upper() for code in _said(addresses, "postal_code")),
        towns=frozenset(f"{one['city']} ({one.get('state_province') or ''})" for one in addresses if one.get("city")),
        provinces=_said(addresses, "state_province") | _said(shown, "province"),
        points=frozenset(Point(*point) for place in shown if (point := point_of(place))),
        needs=frozenset(terms_of(service)),
    )


def _is_hidden(visit: Mapping[str, Json]) -> bool:
    place = visit.get("location")
    return isinstance(place, Mapping) and is_confidential(place)


def _entries(of: Iterable[Mapping[str, Json]], name: str) -> Iterator[Mapping[str, Json]]:
    """The parts of this name of some entries."""
    for one in of:
        said = one.get(name)
        for part in said if isinstance(said, list) else []:
            if isinstance(part, Mapping):
                yield part


def _said(of: Iterable[Mapping[str, Json]], *names: str) -> frozenset[str]:
    return frozenset(str(said).strip() for one in of for name in names if (said := one.get(name)))


def _texts(of: Iterable[Mapping[str, Json]], *names: str) -> frozenset[str]:
    """What is said in either language."""
    return _said(of, *names, *(f"{name}{FRENCH}" for name in names))


def _phones(of: Iterable[Mapping[str, Json]]) -> frozenset[str]:
    numbers = (str(one.get("e164") or "") or e164(str(one.get("number") or "")) for one in _entries(of, "phones"))
    return frozenset(number for number in numbers if number)


def _hosts(of: Sequence[Mapping[str, Json]], name: str, more: str) -> frozenset[str]:
    addresses = _said(of, name) | _said(_entries(of, more), "url")
    return frozenset(host for address in addresses if (host := _host(address)))


def _host(address: str) -> str:
    try:
        return (urlsplit(address if "//" in address else f"//{address}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
