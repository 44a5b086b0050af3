"""The finder in the other language: what was chosen goes along, though it stands in no address."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.protection.directory.helping import ADDRESS, MONCTON, ask, helping

pytestmark = pytest.mark.django_db
FRENCH = "/fr/find-help/"


def in_french(client: Client, page: str) -> str:
    """Where the form in the head of a page leads."""
    form = page.split("<header>")[1].split("</header>")[0].split(f'action="{FRENCH}"')[1].split("</form>")[0]
    assert '<button class="as-link" lang="fr">Français</button>' in form
    return ask(client, FRENCH, **dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"say": "qqzz"}, 'value="qqzz"'),
        ({"need": "lawyer"}, "Où êtes-vous"),
        ({"need": "lawyer", "place": "qqzz", "open": "1"}, 'value="qqzz"'),
        ({"need": "lawyer", "place": "Moncton", "language": "es"}, '<option value="es" selected>'),
        ({"need": "lawyer", "place": "Windsor", "meant": "Windsor (QC)"}, "Windsor (QC)"),
        ({"need": "lawyer", "anywhere": "1"}, "Dans tout le Canada"),
    ],
)
def test_the_other_language_keeps_what_was_chosen(client: Client, said: dict[str, str], shown: str) -> None:
    helping("Law house", "lawyer")
    page = ask(client, **said)
    assert page.count(f'"{FRENCH}"') == 1
    assert shown in in_french(client, page)


def test_the_card_of_a_service_stays_open_in_the_other_language(client: Client) -> None:
    helping("Law house", "lawyer", at=MONCTON, name_fr="Maison du droit")
    said = {"need": "lawyer", "place": "Moncton"}
    card = re.search(r'name="card" value="([^"]+)"', ask(client, **said))
    assert card
    shown = in_french(client, ask(client, **said, card=card[1]))
    assert "<h1>Maison du droit</h1>" in shown
    assert '<input type="hidden" name="place" value="Moncton">' in shown


def test_the_first_page_has_a_link_like_every_other(client: Client) -> None:
    assert f'<a class="language" href="{FRENCH}"' in client.get(ADDRESS).content.decode()
