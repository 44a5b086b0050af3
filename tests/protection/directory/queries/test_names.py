"""Services by their names in the finder: among other words, and where many bear the same."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from palermo.protection.directory.queries import finder, names
from palermo.protection.directory.queries.nearest import SHOWN
from tests.protection.directory.helping import MONCTON, TORONTO, ask, helping
from tests.protection.directory.samples import service, taken

pytestmark = pytest.mark.django_db
MORE = "There are more. Write more of the name."


def shown(page: str) -> list[str]:
    """The names of the services on a page."""
    return re.findall("<h3>([^<]+)", page)


@pytest.mark.parametrize(
    "said",
    [
        "harbour light", "harbour light vancouver", "harbour light please", "Phare du Port Vancouver", "harbour xyzzyx",
        "please give me the number of harbour light", "harbour light phone number", "numero du phare du port svp",
        "harbor light shelter",
    ],
)  # fmt: skip
def test_a_name_is_found_among_a_town_and_polite_words(client: Client, said: str) -> None:
    helping("Harbour Light", "talk", name_fr="Phare du Port", at=TORONTO)
    helping("Shelter of Vancouver", "talk")
    helping("Phone line", "talk")
    assert shown(ask(client, say=said)) == ["Harbour Light"]


def test_of_several_houses_the_one_of_the_town_is_found(client: Client) -> None:
    helping("YWCA Toronto", "talk")
    helping("YWCA Regina", "talk")
    for said in ("ywca toronto", "ywca toronto please", "YWCA in Toronto", "ywca toronto shelter"):
        assert shown(ask(client, say=said)) == ["YWCA Toronto"], said
    for said in ("ywca", "numero du ywca", "ywca vancouver", "ywca phone number"):
        assert shown(ask(client, say=said)) == ["YWCA Regina", "YWCA Toronto"], said


@pytest.mark.parametrize("said", ["my boss took my passport", "shelter in toronto tonight", "vancouver please", ""])
def test_what_somebody_needs_and_where_is_no_name(client: Client, said: str) -> None:
    helping("Passport office", "talk")
    helping("Shelter", "safe-place")
    assert shown(ask(client, say=said)) == []


def test_where_all_words_are_common_every_one_has_to_stand_in_the_name(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        helping(f"Maple Door {number}", "talk")
        helping(f"Maple Gate {number}", "talk")
    monkeypatch.setattr(names, "RARE", 3)
    assert shown(ask(client, say="maple door please")) == ["Maple Door 0", "Maple Door 1", "Maple Door 2"]
    assert shown(ask(client, say="maple xyzzyx")) == []


def test_of_more_than_are_shown_those_confirmed_last_come_first_and_it_says_so(client: Client) -> None:
    for number in range(SHOWN + 2):
        assured = {"assured_date": f"2026-01-{number:02}"} if number > SHOWN - 2 else {}
        helping(f"YWCA house {number:02}", "talk", at=MONCTON, **assured)
    page = ask(client, say="ywca")
    last = [f"YWCA house {number:02}" for number in (11, 10, 9)]
    assert shown(page) == last + [f"YWCA house {number:02}" for number in range(SHOWN - 3)]
    assert MORE in page
    assert "Il y en a d’autres." in ask(client, "/fr/find-help/", say="ywca")
    assert MORE not in ask(client, say="ywca 11")


def test_just_as_many_as_are_shown_are_all(client: Client) -> None:
    for number in range(SHOWN):
        helping(f"YWCA house {number}", "talk")
    page = ask(client, say="ywca")
    assert len(shown(page)) == SHOWN
    assert MORE not in page


def test_names_are_asked_for_as_often_among_many_as_among_few(client: Client) -> None:
    counts = []
    for start in (0, 3):
        for number in range(start, 5 * start + 3):
            helping(f"Harbour house {number}", "talk", at=MONCTON)
            taken(service(f"Harbour office {number}"))
        with CaptureQueriesContext(connection) as queries:
            found, _has_more = finder.by_name(AnonymousUser(), "harbour light house please")
        assert found
        counts.append(len(queries))
    assert counts[0] == counts[1]
