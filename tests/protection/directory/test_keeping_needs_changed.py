"""Needs that coordinators and providers tick, and what comes of it."""

from __future__ import annotations

import pytest
from django.test import Client

from palermo.protection.directory.actions import changes
from palermo.protection.directory.actions.changes import WrongChangeError
from palermo.protection.directory.entry.form import EntryForm
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Change, FinderEntry, Service, State
from palermo.protection.directory.queries.needs import needs
from tests.protection.directory.forms import sent
from tests.protection.directory.keeping import address, kept, linked, page, send, signed_in, somebody, words
from tests.protection.directory.samples import key, service, taken

pytestmark = pytest.mark.django_db
UNFOUND = "Nobody can find this: it answers no need"
TERM = {"id": key("term of a feed"), "name": "Rape Crisis Centre", "description": ""}
"""A term of a feed's own taxonomy, which answers two needs."""
BESIDES = "By what its source calls it, it also answers these, which cannot be changed here:"


@pytest.fixture
def coordinator() -> Client:
    return signed_in(somebody())


@pytest.fixture(autouse=True)
def loaded() -> None:
    taken(*needs(), kind="taxonomy_term")


def ids(*codes: str) -> list[str]:
    return [str(one["id"]) for one in needs() if one["code"] in codes]


def found(one: Service) -> set[str]:
    """The codes of the needs by which the finder knows a service."""
    return {str(entry.term.document["code"]) for entry in FinderEntry.objects.filter(service=one)}


def change(client: Client, one: Service, *codes: str, token: str = "") -> str:
    """Tick these needs in the form, and what comes back."""
    data = sent(EntryForm(one.document), needs=ids(*codes))
    path = address("provider_service_change", token, one.pk) if token else address("directory_service_change", one.pk)
    shown = words(client.post(path, dict(data.lists()), follow=True))
    one.refresh_from_db()
    return shown


def test_who_keeps_the_directory_says_what_a_service_helps_with(coordinator: Client) -> None:
    one = kept()
    shown = page(coordinator, "directory_service", one.pk)
    assert f"{UNFOUND} Nothing that is said of it names a kind of help that is known here. Press “Change”" in shown
    shown = change(coordinator, one, "safe-place", "talk")
    assert "Needs that it answers A safe place tonight Someone to talk to" in shown
    assert UNFOUND not in shown
    assert found(one) == {"safe-place", "talk"}
    change(coordinator, one)
    assert found(one) == set()
    assert "attributes" not in one.document


def test_what_people_ticked_stands_when_the_source_comes_again_and_is_undone(coordinator: Client) -> None:
    one = kept()
    change(coordinator, one, "talk")
    taken(service(description="Anew"))
    assert found(one) == {"talk"}
    shown = page(coordinator, "directory_service", one.pk)
    assert "Needs that it answers Someone to talk to" in shown.split("What people changed")[1]
    send(coordinator, "directory_service", one.pk, do="undo", change=Change.objects.get().pk, reason="Wrong")
    assert found(one) == set()


def test_what_follows_from_the_terms_of_a_feed_is_told_beside_and_stays(coordinator: Client) -> None:
    one = kept(attributes=[{"id": key("kind"), "taxonomy_term": TERM}])
    assert found(one) == {"doctor", "talk"}
    shown = page(coordinator, "directory_service_change", one.pk)
    assert f"{BESIDES} Someone to talk to, A doctor" in shown
    change(coordinator, one, "lawyer", "talk")
    assert found(one) == {"doctor", "talk", "lawyer"}
    assert f"{BESIDES} A doctor" in page(coordinator, "directory_service_change", one.pk)
    change(coordinator, one)
    assert found(one) == {"doctor", "talk"}
    assert one.document["attributes"] == [{"id": key("kind"), "taxonomy_term_id": TERM["id"]}]


def test_providers_tick_needs_which_wait_where_their_link_says_so(client: Client, coordinator: Client) -> None:
    one = kept()
    _link, token = linked()
    change(client, one, "lawyer", token=token)
    assert found(one) == {"lawyer"}
    _link, token = linked(is_reviewed=True)
    change(client, one, "talk", token=token)
    assert found(one) == {"lawyer"}
    waits = Change.objects.get(state=State.PROPOSED)
    shown = page(coordinator, "directory_changes")
    assert "Needs that it answers Now A lawyer Then Someone to talk to" in shown
    send(coordinator, "directory_changes", do="accept", change=waits.pk)
    assert found(one) == {"talk"}


def test_a_need_that_is_not_loaded_is_refused(coordinator: Client) -> None:
    one = kept()
    patch: Document = {"attributes": [{"id": key("a"), "taxonomy_term_id": key("nowhere")}]}
    with pytest.raises(WrongChangeError) as caught:
        changes.change(by=somebody(), service=one, patch=patch)
    assert [problem.path for problem in caught.value.problems] == [("attributes",)]
    assert not Change.objects.exists()
