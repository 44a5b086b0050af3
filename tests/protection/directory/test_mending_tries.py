"""Whoever mends entries finds no hidden address by trying: it is on the record, and soon over for the day."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.people.models import User
from palermo.protection.directory.actions.refusing import MOST_TRIES
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Fate, PutAside
from tests.protection.directory.actions.test_intake import broken, pulled
from tests.protection.directory.keeping import address, signed_in, somebody, words
from tests.protection.directory.samples import place, service, taken

pytestmark = pytest.mark.django_db
DESCRIPTION = 'at-["description"]'
TELLS = "This tells where a confidential place is."
OVER = "For a day, nothing that you write here is looked at."


@pytest.fixture
def user() -> User:
    return somebody()


@pytest.fixture
def desk(user: User) -> Client:
    return signed_in(user)


@pytest.fixture(autouse=True)
def _hidden() -> None:
    hidden: Any = place(is_confidential=True, area="Southeast")
    hidden["addresses"][0] |= {"address_1": "12 Quiet Lane", "postal_code": "E1C 7Z3"}
    taken(hidden, kind="location")


def waiting(folder: Path, name: str = "Ours", **said: object) -> str:
    """The page of an entry that waits to be mended."""
    pulled(folder, [service(name, service_at_locations=[], **{"description": 5, **said})], source=name)
    return address("directory_aside_one", PutAside.objects.get(source__name=name).pk)


def mend(desk: Client, one: str, description: str) -> str:
    return desk.post(one, {DESCRIPTION: description}, follow=True).content.decode()


def refusals() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(act="directory.refuse"))


def test_each_hit_is_on_the_record_and_after_a_few_nothing_is_looked_at(
    desk: Client, user: User, tmp_path: Path
) -> None:
    one = waiting(tmp_path)
    for count in range(1, MOST_TRIES + 1):
        page = mend(desk, one, "We are at 12 Quiet Lane")
        assert TELLS in page
        assert (OVER in page) is (count == MOST_TRIES)
        assert 'value="We are at 12 Quiet Lane"' in page
        assert len(refusals()) == count
    found = {(event.by_id, event.about_kind, event.about_id, json.dumps(event.details)) for event in refusals()}
    assert found == {(user.pk, "people.user", str(user.pk), json.dumps({"entry": str(PutAside.objects.get().pk)}))}
    pages = {number: mend(desk, one, f"We are at {number} Quiet Lane") for number in (12, 13)}
    assert OVER in pages[12]
    assert TELLS not in pages[12]
    assert _alike(pages[12], 12) == _alike(pages[13], 13)
    assert len(refusals()) == MOST_TRIES
    assert PutAside.objects.get().fate == Fate.OPEN
    assert "The entry came in" in mend(signed_in(somebody()), one, "Meals")


def _alike(page: str, number: int) -> str:
    """The main part of a page, whatever number was tried."""
    main = page.split("<main", 1)[1].split("</main>")[0]
    assert f"We are at {number} Quiet Lane" in main
    return "\n".join(line for line in main.replace(f"{number} Quiet", "N Quiet").splitlines() if "csrf" not in line)


def test_what_was_refused_another_day_does_not_count(desk: Client, tmp_path: Path) -> None:
    one = waiting(tmp_path)
    with patch.object(timezone, "now", return_value=timezone.now() - timedelta(days=2)):
        for _time in range(MOST_TRIES):
            mend(desk, one, "12 Quiet Lane")
    assert "The entry came in" in mend(desk, one, "Meals")


def test_what_is_wrong_in_something_else_tells_nothing_of_what_was_written(desk: Client, tmp_path: Path) -> None:
    one = waiting(tmp_path, description="Meals", status="shut")
    pages = [
        desk.post(one, {'at-["status"]': f"{number} Quiet Lane"}).content.decode().replace(f"{number} Quiet", "N Quiet")
        for number in (12, 13)
    ]
    assert all('value="N Quiet Lane"' in page for page in pages)
    assert words_of(pages[0]) == words_of(pages[1])
    assert refusals() == []


def words_of(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf" not in line and "nonce" not in line]


def test_whoever_wrote_nothing_that_tells_is_not_suspected(desk: Client, tmp_path: Path) -> None:
    for name in ("One", "Two", "Three", "Four"):
        one = waiting(tmp_path, name, url="https://example.org/12-quiet-lane")
        page = mend(desk, one, "Meals")
        assert TELLS in page
        assert OVER not in page
    assert refusals() == []


def test_a_point_is_told_by_the_half_that_somebody_writes_beside_the_other(desk: Client, tmp_path: Path) -> None:
    taken(place("far", latitude=46.0912, longitude=-64.7699, is_confidential=True, addresses=[]), kind="location")
    beside: Document = {"id": "5f2b7d5c-8b0e-4b65-9a0c-0d8c1f3a2b11", "location_type": "physical", "name": "Spot"}
    at = [
        {"id": "0d8c1f3a-2b11-4b65-9a0c-5f2b7d5c8b0e", "location": {**beside, "latitude": "x", "longitude": -64.7699}}
    ]
    pulled(tmp_path, [service("Ours", service_at_locations=at)], source="Ours")
    one = address("directory_aside_one", PutAside.objects.get().pk)
    page = desk.post(one, {'at-["service_at_locations", 0, "location", "latitude"]': "46.0912"}).content.decode()
    assert TELLS in page
    assert len(refusals()) == 1


def test_of_a_file_it_is_on_the_record_how_many_of_its_entries_tell(tmp_path: Path) -> None:
    tries = [service(f"Try {n}", service_at_locations=[], description=f"{n} Quiet Lane") for n in range(11, 14)]
    wrong = [broken(name, service_at_locations=[], description=name) for name in ("12 Quiet Lane", "Other")]
    pulled(tmp_path, [*tries, *wrong])
    event = AuditEvent.objects.filter(act="directory.take_in").latest("number")
    assert (event.details["aside"], event.details["confidential"]) == (3, 2)
    assert "Quiet" not in json.dumps(event.details)
    pulled(tmp_path, [service("Right", service_at_locations=[])], source="Elsewhere")
    assert AuditEvent.objects.filter(act="directory.take_in").latest("number").details["confidential"] == 0


def test_the_entry_is_shown_as_it_came(desk: Client, tmp_path: Path) -> None:
    page = desk.post(waiting(tmp_path, name="Ours", status="shut"), {DESCRIPTION: "12 Quiet Lane"})
    assert '"description": 5' in words(page)
