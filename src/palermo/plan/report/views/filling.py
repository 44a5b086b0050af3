"""Where a coordinator fills the parts of a report from accepted returns, and sees where its words come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from palermo.foundation.bilingual import Language
from palermo.people.guards import coordinators
from palermo.plan.report import queries
from palermo.plan.report.actions.fill import NotFillableError, fill_from_returns, undo_filling
from palermo.plan.report.build.filling import Fate, part_plans
from palermo.plan.report.build.narrative import preview_html
from palermo.plan.report.build.sources import Place, places_of
from palermo.plan.report.build.traces import PartTrace, part_traces
from palermo.plan.report.tracing import Sentence
from palermo.plan.report.views.asked import coordinator_of, period_or_404

LISTED = 3
"""Returns listed for a sentence that no mark gives to one of them."""

_REFUSALS = {
    "not_closed": gettext_lazy(
        "Nothing was filled, because the period is not closed. What organizations return is public once it is."
    ),
    "nothing_to_fill": gettext_lazy("Nothing was filled: no part is empty, and none is as it was last filled."),
    "nothing_to_undo": gettext_lazy("Nothing was taken back: every part that was filled has been changed since."),
}


@coordinators
def report_fill(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """Say what filling would do, part by part; and do it."""
    period = period_or_404(request, plan_code, period_code)
    if request.method == "POST":
        return _fill(request, plan_code, period_code)
    plans = part_plans(request.user, period) if period.gathering == "closed" else []
    places = places_of(request.user, period)
    context = {
        "period": period,
        "shown": [
            (plan, preview_html(plan.draft.part, plan.draft.text("en"), plan.draft.text("fr"), places))
            for plan in plans
            if plan.fate == Fate.FILL
        ],
        "left": [plan for plan in plans if plan.fate == Fate.LEFT],
        "same": [plan for plan in plans if plan.fate == Fate.SAME],
    }
    return render(request, "report/fill.html", context)


def _fill(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    try:
        filling = fill_from_returns(by=coordinator_of(request), period=period_or_404(request, plan_code, period_code))
    except NotFillableError as refusal:
        messages.warning(request, _REFUSALS[refusal.code])
        return redirect("report_fill", plan_code, period_code)
    count = filling.parts.count()
    said = ngettext("%(count)s part was filled.", "%(count)s parts were filled.", count) % {"count": count}
    then = _("Read and edit them; you can still undo it.")
    messages.success(request, f"{said} {then}")
    return redirect("report_period", plan_code, period_code)


@coordinators
@require_POST
def report_fill_undo(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """Take back the last filling, wherever nobody has written since."""
    period = period_or_404(request, plan_code, period_code)
    filling = queries.fillings(request.user, period).first()
    filled = len(filling.parts.all()) if filling else 0
    try:
        taken = undo_filling(by=coordinator_of(request), period=period)
    except NotFillableError as refusal:
        messages.warning(request, _REFUSALS[refusal.code])
    else:
        messages.success(request, _taken_back(len(taken), filled - len(taken)))
    return redirect("report_period", plan_code, period_code)


def _taken_back(taken: int, kept: int) -> str:
    said = ngettext("%(count)s part is as it was before.", "%(count)s parts are as they were before.", taken)
    if not kept:
        return said % {"count": taken}
    left = ngettext(
        "%(count)s part was changed since and stays as it is.",
        "%(count)s parts were changed since and stay as they are.",
        kept,
    )
    return f"{said % {'count': taken}} {left % {'count': kept}}"


@dataclass(frozen=True, slots=True)
class TracedLine:
    """A sentence on the page: its words, and where the accounts stand that say the same."""

    words: str
    language: Language
    returns: tuple[tuple[int, Place | None], ...]
    more: int
    """How many further returns say the same."""


@coordinators
def report_sources(request: HttpRequest, plan_code: str, period_code: str) -> HttpResponse:
    """Each sentence of one part with the return that it comes from, or who wrote it; and how many of each there are."""
    period = period_or_404(request, plan_code, period_code)
    traces = part_traces(request.user, period)
    wanted = request.GET.get("part")
    shown = next((each for each in traces if each.part == wanted), _first(traces))
    context = {
        "period": period,
        "traces": traces,
        "shown": shown,
        "lines": list(_lines(shown, places_of(request.user, period))) if shown else [],
        "untraced": sum(each.untraced for each in traces),
        "total": sum(each.total for each in traces),
    }
    return render(request, "report/sources.html", context)


def _first(traces: Sequence[PartTrace]) -> PartTrace | None:
    """The first part with something from a return, else the first."""
    return next((each for each in traces if each.untraced < each.total), traces[0] if traces else None)


def _lines(trace: PartTrace, places: dict[int, Place]) -> Iterator[TracedLine]:
    for language, sentences in trace.sentences.items():
        yield from (_line(sentence, language, places) for sentence in sentences)


def _line(sentence: Sentence, language: Language, places: dict[int, Place]) -> TracedLine:
    returns = tuple((number, places.get(number)) for number in sentence.returns[:LISTED])
    return TracedLine(sentence.words, language, returns, more=max(0, len(sentence.returns) - LISTED))
