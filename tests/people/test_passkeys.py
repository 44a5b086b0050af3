"""Passkeys by the pages: added, named, used alone and as a second step, and everything that is no right answer."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from palermo.people.models import User
from tests.people.signing import (
    add_passkey,
    browser,
    give_password,
    is_signed_in,
    kinds,
    person,
    post,
    show_passkey,
    signed_in,
    traces,
)
from tests.people.soft_key import SEEN, SoftKey

pytestmark = pytest.mark.django_db
SECOND, ALONE, AGAIN = "mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate_webauthn"


def holder(key: SoftKey) -> User:
    """Somebody who has added this passkey by the page."""
    user = person()
    add_passkey(signed_in(user), key, name="The blue one")
    assert "webauthn" in kinds(user)
    return user


def names(user: User) -> list[str]:
    mine = Authenticator.objects.filter(user=user, type="webauthn").order_by("pk")
    return [each.wrap().name for each in mine]


def test_it_signs_in_alone() -> None:
    key, client = SoftKey(), browser()
    user = holder(key)
    answer = show_passkey(client, key, ALONE)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/work/")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_it_is_the_second_step_after_the_password() -> None:
    key, client = SoftKey(flags=SEEN), browser()
    user = holder(key)
    assert give_password(client, user).headers["Location"] == reverse(SECOND)
    assert not is_signed_in(client)
    show_passkey(client, key, SECOND)
    assert is_signed_in(client)


def test_without_recognising_its_owner_it_does_not_sign_in_alone() -> None:
    key, client = SoftKey(), browser()
    holder(key)
    key.flags = SEEN
    show_passkey(client, key, ALONE)
    assert not is_signed_in(client)


def test_one_that_is_to_sign_in_alone_must_recognise_its_owner() -> None:
    user = person()
    add_passkey(signed_in(user), SoftKey(flags=SEEN), passwordless="on")
    assert kinds(user) == []


@pytest.mark.parametrize(
    "other",
    [
        {"number": b"another number.."},
        {"host": "elsewhere.example"},
        {"origin": "https://elsewhere.example"},
        {"origin": "http://testserver"},
    ],
    ids=["another passkey", "for another site", "on another site", "without encryption"],
)
def test_another_one_does_not_sign_in(other: dict[str, str]) -> None:
    key = SoftKey()
    user = holder(key)
    for name, value in other.items():
        setattr(key, name, value)
    for page in (ALONE, SECOND):
        client = browser()
        if page == SECOND:
            give_password(client, user)
        show_passkey(client, key, page)
        assert not is_signed_in(client)


def test_a_forged_one_does_not_sign_in() -> None:
    key, client = SoftKey(), browser()
    holder(key)
    show_passkey(client, SoftKey(number=key.number, handle=key.handle), ALONE)
    assert not is_signed_in(client)


def test_an_answer_to_another_question_does_not_sign_in() -> None:
    key, client = SoftKey(), browser()
    holder(key)
    client.get(reverse(ALONE), headers={"accept": "application/json"})
    post(client, reverse(ALONE), credential=key.shown("YW5vdGhlcg"))
    assert not is_signed_in(client)


def test_an_answer_serves_once() -> None:
    key, client = SoftKey(), browser()
    holder(key)
    asked = client.get(reverse(ALONE), headers={"accept": "application/json"}).json()["request_options"]
    sent = key.shown(asked["publicKey"]["challenge"])
    post(client, reverse(ALONE), credential=sent)
    post(client, reverse("account_logout"))
    post(client, reverse(ALONE), credential=sent)
    assert not is_signed_in(client)


def test_nobody_shows_the_passkey_of_somebody_else() -> None:
    key, client = SoftKey(), browser()
    holder(key)
    other = holder(SoftKey())
    give_password(client, other)
    show_passkey(client, key, SECOND)
    assert not is_signed_in(client)


def test_a_closed_account_stays_closed() -> None:
    key, client = SoftKey(), browser()
    user = holder(key)
    User.objects.filter(pk=user.pk).update(is_active=False)
    show_passkey(client, key, ALONE)
    assert not is_signed_in(client)


@pytest.mark.parametrize("junk", ["", "null", "7", "[]", "{}", '"x"', '{"id": "x"}', '{"response": {}}', "{"])
@pytest.mark.parametrize("page", ["mfa_add_webauthn", ALONE, SECOND, AGAIN])
def test_junk_is_refused_kindly(junk: str, page: str) -> None:
    key = SoftKey()
    user = holder(key)
    client = browser() if page in {ALONE, SECOND} else signed_in_past_the_second_step(user, key)
    if page == SECOND:
        give_password(client, user)
    assert post(client, reverse(page), credential=junk).status_code in {200, 302}
    assert names(user) == ["The blue one"]


def signed_in_past_the_second_step(user: User, key: SoftKey) -> Client:
    client = browser()
    show_passkey(client, key, ALONE)
    show_passkey(client, key, AGAIN)
    return client


def test_it_proves_who_one_is_before_a_change() -> None:
    key, client = SoftKey(), browser()
    holder(key)
    show_passkey(client, key, ALONE)
    adding = reverse("mfa_add_webauthn")
    assert client.get(adding).status_code == 302
    show_passkey(client, key, AGAIN)
    assert client.get(adding).status_code == 200


def test_it_has_a_name_and_can_have_another() -> None:
    key = SoftKey()
    user = holder(key)
    client = signed_in_past_the_second_step(user, key)
    add_passkey(client, SoftKey(), name="")
    assert names(user) == ["The blue one", "Passkey 2"]
    first = Authenticator.objects.filter(user=user, type="webauthn").order_by("pk")[0]
    renaming = reverse("mfa_edit_webauthn", args=[first.pk])
    assert b"There is a problem" in post(client, renaming, name=" ").content
    assert b"There is a problem" in post(client, renaming, name="x" * 61).content
    post(client, renaming, name="The green one")
    assert names(user) == ["The green one", "Passkey 2"]


def test_nobody_renames_the_passkey_of_somebody_else() -> None:
    other = holder(SoftKey())
    theirs = Authenticator.objects.get(user=other, type="webauthn")
    client = signed_in(person())
    assert post(client, reverse("mfa_edit_webauthn", args=[theirs.pk]), name="Mine").status_code == 404
    assert names(other) == ["The blue one"]


def test_the_site_gives_its_name_and_host() -> None:
    client = signed_in(person())
    data = client.get(reverse("mfa_add_webauthn")).content.decode()
    block = data.split('id="passkey-options" type="application/json">')[1].split("</script>")[0]
    assert json.loads(block)["creation_options"]["publicKey"]["rp"] == {"id": "testserver", "name": "Palermo"}


def test_a_passkey_and_its_trace_are_written_together(monkeypatch: pytest.MonkeyPatch) -> None:
    user = person()
    client = signed_in(user)
    before = len(traces())

    def broken(**_said: object) -> None:
        raise RuntimeError("no trace")

    monkeypatch.setattr("palermo.people.traces.record", broken)
    with pytest.raises(RuntimeError):
        add_passkey(client, SoftKey())
    assert kinds(user) == []
    assert len(traces()) == before
