"""So many services are found as are promised, however many places each has, and however many are closed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from math import cos, radians

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from palermo.protection.directory.cards import Card
from palermo.protection.directory.hsds import places
from palermo.protection.directory.hsds.fitting import Wish
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.places import Place, Point, kilometres
from palermo.protection.directory.models import FinderEntry, Location, ServiceAtLocation
from palermo.protection.directory.opening import hours_at
from palermo.protection.directory.queries import finder, nearest
from palermo.protection.directory.queries.needs import need
from palermo.protection.directory.queries.open_now import OpenNow
from palermo.protection.directory.queries.shown import FIRST
from tests.protection.directory.helping import MONCTON, TORONTO, ask, helping
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 4, 15, 0, tzinfo=UTC)
"""A Wednesday morning in all of Canada."""
ALWAYS: Document = {
    "id": key("always"),
    "freq": "WEEKLY",
    "byday": "MO,TU,WE,TH,FR,SA,SU",
    "opens_at": "00:00",
    "closes_at": "24:00",
}
MONDAYS: Document = {"id": key("mondays"), "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "12:00"}
HALIFAX: Document = {"latitude": 44.65, "longitude": -63.6}


def chain(name: str, count: int, *, at: Document | None = None, **said: object) -> Document:
    """A service with many places: in a row from a point to the north, or hidden ones that nobody knows where."""
    hidden: Document = {"location_type": "virtual", "addresses": []}
    points = [
        {"latitude": float(str(at["latitude"])) + number / 1_000, "longitude": at["longitude"]} if at else hidden
        for number in range(count)
    ]
    where = [
        {"id": key(f"{name} {number}"), "location": place(f"{name} {number}", **point)}
        for number, point in enumerate(points)
    ]
    attributes = [{"id": key(f"{name} talk"), "taxonomy_term": need("talk")}]
    return service(name, attributes=attributes, service_at_locations=where, **said)  # type: ignore[no-any-return]


def names(page: str) -> list[str]:
    """The services of a page, in their order."""
    return re.findall("<h3>([^<]+)", page)


def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def test_a_service_with_many_places_hides_no_other_one(client: Client) -> None:
    taken(chain("Chain", 50, at=TORONTO), chain("Hidden", 110, assured_date="2026-10-20"))
    for number in range(5):
        helping(f"Near {number}", "talk", at={**TORONTO, "longitude": -79.2})
        helping(f"Line {number}", "talk", assured_date="2026-10-01")
    page = names(ask(client, need="talk", place="Toronto", more="1"))
    assert page[0] == "Chain"
    assert sorted(page) == sorted(["Chain", "Hidden", *(f"{one} {at}" for one in ("Near", "Line") for at in range(5))])
    assert len(set(names(ask(client, need="talk", anywhere="1")))) == FIRST
    assert len(set(names(ask(client, need="talk", anywhere="1", more="1")))) == nearest.SHOWN


def test_what_is_open_is_found_behind_hundreds_that_are_closed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    at_noon(monkeypatch)
    monkeypatch.setattr(nearest, "LOOKED_AT", 20)
    closed = [MONDAYS | {"timezone_name": "America/Toronto"}]
    taken(
        chain("Closed", 30, at=TORONTO, schedules=closed),
        chain("Closed line", 30, assured_date="2026-10-20", schedules=closed),
    )
    helping("Open", "talk", at={**TORONTO, "latitude": 44.5}, schedules=[ALWAYS])
    helping("Open line", "talk", schedules=[ALWAYS])
    assert names(ask(client, need="talk", place="Toronto", open="1")) == ["Open", "Open line"]
    assert sorted(names(ask(client, need="talk", anywhere="1", open="1"))) == ["Open", "Open line"]


def test_a_closed_branch_hides_no_open_one_of_the_same_service(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    at_noon(monkeypatch)
    said = chain("Chain", 2, at=TORONTO)
    for visit, hours in zip(said["service_at_locations"], (MONDAYS, ALWAYS), strict=True):  # type: ignore[arg-type]
        visit["schedules"] = [{**hours, "id": key(str(hours))}]  # type: ignore[index]
    taken(said)
    assert names(ask(client, need="talk", place="Toronto", open="1")) == ["Chain"]


def test_what_says_to_serve_the_province_from_far_away_can_be_called(client: Client) -> None:
    served = [{"id": key("area"), "provinces": ["ON", "NS"]}]
    helping("Office", "talk", at=TORONTO, service_areas=served)
    helping("Silent", "talk", at=TORONTO)
    page = ask(client, need="talk", place="Halifax")
    assert page.index("Call first: by") < page.index("<h3>Office") < page.index("Further away") < page.index("<h3>Sil")
    for number in range(nearest.SHOWN):
        helping(f"Local {number}", "talk", at=HALIFAX)
    page = ask(client, need="talk", place="Halifax")
    assert page.index("Call first: by") < page.index("<h3>Office")
    assert names(page).count("Office") == 1
    assert "Silent" not in page
    assert names(ask(client, need="talk", place="Toronto")).count("Office") == 1


def test_what_may_be_anywhere_is_shown_everywhere(client: Client) -> None:
    everywhere = [{"id": key("area"), "name": "Canada", "extent_type": "text", "extent": "All of Canada"}]
    toronto: Document = {"id": key("bay"), "address_1": "1 Bay", "city": "Toronto", "state_province": "ON"}
    toronto |= {"country": "CA", "postal_code": "M5V 2T6", "address_type": "physical"}
    helping("National", "talk", at={"addresses": [toronto]}, service_areas=everywhere)
    helping("Hidden", "talk", at={"is_confidential": True, "area": "Moncton"}, service_areas=everywhere)
    helping("Line", "talk")
    for number in range(12):
        helping(f"Ours {number}", "talk", at={"province": "NS", "is_confidential": True, "addresses": []})
    assert {"National", "Line"} <= set(names(ask(client, need="talk", place="Toronto")))
    # What is near comes before what stands in the province, and that before the rest, whatever they serve.
    assert names(ask(client, need="talk", place="Moncton")) == ["Hidden", "Line", "National"]
    assert not {"National", "Line"} & set(names(ask(client, need="talk", place="Halifax")))


def made(chance: random.Random, number: int) -> Document:
    """A service with some places around cities, open or closed, on the map or not, which says areas or none."""
    named = ("Toronto", "Ottawa", "Thunder Bay", "Moncton", "Halifax", "Whitehorse")
    city = places.found(chance.choice(named))[0]
    visits = []
    for branch in range(chance.choice([0, 1, 1, 1, 2, 45 if number < 2 else 3])):
        at = (city.point.latitude + chance.gauss(0, 0.3), city.point.longitude + chance.gauss(0, 0.3))
        point: Document = {"latitude": at[0], "longitude": at[1], "province": city.province, "addresses": []}
        if chance.random() < 0.2:
            point |= {"location_type": "virtual"}
        visits.append(
            {
                "id": key(f"v {number} {branch}"),
                "location": place(f"l {number} {branch}", **point),
                "schedules": [chance.choice([ALWAYS, MONDAYS]) | {"id": key(f"s {number} {branch}")}],
            }
        )
    areas: list[Document] = [
        {"id": key(f"a {number} {one}"), "provinces": chance.sample(["ON", "NB", "NS", "YT"], 2)} for one in "ab"
    ]
    areas += [{"id": key(f"c {number}"), "name": "Wherever"}] * (chance.random() < 0.2)
    return service(  # type: ignore[no-any-return]
        f"Service {number:02}",
        attributes=[{"id": key(f"t {number}"), "taxonomy_term": need("talk")}],
        service_at_locations=visits,
        schedules=[ALWAYS | {"id": key(f"h {number}")}],
        assured_date=f"202{chance.choice([4, 6, 6])}-0{chance.randint(1, 9)}-01",
        **({"service_areas": areas} if chance.random() < 0.6 else {}),
    )


def firsts(
    entries: Iterable[FinderEntry], order: Callable[[FinderEntry], object], most: int = nearest.SHOWN
) -> list[FinderEntry]:
    """The first entry of each of the first services, by going through all of them."""
    found: dict[object, FinderEntry] = {}
    for one in sorted(entries, key=order):  # type: ignore[arg-type]
        found.setdefault(one.service_id, one)
    return list(found.values())[:most]


def is_stale(one: FinderEntry) -> bool:
    return one.confirmed_on is None or (NOW.date() - one.confirmed_on).days > 365


def in_turns(entries: list[FinderEntry]) -> list[FinderEntry]:
    """Five by five, of which no more than two are stale as long as there are others."""
    found: list[FinderEntry] = []
    while rest := [one for one in entries if one not in found]:
        part: list[FinderEntry] = []
        while len(part) < 5 and (left := [one for one in rest if one not in part]):
            full = sum(map(is_stale, part)) >= 2
            part.append(next((one for one in left if not (full and is_stale(one))), left[0]))
        found += part
    return found


def expected(at: Place, wish: Wish) -> tuple[list[FinderEntry], list[FinderEntry], list[FinderEntry]]:
    """What is near, what can be called and what is far away, worked out a second time from every entry there is."""

    def away(one: FinderEntry) -> float:
        return kilometres(at.point, Point(one.latitude or 0, one.longitude or 0))

    def flat(one: FinderEntry) -> float:
        up, along = (one.latitude or 0) - at.point.latitude, (one.longitude or 0) - at.point.longitude
        return float((up**2 + (along * cos(radians(at.point.latitude))) ** 2) ** 0.5)

    def order(one: FinderEntry, far: Callable[[FinderEntry], float] = away) -> object:
        ends = (25, 50, 100, 200, 251, 400, 800, 1600, 3200)
        return sum(far(one) > end - 0.5 for end in ends), is_stale(one), far(one), one.pk

    def flat_order(one: FinderEntry) -> object:
        return order(one, lambda one: flat(one) * nearest.KILOMETRES)

    def rank(one: FinderEntry) -> tuple[int, int, str, int]:
        own = at.province in one.provinces.split() or one.stands_in == at.province
        confirmed = -(one.confirmed_on.toordinal() if one.confirmed_on else 0)
        return 1 if own else 2 if not one.stands_in else 3, confirmed, str(one.service_id), one.pk

    def sunk(one: FinderEntry) -> object:
        return rank(one)[0] + 2 * is_stale(one), rank(one)

    entries = [one for one in FinderEntry.objects.all() if not wish.open_now or is_open(one)]
    on_map = [one for one in entries if one.latitude is not None]
    lines = [one for one in entries if one.latitude is None and at.province in (one.provinces or at.province).split()]
    says_so = [one for one in on_map if one.names_provinces and at.province in one.provinces.split()]
    far_off = [one for one in says_so if flat(one) > nearest.REACH * finder.BEYOND / nearest.KILOMETRES]
    placed, called = firsts(on_map, order), in_turns(sorted(firsts(lines, sunk, 40), key=rank))[: nearest.SHOWN]
    near = [one for one in placed if away(one) <= nearest.REACH]
    known = {one.service_id for one in [*near, *called]}
    offices = [one for one in firsts(far_off, flat_order) if one.service_id not in known]
    known = {one.service_id for one in [*near, *offices]}
    return near, [*called, *offices], [one for one in placed if one.service_id not in known]


def is_open(entry: FinderEntry) -> bool:
    hours = hours_at(entry, NOW)
    return hours is not None and hours.is_open


@pytest.mark.parametrize("looked_at", [5, 150])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_finder_finds_what_going_through_everything_finds(
    seed: int, looked_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where there are more than are looked at first: then what is out of reach may be left out."""
    at_noon(monkeypatch)
    monkeypatch.setattr(nearest, "LOOKED_AT", looked_at)
    chance = random.Random(seed)  # noqa: S311 - made-up services
    taken(*(made(chance, number) for number in range(60)))
    for name in ("Toronto", "Ottawa", "Kingston", "Thunder Bay", "Moncton", "Halifax", "Dawson", "Yellowknife"):
        [at, *_others] = places.found(name)
        for wish in (Wish(), Wish(open_now=True)):
            found = finder.found(AnonymousUser(), need("talk") or {}, at, wish)
            near, anywhere, far = (sorted(map(keyed, entries)) for entries in expected(at, wish))
            assert sorted(map(shown, found.near)) == near, (name, wish)
            assert sorted(map(shown, found.anywhere)) == anywhere, (name, wish)
            seen = sorted(map(shown, found.far))
            assert seen == far or (looked_at == 5 and wish.open_now and set(seen) < set(far)), (name, wish)


def shown(card: Card) -> str:
    return card.key


def keyed(entry: FinderEntry) -> str:
    return f"{entry.service_id} {entry.visit_id or ''}".strip()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows how many rows there are")
def test_what_serves_a_province_from_far_away_is_looked_for_among_its_like() -> None:
    """Of two indexes that seem as good to SQLite it takes the one that was made last; the other one is far slower."""
    [at, *_others] = places.found("Toronto")
    with CaptureQueriesContext(connection) as queries:
        finder.found(AnonymousUser(), need("talk") or {}, at, Wish())
    [asked] = [one["sql"] for one in queries if "> " in one["sql"] and '"names_provinces" AND' in one["sql"]]
    with connection.cursor() as cursor:
        plan = str(cursor.execute(f"EXPLAIN QUERY PLAN {asked}").fetchall())
    assert "USING INDEX finder_from_far" in plan


def test_what_shares_a_number_is_open_at_the_same_times() -> None:
    chance = random.Random(1)  # noqa: S311 - made-up services
    mornings = MONDAYS | {"byday": "MO,TU,WE,TH,FR"}
    for number in range(60):
        hours = [chance.choice([ALWAYS, MONDAYS, mornings]) | {"id": key(f"hours {number}")}]
        where = chance.choice([{**HALIFAX, "province": "NS"}, {**TORONTO, "province": "ON"}, None])
        zone = chance.choice([[], [{"timezone_name": "America/Vancouver"}]])
        helping(f"Service {number}", "talk", at=where, schedules=[hours[0] | (zone[0] if zone else {})])
    said: dict[int, set[tuple[bool | None, ...]]] = {}
    # In Nova Scotia alone, 16 February 2026 is Heritage Day: of such days nothing is known for certain.
    moments = [datetime(2026, 2, day, hour, 30, tzinfo=UTC) for day in (10, 16) for hour in (3, 11, 13, 14, 17, 22)]
    for entry in FinderEntry.objects.all():
        told = (hours_at(entry, moment) for moment in moments)
        said.setdefault(entry.hours, set()).add(tuple(one.is_open if one else None for one in told))
    assert 0 not in said
    assert all(len(each) == 1 for each in said.values())
    assert 5 < len(said) < 30


def test_who_is_made_anew_during_a_search_closes_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider says how many beds are free, and the entry that was to tell the hours of all has another key."""
    at_noon(monkeypatch)
    for number in range(3):
        helping(f"House {number}", "talk", schedules=[ALWAYS | {"id": key(f"hours {number}")}])
    batch = list(FinderEntry.objects.order_by("pk").values_list("pk", "hours"))
    assert len({hours for _key, hours in batch}) == 1
    FinderEntry.objects.filter(pk=batch[0][0]).delete()
    assert OpenNow(NOW).first([batch], 5) == [pk for pk, _hours in batch[1:]]


def test_what_has_no_number_is_asked_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of the release before writes none."""
    at_noon(monkeypatch)
    for number, hours in enumerate((MONDAYS, ALWAYS, MONDAYS, ALWAYS)):
        told = hours | {"id": key(f"hours {number}"), "timezone_name": "America/Toronto"}
        helping(f"House {number}", "talk", schedules=[told])
    FinderEntry.objects.update(hours=0)
    batch = list(FinderEntry.objects.order_by("service__document__name").values_list("pk", "hours"))
    assert OpenNow(NOW).first([batch], 5) == [batch[1][0], batch[3][0]]


def test_a_chain_that_is_open_hides_no_other_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of which services entries are is asked of the first ones alone, and of the rest where these are of too few."""
    at_noon(monkeypatch)
    taken(chain("Chain", 50, at=TORONTO, schedules=[ALWAYS]))
    helping("Other", "talk", at={**TORONTO, "latitude": 45.0}, schedules=[ALWAYS | {"id": key("others")}])
    entries = FinderEntry.objects.order_by("latitude")
    batch, last = list(entries.values_list("pk", "hours")), entries.last()
    assert last
    assert OpenNow(NOW).first([batch], 2) == [batch[0][0], last.pk]


def test_a_search_asks_no_more_often_than_it_may(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """With chains and closed ones in every part of it, it asks once more in each, and never more than that."""
    at_noon(monkeypatch)
    monkeypatch.setattr(nearest, "LOOKED_AT", 5)
    served = [{"id": key("area"), "provinces": ["NB"]}]
    closed = [MONDAYS | {"timezone_name": "America/Toronto"}]
    counts = []
    for size in (50, 100):
        taken(chain("Chain", size, at=MONCTON, schedules=closed), chain("Hidden", size, schedules=closed))
        taken(chain("Office", size, at=TORONTO, service_areas=served, schedules=closed))
        assert Location.objects.count() == ServiceAtLocation.objects.count() == 3 * size
        for wish in ({}, {"open": "1"}):
            with CaptureQueriesContext(connection) as queries:
                ask(client, need="talk", place="Moncton", **wish)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 14
