"""Where coordinators write a report and publish it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from palermo.people.guards import coordinators
from palermo.people.models import User
from palermo.plan.register import policies
from palermo.plan.register.models import Plan, ReportingPeriod
from palermo.plan.register.queries.plans import periods, plans, plans_to_change
from palermo.plan.report import queries
from palermo.plan.report.actions.ask_for_files import ask_for_files
from palermo.plan.report.actions.narrative import NarrativeConflictError, write_narrative
from palermo.plan.report.actions.publish import Correction, NotPublishableError, publish_edition
from palermo.plan.report.build.chart import PREVIEWED
from palermo.plan.report.build.document import draft_document, parts_to_write
from palermo.plan.report.build.narrative import preview_html
from palermo.plan.report.build.source import chart_source
from palermo.plan.report.formats.html import html_fragment
from palermo.plan.report.forms import NarrativeForm, PublishForm
from palermo.plan.report.models import Narrative, NarrativePart


@coordinators
def report_desk(request: HttpRequest) -> HttpResponse:
    """Every period that the coordinator can report on, with what was written and published."""
    mine = list(plans_to_change(request.user))
    return render(request, "report/desk.html", {"states": queries.report_states(request.user, mine)})


@coordinators
def report_period(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """One report in the making: its parts, and the way to preview and publish."""
    period = _period(request, plan_code, period_code)
    written = queries.narratives(request.user, period)
    context = {
        "period": period,
        "parts": [(part, written.get(part)) for part in parts_to_write(period.plan, written)],
        "editions": queries.editions(request.user).filter(period=period),
    }
    return render(request, "report/period.html", context)


@coordinators
def narrative_edit(request: HttpRequest, plan_code: str, period_code: str, part: str) -> HttpResponse:
    """Write one part: preview it, save it, and where somebody else saved meanwhile, see both texts."""
    period = _period(request, plan_code, period_code)
    written = queries.narratives(request.user, period)
    if part not in parts_to_write(period.plan, written):
        raise Http404
    known = written.get(part)
    form = NarrativeForm(_sent(request), initial=_initial(known))
    context = {"period": period, "part": NarrativePart(part), "form": form, "known": known}
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            context["preview"] = preview_html(
                NarrativePart(part), form.cleaned_data["text_en"], form.cleaned_data["text_fr"]
            )
        else:
            return _save(request, period, NarrativePart(part), form, context)
    return render(request, "report/narrative.html", context)


def _save(
    request: HttpRequest,
    period: ReportingPeriod,
    part: NarrativePart,
    form: NarrativeForm,
    context: dict[str, object],
) -> HttpResponse:
    try:
        write_narrative(by=_user(request), period=period, part=part, **form.cleaned_data)
    except NarrativeConflictError as conflict:
        mine = {**form.cleaned_data, "version": conflict.current.version}
        context |= {"form": NarrativeForm(initial=mine), "conflict": conflict.current, "known": conflict.current}
        return render(request, "report/narrative.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect("report_period", period.plan.code, period.code)


@coordinators
def report_preview(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """The report as it would be published now, in the language of the page."""
    period = _period(request, plan_code, period_code)
    document = draft_document(chart_source(request.user, period))
    parts = [(part, mark_safe(html_fragment(document, part))) for part in document.parts]  # noqa: S308 - our renderer
    context = {"period": period, "document": document, "parts": parts, "previewed": PREVIEWED}
    return render(request, "report/preview.html", context)


@coordinators
def report_publish(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """The last step: say what a correction corrects, and freeze."""
    period = _period(request, plan_code, period_code)
    form = PublishForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        said = Correction(form.cleaned_data["correction_en"], form.cleaned_data["correction_fr"])
        try:
            edition = publish_edition(by=_user(request), period=period, correction=said)
        except NotPublishableError as refusal:
            form.add_error(None, _REFUSALS[refusal.code])
        else:
            messages.success(request, _("Published. Its files are being made; this takes some seconds."))
            return redirect("edition", plan_code, period_code, edition.number)
    # Asked last: where somebody else published meanwhile, the form now asks what this edition corrects.
    before = queries.editions(request.user).filter(period=period).first()
    return render(request, "report/publish.html", {"period": period, "form": form, "before": before})


_REFUSALS = {
    "nothing_known": gettext_lazy("No status is known for this period yet, so there is nothing to report."),
    "correction_missing": gettext_lazy("Say in at least one language what this edition corrects."),
}


@coordinators
@require_POST
def make_files_again(request: HttpRequest, plan_code: str, period_code: str, number: int) -> HttpResponse:
    """Ask again for files that could not be made."""
    period = _period(request, plan_code, period_code)
    edition = queries.edition(request.user, plan_code, period_code, number)
    if edition is None:
        raise Http404
    ask_for_files(by=_user(request), edition=edition)
    messages.success(request, _("The missing files are being made."))
    return redirect("edition", plan_code, period.code, number)


def _period(request: HttpRequest, plan_code: str, period_code: str) -> ReportingPeriod:
    """The period, if the viewer may change its plan."""
    plan: Plan | None = plans(request.user).filter(code=plan_code).first()
    found = [each for each in periods(request.user, plan) if each.code == period_code] if plan else []
    if not plan or not found:
        raise Http404
    if not policies.may_change_plan(request.user, plan):
        raise PermissionDenied
    found[0].plan = plan
    return found[0]


def _initial(known: Narrative | None) -> dict[str, object]:
    if known is None:
        return {"version": 0}
    return {"text_en": known.text_en, "text_fr": known.text_fr, "version": known.version}


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _user(request: HttpRequest) -> User:
    """The coordinator, as the guard has let in nobody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
