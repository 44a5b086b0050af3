"""Signing in by the pages, as tests of sign-in do."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from palermo.audit.models import AuditEvent
from palermo.people.models import Role, User
from tests.browser.people import SECRET
from tests.factories import MembershipFactory, UserFactory
from tests.people.soft_key import SoftKey

PASSWORD = "a long password for tests"


def person(role: Role | None = Role.COORDINATOR) -> User:
    """Somebody who can sign in with PASSWORD, with a role or without one. Nothing was attempted before."""
    cache.clear()
    user: User = MembershipFactory.create(role=role).user if role else UserFactory.create()
    user.set_password(PASSWORD)
    user.save()
    return user


def with_app(user: User) -> User:
    """The person, with an authenticator app that knows SECRET."""
    TOTP.activate(user, SECRET)
    return user


def browser() -> Client:
    """A window on the site, in which nobody is signed in."""
    return Client()


def give_password(client: Client, user: User, password: str = PASSWORD) -> HttpResponse:
    """Send the form of sign-in."""
    return post(client, reverse("account_login"), login=user.email, password=password)


def prove_again(client: Client) -> None:
    """Give the password once more, as changing one's sign-in wants it."""
    post(client, reverse("account_reauthenticate"), password=PASSWORD)


def signed_in(user: User) -> Client:
    """The window of somebody who has signed in with a password and proved themselves again."""
    client = browser()
    give_password(client, user)
    prove_again(client)
    return client


def post(client: Client, path: str, **fields: str) -> HttpResponse:
    """Send a form."""
    answer = client.post(path, fields)
    assert isinstance(answer, HttpResponse)
    return answer


def asked(client: Client, path: str) -> dict[str, Any]:
    """What a page asks of a passkey."""
    if path == reverse("mfa_login_webauthn"):
        options = client.get(path, headers={"accept": "application/json"}).json()["request_options"]
    else:
        data = client.get(path).content.decode().split('id="passkey-options" type="application/json">')[1]
        options = next(iter(json.loads(data.split("</script>")[0]).values()))
    found: dict[str, Any] = options["publicKey"]
    return found


def add_passkey(client: Client, key: SoftKey, **fields: str) -> HttpResponse:
    """Add a passkey by its page."""
    path = reverse("mfa_add_webauthn")
    options = asked(client, path)
    made = key.made(options["challenge"], options["user"]["id"])
    return post(client, path, credential=made, **fields)


def show_passkey(client: Client, key: SoftKey, name: str) -> HttpResponse:
    """Use a passkey on the page of this name."""
    path = reverse(name)
    return post(client, path, credential=key.shown(asked(client, path)["challenge"]))


def kinds(user: User) -> list[str]:
    """What a person has set up."""
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def traces() -> list[tuple[str, dict[str, object]]]:
    """The acts in the trail with their details, in order."""
    return list(AuditEvent.objects.order_by("number").values_list("act", "details"))


def is_signed_in(client: Client) -> bool:
    """Whether the window belongs to somebody."""
    return "_auth_user_id" in client.session
