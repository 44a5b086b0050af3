"""Guards: what a view begins with. A view without one fails a test."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from palermo.people.models import Role, User
from palermo.people.policies import holding
from palermo.people.second_factor import must_set_up

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

ALL_STAFF = tuple(Role)
"""Everybody who has a role of any kind today."""


def public(view: View[P]) -> View[P]:
    """Everybody may open this page."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def for_roles(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Only who has one of these roles today, with their second factor where one is demanded.

    The guard says nothing of which organisation: that is for the policy of the record itself. What the view may be
    opened with stands in `view.guard`, as `roles:coordinator,reader`, where a test reads it.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return redirect_to_login(request.get_full_path())
            if not holding(request.user, *roles).exists():
                raise PermissionDenied
            if must_set_up(request):
                return redirect("mfa_index")
            return view(request, *args, **kwargs)

        guarded.guard = "roles:" + ",".join(sorted(roles))  # type: ignore[attr-defined]
        return cast(View[P], guarded)

    return guard


def coordinators(view: View[P]) -> View[P]:
    """Only coordinators of a plan, with their second factor where one is demanded."""
    return for_roles(Role.COORDINATOR)(view)


def signed_in(request: HttpRequest) -> User:
    """Who is signed in, in a view whose guard has let nobody else pass."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
