"""A second factor is demanded of every role: an app or a passkey, before anything opens, and the last one stays."""

from __future__ import annotations

import re
import time
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from palermo.people.models import Role, User
from tests.browser.people import SECRET, one_time_code
from tests.people.signing import (
    add_passkey,
    browser,
    give_password,
    is_signed_in,
    kinds,
    person,
    post,
    signed_in,
    with_app,
)
from tests.people.soft_key import SoftKey

pytestmark = pytest.mark.django_db
CODE = re.compile(r'<span class="code">(\d{8})</span>')


@pytest.fixture
def demanded(settings: Settings) -> None:
    settings.SECOND_FACTOR_DEMANDED = True


def passkey_of(user: User) -> Authenticator:
    data = {"name": "Key", "credential": {}}
    made: Authenticator = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)
    return made


def opened(user: User) -> str:
    """Where the page of one's work leads; empty where it opens."""
    client = Client()
    client.force_login(user)
    return client.get("/en/work/").headers.get("Location", "")


@pytest.mark.usefixtures("demanded")
@pytest.mark.parametrize("role", list(Role))
def test_it_is_demanded_of_every_role(role: Role) -> None:
    assert opened(person(role)) == "/en/account/second-factor/"


@pytest.mark.usefixtures("demanded")
@pytest.mark.parametrize("role", list(Role))
def test_an_app_or_a_passkey_will_do(role: Role) -> None:
    with_app, with_key = person(role), person(role)
    TOTP.activate(with_app, SECRET)
    passkey_of(with_key)
    assert (opened(with_app), opened(with_key)) == ("", "")


@pytest.mark.usefixtures("demanded")
def test_recovery_codes_alone_are_no_second_factor() -> None:
    user = person()
    RecoveryCodes.activate(user)
    assert opened(user) == "/en/account/second-factor/"


@pytest.mark.usefixtures("demanded")
def test_the_page_lets_the_person_choose_and_says_why() -> None:
    page = signed_in(person()).get(reverse("mfa_index")).content.decode()
    assert "Set up a second step first" in page
    assert reverse("mfa_activate_totp") in page
    assert reverse("mfa_add_webauthn") in page


def test_on_a_laptop_it_is_offered_and_not_demanded() -> None:
    user = person()
    assert opened(user) == ""
    page = signed_in(user).get(reverse("mfa_index")).content.decode()
    assert "Set up a second step first" not in page
    assert reverse("mfa_add_webauthn") in page


@pytest.mark.usefixtures("demanded")
def test_who_has_no_role_is_not_asked() -> None:
    page = signed_in(person(role=None)).get(reverse("mfa_index")).content.decode()
    assert "Set up a second step first" not in page


@pytest.mark.usefixtures("demanded")
def test_recovery_codes_are_made_and_shown_when_an_app_is_set_up(
    django_capture_on_commit_callbacks: object,
) -> None:
    user = person()
    client = signed_in(user)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'id="totp-key"[^>]*value="(\w+)"', page)
    assert secret is not None
    answer = post(client, reverse("mfa_activate_totp"), code=one_time_code(secret[1]))
    assert kinds(user) == ["recovery_codes", "totp"]
    assert len(CODE.findall(client.get(answer.headers["Location"]).content.decode())) == 10
    assert opened(user) == ""


@pytest.mark.usefixtures("demanded")
def test_recovery_codes_are_made_and_shown_when_a_passkey_is_set_up() -> None:
    user = person()
    client = signed_in(user)
    answer = add_passkey(client, SoftKey())
    assert kinds(user) == ["recovery_codes", "webauthn"]
    assert len(CODE.findall(client.get(answer.headers["Location"]).content.decode())) == 10
    assert opened(user) == ""


def take_away(client: Client, factor: Authenticator) -> None:
    if factor.type == Authenticator.Type.TOTP:
        post(client, reverse("mfa_deactivate_totp"))
    else:
        post(client, reverse("mfa_remove_webauthn", args=[factor.pk]))


def of_kind(user: User, kind: str) -> Authenticator:
    made = TOTP.activate(user, SECRET).instance if kind == "totp" else passkey_of(user)
    RecoveryCodes.activate(user)
    assert isinstance(made, Authenticator)
    return made


@pytest.mark.usefixtures("demanded")
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_the_last_one_stays_while_a_role_needs_it(role: Role, kind: str) -> None:
    user = person(role)
    client = signed_in(user)
    take_away(client, of_kind(user, kind))
    assert kinds(user) == sorted(["recovery_codes", kind])
    page = client.get(reverse("mfa_index")).content.decode()
    assert "Set up another second step first" in page


@pytest.mark.usefixtures("demanded")
@pytest.mark.parametrize(("kind", "stays"), [("totp", "webauthn"), ("webauthn", "totp")])
def test_one_of_two_may_go(kind: str, stays: str) -> None:
    user = person()
    client = signed_in(user)
    going, _staying = of_kind(user, kind), of_kind(user, stays)
    take_away(client, going)
    assert kinds(user) == sorted(["recovery_codes", stays])


@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_where_none_is_demanded_the_last_one_may_go_and_its_codes_go_with_it(kind: str) -> None:
    user = person()
    client = signed_in(user)
    take_away(client, of_kind(user, kind))
    assert kinds(user) == []


@pytest.mark.usefixtures("demanded")
@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_who_has_no_role_may_take_the_last_one_away(kind: str) -> None:
    user = person(role=None)
    client = signed_in(user)
    take_away(client, of_kind(user, kind))
    assert kinds(user) == []


def test_nobody_takes_a_passkey_of_somebody_else_away() -> None:
    other = person()
    factor = passkey_of(other)
    client = signed_in(person())
    assert client.post(reverse("mfa_remove_webauthn", args=[factor.pk])).status_code == 404
    assert kinds(other) == ["webauthn"]


@pytest.mark.parametrize(("ago", "taken"), [(0, True), (30, True), (60, False)])
def test_a_code_is_taken_for_half_a_minute_longer_than_it_is_shown(ago: int, taken: bool) -> None:
    """The clock stands still in the middle of a half minute, so that no code grows old between making and giving it."""
    user, client = with_app(person()), browser()
    give_password(client, user)
    with patch("time.time", return_value=time.time() // 30 * 30 + 15):
        post(client, reverse("mfa_authenticate"), code=one_time_code(SECRET, ago))
    assert is_signed_in(client) is taken
