"""What a provider counts for, the pages that lead to it, and that there is none without settings."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.browser.people import SECRET, one_time_code
from tests.people.by_provider import BACK, SIGN_IN, known, sign_in
from tests.people.provider import Provider
from tests.people.signing import browser, is_signed_in, person, post, traces, with_app

pytestmark = pytest.mark.django_db


class TestSecondFactor:
    """The provider's sign-in is one factor, unless a setting says that it is both."""

    @pytest.fixture(autouse=True)
    def demanded(self, settings: Settings) -> None:
        settings.SECOND_FACTOR_DEMANDED = True

    def test_the_code_is_asked_for(self, provider: Provider) -> None:
        client = browser()
        with_app(known(provider))
        assert sign_in(client, provider).headers["Location"] == reverse("mfa_authenticate")
        assert not is_signed_in(client)
        post(client, reverse("mfa_authenticate"), code=one_time_code(SECRET))
        assert is_signed_in(client)
        assert traces() == [("account.sign_in", {"means": "openid_connect, totp"})]

    def test_who_has_none_sets_one_up(self, provider: Provider) -> None:
        known(provider)
        client = browser()
        sign_in(client, provider)
        assert client.get("/en/work/").headers["Location"] == reverse("mfa_index")

    def test_where_the_provider_asks_itself_nothing_more_is_asked(self, provider: Provider, settings: Settings) -> None:
        settings.OPENID_IS_SECOND_FACTOR = True
        for has_app in (True, False):
            user, client = known(provider), browser()
            if has_app:
                with_app(user)
            assert sign_in(client, provider).headers["Location"] == "/en/work/"
            assert client.get("/en/work/").status_code == 200
            assert client.session["_auth_user_id"] == str(user.pk)

    def test_but_it_is_after_a_password(self, provider: Provider, settings: Settings) -> None:
        settings.OPENID_IS_SECOND_FACTOR = True
        user, client = known(provider), browser()
        client.force_login(user)
        assert client.get("/en/work/").headers["Location"] == reverse("mfa_index")

    def test_and_for_nobody_else_in_the_same_window(self, provider: Provider, settings: Settings) -> None:
        settings.OPENID_IS_SECOND_FACTOR = True
        known(provider)
        client = browser()
        sign_in(client, provider)
        client.force_login(person())
        assert client.get("/en/work/").headers["Location"] == reverse("mfa_index")


class TestSwitchedOff:
    """Without settings there is no trace of it."""

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_its_addresses_are_not_found(self, method: str) -> None:
        for path in (reverse("provider_begin"), f"{BACK}?state=x&code=y"):
            assert getattr(Client(), method)(path).status_code == 404

    def test_the_page_of_sign_in_says_nothing_of_it_and_leads_nowhere_else(self) -> None:
        answer = Client().get(SIGN_IN)
        assert reverse("provider_begin") not in answer.content.decode()
        assert "form-action 'self';" in answer.headers["Content-Security-Policy"] + ";"


class TestPolicy:
    """A form may lead to the provider from the page of sign-in, and from no other."""

    def test_the_page_of_sign_in_may(self, provider: Provider) -> None:
        answer = browser().get(SIGN_IN)
        assert "Sign in with Example Sign-In" in answer.content.decode()
        assert f"form-action 'self' {provider.address};" in answer.headers["Content-Security-Policy"] + ";"
        again = post(browser(), SIGN_IN, login="nobody@example.org", password="wrong")
        assert f"form-action 'self' {provider.address};" in again.headers["Content-Security-Policy"] + ";"

    @pytest.mark.usefixtures("provider")
    @pytest.mark.parametrize("path", ["/en/", "/en/account/password/reset/", "/en/account/second-factor/"])
    def test_no_other_page_may(self, path: str) -> None:
        client = browser()
        client.force_login(person())
        answer = client.get(path)
        assert answer.status_code == 200
        assert "form-action 'self';" in answer.headers["Content-Security-Policy"] + ";"

    def test_to_another_address_of_the_provider_a_link_leads(self, provider: Provider) -> None:
        known(provider)
        provider.config = {"authorization_endpoint": "https://sign-in.example/authorize"}
        answer = post(browser(), reverse("provider_begin"))
        assert answer.status_code == 200
        assert '<a class="button" href="https://sign-in.example/authorize?' in answer.content.decode()
