"""What the cards of the finder tell before somebody sets out: for whom it is, what is different, how to write."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.queries.needs import need
from tests.protection.directory.helping import MONCTON, ask, helping
from tests.protection.directory.samples import key, service, taken

pytestmark = pytest.mark.django_db
MAIL = '<a href="mailto:ask@house.example">ask@house.example</a>'


def in_full(client: Client, page: str, **said: str) -> str:
    """The card of its own of the first service of a page."""
    card = re.search(r'name="card" value="([^"]+)"', page)
    assert card
    return ask(client, card=card[1], **said)


def without_voice(*phones: Document, **said: object) -> None:
    """A service for talking that no one can call."""
    attributes = [{"id": key("talks"), "taxonomy_term": need("talk")}]
    taken(service("Writers", attributes=attributes, phones=[*phones], email="ask@house.example", **said))


@pytest.mark.parametrize("at", [MONCTON, {"is_confidential": True, "province": "NB"}])
def test_who_may_come_and_what_is_different_stand_on_the_list_and_the_card(client: Client, at: Document) -> None:
    helping(
        "House", "safe-place", at=at, genders=["men"], minimum_age=18, maximum_age=24, takes_children=False,
        alert="No new people until Monday", eligibility_description="Newcomers",
        schedules=[{"id": key("h"), "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}],
    )  # fmt: skip
    page = ask(client, need="safe-place", place="Moncton")
    for shown, hours in ((page, ' <span class="soft">('), (in_full(client, page), "<dt>Hours</dt>")):
        assert "<dd>Newcomers</dd><dd>Men. Ages 18 to 24. Children cannot come along.</dd>" in shown
        assert shown.index("No new people until Monday") < shown.index(hours)
    french = ask(client, "/fr/find-help/", need="safe-place", place="Moncton")
    assert "<dd>Hommes. De 18 à 24 ans. Les enfants ne peuvent pas venir.</dd>" in french
    assert '<span lang="en">No new people until Monday</span>' in french


def test_immigration_status_and_who_helps_stand_on_the_list_and_the_card(client: Client) -> None:
    marks = dict.fromkeys(("any_immigration_status", "survivor_led", "trauma_informed", "indigenous_led"), True)
    helping("House", "safe-place", at=MONCTON, minimum_age=16, **marks)
    page = ask(client, need="safe-place", place="Moncton")
    for shown in (page, in_full(client, page)):
        assert "<dd>16 and over. Immigration status does not matter.</dd>" in shown
        assert (
            "<dt>Who helps</dt><dd>Led by Indigenous people. Led by people who were trafficked themselves. The people "
            "there are trained in what trauma does.</dd>"
        ) in shown
    french = ask(client, "/fr/find-help/", need="safe-place", place="Moncton")
    assert "<dd>16 ans et plus. Le statut d’immigration n’a pas d’importance.</dd>" in french
    assert "<dt>Qui aide</dt><dd>Dirigé par des personnes autochtones." in french


def test_what_says_nothing_of_it_has_no_empty_rows(client: Client) -> None:
    helping("House", "safe-place", at=MONCTON)
    page = ask(client, need="safe-place", place="Moncton")
    for shown in (page, in_full(client, page)):
        for label in ("Who may come", "Who helps", "Important at present", "E-mail address"):
            assert label not in shown


def test_an_address_to_write_to_stands_on_the_card_and_on_the_list_where_nobody_can_be_called(client: Client) -> None:
    helping("Callers", "safe-place", at=MONCTON, email="ask@house.example")
    page = ask(client, need="safe-place", place="Moncton")
    assert MAIL not in page
    assert MAIL in in_full(client, page)
    without_voice({"id": key("texts"), "number": "506-555-0111", "type": "text"})
    page = ask(client, need="talk", anywhere="1")
    assert MAIL in page
    assert MAIL in in_full(client, page)


def test_a_number_for_texts_alone_is_no_button_to_call(client: Client) -> None:
    without_voice({"id": key("texts"), "number": "506-555-0111", "type": "text"})
    page = ask(client, need="talk", anywhere="1")
    for shown in (page, in_full(client, page)):
        assert 'href="sms:5065550111">Send a text to 506-555-0111</a>' in shown
        assert "tel:5065550111" not in shown
    assert "<p><strong>Send a text to 506-555-0111</strong></p>" in in_full(client, page)


def test_looking_somewhere_else_keeps_what_was_narrowed_down(client: Client) -> None:
    page = ask(client, need="lawyer", place="Moncton", language="ar", open="1", children="1")
    form = page.split("Look somewhere else")[0].rsplit("<form", 1)[1]
    said = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert said == {"need": "lawyer", "language": "ar", "children": "1", "open": "1"}
    assert '<input type="hidden" name="language" value="ar">' in ask(client, **said)
