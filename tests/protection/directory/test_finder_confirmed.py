"""What nobody has confirmed for long sinks, and never hides what was confirmed, however much of it there is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.queries import nearest
from palermo.protection.directory.queries.nearest import SHOWN
from palermo.protection.directory.queries.shown import FIRST
from tests.protection.directory.helping import MONCTON, ask, helping
from tests.protection.directory.queries.test_nearest import ALWAYS, names
from tests.protection.directory.samples import key

pytestmark = pytest.mark.django_db
LONG_AGO, LATELY = (date.today() - timedelta(days=400)).isoformat(), (date.today() - timedelta(days=3)).isoformat()
SERVED: Document = {"id": key("area"), "provinces": ["NB"]}
CANADA: Document = {"id": key("all"), "name": "Canada", "extent_type": "text", "extent": "All of Canada"}
NOT_CONFIRMED = "Call first: this may have changed"
MANY = SHOWN * nearest.SPARE + 5
"""More than are measured for a page."""


def to_the_west(kilometres: float) -> Document:
    return {"latitude": 46.095, "longitude": -64.796 - kilometres / 77.2}


def stale(count: int, *, at: Document | None = None, **said: object) -> None:
    """Services by turns never confirmed and confirmed long ago, each open day and night."""
    for number in range(count):
        confirmed: dict[str, object] = {"assured_date": LONG_AGO} if number % 2 else {}
        open_always(f"Stale {number:02}", at=at, **confirmed, **said)


def fresh(name: str, *, at: Document | None = None, **said: object) -> None:
    open_always(name, at=at, assured_date=LATELY, **said)


def open_always(name: str, *, at: Document | None = None, **said: object) -> None:
    helping(name, "lawyer", at=at, schedules=[ALWAYS | {"id": key(f"hours of {name}")}], **said)


@pytest.mark.parametrize("wish", [{}, {"open": "1"}])
@pytest.mark.parametrize("count", [SHOWN, MANY])
def test_a_confirmed_house_across_the_city_is_shown_before_a_street_of_unconfirmed_ones(
    client: Client, wish: dict[str, str], count: int
) -> None:
    stale(count, at=to_the_west(0.5))
    fresh("Fresh", at=to_the_west(3))
    page = ask(client, need="lawyer", place="Moncton", **wish)
    assert names(page)[0] == "Fresh"
    assert len(names(page)) == FIRST
    assert page.count(NOT_CONFIRMED) == FIRST - 1
    assert len(names(ask(client, need="lawyer", place="Moncton", more="1", **wish))) == SHOWN


@pytest.mark.parametrize("wish", [{}, {"open": "1"}])
def test_on_a_step_further_the_same_holds(client: Client, wish: dict[str, str]) -> None:
    """A step lies partly beyond the sides of the box that a town is looked through in."""
    stale(SHOWN + 2, at=to_the_west(55))
    fresh("Fresh", at=to_the_west(98))
    fresh("Next", at=to_the_west(102))
    page = names(ask(client, need="lawyer", place="Moncton", more="1", **wish))
    assert page[0] == "Fresh"
    assert "Next" not in page


def test_what_is_a_step_nearer_is_shown_though_nobody_confirmed_it(client: Client) -> None:
    stale(SHOWN, at=to_the_west(20))
    fresh("Fresh", at=to_the_west(30))
    assert "Fresh" not in names(ask(client, need="lawyer", place="Moncton", more="1"))


@pytest.mark.parametrize("wish", [{}, {"open": "1"}])
@pytest.mark.parametrize("count", [SHOWN + 2, MANY])
def test_a_confirmed_national_line_is_shown_before_a_row_of_unconfirmed_provincial_ones(
    client: Client, wish: dict[str, str], count: int
) -> None:
    stale(count, service_areas=[SERVED])
    fresh("National", service_areas=[CANADA])
    for where in ({"place": "Moncton"}, {"anywhere": "1"}):
        page = names(ask(client, need="lawyer", **where, **wish))
        assert page[0] == "National"
        assert len(page) == FIRST


@pytest.mark.parametrize("wish", [{}, {"open": "1"}])
def test_a_line_of_this_place_is_shown_though_many_were_confirmed_elsewhere(
    client: Client, wish: dict[str, str]
) -> None:
    stale(1, service_areas=[SERVED])
    for number in range(SHOWN + 2):
        fresh(f"National {number:02}", service_areas=[CANADA])
    page = names(ask(client, need="lawyer", place="Moncton", **wish))
    assert page[-1] == "Stale 00"
    assert len(page) == FIRST


def test_a_confirmed_office_out_of_reach_is_called_before_a_row_of_unconfirmed_ones(client: Client) -> None:
    stale(SHOWN + 2, at=to_the_west(500), service_areas=[SERVED])
    fresh("Office", at=to_the_west(700), service_areas=[SERVED])
    for number in range(SHOWN):
        helping(f"Near {number}", "lawyer", at=MONCTON, assured_date=LATELY)
    page = ask(client, need="lawyer", place="Moncton")
    assert page.index("Call first: by") < page.index("<h3>Office") < page.index("<h3>Stale")


@pytest.mark.parametrize("wish", [{}, {"open": "1"}])
def test_as_often_is_asked_however_many_are_stale(client: Client, wish: dict[str, str]) -> None:
    asked = []
    stale(2, at=to_the_west(1))
    for count in (SHOWN, MANY):
        stale(count, at=to_the_west(1))
        fresh("Fresh", at=to_the_west(3))
        with CaptureQueriesContext(connection) as queries:
            ask(client, need="lawyer", place="Moncton", **wish)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 14
