"""What the trail tells of sign-in: one event for each act, by what means, and never an address, a name or a code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from palermo.audit.models import AuditEvent
from palermo.people.models import User
from palermo.people.queries import command_line
from tests.browser.people import SECRET, one_time_code
from tests.people.signing import (
    PASSWORD,
    add_passkey,
    browser,
    give_password,
    person,
    post,
    show_passkey,
    signed_in,
    traces,
    with_app,
)
from tests.people.soft_key import SoftKey

pytestmark = pytest.mark.django_db
Committing = Callable[..., AbstractContextManager[object]]
SECOND = "mfa_authenticate"


@pytest.fixture(autouse=True)
def nothing_personal() -> Iterator[None]:
    """Whatever a test here does: no event holds an address, a password or a code."""
    yield
    told = str(list(AuditEvent.objects.values("act", "details", "about_id", "about_kind")))
    assert "@" not in told
    assert PASSWORD not in told
    assert one_time_code(SECRET) not in told


def give_code(client: Client, code: str) -> None:
    post(client, reverse(SECOND), code=code)


def codes(user: User) -> list[str]:
    found: list[str] = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    return found


def test_signing_in_with_a_password_and_out() -> None:
    user, client = person(), browser()
    give_password(client, user)
    post(client, reverse("account_logout"))
    assert traces() == [("account.sign_in", {"means": "password"}), ("account.sign_out", {})]
    assert set(AuditEvent.objects.values_list("by_id", "about_id")) == {(user.pk, str(user.pk))}


def test_failing_to_is_nobodys_act() -> None:
    user = person()
    give_password(browser(), user, "wrong")
    assert traces() == [("account.sign_in_failed", {"means": "password"})]
    event = AuditEvent.objects.get()
    assert (event.by_id, event.about_id) == (command_line().pk, str(user.pk))


def test_an_address_without_an_account_leaves_no_trace() -> None:
    person()
    post(browser(), reverse("account_login"), login="nobody@example.org", password="wrong")
    assert traces() == []


def test_signing_in_in_two_steps_is_one_event() -> None:
    user, client = with_app(person()), browser()
    give_password(client, user)
    assert traces() == []
    give_code(client, one_time_code(SECRET))
    assert traces() == [("account.sign_in", {"means": "password, totp"})]


def test_a_wrong_code() -> None:
    user, client = with_app(person()), browser()
    give_password(client, user)
    give_code(client, "000000")
    assert traces() == [("account.sign_in_failed", {"means": "totp"})]


def test_an_app_set_up_and_taken_away(django_capture_on_commit_callbacks: Committing) -> None:
    client = signed_in(person())
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = page.split('id="totp-key"')[1].split('value="')[1].split('"')[0]
    with django_capture_on_commit_callbacks(execute=True):
        post(client, reverse("mfa_activate_totp"), code=one_time_code(secret))
    post(client, reverse("mfa_deactivate_totp"))
    assert traces()[1:] == [
        ("account.second_factor_added", {"kind": "totp"}),
        ("account.recovery_codes_made", {}),
        ("account.second_factor_removed", {"kind": "totp"}),
        ("account.recovery_codes_removed", {}),
    ]


def test_a_passkey_set_up_used_and_taken_away(django_capture_on_commit_callbacks: Committing) -> None:
    key, user = SoftKey(), person()
    client = signed_in(user)
    with django_capture_on_commit_callbacks(execute=True):
        add_passkey(client, key, name="Robin’s telephone")
    other = browser()
    show_passkey(other, key, "mfa_login_webauthn")
    post(other, reverse("account_logout"))
    give_password(other, user)
    show_passkey(other, key, SECOND)
    number = Authenticator.objects.get(user=user, type="webauthn").pk
    post(client, reverse("mfa_remove_webauthn", args=[number]))
    assert traces()[1:] == [
        ("account.second_factor_added", {"kind": "webauthn"}),
        ("account.recovery_codes_made", {}),
        ("account.sign_in", {"means": "webauthn"}),
        ("account.sign_out", {}),
        ("account.sign_in", {"means": "password, webauthn"}),
        ("account.second_factor_removed", {"kind": "webauthn"}),
        ("account.recovery_codes_removed", {}),
    ]


@pytest.mark.parametrize("page", ["mfa_login_webauthn", SECOND])
def test_a_wrong_passkey(page: str) -> None:
    key, user = SoftKey(), person()
    add_passkey(signed_in(user), key)
    before, client = len(traces()), browser()
    if page == SECOND:
        give_password(client, user)
    show_passkey(client, SoftKey(number=key.number, handle=key.handle), page)
    assert traces()[before:] == [("account.sign_in_failed", {"means": "webauthn"})]


def test_a_recovery_code_used_and_new_ones_made(django_capture_on_commit_callbacks: Committing) -> None:
    key, user = SoftKey(), person()
    add_passkey(signed_in(user), key)
    before, client = len(traces()), browser()
    give_password(client, user)
    give_code(client, codes(user)[0])
    post(client, reverse("account_reauthenticate"), password=PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):
        post(client, reverse("mfa_generate_recovery_codes"))
    assert traces()[before:] == [
        ("account.recovery_code_used", {"left": 9}),
        ("account.sign_in", {"means": "password, recovery_codes"}),
        ("account.recovery_codes_made", {}),
    ]
    assert len(codes(user)) == 10


def test_another_password_is_told_once() -> None:
    client = signed_in(person())
    new = "another long password for tests"
    post(client, reverse("account_change_password"), oldpassword=PASSWORD, password1=new, password2=new)
    assert [act for act, _details in traces()].count("account.password") == 1
