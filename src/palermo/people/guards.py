"""Guards: what a view begins with. A view without one fails a test."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from palermo.people.models import User
from palermo.people.policies import is_coordinator, lacks_second_factor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def public(view: View[P]) -> View[P]:
    """Everybody may open this page."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def coordinators(view: View[P]) -> View[P]:
    """Only coordinators of a plan, with their second factor where one is demanded."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        if not is_coordinator(request.user):
            raise PermissionDenied
        if lacks_second_factor(request.user):
            return redirect("mfa_activate_totp")
        return view(request, *args, **kwargs)

    guarded.guard = "coordinators"  # type: ignore[attr-defined]
    return cast(View[P], guarded)
