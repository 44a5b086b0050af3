"""Signing in by a provider, there and back, as tests do."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from palermo.people.models import Role, User
from tests.people.provider import CLIENT, SECRET, Provider
from tests.people.signing import is_signed_in, person, post

BACK = "/account/provider/back/"
SIGN_IN = "/en/account/login/"


def use(settings: Settings, address: str) -> None:
    """Let people sign in by the provider at this address."""
    kept = {"server_url": address, "oauth_pkce_enabled": True}
    app = {"provider_id": "provider", "name": "Example", "client_id": CLIENT, "secret": SECRET, "settings": kept}
    settings.OPENID_ISSUER = address
    settings.OPENID_NAMES = {"en": "Example Sign-In", "fr": "Connexion Exemple"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


def known(provider: Provider, role: Role | None = Role.COORDINATOR) -> User:
    """Somebody with an account, whose address the provider has checked."""
    user = person(role)
    provider.claims |= {"email": user.email, "email_verified": True}
    return user


def there(client: Client, **fields: str) -> str:
    """Where the button leads: to the provider."""
    return post(client, reverse("provider_begin"), **fields).headers["Location"]


def come_back(client: Client, provider: Provider, address: str) -> HttpResponse:
    """Sign in at the provider and follow it back here."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    back = urlsplit(provider.back(asked))
    assert (back.netloc, back.path) == ("testserver", BACK)
    answer = client.get(f"{back.path}?{back.query}")
    assert isinstance(answer, HttpResponse)
    return answer


def sign_in(client: Client, provider: Provider, **fields: str) -> HttpResponse:
    """All the way there and back."""
    return come_back(client, provider, there(client, **fields))


def told(client: Client) -> str:
    """What the page of sign-in says."""
    return client.get(SIGN_IN).content.decode()


def refused(client: Client, provider: Provider) -> str:
    """What is said where signing in leads back to the page of sign-in."""
    answer = sign_in(client, provider)
    assert (answer.status_code, answer.headers["Location"]) == (302, SIGN_IN)
    assert not is_signed_in(client)
    return told(client)
