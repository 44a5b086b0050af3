"""What all pages of a desk have in common: who may open them, and which desk is meant."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from palermo.people.guards import for_roles, signed_in
from palermo.people.models import Role
from palermo.people.policies import second_factors
from palermo.people.second_factor import proven_by_provider
from palermo.prosecution.tips.models import Desk, DeskKey, Tip
from palermo.prosecution.tips.queries.desk import tip_at
from palermo.prosecution.tips.queries.desks import my_desks
from palermo.prosecution.tips.reading import written

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def at_the_desk(view: View[P]) -> View[P]:
    """Only members of some desk, with a second factor whatever the settings say; no browser keeps a copy.

    Of which desk they are members is for the query of the record to ask.
    """

    @wraps(view)
    def proven(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = signed_in(request)
        if not second_factors(user).exists() and not proven_by_provider(request, user):
            messages.warning(
                request, _("Tips are read only with a second step of signing in: a password alone can be stolen.")
            )
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    guarded = for_roles(Role.DESK_MEMBER)(cast(View[P], proven))

    @wraps(guarded)
    def unkept(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = guarded(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return cast(View[P], unkept)


def desks_of(request: HttpRequest) -> list[Desk]:
    """The desks of which the viewer is a member, or the one of these that the address names.

    Raises:
        Http404: it names another.
    """
    found = list(my_desks(request.user).select_related("organisation").prefetch_related("organisation__names"))
    if code := request.GET.get("desk"):
        found = [one for one in found if one.code == code]
        if not found:
            raise Http404
    return found


def tip_of(request: HttpRequest, key: UUID) -> Tip:
    """The tip of an address, for a member of its desk.

    Raises:
        Http404: there is none, or it is another desk's.
    """
    found = tip_at(request.user, key)
    if found is None:
        raise Http404
    return found


def setup(key: DeskKey | None, **more: object) -> dict[str, object]:
    """What the scripts of a page need to know: how the viewer's own key is locked, and whom they ask for what."""
    return {"key": _own(key), "half": reverse("tips_half"), "lock": reverse("tips_lock"), **more}


def _own(key: DeskKey | None) -> dict[str, object] | None:
    """The viewer's key as it is kept. It opens only with what they know or have."""
    if key is None:
        return None
    locks = [
        {
            "kind": one.kind,
            "salt": written(bytes(one.salt)),
            "rounds": one.rounds,
            "credential": written(bytes(one.credential)),
            "locked": written(bytes(one.locked)),
        }
        for one in key.locks.all()
    ]
    return {"id": str(key.pk), "point": written(bytes(key.point)), "locks": locks}
