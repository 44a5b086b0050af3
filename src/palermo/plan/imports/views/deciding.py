"""Mapping the headings of a table, confirming a proposal, dropping it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from palermo.foundation.bilingual import Language, reader_language
from palermo.people.guards import coordinators
from palermo.plan.imports import queries
from palermo.plan.imports.actions.confirm import confirm
from palermo.plan.imports.actions.drop_proposal import drop_proposal
from palermo.plan.imports.actions.map_headers import map_headers
from palermo.plan.imports.actions.working import frame_in
from palermo.plan.imports.doubts import LACKS, reason
from palermo.plan.imports.errors import (
    ConflictError,
    NoPlanFoundError,
    NotReadyError,
    PlanHasChangedError,
    ProposalClosedError,
)
from palermo.plan.imports.forms.upload import HeadersForm
from palermo.plan.imports.models import Proposal, ProposalState
from palermo.plan.imports.reader.headers import IGNORE, mapping_fields, template_fields
from palermo.plan.imports.reader.reading import UnreadableError
from palermo.plan.imports.views.finding import closed, proposal_or_404, user_of
from palermo.plan.imports.views.review import lacks_in_words


@coordinators
def headers(request: HttpRequest, number: int) -> HttpResponse:
    """Say what the columns of a table hold whose headings nobody knows; then it is read again."""
    proposal = proposal_or_404(request, number)
    if proposal.state != ProposalState.NEEDS_MAPPING:
        return redirect("import_review", proposal.pk)
    frame = frame_in(proposal)
    labels = _field_labels(reader_language())
    form = HeadersForm(request.POST or None, frame=frame, fields=list(labels.items()))
    if request.method == "POST" and form.is_valid():
        try:
            map_headers(by=user_of(request), proposal=proposal, mapping=form.mapping(frame))
        except (UnreadableError, NoPlanFoundError) as refusal:
            form.add_error(None, reason(refusal.code, refusal.message))
        except ProposalClosedError:
            return closed(request, proposal)
        else:
            messages.success(request, _("The table was read. Nothing reaches the plan before you confirm it."))
            return redirect("import_review", proposal.pk)
    context = {
        "proposal": proposal,
        "form": form,
        "known": [(header, labels.get(field, field)) for header, field in frame.known_headers.items()],
        "refusal": reason(frame.refusal_code, "") if frame.refusal_code else "",
    }
    return render(request, "imports/headers.html", context, status=422 if form.errors else 200)


def _field_labels(language: Language) -> dict[str, str]:
    """What a column can hold, in words."""
    labels = {field.name: field.label.said_in(language) for field in template_fields()}
    labels |= {"timeline": _("A time that may be a start or a due date"), IGNORE: _("Nothing that is to be imported")}
    return {name: labels[name] for name in (IGNORE, *mapping_fields())}


@coordinators
def confirm_proposal(request: HttpRequest, number: int) -> HttpResponse:
    """See once more what would happen, then do it: all of it, or nothing."""
    proposal = proposal_or_404(request, number)
    if proposal.state != ProposalState.OPEN:
        return closed(request, proposal)
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        found = _confirmed(request, proposal, problems)
        if found is not None:
            return found
    frame = frame_in(proposal)
    context = {
        "proposal": proposal,
        "around": frame,
        "counts": queries.counts(request.user, proposal),
        "new_organisations": len({one.code for one in frame.organisations if not one.is_known}),
        "new_sections": sum(not one.is_known for one in frame.sections),
        "not_reported": len(frame.not_reported),
        "lacks": lacks_in_words(proposal),
        "problems": problems,
    }
    return render(request, "imports/confirm.html", context, status=409 if problems else 200)


def _confirmed(request: HttpRequest, proposal: Proposal, problems: list[tuple[str, str]]) -> HttpResponse | None:
    """Away to the plan; where something stands in the way, `problems` says what, and what it is about."""
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdigit() and len(sent) < 10 else 0
    try:
        done = confirm(by=user_of(request), proposal=proposal, version=version)
    except ProposalClosedError:
        return closed(request, proposal)
    except ConflictError:
        problems.append((_("The proposal was changed after you opened this page. Look at it again."), ""))
        proposal.refresh_from_db()
    except NotReadyError as refusal:
        problems += [(str(LACKS[lack.code]), lack.detail) for lack in refusal.lacks]
    except PlanHasChangedError as refusal:
        about = ", ".join(refusal.codes[:10])
        problems.append((_("The plan has changed since. Compare the proposal with it again."), about))
    else:
        said = _("Done: %(added)d deliverables added, %(changed)d changed, %(statuses)d statuses recorded.")
        messages.success(request, said % {"added": done.added, "changed": done.changed, "statuses": done.statuses})
        return redirect("plan", done.plan.code)
    return None


@coordinators
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, then drop the whole proposal."""
    proposal = proposal_or_404(request, number)
    if not proposal.is_open:
        return closed(request, proposal)
    if request.method == "POST":
        try:
            drop_proposal(by=user_of(request), proposal=proposal)
        except ProposalClosedError:
            return closed(request, proposal)
        messages.success(request, _("The proposal was dropped. The plan is as it was."))
        return redirect("imports")
    return render(request, "imports/drop.html", {"proposal": proposal})
