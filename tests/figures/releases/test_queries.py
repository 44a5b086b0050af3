"""How many questions a page asks the database: the same, however much there is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palermo.figures.releases.models import Release
from palermo.people.models import User
from tests.figures.releases.making import protected, published, submitted, team, wanted

pytestmark = pytest.mark.django_db


def asked(path: str, by: User | None = None) -> int:
    client = Client()
    if by:
        client.force_login(by)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_lists_ask_as_often_for_one_as_for_five() -> None:
    who = team()
    published(who)
    paths = [(reverse("releases"), None), (reverse("release_desk"), who.analyst)]
    before = [asked(path, by) for path, by in paths]
    for _again in range(4):
        submitted(who)
    published(who)
    assert [asked(path, by) for path, by in paths] == before


def test_a_release_asks_as_often_for_one_table_as_for_three() -> None:
    who = team()
    small = protected(who, tables=[wanted("sex")])
    large = protected(who, tables=[wanted("sex"), wanted("place"), wanted("place", "sex")])
    for name in ("release_work", "release_losses"):
        counts = {asked(reverse(name, args=[one.pk]), who.analyst) for one in (small, large)}
        assert len(counts) == 1, name


def test_the_public_page_asks_little() -> None:
    release = Release.objects.get(pk=published(team()).pk)
    assert asked(reverse("release", args=[release.identifier])) <= 9
