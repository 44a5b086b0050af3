"""The desk's pages: who opens them, and what they send to the scripts."""

from __future__ import annotations

import json
from typing import Any, cast
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from palermo.audit.models import AuditEvent
from palermo.people.models import Role, User
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.envelopes.bundle import unpacked
from palermo.prosecution.tips.envelopes.sealing import Author, Bound, opened, unwrapped
from palermo.prosecution.tips.models import Desk, Message, Tip
from palermo.prosecution.tips.reading import bytes_of, written
from tests.factories import MembershipFactory, UserFactory
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip, sealed_by_desk, somebody_at, window_of

pytestmark = pytest.mark.django_db
QUEUE = "/en/work/tips/"


@pytest.fixture
def desk() -> Desk:
    return a_desk(is_public=True)


@pytest.fixture
def member(desk: Desk) -> Member:
    return a_member(desk)


@pytest.fixture
def tip(desk: Desk, member: Member) -> Tip:
    return a_tip(desk)


def page_of(tip: Tip) -> str:
    return reverse("tips_one", args=[tip.pk])


def messages_of(tip: Tip) -> str:
    return reverse("tips_messages", args=[tip.pk])


def send(client: Client, tip: Tip, **said: Any) -> HttpResponse:  # noqa: ANN401 - what a browser sends may be anything
    """Send a note as the script does; `sealed` is what Python sealed."""
    sealed, box_key = said.pop("sealed")
    envelope = {
        "message": str(sealed.message),
        "keys": {str(one): written(key) for one, key in sealed.keys.items()},
        "author": "note",
        "version": 1,
        "box_key": written(box_key) if box_key else None,
        **said,
    }
    bundle = SimpleUploadedFile("bundle", sealed.bundle)
    return cast(HttpResponse, client.post(messages_of(tip), {"envelope": json.dumps(envelope), "bundle": bundle}))


def test_who_opens_the_pages(member: Member, tip: Tip) -> None:
    for path in (QUEUE, page_of(tip), messages_of(tip)):
        assert Client().get(path).status_code == 302
        for user in (UserFactory.create(), MembershipFactory.create(role=Role.COORDINATOR).user):
            assert window_of(user).get(path).status_code == 403
        answer = window_of(member.user).get(path)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


def test_another_desk_has_nothing_of_it(tip: Tip) -> None:
    stranger = window_of(a_member(a_desk()).user)
    assert tip.code not in stranger.get(QUEUE).text
    for path in (page_of(tip), messages_of(tip), f"{QUEUE}?desk={tip.desk.code}"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(messages_of(tip)).status_code == 404
    assert not AuditEvent.objects.filter(act="tips.read").exists()


def test_a_password_alone_is_never_enough(member: Member, tip: Tip) -> None:
    Authenticator.objects.filter(user=member.user).delete()
    window = window_of(member.user)
    for path in (QUEUE, page_of(tip), messages_of(tip)):
        answer = window.get(path)
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    assert "a password alone can be stolen" in window.get(reverse("mfa_index")).text


def test_the_queue_says_what_to_do_first(desk: Desk) -> None:
    user = somebody_at(desk)
    empty = window_of(user).get(QUEUE).text
    assert "Make my key" in empty
    assert "No tips have come yet" in empty
    member = a_member(desk)
    tip = a_tip(desk)
    full = window_of(member.user).get(QUEUE).text
    assert "Make my key" not in full
    assert tip.code in full
    assert "can be asked" in full
    waiting = a_member(desk, user)
    assert "Your key is not confirmed yet" in window_of(waiting.user).get(QUEUE).text


def test_of_several_desks_one_is_chosen(member: Member, tip: Tip) -> None:
    other = a_desk()
    MembershipFactory.create(user=member.user, organisation=other.organisation, role=Role.DESK_MEMBER)
    window = window_of(member.user)
    choice = window.get(QUEUE).text
    assert f"?desk={other.code}" in choice
    assert tip.code not in choice
    assert tip.code in window.get(f"{QUEUE}?desk={tip.desk.code}").text


def test_a_member_of_an_organization_without_a_desk_is_told() -> None:
    user = MembershipFactory.create(role=Role.DESK_MEMBER).user
    somebody = somebody_at(a_desk())
    MembershipFactory.create(user=somebody, organisation=user.memberships.get().organisation, role=Role.DESK_MEMBER)
    Desk.objects.all().delete()
    assert "has no desk for tips yet" in window_of(somebody).get(QUEUE).text


def test_messages_come_sealed_and_open_with_the_key_of_the_member(member: Member, tip: Tip) -> None:
    said = window_of(member.user).get(messages_of(tip)).json()
    [message] = said["messages"]
    bound = Bound(tip.pk, tip.pk, Author.REPORTER)
    key = unwrapped(bytes_of(message["key"]), bound, member.private)
    assert unpacked(opened(bytes_of(message["bundle"]), key, bound)).texts == {"what": "They sleep in the cellar."}
    assert said["readers"] == [{"id": str(member.key.pk), "point": written(bytes(member.key.point))}]
    assert (said["version"], said["is_last"], bool(said["box"])) == (1, True, True)
    assert AuditEvent.objects.filter(act="tips.read", about_id=str(tip.pk)).count() == 1
    assert window_of(member.user).get(f"{messages_of(tip)}?after=1").json()["messages"] == []
    assert window_of(member.user).get(f"{messages_of(tip)}?after=x").json()["messages"] != []


def test_who_has_no_confirmed_key_gets_no_message(desk: Desk, tip: Tip) -> None:
    for user in (somebody_at(desk), a_member(desk).user):
        assert window_of(user).get(messages_of(tip)).status_code == 409
        assert "You cannot read this yet" in window_of(user).get(page_of(tip)).text


def test_what_was_destroyed_is_gone(member: Member, tip: Tip) -> None:
    assert tip.slot_id is not None
    slots.destroy(tip.slot_id)
    assert window_of(member.user).get(messages_of(tip)).status_code == 410


def test_a_note_is_kept(member: Member, tip: Tip) -> None:
    window = window_of(member.user)
    sealed = sealed_by_desk(tip, Author.NOTE, "Ours", [member.key])
    assert send(window, tip, sealed=sealed).status_code == 200
    assert Message.objects.get(number=2).author == "note"
    assert "Only members of the desk read it." in window.get(page_of(tip)).text


@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        ({"version": 2}, 409, "changed"),
        ({"version": "1"}, 400, "failed"),
        ({"author": "reporter"}, 400, "failed"),
        ({"author": None}, 400, "failed"),
        ({"author": "desk"}, 409, "closed"),
        ({"author": "desk", "box_key": "short"}, 400, "failed"),
        ({"keys": {}}, 400, "failed"),
        ({"keys": {str(uuid4()): written(b"k" * 113)}}, 409, "changed"),
    ],
)
def test_what_is_refused_has_a_reason(member: Member, tip: Tip, said: dict[str, Any], status: int, why: str) -> None:
    sealed = sealed_by_desk(tip, Author.NOTE, "Ours", [member.key])
    answer = send(window_of(member.user), tip, sealed=sealed, **said)
    assert (answer.status_code, json.loads(answer.content)["why"]) == (status, why)
    assert tip.messages.count() == 1


def test_a_question_is_kept_with_its_key_for_the_box(member: Member, tip: Tip) -> None:
    sealed = sealed_by_desk(tip, Author.DESK, "Which street?", [member.key])
    assert send(window_of(member.user), tip, sealed=sealed, author="desk").status_code == 200
    assert Message.objects.get(number=2).keys.filter(reader=None).exists()


def test_nothing_is_sent_from_elsewhere(member: Member, tip: Tip) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(member.user)
    sealed = sealed_by_desk(tip, Author.NOTE, "Ours", [member.key])
    assert send(client, tip, sealed=sealed).status_code == 403
    assert tip.messages.count() == 1


def test_only_desk_members_find_it_among_their_work(member: Member) -> None:
    coordinator: User = MembershipFactory.create(role=Role.COORDINATOR).user
    assert QUEUE in window_of(member.user).get("/en/work/").text
    assert QUEUE not in window_of(coordinator).get("/en/work/").text
