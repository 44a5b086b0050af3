"""Entering and revising numbers, for those who do."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from palermo.figures.series.actions import (
    EntryRefusedError,
    RefusedError,
    RevisedMeanwhileError,
    add_document,
    enter_observations,
    revise_observation,
)
from palermo.figures.series.entering import MOST_ROWS, Grid, grid, span_to_enter
from palermo.figures.series.forms_fields import put_faults
from palermo.figures.series.forms_numbers import ReviseForm, RowForm, SourceForm
from palermo.figures.series.models import Observation, Series
from palermo.figures.series.policies import ENTERING, may_enter
from palermo.figures.series.queries import number as number_query
from palermo.figures.series.views.public import MARKS
from palermo.figures.series.views.reading import asked_day, series_or_404
from palermo.figures.series.words import CodeLabels
from palermo.foundation.money import written_exactly
from palermo.foundation.periods import Period
from palermo.people.guards import for_roles, signed_in
from palermo.people.models import User


@dataclass(frozen=True, slots=True)
class Sheet:
    """The forms of one page of entering."""

    source: SourceForm
    rows: list[RowForm]

    def is_valid(self) -> bool:
        """Whether every form is."""
        valid = [form.is_valid() for form in (self.source, *self.rows)]
        return all(valid)

    def given(self) -> list[RowForm]:
        """The rows that something was typed into."""
        return [row for row in self.rows if row.is_given]


@for_roles(*ENTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def series_enter(request: HttpRequest, series_code: str) -> HttpResponse:
    """Enter the numbers of one span: `from` and `to` say which, `cut` by which dimensions."""
    series, by = series_or_404(request, series_code), signed_in(request)
    if not may_enter(by, series):
        raise PermissionDenied
    span = _span(request, series)
    cut = request.GET.getlist("cut")[:20]
    asked = grid(by, series, span, cut)
    labels = CodeLabels.of(series)
    sheet = _sheet(asked, labels, request)
    if request.method == "POST" and sheet.is_valid() and _entered(request, series, asked, sheet, by):
        return redirect("series", series.code)
    context = {
        "series": series,
        "grid": asked,
        "span": span,
        "cut": cut,
        "sheet": sheet,
        "labels": labels,
        "most": MOST_ROWS,
        "marks": MARKS,
        "wrong": [form for form in (sheet.source, *sheet.rows) if form.is_bound and form.errors],
        "query": urlencode([("from", span.starts_on), ("to", span.ends_on), *(("cut", each) for each in cut)]),
    }
    return render(request, "series/enter.html", context)


@for_roles(*ENTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def number_revise(request: HttpRequest, observation: int) -> HttpResponse:
    """Say that a number is now known to be another."""
    found, by = number_query(request.user, observation), signed_in(request)
    if found is None:
        raise Http404
    one = found.observation
    series = series_or_404(request, one.series.code)
    if not may_enter(by, series):
        raise PermissionDenied
    form = ReviseForm.of(one, "" if one.value is None else written_exactly(one.value))
    newer = None if found.is_current else found.newest
    if request.method == "POST":
        form = ReviseForm(request.POST)
        if form.is_valid():
            try:
                made = revise_observation(observation=one, to=form.revision(), by=by)
            except EntryRefusedError as refusal:
                put_faults(form, [(each.field, each.words) for each in refusal.problems])
            except RevisedMeanwhileError as refusal:
                newer = refusal.current
            else:
                messages.success(request, _("Revised. What stood before stays in its history."))
                return redirect("number", made.pk)
    context = {"series": series, "one": one, "form": form, "newer": newer, "labels": CodeLabels.of(series)}
    return render(request, "series/revise.html", {**context, "marks": MARKS})


def _span(request: HttpRequest, series: Series) -> Period:
    first, last = asked_day(request, "from"), asked_day(request, "to")
    if first and last and first <= last:
        return Period(first, last)
    newest = Observation.objects.filter(series=series).aggregate(newest=Max("ends_on"))["newest"]
    return span_to_enter(series, newest)


def _sheet(asked: Grid, labels: CodeLabels, request: HttpRequest) -> Sheet:
    data = request.POST if request.method == "POST" else None
    rows = [RowForm(key, labels.key(key), asked.standing.get(key, []), data) for key in asked.keys]
    return Sheet(SourceForm(data), rows)


def _entered(request: HttpRequest, series: Series, asked: Grid, sheet: Sheet, by: User) -> bool:
    """Whether everything was taken in; where not, the forms say why and nothing was."""
    given = sheet.given()
    if not given:
        sheet.source.add_error(None, _("Enter one number at least."))
        return False
    try:
        with transaction.atomic():
            words, document = sheet.source.new_document(), sheet.source.cleaned_data["document"]
            document = add_document(words=words, by=by) if words else document
            known_on = sheet.source.cleaned_data["known_on"]
            rows = [row.observation(asked.span, document, known_on) for row in given]
            made = enter_observations(series=series, rows=rows, by=by)
    except RefusedError as refusal:
        put_faults(sheet.source, refusal.faults)
    except EntryRefusedError as refusal:
        for each in refusal.problems:
            put_faults(sheet.source if each.field == "known_on" else given[each.row - 1], [(each.field, each.words)])
    else:
        entered = ngettext("%(count)s number was entered.", "%(count)s numbers were entered.", len(made))
        messages.success(request, entered % {"count": len(made)})
        return True
    return False
