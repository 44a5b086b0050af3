"""What the finder makes of words and places that somebody writes: who else to call, names, and wide areas."""

from __future__ import annotations

import pytest
from django.test import Client

from palermo.protection.directory.hsds.json_values import Document
from tests.protection.directory.helping import MONCTON, ask, helping

pytestmark = pytest.mark.django_db
IQALUIT: Document = {"latitude": 63.748, "longitude": -68.517}


def test_who_writes_of_suicide_is_shown_the_helpline_to_call_and_to_text(client: Client) -> None:
    page = ask(client, say="je veux plus vivre")
    assert page.index("tel:911") < page.index('href="tel:988"') < page.index('href="sms:988"') < page.index("tel:+1833")
    assert "You are not alone." in page
    assert "Ligne d’aide en cas de crise de suicide" in ask(client, "/fr/find-help/", say="hang myself")


def test_the_helpline_for_suicide_stands_nowhere_else(client: Client) -> None:
    helping("Hang Myself House", "talk", at=MONCTON)
    for said in ({}, {"say": "il va me tuer"}, {"need": "talk"}, {"need": "talk", "place": "Moncton"}):
        assert "988" not in ask(client, **said)
    # A card may be printed, and found by others.
    key = ask(client, say="hang myself").split('name="card" value="')[1].split('"')[0]
    assert "9-8-8" not in ask(client, say="hang myself", card=key)


@pytest.mark.parametrize("name", ["Chez Nous", "Help Me", "Le Y"])
def test_a_name_of_everyday_words_alone_is_found(client: Client, name: str) -> None:
    helping(name, "talk", at=MONCTON)
    helping("Other", "talk", at=MONCTON)
    page = ask(client, say=name)
    assert f"<h3>{name}" in page
    assert "<h3>Other" not in page


def test_a_town_beside_a_rural_code_is_where_somebody_is(client: Client) -> None:
    helping("House", "safe-place", at=IQALUIT)
    page = ask(client, need="safe-place", place="Iqaluit NU X0A 0H0")
    assert "less than 1 km" in page
    assert "covers a very large area" not in page


def test_a_rural_code_alone_says_so_asks_for_the_town_and_still_shows_help(client: Client) -> None:
    helping("House", "safe-place", at=IQALUIT)
    page = ask(client, need="safe-place", place="X0A 0H0", language="", open="")
    assert "A postal code with 0 covers a very large area" in page
    assert '<input id="town" name="place" value="X0A 0H0"' in page
    assert "<h3>House" in page
    assert "covers a very large area" not in ask(client, need="safe-place", place="E1C")


def test_three_letters_that_may_be_a_postal_code_are_asked_about(client: Client) -> None:
    assert 'name="meant" value="K0A (ON)"' in ask(client, need="talk", place="KOA")
    assert "We do not know a place called “H0H 0H0”." in ask(client, need="talk", place="H0H 0H0")
