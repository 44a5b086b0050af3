"""Changing a deliverable or the name of an organisation, for coordinators."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palermo.people.guards import coordinators
from palermo.people.models import User
from palermo.people.queries import organisations
from palermo.plan.register.actions.edit_deliverable import (
    ChangedMeanwhileError,
    Texts,
    correct_status,
    edit_deliverable_text,
    mark_for_survivors,
    revise_due_date,
)
from palermo.plan.register.actions.rename_organisation import NameTooEarlyError, rename_organisation
from palermo.plan.register.forms import DueDateForm, NameForm, StatusForm, TextForm
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.register.policies import may_change_plan, may_rename
from palermo.plan.register.queries.history import DeliverablePage, deliverable_page
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.views.reading import code_or_404, plan_or_404
from palermo.plan.register.vocabulary import Gathering


@dataclass(frozen=True, slots=True)
class EditPage:
    """The three forms of a deliverable, and where one of them met a conflict, both texts of it."""

    at: PlanAt
    found: DeliverablePage
    text: TextForm
    due: DueDateForm
    status: StatusForm
    conflict: str = ""
    """`text`, `due` or `status`, where somebody else was faster."""
    mine: Texts | None = None


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def deliverable_edit(request: HttpRequest, code: str, deliverable_code: str) -> HttpResponse:
    """Change the words of a deliverable, its due date or a status. Each form is saved by itself."""
    at = plan_or_404(request, code)
    found = deliverable_page(_user(request), at, code_or_404(deliverable_code))
    if found is None:
        raise Http404
    if not may_change_plan(_user(request), at.plan):
        raise PermissionDenied
    page = _fresh(at, found)
    if request.method == "POST":
        page = _SAVE.get(request.POST.get("form", ""), _unknown)(request, page)
        if page.conflict == "" and not (page.text.errors or page.due.errors or page.status.errors):
            messages.success(request, _("Saved."))
            return redirect("deliverable", at.plan.code, found.one.code)
    context = {"free": _free(at), "page": page, "plan": at.plan, "at": at, "found": found, "one": found.one}
    return render(request, "register/deliverable_edit.html", context)


def _fresh(at: PlanAt, found: DeliverablePage) -> EditPage:
    newest = max((status.pk for status in found.one.statuses.all()), default=0)
    shown = {"period": at.period.code if at.period else "", "value": found.one.status}
    seen = len(found.one.due_dates.all())
    return EditPage(
        at=at,
        found=found,
        text=TextForm.of(found.one),
        due=DueDateForm(initial={"seen": seen}, prefix="due"),
        status=StatusForm(_free(at), initial={"seen": newest, **shown}),
    )


def _unknown(_request: HttpRequest, _page: EditPage) -> EditPage:
    raise Http404


def _save_text(request: HttpRequest, page: EditPage) -> EditPage:
    form = TextForm(request.POST, prefix="text")
    if not form.is_valid():
        return replace(page, text=form)
    try:
        edit_deliverable_text(
            deliverable=page.found.one, version=form.cleaned_data["version"], texts=form.texts(), by=_user(request)
        )
    except ChangedMeanwhileError:
        written = {**request.POST.dict(), "text-version": str(page.found.one.version)}
        return replace(page, text=TextForm(written, prefix="text"), conflict="text", mine=form.texts())
    return page


def _save_due(request: HttpRequest, page: EditPage) -> EditPage:
    form = DueDateForm(request.POST, prefix="due")
    if not form.is_valid():
        return replace(page, due=form)
    try:
        revise_due_date(deliverable=page.found.one, due=form.due(), seen=form.cleaned_data["seen"], by=_user(request))
    except ChangedMeanwhileError:
        written = {**request.POST.dict(), "due-seen": str(len(page.found.one.due_dates.all()))}
        return replace(page, due=DueDateForm(written, prefix="due"), conflict="due")
    return page


def _save_status(request: HttpRequest, page: EditPage) -> EditPage:
    form = StatusForm(_free(page.at), request.POST.dict())
    if not form.is_valid():
        return replace(page, status=form)
    try:
        correct_status(deliverable=page.found.one, word=form.word(), seen=form.cleaned_data["seen"], by=_user(request))
    except ChangedMeanwhileError:
        newest = max(status.pk for status in page.found.one.statuses.all())
        written = {**request.POST.dict(), "status-seen": str(newest)}
        return replace(page, status=StatusForm(_free(page.at), written), conflict="status")
    return page


def _free(at: PlanAt) -> list[ReportingPeriod]:
    """The periods whose statuses may be corrected here; those of the others come from returns."""
    return [period for period in at.periods if period.gathering == Gathering.NONE]


def _save_survivors(request: HttpRequest, page: EditPage) -> EditPage:
    wanted = request.POST.get("is_commitment") == "on"
    mark_for_survivors(deliverable=page.found.one, is_commitment=wanted, by=_user(request))
    return page


_SAVE = {"text": _save_text, "due": _save_due, "status": _save_status, "survivors": _save_survivors}


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give an organisation another name from a day on."""
    organisation = organisations(_user(request)).filter(code=code_or_404(code)).first()
    if organisation is None:
        raise Http404
    if not may_rename(_user(request), organisation):
        raise PermissionDenied
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rename_organisation(organisation=organisation, name=form.name(), by=_user(request))
        except NameTooEarlyError:
            form.add_error("from_date", _("It already has a name from this day or from a later one."))
        else:
            messages.success(request, _("Saved."))
            return redirect("organisation", organisation.code)
    return render(request, "register/organisation_rename.html", {"form": form, "organisation": organisation})


def _user(request: HttpRequest) -> User:
    """Who is signed in; the guard has let nobody else pass."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
