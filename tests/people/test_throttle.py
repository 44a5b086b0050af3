"""Whoever tries too often is refused, even with what is right: passwords, codes, passkeys, links of invitations."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from tests.browser.people import SECRET, one_time_code
from tests.people.signing import (
    PASSWORD,
    add_passkey,
    browser,
    give_password,
    is_signed_in,
    person,
    post,
    show_passkey,
    signed_in,
    traces,
    with_app,
)
from tests.people.soft_key import SoftKey

pytestmark = pytest.mark.django_db
SECOND = "mfa_authenticate"


def test_after_five_wrong_passwords_the_right_one_is_refused() -> None:
    user, client = person(), browser()
    for _ in range(5):
        give_password(client, user, "wrong")
    answer = give_password(client, user)
    assert not is_signed_in(client)
    assert b"Too many failed login attempts" in answer.content
    # The attempt that was not let try is no further failure.
    assert traces() == [("account.sign_in_failed", {"means": "password"})] * 5


def test_much_else_that_is_kept_does_not_make_the_count_forgotten() -> None:
    user, client = person(), browser()
    for _ in range(5):
        give_password(client, user, "wrong")
    for number in range(1_000):
        cache.set(f"drawing-{number}", "<svg/>")
    give_password(client, user)
    cache.clear()
    assert not is_signed_in(client)


def test_four_wrong_passwords_do_no_harm() -> None:
    user, client = person(), browser()
    for _ in range(4):
        give_password(client, user, "wrong")
    give_password(client, user)
    assert is_signed_in(client)


def test_ten_wrong_passwords_for_ten_people_close_the_door_to_that_machine() -> None:
    people = [person() for _ in range(11)]
    client = browser()
    for one in people[:10]:
        give_password(client, one, "wrong")
    give_password(client, people[10])
    assert not is_signed_in(client)
    elsewhere = browser()
    elsewhere.defaults["REMOTE_ADDR"] = "192.0.2.7"
    give_password(elsewhere, people[10])
    assert is_signed_in(elsewhere)


def test_after_five_wrong_codes_the_right_one_is_refused() -> None:
    user, client = with_app(person()), browser()
    give_password(client, user)
    for _ in range(5):
        post(client, reverse(SECOND), code="000000")
    answer = post(client, reverse(SECOND), code=one_time_code(SECRET))
    assert not is_signed_in(client)
    assert b"Too many failed login attempts" in answer.content
    assert traces() == [("account.sign_in_failed", {"means": "totp"})] * 5


def test_starting_again_with_the_password_gives_no_more_codes() -> None:
    user = with_app(person())
    for _ in range(5):
        client = browser()
        give_password(client, user)
        post(client, reverse(SECOND), code="000000")
    client = browser()
    give_password(client, user)
    post(client, reverse(SECOND), code=one_time_code(SECRET))
    assert not is_signed_in(client)


def test_four_wrong_codes_do_no_harm() -> None:
    user, client = with_app(person()), browser()
    give_password(client, user)
    for _ in range(4):
        post(client, reverse(SECOND), code="000000")
    post(client, reverse(SECOND), code=one_time_code(SECRET))
    assert is_signed_in(client)


def test_after_five_wrong_passkeys_the_right_one_is_refused() -> None:
    key, user = SoftKey(), person()
    add_passkey(signed_in(user), key)
    cache.clear()
    client = browser()
    give_password(client, user)
    for _ in range(5):
        show_passkey(client, SoftKey(), SECOND)
    show_passkey(client, key, SECOND)
    assert not is_signed_in(client)


def test_passkeys_alone_are_counted_by_machine() -> None:
    key, user = SoftKey(), person()
    add_passkey(signed_in(user), key)
    cache.clear()
    client = browser()
    for _ in range(30):
        post(client, reverse("mfa_login_webauthn"), credential="{}")
    path = reverse("mfa_login_webauthn")
    answer = post(client, path, credential=key.shown("YW55"))
    assert answer.status_code == 429
    assert not is_signed_in(client)


def test_proving_oneself_again_is_counted_too() -> None:
    client = signed_in(person())
    cache.clear()
    for _ in range(10):
        post(client, reverse("account_reauthenticate"), password="wrong")
    assert post(client, reverse("account_reauthenticate"), password=PASSWORD).status_code == 429


@pytest.mark.parametrize("method", ["get", "post"])
def test_links_of_invitations_cannot_be_guessed_at(method: str) -> None:
    cache.clear()
    client = browser()
    for number in range(30):
        assert getattr(client, method)(reverse("invitation", args=[f"guess-{number}"])).status_code == 200
    answer = getattr(client, method)(reverse("invitation", args=["guess-30"]))
    assert answer.status_code == 429
    assert b"Wait a few minutes" in answer.content


def test_the_refusal_is_in_our_frame_and_in_french() -> None:
    cache.clear()
    client = browser()
    with override("fr"):
        path = reverse("invitation", args=["guess"])
    for _ in range(30):
        client.get(path)
    page = client.get(path).content.decode()
    assert "Attendez quelques minutes" in page
    assert "data-quick-exit" in page
