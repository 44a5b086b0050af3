"""Taking files in, mending what was put aside, and telling apart what may be the same."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from palermo.foundation.pagination import PAGE_SIZE, page_of
from palermo.people.guards import coordinators, signed_in
from palermo.protection.directory.actions.aside import StillWrongError, correct, discard, problems_of
from palermo.protection.directory.actions.intake import BusyError, take_in_file
from palermo.protection.directory.actions.refusing import note_refused_mending, told_by_mending, tries_too_often
from palermo.protection.directory.actions.secrecy import Secrecy
from palermo.protection.directory.actions.sources import BadNameError, source_called
from palermo.protection.directory.forms_intake import IntakeForm
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import ROW
from palermo.protection.directory.hsds.reading import UnreadableError
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.mending import Path as Where
from palermo.protection.directory.mending import Wound, as_told, mended, secrecy_over, shown, wounds, written_at
from palermo.protection.directory.models import Intake, PutAside
from palermo.protection.directory.queries import intakes as queries
from palermo.protection.directory.sealing import SealedError, opened
from palermo.protection.directory.words import remark, sealed, sentence, unreadable

_TOO_OFTEN = gettext_lazy(
    "Several times in a day, what you wrote here was refused: it tells where a confidential place is. For a day, "
    "nothing that you write here is looked at. It is kept below; another coordinator can mend the entry."
)


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def directory_intakes(request: HttpRequest) -> HttpResponseBase:
    """Take a file in; and what was taken in before."""
    form = IntakeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = _taken(request, form)
        if isinstance(made, Intake):
            return redirect("directory_intake", made.pk)
        form.add_error(None, made)
    context = {
        "form": form,
        "sources": queries.sources(request.user),
        "intakes": queries.intakes(request.user)[:PAGE_SIZE],
    }
    return render(request, "directory/intakes.html", context)


def _taken(request: HttpRequest, form: IntakeForm) -> Intake | ValidationError:
    """The intake of the file; or why it cannot be taken in, beside the field that is to blame."""
    by, file = signed_in(request), form.cleaned_data["file"]
    with tempfile.TemporaryDirectory() as folder:
        path = _kept(file, Path(folder))
        try:
            source = source_called(by=by, name=form.cleaned_data["source"])
            return take_in_file(by=by, path=path, kind="service", source=source, name=file.name)
        except BadNameError:
            words = _("This name tells where a confidential place is. Choose another one.")
            return ValidationError({"source": words})
        except UnreadableError as error:
            why = unreadable(error)
        except BusyError:
            why = _("Somebody else is taking in this file.")
        except SealedError:
            why = sealed()
    return ValidationError({"file": why})


def _kept(file: UploadedFile[bytes], folder: Path) -> Path:
    path = folder / f"file{Path(str(file.name)).suffix.lower()}"
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    return path


@coordinators
def directory_intake(request: HttpRequest, intake: int) -> HttpResponse:
    """What came in of a file, what waits, and what was left out."""
    found = queries.intakes(request.user).filter(pk=intake).first()
    if found is None:
        raise Http404
    context = {
        "intake": found,
        "remarks": [(remark(code), count) for code, count in found.remarks.items()],
        "source": queries.sources(request.user).get(pk=found.source_id),
    }
    return render(request, "directory/intake.html", context)


@coordinators
def directory_aside(request: HttpRequest) -> HttpResponseBase:
    """Entries that wait to be mended."""
    try:
        return _all_aside(request)
    except SealedError:
        return _cannot_be_read(request)


def _all_aside(request: HttpRequest) -> HttpResponse:
    page = page_of(queries.put_aside(request.user), request.GET.get("page"))
    rows, secrecy = [], secrecy_over(queries.waiting_sealed(request.user))
    for one in page.items:
        said = opened(one.pk, bytes(one.sealed))
        document, problems = said["document"] if isinstance(said["document"], dict) else {}, problems_of(said)
        name = _name(one, shown(document, problems, secrecy))
        rows.append((one, name, [sentence(as_told(each, secrecy)) for each in problems][:3]))
    return _page(request, "directory/aside.html", {"page": page, "rows": rows})


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def directory_aside_one(request: HttpRequest, aside: UUID) -> HttpResponseBase:
    """Mend an entry, and take it in."""
    found = _aside(request, aside)
    try:
        return _one_aside(request, found)
    except SealedError:
        return _cannot_be_read(request)


def _cannot_be_read(request: HttpRequest) -> HttpResponseBase:
    messages.error(request, sealed())
    return redirect("directory_intakes")


def _one_aside(request: HttpRequest, found: PutAside) -> HttpResponseBase:
    said = opened(found.pk, bytes(found.sealed))
    document = said["document"] if isinstance(said["document"], dict) else {}
    problems, also = problems_of(said), list[Where]()
    secrecy = secrecy_over(queries.waiting_sealed(request.user))
    if request.method == "POST":
        as_it_came = problems
        after, problems, also = _tried(request, found, document, problems, secrecy)
        if not problems:
            words = _("The entry came in. When its source says it again, it is mended in the same way.")
            messages.success(request, words)
            # What had no field of its own, such as the cell of a sheet, is set right on the entry itself.
            has_more = found.kind == "service" and not all(
                one.is_editable for one in wounds(after, as_it_came, secrecy)
            )
            return redirect("directory_service", after["id"]) if has_more else redirect("directory_aside")
    # Shown as it came: what is hidden of what somebody just wrote would tell them that it is a secret.
    open_half = shown(document, problems, secrecy)
    context = {
        "aside": found,
        "name": _name(found, open_half),
        "wounds": list(_as_written(request, wounds(document, problems, secrecy, also))),
        "is_entry": found.kind != ROW,
        "whole": json.dumps(open_half, ensure_ascii=False, indent=1),
    }
    response = _page(request, "directory/aside_one.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _tried(
    request: HttpRequest, found: PutAside, document: Document, problems: list[Problem], secrecy: Secrecy
) -> tuple[Document, list[Problem], list[Where]]:
    """The same as `_corrected`, unless what they wrote told a secret so often that they may be looking for one."""
    by = signed_in(request)
    if tries_too_often(by):
        messages.error(request, _TOO_OFTEN)
        return document, problems, written_at(request.POST)
    after, wrong, taken = _corrected(request, found, document, problems, secrecy)
    if wrong:
        written = [said for name, said in request.POST.dict().items() if written_at([name])]
        is_refused = any(one.rule == "confidential" for one in wrong)
        tells = is_refused and told_by_mending(document, after, written, secrecy)
        is_over = tells and note_refused_mending(by=by, aside=found)
        still = _("Something is still wrong. What you wrote is kept below.")
        messages.error(request, _TOO_OFTEN if is_over else still)
    return after, wrong, taken


def _corrected(
    request: HttpRequest, found: PutAside, document: Document, problems: list[Problem], secrecy: Secrecy
) -> tuple[Document, list[Problem], list[Where]]:
    """Take an entry in with what was written where something is wrong, also where only the rest hid that.

    Returns:
        The entry as it is then, what is still wrong with it, and where something was written.
    """
    written, taken = set(written_at(request.POST)), list[Where]()
    while True:
        fresh = [one for one in wounds(document, problems, secrecy) if one.path in written.difference(taken)]
        document = mended(document, fresh, request.POST.dict())
        taken += [one.path for one in fresh]
        try:
            correct(by=signed_in(request), aside=found, document=document)
        except StillWrongError as error:
            problems = list(error.problems)
        else:
            return document, [], taken
        if written.isdisjoint(one.path for one in wounds(document, problems, secrecy) if one.path not in taken):
            return document, problems, taken


def _as_written(request: HttpRequest, some: Iterable[Wound]) -> Iterable[Wound]:
    """Fields with what was written in them just now, which stands nowhere else."""
    for one in some:
        said = request.POST.get(one.name)
        is_hidden = one.is_hidden and not (said and said.strip())
        yield one if said is None else replace(one, value=said, is_hidden=is_hidden)


def _name(aside: PutAside, document: Document) -> str:
    """What an entry is called, for want of a name by its identifier or its place in the file."""
    return str(document.get("name") or document.get("id") or f"#{aside.number}")


def _page(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """A page that shows entries as they came, with a question mark for each half of a character in them."""
    return HttpResponse(render_to_string(template, context, request).encode(errors="replace"))


@coordinators
@require_POST
def directory_aside_discard(request: HttpRequest, aside: UUID) -> HttpResponseBase:
    """Leave an entry out."""
    discard(by=signed_in(request), aside=_aside(request, aside))
    messages.success(request, _("Left out. You are not asked again while its source says the same."))
    return redirect("directory_aside")


def _aside(request: HttpRequest, key: UUID) -> PutAside:
    found = queries.put_aside(request.user).filter(pk=key).first()
    if found is None:
        raise Http404
    return found
