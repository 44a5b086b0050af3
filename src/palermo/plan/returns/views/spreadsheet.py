"""Returns as a spreadsheet: downloading it, uploading it, and taking it in after a look at what it would do."""

from __future__ import annotations

import io
from typing import cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from palermo.people.guards import for_roles, signed_in
from palermo.plan.returns import policies
from palermo.plan.returns.actions.spreadsheet import (
    Choices,
    OtherPreviewError,
    UndecidedError,
    drop_upload,
    keep_upload,
    take_in_spreadsheet,
)
from palermo.plan.returns.forms_spreadsheet import XLSX, SheetForm
from palermo.plan.returns.models import SpreadsheetUpload
from palermo.plan.returns.policies import OF_THE_ORGANISATION, WRITERS
from palermo.plan.returns.queries.spreadsheet import SheetDesk, about, sheet_desk, sheet_rows
from palermo.plan.returns.queries.spreadsheet_preview import SheetPreview, own_upload, sheet_preview
from palermo.plan.returns.spreadsheet.comparing import Keep
from palermo.plan.returns.spreadsheet.problems import Problem, RefusedError
from palermo.plan.returns.spreadsheet.reading import read_returns
from palermo.plan.returns.spreadsheet.writing import write_returns


@for_roles(*OF_THE_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, organisation_code: str, plan_code: str, period_code: str) -> HttpResponse:
    """How to work in a spreadsheet: the file, and for writers the form by which it comes back."""
    viewer = signed_in(request)
    desk = _desk(request, organisation_code, plan_code, period_code)
    if not desk.is_open:
        return _closed(request)
    may_upload = policies.may_upload_sheet(viewer, desk.organisation)
    if request.method == "POST" and not may_upload:
        raise Http404
    form = SheetForm(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        upload = cast("UploadedFile[bytes]", form.cleaned_data["file"])
        try:
            reading = read_returns(upload.read())
        except RefusedError as refused:
            problems = refused.problems
        else:
            keep_upload(organisation=desk.organisation, cycle=desk.cycle, reading=reading, by=viewer)
            return redirect("returns_sheet_preview", *desk.parts)
    waiting = own_upload(viewer, desk) if may_upload else None
    context = {"desk": desk, "form": form, "problems": problems, "may_upload": may_upload, "waiting": waiting}
    return render(request, "returns/sheet.html", context, status=422 if problems or form.errors else 200)


def _desk(request: HttpRequest, organisation_code: str, plan_code: str, period_code: str) -> SheetDesk:
    desk = sheet_desk(signed_in(request), organisation_code, plan_code, period_code)
    if desk is None:
        raise Http404
    return desk


def _closed(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("The period is closed, so its returns can no longer be changed."))
    return redirect("returns")


@for_roles(*OF_THE_ORGANISATION)
@never_cache
def sheet_file(request: HttpRequest, organisation_code: str, plan_code: str, period_code: str) -> HttpResponse:
    """The spreadsheet itself."""
    desk = _desk(request, organisation_code, plan_code, period_code)
    if not desk.is_open:
        return _closed(request)
    target = io.BytesIO()
    write_returns(target, about(desk), sheet_rows(signed_in(request), desk))
    name = "-".join(("returns", desk.organisation.code, desk.cycle.period.code))
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(target.getvalue(), content_type=XLSX, headers=headers)


@for_roles(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, organisation_code: str, plan_code: str, period_code: str) -> HttpResponse:
    """What taking it in would do: every change, every conflict, everything that is wrong. Then all of it or nothing."""
    desk = _desk(request, organisation_code, plan_code, period_code)
    upload = own_upload(signed_in(request), desk)
    if not desk.is_open:
        return _closed(request)
    if upload is None:
        return _gone(request, desk)
    if request.method != "POST":
        return _shown(request, desk, upload, {})
    do = request.POST.get("do")
    if do == "drop":
        drop_upload(upload=upload, by=signed_in(request))
        messages.success(request, _("Dropped. Nothing was changed."))
        return redirect("returns_sheet", *desk.parts)
    if do != "take_in":
        raise Http404
    return _taken_in(request, desk, upload)


def _gone(request: HttpRequest, desk: SheetDesk) -> HttpResponse:
    told = _("No spreadsheet of yours waits here. It was taken in or dropped, or it is older than a day.")
    messages.warning(request, told)
    return redirect("returns_sheet", *desk.parts)


def _taken_in(request: HttpRequest, desk: SheetDesk, upload: SpreadsheetUpload) -> HttpResponse:
    choices, seen = _choices(request), request.POST.get("seen", "")
    try:
        count = take_in_spreadsheet(upload=upload, seen=seen, choices=choices, by=signed_in(request))
    except OtherPreviewError:
        waiting = own_upload(signed_in(request), desk)
        return _shown(request, desk, waiting, choices, "meanwhile") if waiting else _gone(request, desk)
    except UndecidedError:
        return _shown(request, desk, upload, choices, "undecided")
    told = ngettext("%(count)s return was changed.", "%(count)s returns were changed.", count) % {"count": count}
    messages.success(request, told + " " + _("They stay with you until you submit them."))
    return redirect("returns")


def _choices(request: HttpRequest) -> Choices:
    """What was chosen of each conflict: `keep-17-status=file`.

    Raises:
        Http404: what was sent is not what the page offers.
    """
    sent = {name: value for name, value in request.POST.items() if name.startswith("keep-")}
    try:
        split = {tuple(name.split("-")): Keep(str(value)) for name, value in sent.items()}
        return {(int(number), field): choice for (_keep, number, field), choice in split.items()}
    except ValueError as error:
        raise Http404 from error


def _shown(
    request: HttpRequest, desk: SheetDesk, upload: SpreadsheetUpload, choices: Choices, told: str = ""
) -> HttpResponse:
    found: SheetPreview = sheet_preview(signed_in(request), upload)
    context = {"desk": desk, "upload": upload, "preview": found, "choices": choices, "told": told}
    return render(request, "returns/sheet_preview.html", context, status=409 if told else 200)
