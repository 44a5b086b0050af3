"""Referrals: leading somebody to a service with their consent."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeAlias
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palermo.foundation.pagination import page_of
from palermo.people.guards import for_roles, signed_in
from palermo.people.models import Role, User
from palermo.protection.directory.actions.referring import (
    CodeError,
    NoAddressError,
    NoConsentError,
    give_address,
    note_outcome,
    refer,
    withdraw,
)
from palermo.protection.directory.actions.refusing import SEALED, note_refusal
from palermo.protection.directory.cards import text_of
from palermo.protection.directory.forms_referral import SHARED_WORDS, AddressForm, OutcomeForm, ReferralForm
from palermo.protection.directory.models import Outcome, Referral, Service
from palermo.protection.directory.places_said import said_of, whole_address
from palermo.protection.directory.queries import referrals as queries
from palermo.protection.directory.sealing import SealedError
from palermo.protection.directory.words import sealed

WORKERS = (Role.COORDINATOR, Role.WORKER)


Act: TypeAlias = Callable[[HttpRequest, UUID], HttpResponseBase]


def _only_sent(act: Act) -> Act:
    """Nothing is done where only the address is opened, as by a link to the other language or after signing in."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(act)
    def sent(request: HttpRequest, referral: UUID) -> HttpResponseBase:
        if request.method == "POST":
            return act(request, referral)
        return redirect("directory_referral", _found(request, referral).pk)

    return sent


@for_roles(*WORKERS)
def directory_referrals(request: HttpRequest) -> HttpResponse:
    """The referrals that the viewer made."""
    page = page_of(queries.referrals(request.user), request.GET.get("page"))
    context = {"page": page, "rows": [(one, _name(one)) for one in page.items]}
    return render(request, "directory/refer_list.html", context)


@for_roles(*WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def directory_refer(request: HttpRequest, service: UUID) -> HttpResponseBase:
    """Lead somebody to a service."""
    by = signed_in(request)
    found = queries.to_refer_to(by, service)
    if found is None:
        raise Http404
    form = ReferralForm(queries.visits_of(by, found), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = refer(by=by, service=found, visit=form.place, code=form.cleaned_data["code"], agreed=form.agreed())
        except CodeError as error:
            form.add_error("code", _refused(by, found, error))
        else:
            messages.success(request, _("Noted. Now reach the service, and tell it only what was agreed."))
            return redirect("directory_referral", made.pk)
    context = {"form": form, "service": found, "name": text_of(found.document, "name")}
    return render(request, "directory/refer_new.html", context)


def _refused(by: User, service: Service, error: CodeError) -> str:
    """Why a code is not taken; where it tells a secret, that is noted."""
    if SEALED in error.problems:
        return sealed()
    if all(one.rule != "long_code" for one in error.problems):
        note_refusal(by=by, service=service)
        return _("This tells where a confidential place is. Use a short code.")
    return _(
        "Several times in a day, a code was refused that tells where a confidential place is. For a day, use a code "
        "of at most %(count)s letters and digits, such as B-7."
    ) % {"count": error.problems[0].wanted}


@for_roles(*WORKERS)
def directory_referral(request: HttpRequest, referral: UUID) -> HttpResponse:
    """One referral: whom to call, what may be told, and what came of it."""
    return _shown(request, _found(request, referral))


@for_roles(*WORKERS)
@_only_sent
def directory_referral_address(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Give the address of the confidential place to a named person. The page shows it once."""
    found, form = _found(request, referral), AddressForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, form=form)
    try:
        said = give_address(by=signed_in(request), referral=found, to=form.cleaned_data["to"])
    except NoConsentError:
        messages.error(request, _("The person does not agree any more, so that no address is given."))
        return _shown(request, found)
    except NoAddressError:
        messages.error(request, _("There is no secret address to give."))
        return _shown(request, found)
    except SealedError:
        messages.error(request, sealed())
        return _shown(request, found)
    return _shown(request, found, address=whole_address({**said}))


@for_roles(*WORKERS)
@_only_sent
def directory_referral_withdraw(request: HttpRequest, referral: UUID) -> HttpResponseBase:
    """Note that the person does not agree any more."""
    withdraw(by=signed_in(request), referral=_found(request, referral))
    messages.success(request, _("Noted. Tell the service that it may not use what it was told."))
    return redirect("directory_referral", referral)


@for_roles(*WORKERS)
@_only_sent
def directory_referral_outcome(request: HttpRequest, referral: UUID) -> HttpResponseBase:
    """Note what came of it."""
    form = OutcomeForm(request.POST)
    found = _found(request, referral)
    if not form.is_valid():
        return _shown(request, found, outcome=form)
    note_outcome(by=signed_in(request), referral=found, outcome=Outcome(form.cleaned_data["outcome"]))
    messages.success(request, _("Saved."))
    return redirect("directory_referral", referral)


def _found(request: HttpRequest, key: UUID) -> Referral:
    found = queries.referrals(request.user).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _name(one: Referral) -> object:
    return text_of(one.service.document, "name")


def _shown(
    request: HttpRequest,
    found: Referral,
    *,
    form: AddressForm | None = None,
    outcome: OutcomeForm | None = None,
    address: str = "",
) -> HttpResponse:
    visit = found.place
    context = {
        "referral": found,
        "name": _name(found),
        "organization": text_of(found.service.organization.document, "name") if found.service.organization else None,
        "shared": [SHARED_WORDS[one] for one in found.shared],
        "place": said_of(visit.location) if visit else "",
        "is_secret": visit is not None and visit.location.is_confidential,
        "has_address": queries.has_secret_address(request.user, found),
        "address_form": form or AddressForm(),
        "address": address,
        "outcome_form": outcome or OutcomeForm(initial={"outcome": found.outcome}),
    }
    response = render(request, "directory/refer_one.html", context)
    response["Cache-Control"] = "no-store"
    return response
