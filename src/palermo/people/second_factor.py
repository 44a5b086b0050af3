"""The second factor of whoever asks: what this sign-in has proved, and whether one must be set up first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from palermo.people.models import User
from palermo.people.policies import holding, lacks_second_factor, may_remove_factor

BY_PROVIDER = "openid_connect"
"""How the session calls a sign-in that a provider vouched for."""

LibraryView = Callable[..., HttpResponseBase]


def means_of_sign_in(request: HttpRequest, user: User) -> list[str]:
    """By what this person proved who they are in this session: `password`, `totp`, `webauthn`, in that order."""
    records = get_authentication_records(request, user)
    return list(
        dict.fromkeys(str(one.get("type") or one["method"]) for one in records if not one.get("reauthenticated"))
    )


def proven_by_provider(request: HttpRequest, user: object) -> bool:
    """Whether a provider whose sign-in counts as both factors has vouched for this person in this session."""
    if not settings.OPENID_IS_SECOND_FACTOR or not isinstance(user, User):
        return False
    return BY_PROVIDER in means_of_sign_in(request, user)


def must_set_up(request: HttpRequest) -> bool:
    """Whether whoever asks has a role and must set up a second factor before anything of it opens."""
    user = request.user
    if not isinstance(user, User) or not lacks_second_factor(user):
        return False
    return holding(user).exists() and not proven_by_provider(request, user)


def keeps_the_last(view: LibraryView) -> LibraryView:
    """Wrap a page of the library that takes a second factor away: the last one stays where a role needs it."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - the library's
        if request.method != "POST" or not isinstance(request.user, User):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            # Who takes two away at once in two windows waits here, and keeps one.
            user = User.objects.select_for_update().get(pk=request.user.pk)
            if may_remove_factor(user):
                return view(request, *args, **kwargs)
        messages.error(request, get_adapter().error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")

    return kept
