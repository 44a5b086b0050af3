"""Figures from a file: downloading a template, uploading it, and taking it in after a look at what it would do."""

from __future__ import annotations

import io
from typing import cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from palermo.figures.exchange.problems import RefusedError
from palermo.figures.exchange.reading import read_figures
from palermo.figures.exchange.template import template_csv, template_xlsx
from palermo.figures.series.actions.taking_in import (
    OtherPreviewError,
    TakenIn,
    UndecidedError,
    drop_figures,
    keep_figures,
    take_in_figures,
)
from palermo.figures.series.forms_taking_in import FileForm, ReasonForm
from palermo.figures.series.models import FiguresUpload, Series
from palermo.figures.series.policies import ENTERING, may_enter
from palermo.figures.series.queries import one_series
from palermo.figures.series.queries.taking_in import Wrong, own_upload, series_shape, taking_in
from palermo.figures.series.taking_in_shown import shown_figures
from palermo.figures.series.taking_in_words import place_words, sentence
from palermo.foundation.pagination import page_by
from palermo.people.guards import for_roles, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_WRONG = 100
"""Mistakes on one page; whoever has corrected so many uploads the file again."""


def _series(request: HttpRequest, series_code: str) -> Series:
    """A series whose numbers the viewer may enter.

    Raises:
        Http404: there is none.
    """
    viewer = signed_in(request)
    series = one_series(viewer, series_code)
    if series is None or not may_enter(viewer, series):
        raise Http404
    return series


@for_roles(*ENTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, series_code: str) -> HttpResponse:
    """The templates of a series, and the form by which a file comes in."""
    series = _series(request, series_code)
    form = FileForm(request.POST or None, request.FILES or None)
    wrong: list[Wrong] = []
    if request.method == "POST" and form.is_valid():
        upload = cast("UploadedFile[bytes]", form.cleaned_data["file"])
        shape = series_shape(series)
        try:
            reading = read_figures(io.BytesIO(upload.read()), shape)
        except RefusedError as refused:
            wrong = [Wrong(place_words(each.place), sentence(each)) for each in refused.problems[:MOST_WRONG]]
        else:
            keep_figures(series=series, shape=shape, reading=reading, by=signed_in(request))
            return redirect("series_take_in_preview", series.code)
    waiting = own_upload(signed_in(request), series)
    context = {"series": series, "form": form, "wrong": wrong, "waiting": waiting}
    return render(request, "series/taking_in.html", context, status=422 if wrong or form.errors else 200)


@for_roles(*ENTERING)
@never_cache
@require_safe
def csv_template(request: HttpRequest, series_code: str) -> HttpResponse:
    """The headings of a CSV file for the series."""
    series = _series(request, series_code)
    return _download(template_csv(series_shape(series)), f"{series.code}.csv", "text/csv; charset=utf-8")


@for_roles(*ENTERING)
@never_cache
@require_safe
def xlsx_template(request: HttpRequest, series_code: str) -> HttpResponse:
    """An empty workbook for the series, with lists to choose from."""
    series = _series(request, series_code)
    return _download(template_xlsx(series_shape(series)), f"{series.code}.xlsx", XLSX)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@for_roles(*ENTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, series_code: str) -> HttpResponse:
    """What taking it in would do: every addition, every revision, everything that is wrong. Then all or nothing."""
    series = _series(request, series_code)
    upload = own_upload(signed_in(request), series)
    if upload is None:
        return _gone(request, series)
    if request.method != "POST":
        return _shown(request, series, upload, ReasonForm())
    do = request.POST.get("do")
    if do == "drop":
        drop_figures(upload=upload, by=signed_in(request))
        messages.success(request, _("Dropped. Nothing was changed."))
        return redirect("series_take_in", series.code)
    if do != "take_in":
        raise Http404
    return _taken_in(request, series, upload)


def _gone(request: HttpRequest, series: Series) -> HttpResponse:
    told = _("No file of yours waits here. It was taken in or dropped, or it is older than a day.")
    messages.warning(request, told)
    return redirect("series_take_in", series.code)


def _taken_in(request: HttpRequest, series: Series, upload: FiguresUpload) -> HttpResponse:
    viewer, form, seen = signed_in(request), ReasonForm(request.POST), request.POST.get("seen", "")
    if not form.is_valid():
        return _shown(request, series, upload, form, "undecided")
    try:
        done = take_in_figures(upload=upload, seen=seen, reason=form.reason, by=viewer)
    except OtherPreviewError:
        waiting = own_upload(viewer, series)
        return _shown(request, series, waiting, form, "meanwhile") if waiting else _gone(request, series)
    except UndecidedError:
        return _shown(request, series, upload, form, "undecided")
    messages.success(request, _told(done))
    return redirect("series_take_in", series.code)


def _told(done: TakenIn) -> str:
    counts = {"added": done.added, "revised": done.revised}
    return _("Taken in. Figures added: %(added)s. Figures revised: %(revised)s.") % counts


def _shown(
    request: HttpRequest, series: Series, upload: FiguresUpload, form: ReasonForm, told: str = ""
) -> HttpResponse:
    found = taking_in(signed_in(request), upload, form.reason if form.is_bound else ReasonForm().reason)
    shape = series_shape(series)
    page = page_by(
        len(found.revised) + len(found.added),
        lambda first, last: shown_figures(found, series, shape, first, last),
        request.GET.get("page"),
    )
    context = {
        "series": series,
        "found": found,
        "page": page,
        "form": form,
        "told": told,
        "wrong": found.wrong[:MOST_WRONG],
        "more_wrong": max(0, len(found.wrong) - MOST_WRONG),
        "needs_reason": any(not each.figure.reason for each in found.revised),
    }
    return render(request, "series/taking_in_preview.html", context, status=409 if told else 200)
