"""Pages by which coordinators keep the directory, and front-line workers read it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palermo.foundation.pagination import Page, page_of
from palermo.people.guards import coordinators, for_roles, signed_in
from palermo.people.models import Role
from palermo.protection.directory.actions.changes import DecidedError, WrongChangeError, accept, confirm, decline, undo
from palermo.protection.directory.actions.links import make_link, withdraw_link
from palermo.protection.directory.cards import text_of
from palermo.protection.directory.editing import beds_forms, beds_sent, beds_told, saved
from palermo.protection.directory.entry.form import EntryForm
from palermo.protection.directory.entry.page import entry_of, row_of
from palermo.protection.directory.forms_keeping import BedsForm, LinkForm, ReasonForm
from palermo.protection.directory.models import Change, Organization, Service
from palermo.protection.directory.policies import is_good, may_keep
from palermo.protection.directory.queries import keeping
from palermo.protection.directory.queries.withheld import withheld
from palermo.protection.directory.sealing import opened, seal
from palermo.protection.directory.telling import Told, taken_out_in_words, told
from palermo.protection.directory.views.broken import BROKEN
from palermo.protection.directory.words import sentence

READERS = (Role.COORDINATOR, Role.WORKER)
"""Who reads the directory as those who keep it do."""
GET_OR_POST = ["GET", "HEAD", "POST"]
LONGEST = 200
"""Characters of what is looked for."""
FEW = 10
"""So many changes stand on a page: each of them takes room."""


@for_roles(*READERS)
def directory_services(request: HttpRequest) -> HttpResponse:
    """Every service, the least lately confirmed first; by words, or by what is amiss with them."""
    viewer = signed_in(request)
    asked, show = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST], request.GET.get("show", "")
    found = keeping.services(viewer, words=asked, only=show)
    page = page_of(found, request.GET.get("page"))
    context = {
        "page": page,
        "rows": [row_of(one) for one in page.items],
        "asked": asked,
        "show": show,
        "may_keep": may_keep(viewer),
        "waiting": keeping.waiting(viewer).count(),
    }
    return render(request, "directory/keep_services.html", context)


@for_roles(*READERS)
@require_http_methods(GET_OR_POST)
def directory_service(request: HttpRequest, service: UUID) -> HttpResponseBase:
    """Everything of one service; coordinators confirm it, count its beds, and undo what was changed."""
    one = _service(request, service)
    if request.method != "POST":
        return _shown(request, one)
    if not may_keep(signed_in(request)):
        raise PermissionDenied
    do = request.POST.get("do")
    if do == "beds":
        return _count(request, one)
    if do == "undo":
        return _undo(request, one)
    if do == "confirm":
        confirm(by=signed_in(request), service=one)
        messages.success(request, _("Confirmed: all of it is right today."))
    else:
        messages.error(request, BROKEN)
    return redirect("directory_service", one.pk)


def _shown(
    request: HttpRequest, one: Service, beds: BedsForm | None = None, reason: tuple[Change, ReasonForm] | None = None
) -> HttpResponse:
    viewer = signed_in(request)
    history = page_of(keeping.changes(viewer, one), request.GET.get("page"), FEW)
    around = keeping.around(viewer, [one])
    context = {
        "entry": entry_of(one, around),
        "withheld": taken_out_in_words(withheld(viewer, one, around.visits[one.pk])),
        "merged_into": text_of(one.merged_into.document, "name") if one.merged_into else None,
        "stands_for": [(each.pk, text_of(each.document, "name")) for each in keeping.merged_into(viewer, one)],
        "may_keep": may_keep(viewer),
        "beds_forms": list(beds_forms(one, beds)),
        "history": history,
        "changes": _told(history, reason),
    }
    return render(request, "directory/keep_service.html", context)


def _told(page: Page[Change], reason: tuple[Change, ReasonForm] | None) -> list[Told]:
    """The changes of a page; one of them with the form that could not be taken."""
    return [told(one, reason[1] if reason and reason[0] == one else None) for one in page.items]


def _count(request: HttpRequest, one: Service) -> HttpResponseBase:
    form = beds_sent(request, one)
    if not beds_told(form, one, signed_in(request)):
        return _shown(request, one, beds=form)
    messages.success(request, _("Saved. Everybody sees the new number now."))
    return redirect("directory_service", one.pk)


def _undo(request: HttpRequest, one: Service) -> HttpResponseBase:
    by = signed_in(request)
    change = keeping.changes(by, one).filter(pk=_key(request)).first()
    if change is None:
        raise Http404
    form = ReasonForm(change, request.POST)
    if not form.is_valid():
        return _shown(request, one, reason=(change, form))
    try:
        undo(by=by, applied=change, reason=form.cleaned_data["reason"])
    except DecidedError:
        messages.warning(request, _("This change does not stand any more: somebody else decided on it meanwhile."))
    except WrongChangeError as error:
        _refused(request, error)
    else:
        messages.success(request, _("Undone. The service says again what it said without this change."))
    return redirect("directory_service", one.pk)


@coordinators
@require_http_methods(GET_OR_POST)
def directory_service_change(request: HttpRequest, service: UUID) -> HttpResponseBase:
    """Change what is told of a service."""
    one = _service(request, service)
    by = signed_in(request)
    visits = keeping.around(by, [one]).visits[one.pk]
    form = EntryForm(one.document, request.POST if request.method == "POST" else None, visits)
    changed = saved(form, one, by) if request.method == "POST" else None
    if changed is None:
        return render(request, "directory/keep_change.html", {"form": form, "row": row_of(one)})
    if changed and form.leaves_some(changed):
        words = _("Saved, but not for places with telephones or hours of their own: those still stand there.")
        messages.warning(request, words)
    elif changed:
        messages.success(request, _("Saved."))
    else:
        messages.info(request, _("Nothing was changed. If all of it is right, press “Everything is right”."))
    return redirect("directory_service", one.pk)


@coordinators
@require_http_methods(GET_OR_POST)
def directory_changes(request: HttpRequest) -> HttpResponseBase:
    """Changes that wait, each with what it would change; accept it or decline it."""
    by = signed_in(request)
    if request.method == "POST":
        change = keeping.change(by, _key(request))
        if change is None:
            raise Http404
        reason = _decided(request, change)
        if reason is None:
            return redirect("directory_changes")
        return _waiting(request, (change, reason))
    return _waiting(request, None)


def _waiting(request: HttpRequest, reason: tuple[Change, ReasonForm] | None) -> HttpResponse:
    page = page_of(keeping.waiting(signed_in(request)), request.GET.get("page"), FEW)
    return render(request, "directory/keep_changes.html", {"page": page, "changes": _told(page, reason)})


def _decided(request: HttpRequest, change: Change) -> ReasonForm | None:
    """Accept or decline a change; the form, where a reason is missing."""
    by = signed_in(request)
    try:
        if request.POST.get("do") == "accept":
            accept(by=by, proposed=change)
            messages.success(request, _("Accepted. Everybody sees it now."))
        elif request.POST.get("do") == "decline":
            form = ReasonForm(change, request.POST)
            if not form.is_valid():
                return form
            decline(by=by, proposed=change, reason=form.cleaned_data["reason"])
            messages.success(request, _("Declined. The service stays as it is."))
        else:
            messages.error(request, BROKEN)
    except DecidedError:
        messages.warning(request, _("Somebody else has decided on this change already. What you chose was not saved."))
    except WrongChangeError as error:
        _refused(request, error)
    return None


@for_roles(*READERS)
@require_http_methods(GET_OR_POST)
def directory_organization(request: HttpRequest, organization: UUID) -> HttpResponseBase:
    """The services of an organization, and the links by which it keeps them."""
    by = signed_in(request)
    one = keeping.organization(by, organization)
    if one is None:
        raise Http404
    if request.method != "POST":
        return _organization(request, one, LinkForm())
    if not may_keep(by):
        raise PermissionDenied
    if request.POST.get("do") == "withdraw":
        return _withdrawn(request, one)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _organization(request, one, form)
    _link, token = make_link(by=by, organization=one, **form.cleaned_data)
    # The next page shows it once. Until then it waits in the session, encrypted, since it is kept nowhere else.
    request.session[f"link {one.pk}"] = seal(one.pk, {"token": token}).hex()
    return redirect("directory_organization", one.pk)


def _organization(request: HttpRequest, one: Organization, form: LinkForm) -> HttpResponse:
    viewer = signed_in(request)
    address = _new_address(request, one)
    page = page_of(keeping.services_of(viewer, one), request.GET.get("page"))
    context = {
        "organization": one,
        "name": text_of(one.document, "name"),
        "description": text_of(one.document, "description"),
        "page": page,
        "rows": [row_of(each) for each in page.items],
        "may_keep": may_keep(viewer),
        "links": [(each, is_good(each)) for each in keeping.links(viewer, one)],
        "form": form,
        "address": address,
    }
    response = render(request, "directory/keep_organization.html", context)
    if address:
        response["Cache-Control"] = "no-store"
    return response


def _new_address(request: HttpRequest, one: Organization) -> str:
    """Where the link leads that was made just now; empty where none was, or it was shown already."""
    made = request.session.pop(f"link {one.pk}", None)
    if made is None:
        return ""
    token = opened(one.pk, bytes.fromhex(made))["token"]
    return request.build_absolute_uri(reverse("provider_services", args=[token]))


def _withdrawn(request: HttpRequest, one: Organization) -> HttpResponseBase:
    by, number = signed_in(request), request.POST.get("link", "")
    key = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    link = keeping.links(by, one).filter(pk=key).first()
    if link is None:
        raise Http404
    withdraw_link(by=by, link=link)
    messages.success(request, _("Withdrawn. The link opens nothing any more."))
    return redirect("directory_organization", one.pk)


def _service(request: HttpRequest, key: UUID) -> Service:
    found = keeping.service(signed_in(request), key)
    if found is None:
        raise Http404
    return found


def _key(request: HttpRequest) -> UUID:
    """Which change is meant."""
    try:
        return UUID(request.POST.get("change", ""))
    except ValueError:
        raise Http404 from None


def _refused(request: HttpRequest, error: WrongChangeError) -> None:
    messages.error(request, _("Nothing was changed: the service would say what it cannot say."))
    for problem in error.problems:
        messages.error(request, sentence(problem))
