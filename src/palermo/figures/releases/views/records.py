"""Records of a release: uploading them, saying what their columns are, erasing them."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from palermo.figures.protection.description import FoundColumn
from palermo.figures.releases import policies
from palermo.figures.releases.actions import records
from palermo.figures.releases.described import NotDescribedError
from palermo.figures.releases.forms.preparing import ColumnForm, UploadForm
from palermo.figures.releases.models import RecordColumn, Release
from palermo.figures.releases.policies import PREPARERS
from palermo.figures.releases.uploading import SealedUpload, SealingHandler
from palermo.figures.releases.views.desk import GET_OR_POST
from palermo.figures.releases.views.finding import back, found, refusal, tried
from palermo.figures.releases.vocabulary import Source
from palermo.figures.releases.words import not_described
from palermo.people.guards import for_roles, signed_in

MOST_SUGGESTED = 300
"""Different values that are offered as codes; a column of more is hardly a dimension."""


@csrf_exempt
@for_roles(*PREPARERS)
@require_http_methods(GET_OR_POST)
def release_records(request: HttpRequest, number: int) -> HttpResponseBase:
    """Upload records. They are encrypted while they stream in, which has to be arranged before the form is read.

    Checking that the form came from here reads the form, so that this is done after it, in `_upload`.
    """
    handler = SealingHandler(request)
    request.upload_handlers = [handler]
    return _upload(request, number, handler)


@csrf_protect
def _upload(request: HttpRequest, number: int, handler: SealingHandler) -> HttpResponseBase:
    by, release = signed_in(request), found(request, number)
    if not policies.may_change(by, release) or release.source != Source.RECORDS:
        messages.info(request, _("This release takes no records now."))
        return back(release)
    form = UploadForm(request.POST or None, request.FILES or None, seen=release.version)
    if request.method == "POST" and handler.too_large:
        form.add_error("file", _("The file is too large for this site. Leave columns out that are not needed."))
    elif request.method == "POST" and form.is_valid():
        said, upload = form.cleaned_data, cast(SealedUpload, form.cleaned_data["file"])
        why = refusal(
            lambda: records.upload_records(
                release=release,
                version=said["seen"],
                kept=upload.take(),
                erase_on=said["erase_on"],
                keep_days=said["keep_days"],
                by=by,
            )
        )
        if not why:
            messages.success(request, _("The records are here, encrypted. Now say what their columns are."))
            return redirect("release_columns", release.pk)
        form.add_error("file", why)
    return render(request, "releases/records.html", {"form": form, "release": release})


@for_roles(*PREPARERS)
def release_columns(request: HttpRequest, number: int) -> HttpResponseBase:
    """What each column is for."""
    release = found(request, number)
    headings = records.headings(release)
    described = list(RecordColumn.objects.filter(file=release.records).order_by("position")) if release.records else []
    columns = [(column, headings[column.position - 1] if headings else "") for column in described]
    context = {"release": release, "columns": columns, "may_change": policies.may_change(request.user, release)}
    return render(request, "releases/columns.html", context)


@for_roles(*PREPARERS)
@require_http_methods(GET_OR_POST)
def release_column(request: HttpRequest, number: int, position: int) -> HttpResponseBase:
    """Say what one column is for; on demand, with the values that stand in it."""
    by, release = signed_in(request), found(request, number)
    column = RecordColumn.objects.filter(file=release.records, position=position).first() if release.records else None
    headings = records.headings(release)
    if column is None or not policies.may_change(by, release) or not headings:
        if column is None:
            raise Http404
        messages.info(request, _("What the columns are cannot be changed now."))
        return back(release)
    if request.POST.get("do") == "look":
        form = ColumnForm(column, release.version, found=_values(request, release, position))
    else:
        form = ColumnForm(column, release.version, request.POST or None)
        if request.method == "POST" and form.is_valid() and _described(request, release, column, form):
            messages.success(request, _("Saved."))
            return redirect("release_columns", release.pk)
    context = {"release": release, "column": column, "heading": headings[position - 1], "form": form}
    return render(request, "releases/column.html", context)


def _described(request: HttpRequest, release: Release, column: RecordColumn, form: ColumnForm) -> bool:
    try:
        why = refusal(
            lambda: records.describe_column(
                release=release,
                version=form.cleaned_data["seen"],
                position=column.position,
                said=form.said(),
                by=signed_in(request),
            )
        )
    except NotDescribedError as error:
        field = {"bad_name": "code", "code_taken": "code", "unknown_missing": "missing"}.get(error.code, "codes")
        no_words = error.code == "no_label" and error.about == form.cleaned_data["code"]
        form.add_error("label_en" if no_words else field, not_described(error))
        return False
    if why:
        form.add_error(None, why)
    return not why


def _values(request: HttpRequest, release: Release, position: int) -> tuple[str, ...]:
    """The different values of a column, to begin its list of codes with."""
    looked: list[FoundColumn] = []
    if not tried(request, lambda: looked.extend(records.look_into(release=release, by=signed_in(request)))):
        return ()
    column = looked[position - 1]
    if column.has_more or len(column.values) > MOST_SUGGESTED:
        messages.warning(request, _("The column has too many different values to be a dimension."))
        return ()
    return column.values


@for_roles(*PREPARERS)
@require_POST
def release_erase(request: HttpRequest, number: int) -> HttpResponseBase:
    """Erase the records before their day."""
    by, release = signed_in(request), found(request, number)
    tried(request, lambda: records.erase_records(release=release, by=by), _("The records are erased for good."))
    return back(release)
