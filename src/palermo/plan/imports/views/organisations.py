"""Who the organisations are that a document names."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from palermo.foundation.bilingual import choose
from palermo.people.guards import coordinators
from palermo.plan.imports.actions.map_organisation import accept_new_organisations, map_organisation
from palermo.plan.imports.actions.working import frame_in
from palermo.plan.imports.errors import ConflictError, ProposalClosedError
from palermo.plan.imports.forms.frame import OrganisationForm
from palermo.plan.imports.models import Proposal
from palermo.plan.imports.naming import fold
from palermo.plan.imports.values import Frame, FrameOrganisation
from palermo.plan.imports.views.finding import clashes, closed, organisation_names, proposal_or_404, user_of


@coordinators
def organisations(request: HttpRequest, number: int) -> HttpResponse:
    """Every organisation as printed, and who that is taken for; those that wait for a word stand first."""
    proposal = proposal_or_404(request, number)
    held = frame_in(proposal)
    names = organisation_names(request)
    listed = [
        (place, one, _name(one, held, names), names.get(one.suggested, ""))
        for place, one in enumerate(held.organisations, start=1)
    ]
    context = {
        "proposal": proposal,
        "listed": sorted(listed, key=lambda each: not each[1].is_open),
        "open": sum(one.is_open for one in held.organisations),
        "version": proposal.frame_version,
        "can_edit": proposal.is_open and not proposal.is_exact,
    }
    return render(request, "imports/organisations.html", context)


def _name(one: FrameOrganisation, held: Frame, names: dict[str, str]) -> str:
    """What the organisation is called, whether it is in the register or named in this proposal."""
    first = next(other for other in held.organisations if other.code == one.code)
    return names.get(one.code) or choose(first.name_en, first.name_fr).text


@coordinators
@require_POST
def accept(request: HttpRequest, number: int) -> HttpResponse:
    """All those that are not known are new."""
    proposal = proposal_or_404(request, number)
    try:
        accepted = accept_new_organisations(by=user_of(request), proposal=proposal, frame_version=_version(request))
    except ProposalClosedError:
        return closed(request, proposal)
    except ConflictError:
        messages.warning(request, _("Somebody else changed this meanwhile. Look at it again."))
        return redirect("import_organisations", proposal.pk)
    said = ngettext("%(number)d organization will be added.", "%(number)d organizations will be added.", accepted) % {
        "number": accepted
    }
    messages.success(request, said)
    return redirect("import_review", proposal.pk)


def _version(request: HttpRequest) -> int:
    """The version that the person saw; 0, which is none, where the form was tampered with."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdigit() and len(sent) < 10 else 0


@coordinators
def organisation(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """Say who one printed name is; `place` counts from 1 in the order of the document."""
    proposal = proposal_or_404(request, number)
    held = frame_in(proposal)
    if not 1 <= place <= len(held.organisations):
        raise Http404
    if not proposal.is_open or proposal.is_exact:
        return closed(request, proposal)
    one = held.organisations[place - 1]
    form = OrganisationForm(
        request.POST or None,
        initial=_initial(one, proposal.frame_version),
        known=sorted(organisation_names(request).items(), key=lambda each: fold(each[1])),
        others=[
            (other.code, choose(other.name_en, other.name_fr).text)
            for other in held.organisations
            if not other.is_known and other.code != one.code and (other.name_en or other.name_fr)
        ],
    )
    context: dict[str, object] = {"proposal": proposal, "form": form, "organisation": one}
    if request.method == "POST" and form.is_valid():
        saved = _saved(request, proposal, one, form, context)
        if saved is not None:
            return saved
    status = 409 if "clashes" in context else 422 if form.errors else 200
    return render(request, "imports/organisation.html", context, status=status)


def _saved(
    request: HttpRequest, proposal: Proposal, one: FrameOrganisation, form: OrganisationForm, context: dict[str, object]
) -> HttpResponse | None:
    said = {name: value for name, value in form.cleaned_data.items() if name not in {"version", "code"}}
    code = form.cleaned_data["code"] or one.fresh_code
    changed = one.model_copy(update={**said, "code": code})
    try:
        map_organisation(
            by=user_of(request),
            proposal=proposal,
            frame_version=form.cleaned_data["version"],
            organisations=[changed],
        )
    except ProposalClosedError:
        return closed(request, proposal)
    except ConflictError as conflict:
        if not isinstance(conflict.current, Proposal):
            raise
        kept = frame_in(conflict.current).organisations
        stored = next((each for each in kept if each.printed == one.printed), one)
        context["clashes"] = clashes(form, _initial(stored, 0), conflict.current.frame_version)
        return None
    messages.success(request, _("The organization was saved."))
    return redirect("import_organisations", proposal.pk)


def _initial(one: FrameOrganisation, version: int) -> dict[str, object]:
    """A known one is chosen; one that is only suggested is offered, for the person to say."""
    code = "" if one.code == one.fresh_code and not one.is_known else one.code
    return {**one.model_dump(), "code": code if one.is_seen or code else one.suggested, "version": version}
