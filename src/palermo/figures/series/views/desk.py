"""Defining series, for those who do."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palermo.figures.series.actions import (
    ChangedMeanwhileError,
    RefusedError,
    bring_back,
    change_series,
    define_series,
    retire_series,
)
from palermo.figures.series.forms import DefinitionForms, RetireForm
from palermo.figures.series.forms_fields import put_faults
from palermo.figures.series.models import Series
from palermo.figures.series.policies import DEFINING, ENTERING, may_change, may_define_any
from palermo.figures.series.queries.desk import figures_desk
from palermo.figures.series.views.reading import series_or_404
from palermo.people.guards import for_roles, signed_in


@for_roles(*ENTERING)
def work_figures(request: HttpRequest) -> HttpResponse:
    """The series that the viewer enters numbers of, what lacks one first."""
    by = signed_in(request)
    return render(request, "series/desk.html", {"owed": figures_desk(by), "may_define": may_define_any(by)})


@for_roles(*DEFINING)
@require_http_methods(["GET", "HEAD", "POST"])
def series_define(request: HttpRequest) -> HttpResponse:
    """Define a series."""
    by = signed_in(request)
    if request.method != "POST":
        return render(request, "series/define.html", {"forms": DefinitionForms(by)})
    forms = DefinitionForms(by, request.POST)
    if forms.is_valid():
        try:
            made = define_series(words=forms.main.words(), dimensions=forms.cut_by(), breaks=forms.broken_at(), by=by)
        except RefusedError as refusal:
            put_faults(forms.main, refusal.faults)
        else:
            messages.success(request, _("The series is defined. Enter its numbers now."))
            return redirect("series_enter", made.code)
    return render(request, "series/define.html", {"forms": forms})


@for_roles(*DEFINING)
@require_http_methods(["GET", "HEAD", "POST"])
def series_edit(request: HttpRequest, series_code: str) -> HttpResponse:
    """Change what a series means."""
    series, by = _to_change(request, series_code), signed_in(request)
    context: dict[str, object] = {"series": series}
    if request.method != "POST":
        return render(request, "series/define.html", {**context, "forms": DefinitionForms(by, series=series)})
    forms = DefinitionForms(by, request.POST, series)
    if forms.is_valid():
        try:
            change_series(
                series=series,
                version=forms.main.cleaned_data["seen"],
                words=forms.main.words(),
                dimensions=forms.cut_by(),
                breaks=forms.broken_at(),
                by=by,
            )
        except RefusedError as refusal:
            put_faults(forms.main, refusal.faults)
        except ChangedMeanwhileError:
            context |= _conflict(series, forms, request)
            forms = DefinitionForms(by, {**request.POST.dict(), "seen": str(series.version)}, series)
        else:
            messages.success(request, _("Saved."))
            return redirect("series", series.code)
    return render(request, "series/define.html", {**context, "forms": forms})


@for_roles(*DEFINING)
@require_http_methods(["GET", "HEAD", "POST"])
def series_retire(request: HttpRequest, series_code: str) -> HttpResponse:
    """Give a series up, or take that back."""
    series, by = _to_change(request, series_code), signed_in(request)
    form = RetireForm(series, request.POST if request.POST.get("do") == "retire" else None, timezone.localdate())
    if request.method == "POST" and request.POST.get("do") == "bring_back":
        bring_back(series=series, by=by)
        messages.success(request, _("The series is followed again."))
        return redirect("series", series.code)
    if request.method == "POST" and form.is_valid():
        try:
            retire_series(series=series, by=by, **form.cleaned_data)
        except RefusedError as refusal:
            put_faults(form, refusal.faults)
        else:
            messages.success(request, _("The series is given up. What it holds stays."))
            return redirect("series", series.code)
    return render(request, "series/retire.html", {"series": series, "form": form})


def _conflict(series: Series, forms: DefinitionForms, request: HttpRequest) -> dict[str, object]:
    """What stands now of each field in which something else was typed."""
    standing = DefinitionForms(signed_in(request), series=series)
    pairs = zip(
        (forms.main, *forms.dimensions, *forms.breaks),
        (standing.main, *standing.dimensions, *standing.breaks),
        strict=False,
    )
    differing = [
        (old.label, old.value())
        for new_form, old_form in pairs
        for new, old in zip(new_form.visible_fields(), old_form.visible_fields(), strict=True)
        if str(new.value() or "") != str(old.value() or "")
    ]
    return {"conflict": True, "differing": differing}


def _to_change(request: HttpRequest, code: str) -> Series:
    series = series_or_404(request, code)
    if not may_change(request.user, series):
        raise PermissionDenied
    return series
