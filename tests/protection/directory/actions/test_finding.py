"""What the finder knows is always what it would know if all of it were made anew from the records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from palermo.people.models import Role, User
from palermo.protection.directory.actions.changes import change
from palermo.protection.directory.actions.finding import refresh_all
from palermo.protection.directory.actions.merging import merge, part
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import FinderEntry, Likeness, Reach, Service, ServiceWord
from palermo.protection.directory.queries.finder import by_name
from palermo.protection.directory.queries.needs import needs
from palermo.protection.directory.queries.service_types import service_types
from tests.factories import MembershipFactory
from tests.protection.directory.helping import MONCTON, TORONTO, helping
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
SAID = ("term", "service", "visit", "latitude", "longitude", "provinces", "confirmed_on", "marks", "schedules", "zone",
        "stands_in", "names_provinces")  # fmt: skip
HOURS = [{"id": key("hours"), "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}]


def known() -> tuple[list[str], list[tuple[object, object]], list[str]]:
    """All that the finder knows, and how far services reach, in an order of its own."""
    entries = sorted(repr(row) for row in FinderEntry.objects.values_list(*SAID))
    reaches = sorted(repr(row) for row in Reach.objects.values_list("visit", "provinces", "x", "y", "z"))
    return entries, sorted(ServiceWord.objects.values_list("service", "word__text"), key=str), reaches


def visit(name: str, **said: object) -> object:
    """Tell that a service is given at a place."""
    return taken({"id": key(f"{name} there"), "service_id": key(name), **said}, kind="service_at_location")  # type: ignore[dict-item]


def shared(**said: object) -> Document:
    """A place with an address that no other one has, so that it can become a secret."""
    found: Any = place("shared", **said)
    found["addresses"][0] |= {"address_1": "7 Hazel Row", "postal_code": "E1A 1A1"}
    return found  # type: ignore[no-any-return]


def house(**said: object) -> Any:  # noqa: ANN401 - whatever an entry may say
    return {"id": key("house"), "description": "A house.", **said}


def term(name: str) -> Document:
    return {"id": key("term of a feed"), "name": name, "description": ""}


STEPS: list[Callable[[], object]] = [
    lambda: helping("Bed", "safe-place", "talk", at=MONCTON, assured_date="2026-01-05"),
    lambda: helping("Line", "talk", schedules=HOURS, minimum_age=18),
    # A place that two services share, then told anew: elsewhere, with hours, with a language, as a secret and no more.
    lambda: helping("Law", "lawyer"),
    lambda: helping("Court", "lawyer"),
    lambda: visit("Law", location=shared(**TORONTO)),
    lambda: visit("Court", location=shared(**MONCTON, schedules=HOURS)),
    lambda: taken(shared(**TORONTO, languages=[{"id": key("fr"), "code": "fr"}]), kind="location"),
    lambda: taken(shared(is_confidential=True, area="Southeast"), kind="location"),
    lambda: taken(shared(**TORONTO, is_confidential=False), kind="location"),
    # Another name of an organization, told beside one of its services; then another visit of a service known before.
    lambda: helping("Line", "talk", organization=house(name="Nightingale", name_fr="Rossignol")),
    lambda: visit("Line", location_id=key("shared")),
    lambda: visit("Line", location_id=key("shared"), service_areas=[{"id": key("area"), "provinces": ["NB", "NS"]}]),
    # A term of a feed, which only its next name tells to be a kind of service.
    lambda: taken(service("Feed", attributes=[{"id": key("kind"), "taxonomy_term": term("BH-1800")}])),
    lambda: taken(term(str(service_types()[0]["name"])), kind="taxonomy_term"),
    lambda: helping("Bed", "doctor", at=TORONTO, status="inactive"),
    lambda: helping("Bed", "doctor", at=TORONTO),
]


def test_the_finder_knows_what_it_would_know_made_anew() -> None:
    taken(*needs(), kind="taxonomy_term")
    before: object = None
    for number, step in enumerate(STEPS):
        step()
        found = known()
        assert found != before, f"step {number} tries nothing"
        refresh_all()
        assert known() == found, f"step {number}"
        before = found


def test_the_same_holds_for_what_people_change_and_put_together() -> None:
    taken(*needs(), kind="taxonomy_term")
    helping("Harbour House", "safe-place", at=MONCTON)
    helping("Harbor House", "safe-place", at=TORONTO)
    coordinator: User = MembershipFactory.create(role=Role.COORDINATOR).user
    first, second = Service.objects.order_by("pk")
    pair = Likeness.objects.create(first=first, second=second, probability=0.9, reasons=[])
    for act in (
        lambda: change(by=coordinator, service=first, patch={"name": "Lighthouse", "schedules": HOURS}),
        lambda: taken(service(str(second.document["name"]), description="Told again.")),
        lambda: merge(by=coordinator, pair=pair, kept=first),
        lambda: part(by=coordinator, pair=pair),
    ):
        act()
        found = known()
        refresh_all()
        assert known() == found


@pytest.mark.parametrize("said", ["2999-01-01", "31/12/2025"])
def test_a_day_that_is_none_or_yet_to_come_confirms_nothing_for_the_finder(said: str) -> None:
    helping("Bed", "safe-place", assured_date=said)
    assert FinderEntry.objects.get().confirmed_on is None
    [card], _more = by_name(AnonymousUser(), "bed")
    assert (card.confirmed_on, card.is_uncertain) == (None, True)


def test_a_service_that_its_source_lost_is_not_confirmed_for_the_finder() -> None:
    helping("Bed", "safe-place", assured_date="2026-01-05")
    Service.objects.update(missing_since="2026-02-01")
    refresh_all()
    assert FinderEntry.objects.get().confirmed_on is None


def stood(written: str, *served: str, **said: object) -> FinderEntry:
    """What the finder knows of a service for some provinces at a place with a province as it is written there."""
    helping("Bed", "safe-place", service_areas=[{"id": key("area"), "provinces": list(served)}] if served else [])
    there: Any = place("house", **said)
    there["addresses"][0]["state_province"] = written
    visit("Bed", location=there)
    return FinderEntry.objects.get()


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize(("written", "stands_in"), [("Ont.", "ON"), ("Québec", "QC"), ("ON", "ON"), ("NY", "")])
def test_the_province_of_a_place_is_understood_as_it_is_written(written: str, stands_in: str, hidden: bool) -> None:
    found = stood(written, is_confidential=hidden)
    assert (found.stands_in, found.provinces) == (stands_in, stands_in)


def test_a_place_keeps_its_province_whatever_it_serves() -> None:
    found = stood("Ontario", "QC", "NB")
    assert (found.stands_in, found.provinces, found.names_provinces) == ("ON", "NB QC", True)


CANADA: Document = {"id": key("all"), "name": "Canada", "extent_type": "text", "extent": "All of Canada"}
ONTARIO: Document = {"id": key("one"), "name": "Ontario", "provinces": ["ON"]}


@pytest.mark.parametrize(
    ("of_service", "of_visit", "serves", "is_named"),
    [
        ([CANADA], None, "", False),
        ([ONTARIO, CANADA], None, "", False),
        ([ONTARIO], [], "ON", True),
        ([ONTARIO], [CANADA], "", False),
        ([CANADA], [ONTARIO], "ON", True),
        ([], [], "NB", False),
        (None, None, "NB", False),
    ],
)
def test_areas_mean_the_same_to_the_finder_and_to_the_api(
    of_service: list[Document] | None, of_visit: list[Document] | None, serves: str, is_named: bool
) -> None:
    """An area without a province may be anywhere; only where no area is said, it is where the place is."""
    own = {} if of_visit is None else {"service_areas": of_visit}
    said: Any = {} if of_service is None else {"service_areas": of_service}
    helping("Line", "talk", **said)
    visit("Line", location=place("office"), **own)
    found = FinderEntry.objects.get()
    assert (found.provinces, found.names_provinces) == (serves, is_named)
    assert Reach.objects.get().provinces == (serves if of_service or of_visit else "")


def test_the_same_hours_are_kept_as_the_same_text() -> None:
    for name in ("First", "Second"):
        helping(name, "talk", schedules=[{**HOURS[0], "id": key(name)}])
    first, second = FinderEntry.objects.all()
    assert first.schedules == second.schedules == [{name: said for name, said in HOURS[0].items() if name != "id"}]


def test_a_hidden_place_that_serves_several_provinces_has_the_clock_of_its_own() -> None:
    found = stood("NB", "NB", "QC", is_confidential=True)
    assert (found.latitude, found.stands_in, found.zone) == (None, "NB", "America/Moncton")


@pytest.mark.parametrize(("written", "zone"), [("QC", "America/Toronto"), ("NB", "America/Moncton")])
def test_the_clock_is_that_of_the_province_beside_its_border(written: str, zone: str) -> None:
    nouvelle = {"latitude": 48.131, "longitude": -66.317}
    assert stood(written, "NB", "QC", **nouvelle).zone == zone
