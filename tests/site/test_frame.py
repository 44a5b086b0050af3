"""The frame of every page: its language switch, its menu, its exit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from palermo.people.models import Membership, Organisation, Role, User
from palermo.site.context import EXIT_ADDRESS, address_in

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer


def body(response: Answer) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/en/plans/ca-2012/?period=2013-2014&page=2", "/fr/plans/ca-2012/?period=2013-2014&page=2"),
        ("/en/", "/fr/"),
        ("/en/no-such-page/?q=en", "/fr/no-such-page/?q=en"),
        ("/en", "/fr"),
        ("/nowhere", "/fr/"),
        ("/english-lessons/", "/fr/"),
    ],
)
def test_the_other_language_of_an_address(address: str, expected: str) -> None:
    assert address_in(address, "fr") == expected


def test_the_switch_stays_on_the_page_and_keeps_the_query(client: Client) -> None:
    text = body(client.get("/en/plans/ca-2012/?q=a%26b"))
    assert '<a class="language" href="/fr/plans/ca-2012/?q=a%26b" lang="fr" hreflang="fr"' in text
    assert ">Français</a>" in text
    assert '<html lang="en">' in text


def test_the_switch_leads_back(client: Client) -> None:
    text = body(client.get("/fr/plans/ca-2012/?page=3"))
    assert '<a class="language" href="/en/plans/ca-2012/?page=3" lang="en" hreflang="en"' in text
    assert '<html lang="fr">' in text


@pytest.mark.parametrize("address", ["/en/", "/fr/", "/en/accessibility/", "/en/account/login/", "/en/no-such-page/"])
def test_every_page_has_quick_exit_as_a_plain_link(client: Client, address: str) -> None:
    text = body(client.get(address))
    assert f'<a href="{EXIT_ADDRESS}" rel="noreferrer nofollow" data-quick-exit>' in text
    assert 'src="/static/site/quick-exit.js" defer' in text


def test_the_menu_marks_where_the_reader_is(client: Client) -> None:
    assert '<a href="/en/compare/" aria-current="page">' in body(client.get("/en/compare/"))
    assert '<a href="/en/plans/" aria-current="page">' in body(client.get("/en/plans/ca-2012/"))
    assert body(client.get("/en/accessibility/")).count('aria-current="page"') == 1


def test_the_frame_asks_nothing_of_the_database_for_the_public(client: Client) -> None:
    assert client.get("/en/").status_code == 200


def test_the_policy_goes_out_with_the_page(client: Client) -> None:
    policy = client.get("/en/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_health_answers_without_the_database(client: Client) -> None:
    response = client.get("/health")
    assert (response.status_code, response.content) == (200, b"ok")
    assert response.headers["Content-Type"].startswith("text/plain")


@pytest.fixture
def reader(db: None) -> User:
    return User.objects.create_user("reader@example.ca", "a long enough password", name="A reader")


def test_somebody_signed_in_can_sign_out_by_a_button(client: Client, reader: User) -> None:
    client.force_login(reader)
    text = body(client.get("/en/"))
    assert '<form method="post" action="/en/account/logout/">' in text
    assert "/en/account/login/" not in text
    assert "/en/work/" not in text


def test_a_coordinator_is_led_to_the_work(client: Client, reader: User) -> None:
    organisation = Organisation.objects.create(code="public-safety")
    Membership.objects.create(user=reader, organisation=organisation, role=Role.COORDINATOR)
    client.force_login(reader)
    assert '<a href="/en/work/">' in body(client.get("/en/"))


def test_the_frame_of_a_coordinator_costs_three_queries(
    client: Client, reader: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(reader)
    with django_assert_num_queries(3):
        client.get("/en/")
