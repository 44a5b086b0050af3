"""The page of keys, and what its scripts send and get."""

from __future__ import annotations

import json
from typing import Any, cast
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palermo.people.models import Role
from palermo.prosecution.tips.envelopes.sealing import new_private_key, point_of
from palermo.prosecution.tips.models import ContentKey, Desk, DeskKey
from palermo.prosecution.tips.reading import written
from palermo.prosecution.tips.views.keys import HALF
from tests.factories import MembershipFactory, UserFactory
from tests.prosecution.tips.desks import (
    Member,
    a_desk,
    a_member,
    a_tip,
    let_in,
    read_by,
    sealed_on,
    somebody_at,
    window_of,
)

pytestmark = pytest.mark.django_db
PAGE = "/en/work/tips/keys/"
ACTS = ("lock", "access", "confirm", "retire")


@pytest.fixture
def desk() -> Desk:
    return a_desk(is_public=True)


@pytest.fixture
def first(desk: Desk) -> Member:
    return a_member(desk)


@pytest.fixture
def second(desk: Desk, first: Member) -> Member:
    return a_member(desk)


def lock(**other: object) -> dict[str, object]:
    said = {"kind": "passphrase", "salt": written(b"s" * 16), "rounds": 1_000_000, "credential": ""}
    return {**said, "locked": written(b"l" * 166), **other}


def a_key() -> dict[str, object]:
    return {"point": written(point_of(new_private_key().public_key())), "lock": lock()}


def send(client: Client, address: str, said: object) -> HttpResponse:
    return cast(HttpResponse, client.post(address, json.dumps(said), content_type="application/json"))


def path(act: str, key: DeskKey) -> str:
    return reverse(f"tips_key_{act}", args=[key.pk])


def in_text(wrapped: dict[Any, bytes]) -> dict[str, object]:
    return {"wrapped": {str(message): written(key) for message, key in wrapped.items()}}


def test_who_opens_the_page_and_sends_to_it(desk: Desk, first: Member) -> None:
    acts = [*(path(act, first.key) for act in ACTS), reverse("tips_half"), reverse("tips_lock")]
    strangers = [UserFactory.create(), MembershipFactory.create(role=Role.COORDINATOR).user]
    assert Client().get(PAGE).status_code == 302
    for address in [*acts, reverse("tips_key_make")]:
        assert Client().post(address).status_code == 302
        assert [window_of(user).post(address).status_code for user in strangers] == [403, 403]
    answer = window_of(first.user).get(PAGE)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


def test_another_desk_reaches_no_key_of_this_one(first: Member) -> None:
    stranger = window_of(a_member(a_desk()).user)
    assert first.user.name not in stranger.get(PAGE).text
    for act in ACTS:
        assert send(stranger, path(act, first.key), {}).status_code == 404
    assert stranger.get(f"{PAGE}?desk={first.key.desk.code}").status_code == 404


def test_a_key_is_made_and_unlocked_in_a_second_way(desk: Desk) -> None:
    window = window_of(somebody_at(desk))
    answer = send(window, reverse("tips_key_make"), a_key())
    made = DeskKey.objects.get()
    assert (answer.status_code, json.loads(answer.content)) == (200, {"taken": True, "id": str(made.pk)})
    passkey = lock(kind="passkey", rounds=0, credential=written(b"c" * 32))
    assert send(window, path("lock", made), {"lock": passkey}).status_code == 200
    assert [one.kind for one in made.locks.all()] == ["passphrase", "passkey"]
    assert "Only one key opens what comes here" in window.get(PAGE).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"point": "AAAA"},
        {"lock": None},
        {"lock": lock(kind="fingernail")},
        {"lock": lock(rounds=10)},
        {"lock": lock(salt="%")},
        {"lock": lock(locked="")},
    ],
)
def test_what_is_no_key_is_refused(desk: Desk, wrong: dict[str, object]) -> None:
    answer = send(window_of(somebody_at(desk)), reverse("tips_key_make"), {**a_key(), **wrong})
    assert (answer.status_code, json.loads(answer.content)["why"]) == (400, "failed")
    assert not DeskKey.objects.exists()


def test_a_second_key_is_refused(first: Member) -> None:
    answer = send(window_of(first.user), reverse("tips_key_make"), a_key())
    assert (answer.status_code, json.loads(answer.content)["why"]) == (409, "changed")


def test_another_member_is_let_in(desk: Desk, first: Member, second: Member) -> None:
    tip = a_tip(desk, "Before")
    window = window_of(first.user)
    assert "1 message that you can read" in window.get(PAGE).text
    [listed] = window.get(path("access", second.key)).json()["keys"]
    assert (listed["tip"], listed["message"], listed["author"]) == (str(tip.pk), str(tip.pk), "reporter")
    answer = send(window, path("access", second.key), in_text(sealed_on(first, second)))
    assert json.loads(answer.content) == {"taken": True, "count": 1}
    assert window.get(path("access", second.key)).json() == {"keys": [], "last": None}
    assert send(window, path("confirm", second.key), in_text({})).status_code == 200
    assert read_by(second, tip) == ["Before"]


def test_what_is_no_key_of_a_message_is_refused(desk: Desk, first: Member, second: Member) -> None:
    a_tip(desk)
    window = window_of(first.user)
    wrong: list[dict[str, object]] = [{}, {"wrapped": []}, {"wrapped": {"x": "AAAA"}}, in_text({uuid4(): b"k" * 113})]
    for said in wrong:
        assert send(window, path("confirm", second.key), said).status_code == 400
    many = in_text({uuid4(): b"k" for _each in range(201)})
    assert send(window, path("access", second.key), many).status_code == 400
    assert not ContentKey.objects.filter(reader=second.key).exists()


def test_who_waits_is_shown_no_key_of_a_message(desk: Desk, first: Member, second: Member) -> None:
    a_tip(desk)
    third = a_member(desk)
    assert window_of(second.user).get(path("access", third.key)).json() == {"keys": [], "last": None}
    assert send(window_of(second.user), path("confirm", third.key), in_text({})).status_code == 403


def test_keys_are_retired_with_words(desk: Desk, first: Member, second: Member) -> None:
    a_tip(desk)
    window = window_of(first.user)
    alone = window.post(path("retire", first.key), follow=True)
    assert "This is the only key that opens the tips here." in alone.text
    let_in(first, second)
    a_tip(desk)
    ContentKey.objects.filter(reader=second.key).delete()
    losing = window.post(path("retire", first.key), follow=True)
    assert "2 messages open with this key alone." in losing.text
    done = window.post(path("retire", first.key), {"even_if_lost": "yes"}, follow=True)
    assert "The key is retired." in done.text
    assert window.post(path("retire", first.key)).status_code == 404


def test_it_takes_two_to_retire_the_key_of_another(desk: Desk, first: Member, second: Member) -> None:
    let_in(first, second)
    third = a_member(desk)
    let_in(first, third)
    one, other = window_of(first.user), window_of(third.user)
    proposed = one.post(path("retire", second.key), follow=True)
    assert "Proposed. Another member has to agree before the key is retired." in proposed.text
    assert f"{first.user.name} proposes to retire this key." in other.get(reverse("tips_keys")).text
    kept = other.post(path("retire", second.key), {"do": "keep"}, follow=True)
    assert "The key stays." in kept.text
    assert "proposes to retire this key" not in kept.text
    assert window_of(second.user).post(path("retire", second.key), {"do": "keep"}).status_code == 403
    one.post(path("retire", second.key))
    done = other.post(path("retire", second.key), follow=True)
    assert "The key is retired. It opens nothing any more." in done.text


def test_the_half_of_a_session_stays_until_it_is_locked(first: Member, second: Member) -> None:
    window, other = window_of(first.user), window_of(first.user)
    half = window.post(reverse("tips_half")).json()["half"]
    assert len(half) == 43
    assert window.post(reverse("tips_half")).json()["half"] == half
    assert other.post(reverse("tips_half")).json()["half"] != half
    window.post(reverse("tips_lock"))
    assert HALF not in window.session
    assert window.post(reverse("tips_half")).json()["half"] != half
    window.logout()
    assert window.post(reverse("tips_half")).status_code == 302


def test_no_script_sends_anything_without_its_token(first: Member) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(first.user)
    for address in (reverse("tips_half"), reverse("tips_key_make"), *(path(act, first.key) for act in ACTS)):
        assert send(client, address, {}).status_code == 403


def test_the_page_costs_the_same_however_many_keys_there_are(desk: Desk, first: Member) -> None:
    window, costs = window_of(first.user), []
    a_tip(desk)
    for count in (2, 8):
        for _each in range(count):
            let_in(first, a_member(desk))
        with CaptureQueriesContext(connection) as asked:
            assert window.get(PAGE).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]
