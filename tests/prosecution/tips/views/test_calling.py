"""The page for calls: who opens it, what it asks, and what its script sends."""

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
from django.utils import timezone
from django.utils.html import escape

from palermo.audit.models import AuditEvent
from palermo.people.models import Role
from palermo.prosecution.tips import asking
from palermo.prosecution.tips.envelopes.bundle import LARGEST
from palermo.prosecution.tips.models import Channel, Desk, HourCount, Tip
from palermo.prosecution.tips.reading import written
from palermo.prosecution.tips.words import words
from tests.factories import MembershipFactory, UserFactory
from tests.prosecution.tips.actions.test_calling import HEARD, heard
from tests.prosecution.tips.desks import Member, a_desk, a_member, let_in, read_by, somebody_at, window_of

pytestmark = pytest.mark.django_db
PAGE, SEALED = "/en/work/tips/call/", "/en/work/tips/call/sealed/"


@pytest.fixture
def desk() -> Desk:
    return a_desk(is_public=True)


@pytest.fixture
def member(desk: Desk) -> Member:
    return a_member(desk)


def send(client: Client, desk: Desk, query: str = "", **changed: Any) -> HttpResponse:  # noqa: ANN401 - anything
    """Send a call as the script does, with parts of its envelope changed."""
    told = changed.pop("told", None) or heard(desk)
    keys = {str(one): written(key) for one, key in told.keys.items()}
    envelope = {"message": str(told.message), "keys": keys, "box": None, "language": "fr", **changed}
    bundle = SimpleUploadedFile("bundle", told.bundle)
    return cast(HttpResponse, client.post(f"{SEALED}{query}", {"envelope": json.dumps(envelope), "bundle": bundle}))


def test_who_opens_it(member: Member) -> None:
    for path, status in ((PAGE, 200), (SEALED, 405)):
        assert Client().get(path).status_code == 302
        for user in (UserFactory.create(), MembershipFactory.create(role=Role.COORDINATOR).user):
            assert window_of(user).get(path).status_code == 403
        answer = window_of(member.user).get(path)
        assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")


def test_a_password_alone_is_not_enough(member: Member) -> None:
    Authenticator.objects.filter(user=member.user).delete()
    window = window_of(member.user)
    for answer in (window.get(PAGE), send(window, member.key.desk)):
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    assert not Tip.objects.exists()


def test_it_asks_what_the_public_form_asks(member: Member) -> None:
    window = window_of(member.user)
    for language in ("en", "fr"):
        page = window.get(f"/{language}/work/tips/call/").text
        said = words(language)
        for code in (*asking.TEXTS, "danger", "contact", "files", "name_and_how"):
            assert escape(said[code]) in page, code
        assert 'href="tel:911"' in page.split("data-call", 1)[0]
        assert '<option value="es" lang="es"' in page


def test_it_is_reached_from_the_list_once_a_key_is_confirmed(member: Member, desk: Desk) -> None:
    address = f"/en/work/tips/call/?desk={desk.code}"
    assert address in window_of(member.user).get("/en/work/tips/").text
    for user in (somebody_at(desk), a_member(desk).user):
        window = window_of(user)
        assert address not in window.get("/en/work/tips/").text
        page = window.get(PAGE).text
        assert "You cannot enter a call yet" in page
        assert "<form" not in page.split("<main", 1)[1].split("</main>", 1)[0]


def test_of_several_desks_one_is_chosen(member: Member, desk: Desk) -> None:
    other = a_desk()
    MembershipFactory.create(user=member.user, organisation=other.organisation, role=Role.DESK_MEMBER)
    window = window_of(member.user)
    assert f'"?desk={other.code}"' in window.get(PAGE).text
    assert "What is happening?" in window.get(f"{PAGE}?desk={desk.code}").text
    assert send(window, desk).status_code == 404
    assert send(window, desk, f"?desk={desk.code}").status_code == 200
    assert Tip.objects.get().desk == desk


def test_a_call_is_kept_and_leads_to_its_tip(member: Member, desk: Desk) -> None:
    answer = send(window_of(member.user), desk)
    tip = Tip.objects.get()
    assert json.loads(answer.content) == {"taken": True, "tip": f"/en/work/tips/{tip.pk}/"}
    assert (tip.channel, tip.language) == (Channel.TELEPHONE, "fr")
    assert read_by(member, tip) == [HEARD]
    assert not HourCount.objects.exists()
    assert "by telephone" in window_of(member.user).get("/en/work/tips/").text


def test_a_language_that_nobody_speaks_here_is_that_of_the_page(member: Member, desk: Desk) -> None:
    send(window_of(member.user), desk, language="xx")
    assert Tip.objects.get().language == "en"


def test_it_is_sealed_anew_for_whoever_was_let_in_meanwhile(member: Member, desk: Desk) -> None:
    window, told = window_of(member.user), heard(desk)
    other = a_member(desk)
    let_in(member, other)
    answer = send(window, desk, told=told)
    said = json.loads(answer.content)
    assert (answer.status_code, said["why"]) == (409, "again")
    assert {one["id"] for one in said["readers"]} == {str(member.key.pk), str(other.key.pk)}
    assert send(window, desk).status_code == 200
    assert read_by(other, Tip.objects.get()) == [HEARD]


def test_the_same_call_again_is_kept_once(member: Member, desk: Desk) -> None:
    window, told = window_of(member.user), heard(desk)
    first, second = (send(window, desk, told=told) for _ in range(2))
    assert first.content == second.content
    assert Tip.objects.count() == AuditEvent.objects.filter(act="tips.call_entered").count() == 1
    other = heard(desk)
    other = type(other)(told.message, other.bundle, other.keys)
    assert send(window, desk, told=other).status_code == 409


@pytest.mark.parametrize("changed", [{"message": "x"}, {"keys": {}}, {"box": []}, {"keys": {str(uuid4()): "*"}}])
def test_what_no_script_of_ours_sends_is_refused(member: Member, desk: Desk, changed: dict[str, Any]) -> None:
    assert send(window_of(member.user), desk, **changed).status_code == 400
    assert not Tip.objects.exists()


def test_what_is_too_large_is_said_to_be(member: Member, desk: Desk) -> None:
    body = {"envelope": "{}", "bundle": SimpleUploadedFile("bundle", bytes(LARGEST + 1_000))}
    answer = window_of(member.user).post(SEALED, body)
    assert (answer.status_code, answer.json()["why"]) == (413, "large")


def test_nobody_without_a_confirmed_key_enters_anything(member: Member, desk: Desk) -> None:
    waiting = a_member(desk)
    retired = a_member(desk)
    let_in(member, retired)
    told = heard(desk)
    retired.key.retired_at = timezone.now()
    retired.key.save(update_fields=["retired_at"])
    for user in (somebody_at(desk), waiting.user, retired.user):
        assert send(window_of(user), desk, told=told).status_code == 403
    stranger = a_member(a_desk())
    assert send(window_of(stranger.user), desk, f"?desk={desk.code}").status_code == 404
    assert not Tip.objects.exists()


def test_nothing_is_sent_from_elsewhere(member: Member, desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(member.user)
    assert send(client, desk).status_code == 403
    assert not Tip.objects.exists()


def test_a_full_disk_is_told(member: Member, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("palermo.prosecution.tips.actions.storing.is_full", lambda _viewer: True)
    window = window_of(member.user)
    answer = send(window, desk)
    assert (answer.status_code, json.loads(answer.content)["why"]) == (507, "full")
    assert 'data-trouble="full"' in window.get(PAGE).text
    assert not Tip.objects.exists()
