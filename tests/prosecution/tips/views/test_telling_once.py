"""Without scripts, what is sent again by loading a page anew is kept once, and nothing else is taken for it."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from palermo.prosecution.tips.actions.arriving import arrive
from palermo.prosecution.tips.actions.sealing_here import new_once, seal_and_keep
from palermo.prosecution.tips.actions.storing import Arriving, KnownError
from palermo.prosecution.tips.envelopes.bundle import Told
from palermo.prosecution.tips.models import Box, Channel, HourCount, Message, Tip
from tests.prosecution.tips.telling import manned

pytestmark = pytest.mark.django_db
AGAIN = "was not sent a second time"
NEW_WORDS = "you get new ones"


def once_in(page: str) -> str:
    """What the form of a page carries."""
    return re.search(r'name="once" value="([^"]+)"', page)[1]  # type: ignore[index]


def receipt_in(page: str) -> str:
    """The receipt that a page shows, or nothing."""
    found = re.search(r"data-receipt[^>]*>([^<]+)<", page)
    return found[1] if found else ""


def form_of(client: Client) -> dict[str, str]:
    """The form as a browser gets it, with some words in it."""
    return {"what": "They are moved on Fridays.", "contact": "no", "once": once_in(client.get("/en/tell/").text)}


def test_every_form_carries_something_else(client: Client) -> None:
    manned()
    pages = [client.get("/en/tell/").text for _ in range(3)]
    pages.append(client.post("/en/tell/", {"once": once_in(pages[0])}).text)
    assert len({once_in(page) for page in pages}) == 4


@pytest.mark.parametrize("contact", ["no", "box"])
def test_the_same_again_is_kept_once_and_shows_no_receipt(client: Client, contact: str) -> None:
    at = manned()
    said = form_of(client) | {"contact": contact}
    first = client.post("/en/tell/", said)
    again = Client().post("/en/tell/", said)
    assert [first.status_code, again.status_code] == [200, 200]
    assert (AGAIN in first.text, AGAIN in again.text) == (False, True)
    assert (bool(receipt_in(first.text)), receipt_in(again.text)) == (contact == "box", "")
    assert (NEW_WORDS in again.text) == (contact == "box")
    assert at.read(at.desk.keys.get()) == [Told({"what": said["what"]})]
    assert Box.objects.count() == int(contact == "box")
    assert HourCount.objects.get().count == 1


def test_whatever_differs_is_another_tip(client: Client) -> None:
    """Who goes back, and writes something else into the same form, or wants to be asked after all, is never lost."""
    at = manned()
    said = form_of(client)
    changed: list[dict[str, object]] = [
        {},
        {"what": "They are moved on Mondays."},
        {"where": "Halifax"},
        {"danger": "yes"},
        {"contact": "box"},
        {"files": SimpleUploadedFile("a.txt", b"a")},
        {"files": SimpleUploadedFile("a.txt", b"b")},
        {"once": new_once()},
    ]
    for one in changed:
        assert AGAIN not in client.post("/en/tell/", {**said, **one}).text
    assert len(at.read(at.desk.keys.get())) == len(changed)


@pytest.mark.parametrize("once", ["", "short", "a" * 19])
def test_a_form_that_nothing_is_known_of_is_always_kept(client: Client, once: str) -> None:
    manned()
    for _ in range(2):
        assert AGAIN not in client.post("/en/tell/", form_of(client) | {"once": once}).text
    assert Tip.objects.count() == 2


def test_what_is_sent_twice_at_a_time_is_kept_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of them may both find that nothing is there yet; the database lets one of them in."""
    manned()
    said = form_of(client)
    client.post("/en/tell/", said)
    monkeypatch.setattr("palermo.prosecution.tips.actions.arriving._known", lambda _told: None)
    assert AGAIN in client.post("/en/tell/", said).text
    assert Tip.objects.count() == Message.objects.count() == 1


def test_nobody_finds_a_message_by_its_words_alone(client: Client) -> None:
    """Its id is made with what the form alone carries, so that the database does not tell whether words were told."""
    at, told = manned(), Told({"what": "x"})
    ids = set()
    for once in (new_once(), new_once()):
        seal_and_keep(desk=at.desk, language="en", told=told, wants_box=False, once=once)
        with pytest.raises(KnownError):
            seal_and_keep(desk=at.desk, language="en", told=told, wants_box=False, once=once)
        ids |= set(Tip.objects.values_list("pk", flat=True))
    assert len(ids) == 2
    assert {one.version for one in ids} == {4}


def test_an_answer_that_comes_again_is_kept_once(client: Client) -> None:
    at = manned()
    receipt = receipt_in(client.post("/en/tell/", form_of(client) | {"contact": "box"}).text)
    once = once_in(client.post("/en/tell/box/", {"receipt": receipt}).text)
    said = {"receipt": receipt, "answer": "On Friday", "once": once}
    pages = [client.post("/en/tell/box/", one).text for one in (said, said, said | {"answer": "At noon"})]
    assert ["Your answer has arrived." in page for page in pages] == [True] * 3
    assert len({once, *map(once_in, pages)}) == 4
    told = [one.texts.get("answer") for one in at.read(at.desk.keys.get())]
    assert told == [None, "On Friday", "At noon"]


def test_the_same_id_from_elsewhere_changes_nothing(client: Client) -> None:
    """What a script sealed is no form's: it is known by its bytes, and refused where these differ."""
    manned()
    client.post("/en/tell/", form_of(client))
    known = Message.objects.get()
    keys = {one.reader_id: b"k" * 113 for one in known.keys.all() if one.reader_id}
    with pytest.raises(KnownError):
        arrive(desk=known.tip.desk, channel=Channel.BROWSER, language="en", told=Arriving(known.pk, b"other", keys))
