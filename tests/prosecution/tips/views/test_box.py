"""The box: found and opened by its receipt alone, in the browser or, without scripts, here in memory."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import cast
from uuid import UUID, uuid4

import pytest
from django.test import Client

from palermo.people.models import User
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.actions.arriving import NobodyReadsError
from palermo.prosecution.tips.actions.closing import close, propose_closing
from palermo.prosecution.tips.actions.writing import ChangedError
from palermo.prosecution.tips.envelopes.bundle import Told, packed, unpacked
from palermo.prosecution.tips.envelopes.receipts import box_keys, lock, unlock
from palermo.prosecution.tips.envelopes.sealing import (
    Author,
    Bound,
    new_private_key,
    opened,
    point_of,
    seal,
    unwrapped,
)
from palermo.prosecution.tips.envelopes.work import is_done
from palermo.prosecution.tips.models import Box, ContentKey, HourCount, Message, State, Tip
from palermo.prosecution.tips.queries import load
from palermo.prosecution.tips.reading import bytes_of, written
from palermo.prosecution.tips.views.box import WORK_ONCE_MISSED
from tests.prosecution.tips.telling import Manned, manned, sent

pytestmark = pytest.mark.django_db
RECEIPT = "often reopen robust split toward neck knock detail"
OTHER = "window tonight profit robust hospital transfer mystery school"


def told_with_box(client: Client, at: Manned) -> Tip:
    """A tip with a box that `RECEIPT` opens, as a script sends both."""
    keys, private = box_keys(RECEIPT), new_private_key()
    box = {
        "locator_sha256": sha256(keys.locator).hexdigest(),
        "point": written(point_of(private.public_key())),
        "locked": written(lock(private, keys)),
    }
    assert client.post("/en/tell/sealed/", sent(at, Told({"what": "x"}), box=box)).status_code == 200
    return Tip.objects.get()


def asked(tip: Tip, text: str, *, by: User) -> Message:
    """A question of the desk, sealed to the box alone."""
    assert tip.slot_id is not None
    number = tip.messages.count() + 1
    bound = Bound(tip.pk, uuid4(), Author.DESK)
    made = seal(packed(Told({"text": text})), bound, [bytes(tip.box.point)])
    kept = Message.objects.create(
        pk=bound.message, tip=tip, number=number, author="desk", by=by, hour=load.this_hour(), bundle=made.bundle
    )
    key = slots.seal(slots.key_of(tip.slot_id), made.keys[0])
    ContentKey.objects.create(message=kept, reader=None, wrapped=key)
    return kept


def member(at: Manned) -> User:
    return at.desk.keys.get().user


# -- Without scripts -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_receipt_is_shown_once_and_opens_its_box(client: Client, language: str) -> None:
    at = manned()
    page = client.post(f"/{language}/tell/", {"what": "x", "contact": "box"}).content.decode()
    receipt = re.search(r"data-receipt[^>]*>([^<]+)<", page)[1]  # type: ignore[index]
    assert len(receipt.split()) == 8
    tip = Tip.objects.get()
    asked(tip, "Which day was it?\nAnd where?", by=member(at))
    other = "en" if language == "fr" else "fr"
    opened_page = client.post(f"/{other}/tell/box/", {"receipt": f"  {receipt.upper()} "}).content.decode()
    assert "Which day was it?<br>And where?" in opened_page
    answered = client.post("/en/tell/box/", {"receipt": receipt, "answer": "On Monday"}).content.decode()
    assert "Your answer has arrived." in answered
    assert at.read(at.desk.keys.get())[-1] == Told({"answer": "On Monday"})


def test_words_of_the_desk_are_shown_as_they_are(client: Client) -> None:
    at = manned()
    asked(told_with_box(client, at), "<script>alert(1)</script>", by=member(at))
    assert "&lt;script&gt;alert" in client.post("/en/tell/box/", {"receipt": RECEIPT}).content.decode()


@pytest.mark.parametrize(
    ("receipt", "status", "words"),
    [
        ("", 400, "A receipt has eight words."),
        ("often reopen robust", 400, "A receipt has eight words."),
        (f"{RECEIPT} more", 400, "A receipt has eight words."),
        (OTHER, 404, "There is no box for these words."),
        (" ".join(reversed(RECEIPT.split())), 404, "There is no box for these words."),
    ],
)
def test_a_receipt_of_no_box_is_said_to_be_none(client: Client, receipt: str, status: int, words: str) -> None:
    told_with_box(client, manned())
    page = client.post("/en/tell/box/", {"receipt": receipt})
    assert page.status_code == status
    assert words in page.content.decode().split("<form", 1)[0]


def test_an_empty_answer_is_refused_and_the_box_stays_open(client: Client) -> None:
    at = manned()
    asked(told_with_box(client, at), "Which day?", by=member(at))
    page = client.post("/en/tell/box/", {"receipt": RECEIPT, "answer": "  "})
    assert page.status_code == 400
    assert "Which day?" in page.content.decode()
    assert Message.objects.count() == 2


def test_a_message_that_does_not_open_is_told_and_not_shown_in_part(client: Client) -> None:
    at = manned()
    tip = told_with_box(client, at)
    first, second = (asked(tip, text, by=member(at)) for text in ("First words", "Second words"))
    swapped = bytes(first.bundle)
    Message.objects.filter(pk=first.pk).update(bundle=bytes(second.bundle))
    Message.objects.filter(pk=second.pk).update(bundle=swapped[:-1] + bytes([swapped[-1] ^ 1]))
    page = client.post("/en/tell/box/", {"receipt": RECEIPT}).content.decode()
    assert page.count("A message here does not open") == 2
    assert "words</" not in page


def test_many_wrong_receipts_lock_nobody_out(client: Client) -> None:
    told_with_box(client, manned())
    client.post("/en/tell/box/", {"receipt": OTHER})
    assert HourCount.objects.get(what=load.MISSED).count == 1
    HourCount.objects.filter(what=load.MISSED).update(count=load.MOST_MISSED)
    page = client.post("/en/tell/box/", {"receipt": OTHER})
    assert page.status_code == 429
    assert "Too many wrong words" in page.content.decode()
    assert OTHER in page.content.decode()
    assert client.post("/en/tell/box/", {"receipt": RECEIPT}).status_code == 200
    assert HourCount.objects.get(what=load.MISSED).count == load.MOST_MISSED


def test_an_answer_that_cannot_be_sealed_is_still_there(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    told_with_box(client, manned())

    def nobody(**_said: object) -> None:
        raise NobodyReadsError

    monkeypatch.setattr("palermo.prosecution.tips.views.box.seal_and_answer", nobody)
    page = client.post("/en/tell/box/", {"receipt": RECEIPT, "answer": "On Monday"})
    assert page.status_code == 400
    assert "On Monday" in page.content.decode()
    assert "It may not have arrived." in page.content.decode()


def test_an_answer_is_something_that_happened_and_opens_what_was_closed(client: Client) -> None:
    at = manned(members=2)
    tip = told_with_box(client, at)
    first, second = (key.user for key in at.desk.keys.all())
    proposed = propose_closing(by=first, tip=tip, outcome="help", version=1)
    client.post("/en/tell/box/", {"receipt": RECEIPT, "answer": "Wait"})
    with pytest.raises(ChangedError):
        close(by=second, tip=tip, version=proposed.version)
    tip.refresh_from_db()
    assert (tip.state, tip.outcome, tip.closing_by) == (State.OPEN, "", None)
    again = propose_closing(by=first, tip=tip, outcome="help", version=tip.version)
    close(by=second, tip=tip, version=again.version)
    client.post("/en/tell/box/", {"receipt": RECEIPT, "answer": "More"})
    tip.refresh_from_db()
    assert tip.state == State.OPEN


# -- By a script -----------------------------------------------------------------------------------


def found(client: Client, locator: bytes, **changed: object) -> tuple[int, dict[str, object]]:
    said = {"locator": written(locator), "hour": 0, "answer": 0} | changed
    answer = client.post("/en/tell/box/sealed/", json.dumps(said), content_type="application/json")
    return answer.status_code, answer.json()


def test_a_script_gets_what_opens_with_the_receipt_alone(client: Client) -> None:
    at = manned()
    tip = told_with_box(client, at)
    asked(tip, "Which day?", by=member(at))
    keys = box_keys(RECEIPT)
    status, said = found(client, keys.locator)
    assert status == 200
    private = unlock(bytes_of(said["locked"]), keys)
    [letter] = cast("list[dict[str, str]]", said["letters"])
    bound = Bound(UUID(str(said["tip"])), UUID(letter["id"]), Author.DESK)
    key = unwrapped(bytes_of(letter["key"]), bound, private)
    assert unpacked(opened(bytes_of(letter["bundle"]), key, bound)) == Told({"text": "Which day?"})
    body = sent(at, Told({"answer": "Monday"}), tip=tip.pk, locator=written(keys.locator))
    assert client.post("/en/tell/box/answer/", body).json() == {"taken": True}
    assert at.read(at.desk.keys.get())[-1] == Told({"answer": "Monday"})


def test_nothing_stored_finds_a_box(client: Client) -> None:
    told_with_box(client, manned())
    stored = Box.objects.get()
    assert found(client, bytes.fromhex(stored.locator_sha256))[0] == 404
    assert found(client, box_keys(OTHER).locator)[0] == 404
    assert found(client, bytes(31))[0] == 400


def test_after_many_wrong_receipts_each_costs_work_and_boxes_still_open(client: Client) -> None:
    told_with_box(client, manned())
    HourCount.objects.create(hour=load.this_hour(), what=load.MISSED, count=load.MOST_MISSED)
    locator, hour = box_keys(RECEIPT).locator, load.number_of(load.this_hour())
    status, said = found(client, locator)
    assert (status, said["why"], said["hour"], said["bits"]) == (409, "again", hour, WORK_ONCE_MISSED)
    about = UUID(bytes=locator[:16])
    done = next(one for one in range(100_000) if is_done(about, hour, WORK_ONCE_MISSED, one))
    assert found(client, locator, hour=hour, answer=done)[0] == 200


def test_no_answer_tells_whether_a_receipt_is_right_before_work_was_done(client: Client) -> None:
    at = manned()
    tip = told_with_box(client, at)
    HourCount.objects.create(hour=load.this_hour(), what=load.MISSED, count=load.MOST_MISSED)
    told = []
    for receipt in (RECEIPT, OTHER):
        named = uuid4()
        lazy = next(
            one for one in range(99) if not is_done(named, load.number_of(load.this_hour()), WORK_ONCE_MISSED, one)
        )
        locator = written(box_keys(receipt).locator)
        body = sent(at, Told({"answer": "x"}), tip=tip.pk, named=named, locator=locator, answer=lazy)
        answer = client.post("/en/tell/box/answer/", body)
        told.append((answer.status_code, answer.json()["why"], answer.json()["bits"]))
    assert told == [(409, "again", WORK_ONCE_MISSED)] * 2


def test_an_erased_tip_has_no_box_any_more(client: Client) -> None:
    at = manned()
    tip = told_with_box(client, at)
    assert tip.slot_id is not None
    slots.destroy(tip.slot_id)
    first, second = member(at), at.join().user
    closed = {"outcome": "help", "closing_by": first, "closed_by": second}
    Tip.objects.filter(pk=tip.pk).update(slot=None, state=State.ERASED, **closed)
    assert found(client, box_keys(RECEIPT).locator)[0] == 404
    assert client.post("/en/tell/box/", {"receipt": RECEIPT}).status_code == 404


def test_two_boxes_never_share_a_receipt(client: Client) -> None:
    at = manned()
    told_with_box(client, at)
    stored = Box.objects.get()
    box = {"point": written(bytes(stored.point)), "locked": written(bytes(stored.locked))}
    body = sent(at, Told({"what": "y"}), box=box | {"locator_sha256": stored.locator_sha256})
    assert client.post("/en/tell/sealed/", body).status_code == 409
    assert Tip.objects.count() == 1


def test_an_answer_goes_to_its_own_box_alone(client: Client) -> None:
    at = manned()
    tip = told_with_box(client, at)
    first = Message.objects.get().pk
    body = sent(at, Told({"answer": "x"}), tip=tip.pk, named=first, locator=written(box_keys(RECEIPT).locator))
    assert client.post("/en/tell/box/answer/", body).status_code == 409
    lost = sent(at, Told({"answer": "x"}), tip=tip.pk, locator=written(box_keys(OTHER).locator))
    assert client.post("/en/tell/box/answer/", lost).status_code == 404
    assert Message.objects.count() == 1
