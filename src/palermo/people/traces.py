"""What happens to accounts inside the library of sign-in, written to the trail."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from palermo.audit.actions import record
from palermo.people.idle import SEEN
from palermo.people.models import User
from palermo.people.queries import command_line


def _write(act: str, user: User | None, by: User | None = None) -> None:
    if not isinstance(user, User):
        return
    with transaction.atomic():
        record(by=by or user, act=act, about=user)


@receiver(user_logged_in)
def signed_in(user: User, request: HttpRequest, **_rest: Any) -> None:  # noqa: ANN401 - the library's signature
    """Somebody signed in: from now on it is counted how long they do nothing."""
    request.session[SEEN] = time.time()
    _write("account.sign_in", user)


@receiver(user_logged_out)
def signed_out(user: User | None, **_rest: Any) -> None:  # noqa: ANN401
    """Somebody signed out, or was signed out."""
    _write("account.sign_out", user)


@receiver(user_login_failed)
def sign_in_failed(credentials: dict[str, object], **_rest: Any) -> None:  # noqa: ANN401
    """Somebody gave a wrong password for an account that exists. The library bounds how often that can happen."""
    email = str(credentials.get("email") or credentials.get("username") or "")
    _write("account.sign_in_failed", User.objects.filter(email__iexact=email).first(), command_line())


@receiver(password_changed)
@receiver(password_reset)
def password_set(user: User, **_rest: Any) -> None:  # noqa: ANN401
    """Somebody gave themselves another password."""
    _write("account.password", user)


@receiver(authenticator_added)
@receiver(authenticator_reset)
def factor_added(user: User, **_rest: Any) -> None:  # noqa: ANN401
    """Somebody set up a second factor."""
    _write("account.second_factor_added", user)


@receiver(authenticator_removed)
def factor_removed(user: User, **_rest: Any) -> None:  # noqa: ANN401
    """Somebody took a second factor away."""
    _write("account.second_factor_removed", user)
