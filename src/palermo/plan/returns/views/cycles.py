"""The coordinator's pages: opening a period, the board, accepting, rules, closing, reopening."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from palermo.foundation.pagination import page_of
from palermo.people.guards import coordinators, public, signed_in
from palermo.plan.register.models import Plan
from palermo.plan.register.queries.plans import plans
from palermo.plan.register.vocabulary import Gathering
from palermo.plan.returns import policies
from palermo.plan.returns.actions import steps
from palermo.plan.returns.actions.cycles import (
    CycleStateError,
    NotClosableError,
    NotOpenableError,
    close_period,
    open_period,
    reopen_period,
)
from palermo.plan.returns.actions.drafting import ChangedMeanwhileError
from palermo.plan.returns.actions.rules import set_rules
from palermo.plan.returns.forms_cycles import OpenForm, ReopenForm, RulesForm
from palermo.plan.returns.models import Cycle
from palermo.plan.returns.queries.board import CHANGES_SHOWN, board, changed_statuses
from palermo.plan.returns.queries.cycles import closing, cycle_or_none, next_span, own_cycles, preview
from palermo.plan.returns.queries.facts import rules_of
from palermo.plan.returns.queries.owed import completeness_of
from palermo.plan.returns.queries.public import reported
from palermo.plan.returns.views.writing import ticked
from palermo.plan.returns.vocabulary import OUT, State


@coordinators
def cycles(request: HttpRequest) -> HttpResponse:
    """The plans that the viewer coordinates, and what is gathered of each."""
    return render(request, "returns/cycles.html", {"plans": own_cycles(signed_in(request))})


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_open(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Choose the period, see who would owe what, and open it."""
    plan, by = _own_plan(request, plan_code), signed_in(request)
    form = OpenForm(request.POST) if request.method == "POST" else OpenForm.for_span(next_span(plan))
    if request.method == "POST" and form.is_valid() and request.POST.get("do") == "open":
        said = {name: form.cleaned_data[name] for name in ("due_on", "note_en", "note_fr", "reminder_days")}
        try:
            cycle = open_period(plan=plan, span=form.span(), **said, by=by)
        except NotOpenableError as refused:
            form.add_error("starts_on", _why_not(refused.code))
        else:
            messages.success(request, _("The period is open. What each organization owes stands in its list."))
            return redirect("cycle", plan.code, cycle.period.code)
    context = {"plan": plan, "form": form, "preview": preview(by, plan), "today": timezone.localdate()}
    return render(request, "returns/cycle_open.html", context)


def _why_not(code: str) -> str:
    return {
        "overlaps": _("Some of these days belong to another period of the plan. Choose others."),
        "same_years": _("Another period of the plan has the name of these years. Choose a whole year."),
        "gathered_already": _("This period was opened before. Open it again from its own page if you must."),
        "reported_already": _("Statuses of this period were read from a document already. Choose a later period."),
        "nobody_owes": _("No organization leads anything in this plan today. Give its deliverables a lead first."),
    }[code]


@coordinators
def cycle(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """The board: who has returned, who is late, what is stuck, what changed."""
    one, viewer = _own_cycle(request, plan_code, period_code), signed_in(request)
    changed = changed_statuses(viewer, one)
    seen = board(viewer, one, request.GET.get("page"))
    # How complete a draft is, its organisation alone knows.
    shown = one.returns.filter(organisation__in=seen.page.items, state__in=OUT)
    context = {
        "cycle": one,
        "plan": one.period.plan,
        "board": seen,
        "states": State.choices,
        "changed": changed[:CHANGES_SHOWN],
        "changed_count": changed.count(),
        "completeness": {each.organisation.pk: each for each in completeness_of(shown, viewer)},
        "reopenings": one.reopenings.select_related("by"),
        "today": timezone.localdate(),
        "is_open": one.period.gathering == Gathering.OPEN,
    }
    return render(request, "returns/cycle.html", context)


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_accept(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """Everything that is cleared, to be read and accepted in one act."""
    one = _own_cycle(request, plan_code, period_code)
    if request.method == "POST":
        try:
            count = steps.accept_all(seen=ticked(request), by=signed_in(request))
        except (ChangedMeanwhileError, steps.WrongStateError):
            messages.error(request, _("One of them changed meanwhile, so none was accepted. Look at the list again."))
        else:
            told = ngettext("%(count)s return was accepted.", "%(count)s returns were accepted.", count)
            messages.success(request, told % {"count": count})
        return redirect("cycle_accept", plan_code, period_code)
    cleared = one.returns.filter(state=State.CLEARED).select_related("deliverable", "organisation")
    page = page_of(cleared.prefetch_related("organisation__names", "figures", "proofs"), request.GET.get("page"))
    return render(request, "returns/cycle_accept.html", {"cycle": one, "plan": one.period.plan, "page": page})


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_rules(request: HttpRequest, plan_code: str) -> HttpResponse:
    """What the plan demands of a return before it can be submitted."""
    plan = _own_plan(request, plan_code)
    form = RulesForm(request.POST) if request.method == "POST" else RulesForm(known=rules_of(plan))
    if request.method == "POST" and form.is_valid():
        set_rules(plan=plan, rules=form.rules(), by=signed_in(request))
        messages.success(request, _("Saved. The rules hold for whatever is submitted from now on."))
        return redirect("cycles")
    return render(request, "returns/cycle_rules.html", {"plan": plan, "form": form})


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_close(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """What closing will do, and the act itself."""
    one = _own_cycle(request, plan_code, period_code)
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            close_period(cycle=one, version=int(version) if version.isdecimal() else 0, by=signed_in(request))
        except NotClosableError:
            messages.warning(request, _("It was not closed: a cleared return waits for your answer."))
        except CycleStateError:
            messages.warning(request, _("Somebody else closed or changed the period meanwhile. This is how it stands."))
        else:
            messages.success(request, _("The period is closed. What was accepted is public now."))
            return redirect("cycle", plan_code, period_code)
        return redirect("cycle_close", plan_code, period_code)
    context = {"cycle": one, "plan": one.period.plan, "closing": closing(signed_in(request), one)}
    context["is_open"] = one.period.gathering == Gathering.OPEN
    return render(request, "returns/cycle_close.html", context)


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_reopen(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """Open a closed period again, with a reason that shows for ever."""
    one = _own_cycle(request, plan_code, period_code)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_period(cycle=one, **form.cleaned_data, by=signed_in(request))
        except CycleStateError:
            messages.warning(request, _("The period is open already."))
        else:
            messages.success(request, _("The period is open again. The reason stands on its public page."))
        return redirect("cycle", plan_code, period_code)
    return render(request, "returns/cycle_reopen.html", {"cycle": one, "plan": one.period.plan, "form": form})


@public
def cycle_public(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """Who reported and who did not, once a period was closed."""
    one = cycle_or_none(request.user, plan_code, period_code)
    if one is None or one.closed_at is None:
        raise Http404
    context = {"cycle": one, "plan": one.period.plan, "reported": reported(request.user, one)}
    context["reopenings"] = one.reopenings.all()
    return render(request, "returns/cycle_public.html", context)


def _own_plan(request: HttpRequest, plan_code: str) -> Plan:
    plan = plans(request.user).filter(code=plan_code).first()
    if plan is None:
        raise Http404
    if not policies.may_run_cycle(request.user, plan):
        raise PermissionDenied
    return plan


def _own_cycle(request: HttpRequest, plan_code: str, period_code: str) -> Cycle:
    one = cycle_or_none(request.user, plan_code, period_code)
    if one is None:
        raise Http404
    if not policies.may_run_cycle(request.user, one.period.plan):
        raise PermissionDenied
    return one
