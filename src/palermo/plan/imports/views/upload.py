"""Handing in a document, and the list of what was handed in."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from palermo.foundation.bilingual import Language
from palermo.foundation.pagination import page_of
from palermo.people.guards import coordinators
from palermo.plan.imports import queries
from palermo.plan.imports.actions.propose import propose
from palermo.plan.imports.doubts import reason
from palermo.plan.imports.errors import NoPlanFoundError
from palermo.plan.imports.forms.upload import UploadForm
from palermo.plan.imports.models import ProposalState
from palermo.plan.imports.reader.reading import UnreadableError
from palermo.plan.imports.reader.template import template_csv, template_xlsx
from palermo.plan.imports.views.finding import user_of

_TEMPLATES = {
    "csv": (template_csv, "text/csv; charset=utf-8"),
    "xlsx": (template_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_FILE_NAMES = {"en": "palermo-template-en", "fr": "palermo-modele-fr"}


@coordinators
def imports(request: HttpRequest) -> HttpResponse:
    """Every proposal for plans that the coordinator works on, the newest first."""
    page = page_of(queries.proposals(request.user), request.GET.get("page"))
    return render(request, "imports/list.html", {"page": page})


@coordinators
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a document. Where it cannot be read, the same page says why and keeps all else that was filled in."""
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        plans=queries.plans_to_change(request.user),
        owners=queries.owners(request.user),
    )
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        found = _proposed(request, form, problems)
        if found is not None:
            return found
    context = {"form": form, "problems": problems}
    return render(request, "imports/upload.html", context, status=422 if form.errors else 200)


def _proposed(request: HttpRequest, form: UploadForm, problems: list[str]) -> HttpResponse | None:
    """Away to the new proposal; where the file is refused, the form says why and `problems` the particulars."""
    said = form.cleaned_data
    try:
        proposal = propose(
            by=user_of(request),
            upload=cast("UploadedFile[bytes]", said["file"]),
            owner=None if said["plan"] else said["owner"],
            plan=said["plan"],
            period=said["period"],
        )
    except (UnreadableError, NoPlanFoundError) as refusal:
        form.add_error("file", reason(refusal.code, refusal.message))
        problems += refusal.message.splitlines()[1:]
        return None
    if proposal.state == ProposalState.NEEDS_MAPPING:
        return redirect("import_headers", proposal.pk)
    messages.success(request, _("The document was read. Nothing reaches the plan before you confirm it."))
    return redirect("import_review", proposal.pk)


@coordinators
def template(request: HttpRequest, language: str, extension: str) -> HttpResponse:
    """The table to be filled in, in one of two languages and one of two formats."""
    if language not in _FILE_NAMES or extension not in _TEMPLATES:
        raise Http404
    make, content_type = _TEMPLATES[extension]
    name = f"{_FILE_NAMES[language]}.{extension}"
    return HttpResponse(
        make(cast(Language, language)),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
