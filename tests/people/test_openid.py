"""Signing in by a provider: only whoever has an account, by an address that the provider has checked, and safely."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import Settings

from palermo.people.models import User
from tests.people.by_provider import BACK, SIGN_IN, come_back, known, refused, sign_in, there, told, use
from tests.people.provider import CLIENT, SECRET, Provider
from tests.people.signing import browser, is_signed_in, person, post, traces

pytestmark = pytest.mark.django_db
NO_ACCOUNT, UNVERIFIED, FAILED = "There is no account here", "has not checked", "did not work"


def test_who_has_an_account_is_signed_in(provider: Provider) -> None:
    user, client = known(provider), browser()
    assert sign_in(client, provider).headers["Location"] == "/en/work/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert traces() == [("account.sign_in", {"means": "openid_connect"})]


def test_it_asks_for_no_more_than_it_needs(provider: Provider) -> None:
    known(provider)
    address = there(browser())
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{provider.address}/authorize?")
    assert set(asked.pop("scope").split()) == {"openid", "profile", "email"}
    assert asked.pop("redirect_uri") == "http://testserver/account/provider/back/"
    assert {asked.pop("response_type"), asked.pop("client_id"), asked.pop("code_challenge_method")} == {
        "code",
        CLIENT,
        "S256",
    }
    assert asked.keys() == {"state", "nonce", "code_challenge"}
    assert SECRET not in address


def test_nothing_of_the_provider_is_kept(provider: Provider) -> None:
    known(provider)
    client = browser()
    sign_in(client, provider)
    assert SocialAccount.objects.count() == 0
    assert "access" not in str(dict(client.session))


def test_letter_case_does_not_matter(provider: Provider) -> None:
    user, client = known(provider), browser()
    provider.claims["email"] = user.email.upper()
    sign_in(client, provider)
    assert is_signed_in(client)


def test_it_leads_where_one_wanted_to_go_and_never_away(provider: Provider) -> None:
    known(provider)
    assert sign_in(browser(), provider, next="/en/work/people/").headers["Location"] == "/en/work/people/"
    away = sign_in(browser(), provider, next="https://elsewhere.example/")
    assert away.headers["Location"] == "/en/work/"


def test_it_speaks_the_language_in_which_one_left(provider: Provider) -> None:
    known(provider)
    with override("fr"):
        begin = reverse("provider_begin")
    client = browser()
    address = post(client, begin).headers["Location"]
    assert come_back(client, provider, address).headers["Location"] == "/fr/work/"


def test_an_address_without_an_account_makes_none(provider: Provider) -> None:
    known(provider)
    provider.claims["email"] = "stranger@example.org"
    before = User.objects.count()
    assert NO_ACCOUNT in refused(browser(), provider)
    assert User.objects.count() == before
    assert traces() == []


def test_a_closed_account_is_none(provider: Provider) -> None:
    user = known(provider)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert NO_ACCOUNT in refused(browser(), provider)


@pytest.mark.parametrize("verified", [False, None, "false", "no", 0, [], {}, "yes"])
def test_an_address_that_nobody_checked_will_not_do(provider: Provider, verified: object) -> None:
    known(provider)
    provider.claims["email_verified"] = verified
    assert UNVERIFIED in refused(browser(), provider)
    assert traces() == [("account.sign_in_failed", {"means": "openid_connect"})]


@pytest.mark.parametrize("email", ["", "a\x00b@example.org", ["x"], 7, {}])
def test_an_address_that_is_none_finds_nobody(provider: Provider, email: object) -> None:
    known(provider)
    provider.claims["email"] = email
    assert NO_ACCOUNT in refused(browser(), provider)


def test_a_letter_that_only_looks_like_ours_finds_nobody(provider: Provider) -> None:
    user = known(provider)
    User.objects.filter(pk=user.pk).update(email="minister@example.org")
    provider.claims["email"] = "mınıster@example.org"
    assert NO_ACCOUNT in refused(browser(), provider)


def test_a_provider_that_tells_the_address_only_when_asked(provider: Provider) -> None:
    user, client = known(provider), browser()
    provider.userinfo = {"sub": "person-1", "email": user.email, "email_verified": True}
    provider.claims = {}
    sign_in(client, provider)
    assert is_signed_in(client)


def test_what_it_then_says_of_somebody_else_is_not_believed(provider: Provider) -> None:
    user = known(provider)
    provider.userinfo = {"sub": "person-2", "email": user.email, "email_verified": True}
    provider.claims = {}
    assert FAILED in refused(browser(), provider)


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://elsewhere.example"},
        {"aud": "another-client"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"exp": 1_000_000_000},
        {"exp": None},
    ],
    ids=["nonce", "no nonce", "issuer", "audience", "for another site", "too old", "without an end"],
)
def test_a_token_for_another_sign_in_is_refused(provider: Provider, wrong: dict[str, object]) -> None:
    known(provider)
    provider.claims |= wrong
    assert FAILED in refused(browser(), provider)


def test_a_token_that_somebody_else_signed_is_refused(provider: Provider) -> None:
    known(provider)
    provider.signer = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert FAILED in refused(browser(), provider)


@pytest.mark.parametrize(
    "config",
    [
        {"issuer": "https://elsewhere.example"},
        {"jwks_uri": None},
        {"token_endpoint": "http://127.0.0.1:9/"},
        {"jwks_uri": 7},
    ],
    ids=["another issuer", "no keys", "no answer", "no address"],
)
def test_a_provider_that_is_set_up_wrongly_signs_nobody_in(provider: Provider, config: dict[str, object]) -> None:
    known(provider)
    provider.config = config
    assert FAILED in refused(browser(), provider)


def test_a_provider_that_does_not_answer(settings: Settings) -> None:
    person()
    use(settings, "http://127.0.0.1:9")
    client = browser()
    assert there(client) == SIGN_IN
    assert FAILED in told(client)


def test_whoever_gave_up_there_is_told_so(provider: Provider) -> None:
    known(provider)
    provider.answer = {"error": "access_denied"}
    assert "without signing in" in refused(browser(), provider)


@pytest.mark.parametrize("answer", [{"error": "server_error"}, {"code": "made-up"}, {"code": ""}])
def test_another_answer_is_a_failure(provider: Provider, answer: dict[str, str]) -> None:
    known(provider)
    provider.answer = answer
    assert FAILED in refused(browser(), provider)


def test_an_answer_to_nobodys_question_is_refused(provider: Provider) -> None:
    known(provider)
    victim = browser()
    address = there(browser())
    assert come_back(victim, provider, address).headers["Location"] == SIGN_IN
    assert not is_signed_in(victim)
    assert FAILED in told(victim)
    for query in ("", "?state=", "?state=made-up&code=x"):
        assert victim.get(BACK + query).status_code == 302
    assert provider.token_asked == []


def test_an_answer_serves_once(provider: Provider) -> None:
    known(provider)
    client = browser()
    address = there(client)
    come_back(client, provider, address)
    post(client, reverse("account_logout"))
    come_back(client, provider, address)
    assert not is_signed_in(client)


def test_only_a_form_of_ours_begins(provider: Provider) -> None:
    known(provider)
    assert browser().get(reverse("provider_begin")).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("provider_begin")).status_code == 403


def test_somebody_else_in_the_same_window_is_signed_out_first(provider: Provider) -> None:
    client, other = browser(), person()
    client.force_login(other)
    user = known(provider)
    sign_in(client, provider)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert [act for act, _details in traces()][-2:] == ["account.sign_out", "account.sign_in"]


def test_nobody_begins_more_often_than_thirty_times_a_minute(provider: Provider) -> None:
    known(provider)
    client = browser()
    for _ in range(30):
        assert client.get(BACK).status_code == 302
    assert client.get(BACK).status_code == 429
    assert post(client, reverse("provider_begin")).status_code == 429
