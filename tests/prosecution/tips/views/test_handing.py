"""The pages of handing on: who opens them, what they tell the scripts, and what those send."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palermo.audit.models import AuditEvent
from palermo.people.models import Role
from palermo.prosecution.tips.actions.handing import Part, handed_to
from palermo.prosecution.tips.envelopes.bundle import Told
from palermo.prosecution.tips.envelopes.sealing import Author
from palermo.prosecution.tips.handing_on import bases, reasons
from palermo.prosecution.tips.models import Erasure, Handover, Tip
from palermo.prosecution.tips.queries.handovers import handed_from
from palermo.prosecution.tips.reading import written
from tests.factories import MembershipFactory, UserFactory
from tests.prosecution.tips.desks import a_desk, a_member, a_tip, let_in, noted, read_by, somebody_at, window_of
from tests.prosecution.tips.handing import TwoDesks, acknowledged, handed, parts_of, sealed_to, two_desks

pytestmark = pytest.mark.django_db
SETUP = '<script id="desk-setup" type="application/json">'


@pytest.fixture
def at() -> TwoDesks:
    return two_desks()


@pytest.fixture
def tip(at: TwoDesks) -> Tip:
    return a_tip(at.first.key.desk)


def url(name: str, tip: Tip) -> str:
    return reverse(name, args=[tip.pk])


def setup_on(page: str) -> dict[str, Any]:
    start = page.index(SETUP) + len(SETUP)
    return cast("dict[str, Any]", json.loads(page[start : page.index("</script>", start)]))


def send(client: Client, at: TwoDesks, of: Tip, made: list[Part], **said: object) -> HttpResponse:
    """Send parts as the script does, with what is said of them changed."""
    of.refresh_from_db()
    done = handed_to(of, at.to)
    handover = {
        "to": at.to.code,
        "tip": str(done.made_id if done else made[0].sealed.message),
        "reason": "crime",
        "basis": "consent",
        "version": of.version,
        "parts": len(made),
    }
    body: dict[str, object] = {"handover": json.dumps(handover | said)}
    for number, one in enumerate(made, start=1):
        keys = {str(key): written(wrapped) for key, wrapped in one.sealed.keys.items()}
        source = str(one.source) if one.source else None
        body[f"envelope-{number}"] = json.dumps({"message": str(one.sealed.message), "keys": keys, "source": source})
        body[f"bundle-{number}"] = SimpleUploadedFile("bundle", one.sealed.bundle)
    return cast(HttpResponse, client.post(url("tips_hand", of), body))


def test_who_opens_the_page(at: TwoDesks, tip: Tip) -> None:
    path = url("tips_hand", tip)
    assert Client().get(path).status_code == 302
    for user in (UserFactory.create(), MembershipFactory.create(role=Role.COORDINATOR).user):
        assert window_of(user).get(path).status_code == 403
    assert window_of(at.other.user).get(path).status_code == 404
    answer = window_of(at.first.user).get(path)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


def test_the_page_offers_the_other_desks_and_their_keys(at: TwoDesks, tip: Tip) -> None:
    a_desk()
    page = window_of(at.first.user).get(url("tips_hand", tip)).text
    setup = setup_on(page)
    assert list(setup["desks"]) == [at.to.code]
    [reader] = setup["desks"][at.to.code]["readers"]
    assert reader == {"id": str(at.other.key.pk), "point": written(bytes(at.other.key.point))}
    assert setup["desks"][at.to.code]["tip"] is None
    for ground in (*reasons().values(), *bases().values()):
        assert f'<option value="{ground.code}">{ground.en}</option>' in page
    done = handed(at, tip)
    setup = setup_on(window_of(at.first.user).get(url("tips_hand", tip)).text)
    assert setup["desks"][at.to.code]["tip"] == str(done.made_id)
    assert setup["handed"] == {str(tip.pk): [at.to.code]}


def test_the_page_says_why_nothing_can_be_handed_on(at: TwoDesks, tip: Tip) -> None:
    at.other.key.delete()
    assert "There is no other desk yet" in window_of(at.first.user).get(url("tips_hand", tip)).text
    Tip.objects.filter(pk=tip.pk).update(
        state="closed", outcome="help", closing_by=at.first.user, closed_by=at.other.user
    )
    assert "This tip is closed" in window_of(at.first.user).get(url("tips_hand", tip)).text


def test_its_queries_do_not_grow_with_desks(at: TwoDesks, tip: Tip) -> None:
    window, counts = window_of(at.first.user), []
    window.get(url("tips_hand", tip))
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            window.get(url("tips_hand", tip))
        counts.append(len(asked))
        for _each in range(4):
            member = a_member(a_desk())
            let_in(member, a_member(member.key.desk))
            noted(at.first, tip)
    assert counts[0] == counts[1]


def test_a_script_hands_on(at: TwoDesks, tip: Tip) -> None:
    window, parts = window_of(at.first.user), parts_of(at, tip, list(tip.messages.all()), cover="A van.")
    assert json.loads(send(window, at, tip, parts).content) == {"taken": True}
    done = Handover.objects.get()
    assert read_by(at.other, done.made) == ["They sleep in the cellar.", "A van."]
    page = window.get(url("tips_one", tip)).text
    for words in ("Handed on. You see here", reasons()["crime"].en, bases()["consent"].en, "not yet"):
        assert words in page


def test_what_is_not_as_it_has_to_be_is_refused(at: TwoDesks, tip: Tip) -> None:
    window, parts = window_of(at.first.user), parts_of(at, tip, list(tip.messages.all()))
    noted(at.first, tip)
    keyless = window_of(somebody_at(tip.desk))
    answer = send(keyless, at, tip, parts)
    assert (answer.status_code, json.loads(answer.content)["why"]) == (403, "not-you")
    for name, said, status, why in (
        ("to", "nowhere", 409, "changed"),
        ("to", tip.desk.code, 409, "changed"),
        ("to", None, 409, "changed"),
        ("reason", "because", 400, "grounds"),
        ("basis", ["consent"], 400, "grounds"),
        ("version", 1, 409, "changed"),
        ("tip", str(tip.pk), 409, "changed"),
        ("tip", None, 400, "failed"),
        ("version", "2", 400, "failed"),
        ("parts", 0, 409, "nothing"),
        ("parts", 2, 400, "failed"),
        ("parts", 101, 400, "failed"),
        ("parts", None, 400, "failed"),
    ):
        answer = send(window, at, tip, parts, **{name: said})
        assert (answer.status_code, json.loads(answer.content)["why"]) == (status, why), (name, said)
    for body in ({}, {"handover": "[]"}, {"handover": "{"}):
        assert window.post(url("tips_hand", tip), body).status_code in (400, 409)
    assert not Handover.objects.exists()


def test_a_refusal_tells_who_reads_there_now(at: TwoDesks, tip: Tip) -> None:
    parts, second = parts_of(at, tip, list(tip.messages.all())), a_member(at.to)
    let_in(at.other, second)
    answer = json.loads(send(window_of(at.first.user), at, tip, parts).content)
    assert answer["why"] == "changed"
    there = answer["desks"][at.to.code]
    assert {one["id"] for one in there["readers"]} == {str(at.other.key.pk), str(second.key.pk)}
    assert (there["tip"], answer["handed"]) == (None, {})


def test_too_much_at_a_time_is_refused(at: TwoDesks, tip: Tip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("palermo.prosecution.tips.views.handing.LARGEST_PARTS", 0)
    answer = send(window_of(at.first.user), at, tip, parts_of(at, tip, list(tip.messages.all())))
    assert (answer.status_code, json.loads(answer.content)["why"]) == (413, "large")
    assert not Handover.objects.exists()


def test_nothing_is_sent_from_another_site(at: TwoDesks, tip: Tip) -> None:
    handed(at, tip)
    client = Client(enforce_csrf_checks=True)
    client.force_login(at.first.user)
    assert client.post(url("tips_hand", tip)).status_code == 403
    client.force_login(at.other.user)
    made = Handover.objects.get().made
    assert client.post(url("tips_back", made)).status_code == 403
    assert client.post(url("tips_acknowledge", made)).status_code == 403


def test_the_desk_that_got_it_acknowledges(at: TwoDesks, tip: Tip) -> None:
    done = handed(at, tip)
    window, first = window_of(at.other.user), window_of(at.first.user)
    page = window.get(url("tips_one", done.made)).text
    for words in (
        "Another desk handed this on",
        at.first.user.name,
        reasons()["crime"].en,
        "Acknowledge that we have it",
    ):
        assert words in page
    last = {"last": str(done.handings.get().pk)}
    assert f'name="last" value="{last["last"]}"' in page
    stale = window.post(url("tips_acknowledge", done.made), {"last": "0"}, follow=True)
    assert "More was handed on meanwhile." in stale.text
    answer = window.post(url("tips_acknowledge", done.made), last, follow=True)
    assert "Acknowledged. The desk that handed it on sees that you have it." in answer.text
    assert "Acknowledge that we have it" not in answer.text
    assert at.other.user.name in first.get(url("tips_one", tip)).text


def test_only_that_desk_does(at: TwoDesks, tip: Tip) -> None:
    done = handed(at, tip)
    for name in ("tips_acknowledge", "tips_back"):
        assert window_of(at.first.user).post(url(name, done.made)).status_code == 404
        assert window_of(at.first.user).post(url(name, tip)).status_code == 404
        assert Client().post(url(name, done.made)).status_code == 302
    keyless = somebody_at(at.to)
    answer = window_of(keyless).post(url("tips_acknowledge", done.made), follow=True)
    assert "Only a member whose key is confirmed can do this." in answer.text
    assert Handover.objects.get().acknowledged_at is None


def test_a_script_writes_back(at: TwoDesks, tip: Tip) -> None:
    done = handed(at, tip)
    acknowledged(at, done)
    window = window_of(at.other.user)
    back = setup_on(window.get(url("tips_one", done.made)).text)["back"]
    assert (back["address"], back["tip"]) == (url("tips_back", done.made), str(tip.pk))
    assert [one["id"] for one in back["readers"]] == [str(at.first.key.pk)]
    sealed = sealed_to(tip.desk, Told({"text": "Which plate?"}), tip.pk, Author.NOTE)
    keys = {str(key): written(wrapped) for key, wrapped in sealed.keys.items()}
    envelope = json.dumps({"message": str(sealed.message), "keys": keys})
    body = {"envelope": envelope, "bundle": SimpleUploadedFile("bundle", sealed.bundle)}
    assert window.post(back["address"], body).json() == {"taken": True}
    assert read_by(at.first, tip)[-1] == "Which plate?"


def test_a_refused_letter_tells_who_reads_there_now(at: TwoDesks, tip: Tip) -> None:
    done = handed(at, tip)
    sealed = sealed_to(tip.desk, Told({"text": "Which plate?"}), tip.pk, Author.NOTE)
    second = a_member(tip.desk)
    let_in(at.first, second)
    keys = {str(key): written(wrapped) for key, wrapped in sealed.keys.items()}
    body = {
        "envelope": json.dumps({"message": str(sealed.message), "keys": keys}),
        "bundle": SimpleUploadedFile("bundle", sealed.bundle),
    }
    answer = window_of(at.other.user).post(url("tips_back", done.made), body)
    assert (answer.status_code, answer.json()["why"]) == (409, "changed")
    assert {one["id"] for one in answer.json()["readers"]} == {str(at.first.key.pk), str(second.key.pk)}
    assert not AuditEvent.objects.filter(act="tips.written_back").exists()


def test_a_tip_from_the_public_has_nobody_to_write_back_to(at: TwoDesks, tip: Tip) -> None:
    page = window_of(at.first.user).get(url("tips_one", tip)).text
    assert setup_on(page)["back"] is None
    assert "Another desk handed this on" not in page


def test_each_message_says_who_handed_it_on(at: TwoDesks, tip: Tip) -> None:
    done = handed(at, tip, cover="A word.")
    window = window_of(at.other.user)
    name = tip.desk.organisation.named_on()
    assert name is not None
    assert f"(as {name.full()} handed it on)" in window.get(url("tips_one", done.made)).text
    told, cover = window.get(url("tips_messages", done.made)).json()["messages"]
    assert (told["by"], cover["by"]) == ("", f"{at.first.user.name} ({name.full()})")
    noted(at.first, tip)
    assert window_of(at.first.user).get(url("tips_messages", tip)).json()["messages"][-1]["by"] == at.first.user.name


def test_erasing_says_what_stays_elsewhere(at: TwoDesks, tip: Tip) -> None:
    second = a_member(tip.desk)
    let_in(at.first, second)
    done = handed(at, tip)
    names = [desk.organisation.named_on() for desk in (at.to, tip.desk)]
    for state in ("closed", "erased"):
        slot = None if state == "erased" else tip.slot_id
        people = {"closing_by": at.first.user, "closed_by": second.user}
        Tip.objects.filter(pk=tip.pk).update(state=state, outcome="help", slot=slot, **people)
        if state == "erased":
            Erasure.objects.create(tip=tip, by=at.first.user, slot=1, messages=1, size=1, sha256="0" * 64)
        page = window_of(at.first.user).get(url("tips_one" if slot else "tips_erased", tip)).text
        assert names[0] is not None
        assert f"What was handed on to {names[0].full()} is kept and erased there, by its own rules." in page
    assert handed_from(at.other.user, done.made) == done
