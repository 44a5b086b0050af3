"""One row: as printed, as read, and what it would change."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from palermo.people.guards import coordinators
from palermo.plan.imports import queries
from palermo.plan.imports.actions.edit_row import edit_row
from palermo.plan.imports.actions.working import frame_in
from palermo.plan.imports.errors import ConflictError, ProposalClosedError
from palermo.plan.imports.forms.row import RowForm
from palermo.plan.imports.models import Change, Proposal, ProposalRow
from palermo.plan.imports.showing import names_of, shown
from palermo.plan.imports.values import Frame, RowValues
from palermo.plan.imports.views.finding import (
    clashes,
    closed,
    organisation_names,
    proposal_or_404,
    section_label,
    user_of,
)


@coordinators
def row(request: HttpRequest, number: int, position: int) -> HttpResponse:
    """See and correct one row; where somebody else saved it meanwhile, see both."""
    proposal = proposal_or_404(request, number)
    found = queries.rows(request.user, proposal).filter(position=position).first()
    if found is None:
        raise Http404
    frame = frame_in(proposal)
    form = _form(request, proposal, found, frame)
    context: dict[str, object] = {"proposal": proposal, "form": form, "around": frame}
    if request.method == "POST" and form.is_valid():
        saved = _saved(request, proposal, found, form, context)
        if saved is not None:
            return saved
    names = names_of(frame, organisation_names(request))
    context["shown"] = shown(found, frame, {one.key: one for one in frame.sections}, names)
    context["next"] = queries.rows(request.user, proposal, "doubts").filter(position__gt=position).first()
    context["can_edit"] = proposal.is_open and not proposal.is_exact
    return render(request, "imports/row.html", context, status=_status(form, context))


def _status(form: RowForm, context: dict[str, object]) -> int:
    return 409 if "clashes" in context else 422 if form.errors else 200


def _saved(
    request: HttpRequest, proposal: Proposal, found: ProposalRow, form: RowForm, context: dict[str, object]
) -> HttpResponse | None:
    """Away to the list; None where somebody else saved the row meanwhile."""
    said = form.cleaned_data
    values = form.values(RowValues.model_validate(found.values), _match(found))
    try:
        edit_row(by=user_of(request), row=found, version=said["version"], values=values, section=said["section"])
    except ProposalClosedError:
        return closed(request, proposal)
    except ConflictError as conflict:
        if not isinstance(conflict.current, ProposalRow):
            raise
        context["clashes"] = clashes(form, _initial(conflict.current), conflict.current.version)
        return None
    messages.success(request, _("The row was saved."))
    following = queries.rows(request.user, proposal, "doubts").filter(position__gt=found.position).first()
    if "next" in request.POST and following is not None:
        return redirect("import_row", proposal.pk, following.position)
    return redirect("import_review", proposal.pk)


def _form(request: HttpRequest, proposal: Proposal, found: ProposalRow, frame: Frame) -> RowForm:
    known = None
    if proposal.plan:
        known = [one.code for one in queries.left_out(request.user, proposal)] + [_match(found)]
    sections = [(one.key, section_label(frame, one.key)) for one in frame.sections]
    return RowForm(request.POST or None, initial=_initial(found), sections=sections, known=known)


def _initial(found: ProposalRow) -> dict[str, object]:
    values = RowValues.model_validate(found.values)
    return {
        **values.model_dump(),
        "section": found.section,
        "leads": "\n".join(values.leads),
        "supporting": "\n".join(values.supporting),
        "matched": _match(found),
        "version": found.version,
    }


def _match(found: ProposalRow) -> str:
    """The deliverable of the plan that the row was matched with, "" where with none."""
    return "" if found.change == Change.NEW else found.code
