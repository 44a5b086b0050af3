"""What happens to accounts inside the library of sign-in, written to the trail: never with an address or a code."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from palermo.audit.actions import record
from palermo.people.idle import SEEN
from palermo.people.models import User
from palermo.people.queries import command_line
from palermo.people.second_factor import means_of_sign_in

CODES = Authenticator.Type.RECOVERY_CODES


def _write(act: str, user: User | None, by: User | None = None, **details: str | int) -> None:
    if not isinstance(user, User):
        return
    with transaction.atomic():
        record(by=by or user, act=act, about=user, **details)


@receiver(user_logged_in)
def signed_in(user: User, request: HttpRequest, **_rest: Any) -> None:  # noqa: ANN401 - the library's signature
    """Somebody signed in: from now on it is counted how long they do nothing."""
    request.session[SEEN] = time.time()
    _write("account.sign_in", user, means=", ".join(means_of_sign_in(request, user)))


@receiver(user_logged_out)
def signed_out(user: User | None, **_rest: Any) -> None:  # noqa: ANN401
    """Somebody signed out, or was signed out."""
    _write("account.sign_out", user)


@receiver(user_login_failed)
def sign_in_failed(credentials: dict[str, object], **_rest: Any) -> None:  # noqa: ANN401
    """Somebody gave a wrong password for an account that exists. The library bounds how often that can happen."""
    email = str(credentials.get("email") or credentials.get("username") or "")
    failed(User.objects.filter(email__iexact=email).first(), means="password")


def failed(user: User | None, means: str) -> None:
    """Somebody did not get in to an account that exists. Nobody is known to have done it, so the act is no person's."""
    _write("account.sign_in_failed", user, command_line(), means=means)


@receiver(authentication_failed)
def second_step_failed(user: User, authenticator: Authenticator, **_rest: Any) -> None:  # noqa: ANN401
    """Somebody gave a wrong code, or a passkey that did not fit."""
    failed(user, means=str(authenticator.type))


@receiver(password_changed)
@receiver(password_reset)
def password_set(user: User, **_rest: Any) -> None:  # noqa: ANN401
    """Somebody gave themselves another password."""
    _write("account.password", user)


@receiver(authenticator_added)
@receiver(authenticator_reset)
def factor_added(user: User, authenticator: Authenticator, **_rest: Any) -> None:  # noqa: ANN401
    """Somebody set up a second factor, or was given recovery codes."""
    if authenticator.type == CODES:
        _write("account.recovery_codes_made", user)
    else:
        _write("account.second_factor_added", user, kind=str(authenticator.type))


@receiver(authenticator_removed)
def factor_removed(user: User, authenticator: Authenticator, **_rest: Any) -> None:  # noqa: ANN401
    """Somebody took a second factor away; recovery codes go with the last one."""
    if authenticator.type == CODES:
        _write("account.recovery_codes_removed", user)
    else:
        _write("account.second_factor_removed", user, kind=str(authenticator.type))


@receiver(authenticator_used)
def recovery_code_used(user: User, authenticator: Authenticator, **_rest: Any) -> None:  # noqa: ANN401
    """Somebody used up a recovery code. Other factors are told with the sign-in itself."""
    if authenticator.type == CODES:
        _write("account.recovery_code_used", user, left=_left(authenticator))


def _left(codes: Authenticator) -> int:
    # What the signal brings was read before the code was crossed out.
    return len(Authenticator.objects.get(pk=codes.pk).wrap().get_unused_codes())
