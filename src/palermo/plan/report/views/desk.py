"""Where coordinators write a report and publish it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from palermo.people.guards import coordinators
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.register.queries.plans import plans_to_change
from palermo.plan.report import queries
from palermo.plan.report.actions.ask_for_files import ask_for_files
from palermo.plan.report.actions.narrative import NarrativeConflictError, write_narrative
from palermo.plan.report.actions.publish import Correction, NotPublishableError, publish_edition
from palermo.plan.report.build.chart import PREVIEWED
from palermo.plan.report.build.document import draft_document, parts_to_write
from palermo.plan.report.build.narrative import preview_html
from palermo.plan.report.build.source import chart_source
from palermo.plan.report.build.sources import places_of
from palermo.plan.report.formats.html import html_fragment
from palermo.plan.report.forms import NarrativeForm, PublishForm
from palermo.plan.report.models import Narrative, NarrativePart
from palermo.plan.report.views.asked import coordinator_of, period_or_404


@coordinators
def report_desk(request: HttpRequest) -> HttpResponse:
    """Every period that the coordinator can report on, with what was written and published."""
    mine = list(plans_to_change(request.user))
    return render(request, "report/desk.html", {"states": queries.report_states(request.user, mine)})


@coordinators
def report_period(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """One report in the making: its parts, and the way to preview and publish."""
    period = period_or_404(request, plan_code, period_code)
    written = queries.narratives(request.user, period)
    context = {
        "period": period,
        "parts": [(part, written.get(part)) for part in parts_to_write(period.plan, written)],
        "editions": queries.editions(request.user).filter(period=period),
        "filling": queries.fillings(request.user, period).first(),
    }
    return render(request, "report/period.html", context)


@coordinators
def narrative_edit(request: HttpRequest, plan_code: str, period_code: str, part: str) -> HttpResponse:
    """Write one part: preview it, save it, and where somebody else saved meanwhile, see both texts."""
    period = period_or_404(request, plan_code, period_code)
    written = queries.narratives(request.user, period)
    if part not in parts_to_write(period.plan, written):
        raise Http404
    known = written.get(part)
    form = NarrativeForm(_sent(request), initial=_initial(known))
    context = {"period": period, "part": NarrativePart(part), "form": form, "known": known}
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            context["preview"] = preview_html(
                NarrativePart(part),
                form.cleaned_data["text_en"],
                form.cleaned_data["text_fr"],
                places_of(request.user, period),
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
        write_narrative(by=coordinator_of(request), period=period, part=part, **form.cleaned_data)
    except NarrativeConflictError as conflict:
        mine = {**form.cleaned_data, "version": conflict.current.version}
        context |= {"form": NarrativeForm(initial=mine), "conflict": conflict.current, "known": conflict.current}
        return render(request, "report/narrative.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect("report_period", period.plan.code, period.code)


@coordinators
def report_preview(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """The report as it would be published now, in the language of the page."""
    period = period_or_404(request, plan_code, period_code)
    document = draft_document(chart_source(request.user, period))
    parts = [(part, mark_safe(html_fragment(document, part))) for part in document.parts]  # noqa: S308 - our renderer
    context = {"period": period, "document": document, "parts": parts, "previewed": PREVIEWED}
    return render(request, "report/preview.html", context)


@coordinators
def report_publish(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """The last step: say what a correction corrects, and freeze."""
    period = period_or_404(request, plan_code, period_code)
    form = PublishForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        said = Correction(form.cleaned_data["correction_en"], form.cleaned_data["correction_fr"])
        try:
            edition = publish_edition(by=coordinator_of(request), period=period, correction=said)
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
    period = period_or_404(request, plan_code, period_code)
    edition = queries.edition(request.user, plan_code, period_code, number)
    if edition is None:
        raise Http404
    ask_for_files(by=coordinator_of(request), edition=edition)
    messages.success(request, _("The missing files are being made."))
    return redirect("edition", plan_code, period.code, number)


def _initial(known: Narrative | None) -> dict[str, object]:
    if known is None:
        return {"version": 0}
    return {"text_en": known.text_en, "text_fr": known.text_fr, "version": known.version}


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
