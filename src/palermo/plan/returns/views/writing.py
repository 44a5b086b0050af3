"""The list of what an organisation owes, and the page of one return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from palermo.foundation.bilingual import reader_language
from palermo.foundation.days import clock_time
from palermo.foundation.pagination import page_of
from palermo.people.guards import for_roles, signed_in
from palermo.people.models import Role
from palermo.plan.returns.actions import steps
from palermo.plan.returns.actions.drafting import (
    ChangedMeanwhileError,
    add_figure,
    remove_figure,
    save_draft,
)
from palermo.plan.returns.forms import FigureForm, QuestionsForm, ReturnForm, answers_in
from palermo.plan.returns.forms_numbers import NumbersForm
from palermo.plan.returns.models import Return
from palermo.plan.returns.policies import OF_THE_ORGANISATION
from palermo.plan.returns.queries.cleared import steps_to_read
from palermo.plan.returns.queries.history import versions
from palermo.plan.returns.queries.numbers import numbers_asked
from palermo.plan.returns.queries.one import ReturnPage, return_or_none, return_page
from palermo.plan.returns.queries.owed import GROUPS, groups_of, may_clear_some, own_completeness, returns_in
from palermo.plan.returns.queries.spreadsheet import sheet_desks

READERS = (*OF_THE_ORGANISATION, Role.COORDINATOR, Role.ASSESSOR)
"""Everybody who may read some return."""


@for_roles(*OF_THE_ORGANISATION)
def returns(request: HttpRequest) -> HttpResponse:
    """What I owe, what came back, what waits to be cleared, what is done."""
    viewer, past = signed_in(request), request.GET.get("past") == "yes"
    groups = groups_of(viewer, past=past)
    busy = next((group.code for group in groups if group.count), "to_write")
    shown = request.GET.get("show", "")
    shown = shown if shown in GROUPS else busy
    context = {
        "groups": groups,
        "shown": shown,
        "past": past,
        "page": page_of(returns_in(viewer, shown, past=past), request.GET.get("page")),
        "may_clear": shown == "to_clear" and may_clear_some(viewer),
        "completeness": own_completeness(viewer),
        "desks": sheet_desks(viewer),
        "today": timezone.localdate(),
    }
    return render(request, "returns/returns.html", context)


@for_roles(Role.CLEARING_OFFICER)
@require_http_methods(["POST"])
def returns_clear(request: HttpRequest) -> HttpResponse:
    """Clear what was ticked: all of it or nothing."""
    seen = ticked(request)
    try:
        count = steps.clear_all(seen=seen, by=signed_in(request))
    except (ChangedMeanwhileError, steps.WrongStateError):
        messages.error(request, _("One of them changed meanwhile, so none was cleared. Look at the list again."))
    else:
        told = ngettext("%(count)s return was cleared.", "%(count)s returns were cleared.", count)
        messages.success(request, told % {"count": count})
    return redirect("returns")


def ticked(request: HttpRequest) -> dict[int, int]:
    """The returns that were ticked in a list, with the version of each that was shown: `tick=17:3`.

    Raises:
        Http404: what was sent is not what the list offers.
    """
    try:
        return {int(key): int(version) for key, version in (each.split(":") for each in request.POST.getlist("tick"))}
    except ValueError as error:
        raise Http404 from error


@dataclass(frozen=True, slots=True)
class Shown:
    """The page of a return as it was sent in, with what stood in the way."""

    form: ReturnForm
    numbers: NumbersForm | None = None
    """What was typed as numbers of series; without it, what is stored stands."""
    figure: FigureForm = field(default_factory=FigureForm)
    questions: QuestionsForm = field(default_factory=QuestionsForm)
    answers: Mapping[int, str] = field(default_factory=dict)
    """What was typed as answers, by question; for the others what is stored stands."""
    conflict: bool = False
    not_ready: bool = False


Outcome = Shown | Literal["done"]


@for_roles(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def one_return(request: HttpRequest, number: int) -> HttpResponse:
    """Read a return, write it, and take it one step further."""
    viewer = signed_in(request)
    one = return_or_none(viewer, number)
    if one is None:
        raise Http404
    if request.method == "POST":
        if "X-Autosave" in request.headers:
            return _autosaved(request, one)
        outcome = _DO.get(request.POST.get("do", "").split(":")[0], _unknown)(request, one)
        if outcome == "done":
            return redirect("return", number)
        one = return_or_none(viewer, number) or one
        return _rendered(request, return_page(viewer, one), outcome)
    page = return_page(viewer, one)
    words = page.before if request.GET.get("begin") == "last" else None
    return _rendered(request, page, Shown(ReturnForm.of(one, words)))


def _rendered(request: HttpRequest, page: ReturnPage, shown: Shown) -> HttpResponse:
    context = {"page": page, "one": page.one, "plan": page.one.cycle.period.plan, "shown": shown, "form": shown.form}
    context["numbers"] = shown.numbers or NumbersForm(page.asked)
    return render(request, "returns/return.html", context, status=409 if shown.conflict else 200)


def _unknown(_request: HttpRequest, _one: Return) -> Outcome:
    raise Http404


def _autosaved(request: HttpRequest, one: Return) -> JsonResponse:
    form, numbers = ReturnForm(request.POST), _numbers(request, one)
    if not (form.is_valid() and numbers.is_valid()):
        return JsonResponse({"said": _("Not saved yet: something on the page cannot be read.")}, status=400)
    try:
        saved = _save_words(request, one, form, numbers)
    except ChangedMeanwhileError:
        said = _("Somebody else saved this return. Choose Save to see both texts; yours is still here.")
        return JsonResponse({"said": said}, status=409)
    at = clock_time(timezone.now())
    return JsonResponse({"version": saved.version, "said": _("Saved at %(time)s") % {"time": at}})


def _saved(request: HttpRequest, one: Return) -> Return | Shown:
    """The draft as it is saved now, or the page with what stood in the way."""
    form, numbers = ReturnForm(request.POST), _numbers(request, one)
    if not (form.is_valid() and numbers.is_valid()):
        return Shown(form, numbers, figure=FigureForm.begun(request.POST), answers=answers_in(request.POST))
    try:
        return _save_words(request, one, form, numbers)
    except ChangedMeanwhileError as told:
        return _conflict(request, told.current)


def _conflict(request: HttpRequest, current: Return) -> Shown:
    """What was typed, on the version that stands now."""
    written = {**request.POST.dict(), "version": str(current.version)}
    return Shown(
        ReturnForm(written),
        _numbers(request, current),
        figure=FigureForm.begun(request.POST),
        answers=answers_in(request.POST),
        conflict=True,
    )


def _numbers(request: HttpRequest, one: Return) -> NumbersForm:
    """What was typed as numbers of series."""
    return NumbersForm(numbers_asked(request.user, one), request.POST.dict())


def _save_words(request: HttpRequest, one: Return, form: ReturnForm, numbers: NumbersForm) -> Return:
    return save_draft(
        of=one,
        version=form.cleaned_data["version"],
        content=form.content(),
        answers=answers_in(request.POST),
        numbers=numbers.numbers(),
        language=reader_language(),
        by=signed_in(request),
    )


def _save(request: HttpRequest, one: Return) -> Outcome:
    saved = _saved(request, one)
    if isinstance(saved, Shown):
        return saved
    messages.success(request, _("Saved. It stays with you until you submit it."))
    return "done"


def _submit(request: HttpRequest, one: Return) -> Outcome:
    saved = _saved(request, one)
    if isinstance(saved, Shown):
        return saved
    try:
        steps.submit(of=saved, version=saved.version, by=signed_in(request))
    except steps.NotReadyError:
        return Shown(ReturnForm.of(saved), figure=FigureForm.begun(request.POST), not_ready=True)
    except (ChangedMeanwhileError, steps.WrongStateError) as told:
        return _conflict(request, told.current)
    messages.success(request, _("Submitted. The clearing officer of your organization reads it next."))
    return "done"


def _add_figure(request: HttpRequest, one: Return) -> Outcome:
    saved = _saved(request, one)
    if isinstance(saved, Shown):
        return saved
    figure = FigureForm(request.POST)
    if not figure.is_valid():
        return Shown(ReturnForm.of(saved), figure=figure)
    try:
        add_figure(of=saved, number=figure.number(), by=signed_in(request))
    except ChangedMeanwhileError as told:
        return _conflict(request, told.current)
    return "done"


def _remove_figure(request: HttpRequest, one: Return) -> Outcome:
    saved = _saved(request, one)
    if isinstance(saved, Shown):
        return saved
    number = request.POST["do"].partition(":")[2]
    figure = one.figures.filter(pk=number).first() if number.isascii() and number.isdigit() else None
    if figure is None:
        return "done"
    try:
        remove_figure(figure=figure, by=signed_in(request))
    except ChangedMeanwhileError as told:
        return _conflict(request, told.current)
    messages.success(request, _("The figure was taken out."))
    return "done"


def _send_back(request: HttpRequest, one: Return) -> Outcome:
    form, by = QuestionsForm(request.POST), signed_in(request)
    if not form.is_valid():
        return Shown(ReturnForm.of(one), questions=form)

    def ask(version: int) -> Return:
        asked, language = form.questions(), reader_language()
        return steps.send_back(of=one, version=version, questions=asked, language=language, by=by)

    return _stepped(request, one, ask, _("It went back to those who write it, with your questions."))


def _take_back(request: HttpRequest, one: Return) -> Outcome:
    by = signed_in(request)
    return _stepped(request, one, lambda version: steps.take_back(of=one, version=version, by=by), _("Taken back."))


def _clear(request: HttpRequest, one: Return) -> Outcome:
    by = signed_in(request)
    return _stepped(request, one, lambda version: steps.clear(of=one, version=version, by=by), _("Cleared."))


def _accept(request: HttpRequest, one: Return) -> Outcome:
    by = signed_in(request)
    return _stepped(request, one, lambda version: steps.accept(of=one, version=version, by=by), _("Accepted."))


def _stepped(request: HttpRequest, one: Return, step: Callable[[int], Return], told: str) -> Outcome:
    """Take a step from the version that the page was made from; where the return has gone on, say so."""
    version = request.POST.get("version", "")
    if not (version.isascii() and version.isdigit()):
        raise Http404
    try:
        step(int(version))
    except (ChangedMeanwhileError, steps.WrongStateError):
        messages.warning(request, _("The return changed meanwhile, so nothing was done. This is how it stands now."))
    else:
        messages.success(request, told)
    return "done"


_DO = {
    "save": _save,
    "submit": _submit,
    "add_figure": _add_figure,
    "remove_figure": _remove_figure,
    "take_back": _take_back,
    "clear": _clear,
    "accept": _accept,
    "send_back": _send_back,
}


@for_roles(*READERS)
def return_history(request: HttpRequest, number: int) -> HttpResponse:
    """Each step of a return: who, when, and what it said then."""
    viewer = signed_in(request)
    one = return_or_none(viewer, number)
    if one is None:
        raise Http404
    context = {"one": one, "plan": one.cycle.period.plan, "versions": versions(steps_to_read(viewer, one))}
    return render(request, "returns/history.html", context)
