"""Pages of signing in by a provider, and the library's page that leads to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.internal import ratelimit
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from palermo.foundation.bilingual import reader_language
from palermo.people import openid
from palermo.people.guards import public
from palermo.people.models import User
from palermo.people.openid import Began, NotVouchedError, Refusal
from palermo.people.queries import account_with_address
from palermo.people.second_factor import BY_PROVIDER
from palermo.people.traces import failed
from palermo.people.views import too_often

View = Callable[..., HttpResponse]


def where_there_is_a_provider(view: View) -> View:
    """404 where no provider is set; and nobody comes here many times in a minute."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - any view's
        if not settings.OPENID_ISSUER:
            raise Http404
        if not ratelimit.consume(request, app="allauth.account", action="openid", limit_get=True):
            return too_often(request)
        return view(request, *args, **kwargs)

    return guarded


def may_lead_to_provider(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Wrap the page of sign-in: its form may lead to the provider, which browsers count as sending it there."""

    @wraps(view)
    def allowed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - the library's
        if not settings.OPENID_ISSUER:
            return view(request, *args, **kwargs)
        return csp_update({"form-action": [_origin(settings.OPENID_ISSUER)]})(view)(request, *args, **kwargs)

    return allowed


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


@public
@where_there_is_a_provider
@require_http_methods(["POST"])
def provider_begin(request: HttpRequest) -> HttpResponse:
    """Send somebody to the provider. Only a form of ours does, so that no other site signs anybody in here."""
    try:
        address = openid.begin(request)
    except NotVouchedError as error:
        return _refused(request, error.refusal)
    if _origin(address) == _origin(settings.OPENID_ISSUER):
        return redirect(address)
    # A form may lead to the provider's own address alone; to another one a link does.
    return render(request, "people/onward.html", {"address": address})


@public
@where_there_is_a_provider
@require_http_methods(["GET"])
def provider_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Whoever comes back from the provider is signed in, or told why not, in the language they left in."""
    sign_in = openid.began(request)
    with override(sign_in.language if sign_in else reader_language()):
        return _finish(request, sign_in) if sign_in else _refused(request, Refusal.FAILED)


def _finish(request: HttpRequest, sign_in: Began) -> HttpResponse:
    try:
        vouched = openid.vouched(request, sign_in)
    except NotVouchedError as error:
        return _refused(request, error.refusal)
    user = account_with_address(vouched.email)
    if not vouched.is_verified:
        failed(user, means=BY_PROVIDER)
        return _refused(request, Refusal.UNVERIFIED)
    return _signed_in(request, user, sign_in) if user else _refused(request, Refusal.UNKNOWN)


def _signed_in(request: HttpRequest, user: User, sign_in: Began) -> HttpResponse:
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, user, BY_PROVIDER)
    answer: HttpResponse = perform_login(request, user, redirect_url=sign_in.next)
    return answer


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    name = settings.OPENID_NAMES[reader_language()]
    said = {
        Refusal.FAILED: _(
            "Signing in with %(name)s did not work. Try again, or use your password; if it goes on, tell the person "
            "who runs this site."
        ),
        Refusal.TURNED_BACK: _(
            "You came back from %(name)s without signing in. You can try again, or use your password."
        ),
        Refusal.UNVERIFIED: _(
            "%(name)s has not checked that your e-mail address is yours, so we cannot find your account by it. Confirm "
            "the address there, or sign in here with your password."
        ),
        Refusal.UNKNOWN: _(
            "There is no account here with the e-mail address that %(name)s gave us. Accounts are made by invitation: "
            "ask the person who coordinates your plan, and say which address you use."
        ),
    }
    messages.warning(request, said[refusal] % {"name": name})
    return redirect("account_login")
