"""What stands around the rows: the plan and its sections."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from palermo.people.guards import coordinators
from palermo.plan.imports import queries
from palermo.plan.imports.actions.edit_frame import FrameEdit, edit_frame, edit_section
from palermo.plan.imports.actions.working import frame_in
from palermo.plan.imports.doubts import in_words
from palermo.plan.imports.errors import ConflictError, ProposalClosedError
from palermo.plan.imports.forms.frame import FrameForm, SectionForm
from palermo.plan.imports.models import Proposal
from palermo.plan.imports.values import Frame, FrameDocument, FrameLevel, FrameSection
from palermo.plan.imports.views.finding import clashes, closed, proposal_or_404, user_of

_DOCUMENT = ("title_en", "title_fr", "publisher_en", "publisher_fr", "published_on", "url")
_LEVEL = ("name_en", "name_fr", "plural_en", "plural_fr")
_PLAIN = ("title_en", "title_fr", "code", "jurisdiction", "starts_on", "ends_on", "language", "period")


@coordinators
def frame(request: HttpRequest, number: int) -> HttpResponse:
    """The plan, its levels, the period and the document."""
    proposal = proposal_or_404(request, number)
    if not proposal.is_open or proposal.is_exact:
        return closed(request, proposal)
    held = frame_in(proposal)
    form = FrameForm(
        request.POST or None,
        initial=_initial(proposal),
        owners=queries.owners(request.user),
        is_known=proposal.plan is not None,
        levels=len(held.levels),
    )
    context: dict[str, object] = {"proposal": proposal, "form": form}
    if request.method == "POST" and form.is_valid():
        saved = _saved(request, proposal, held, form, context)
        if saved is not None:
            return saved
    return render(request, "imports/frame.html", context, status=_status(form, context))


def _status(form: FrameForm | SectionForm, context: dict[str, object]) -> int:
    return 409 if "clashes" in context else 422 if form.errors else 200


def _saved(
    request: HttpRequest, proposal: Proposal, held: Frame, form: FrameForm, context: dict[str, object]
) -> HttpResponse | None:
    said = form.cleaned_data
    levels = [
        FrameLevel(**{name: said[f"level_{depth}_{name}"] for name in _LEVEL})
        for depth in range(1, len(held.levels) + 1)
    ]
    edit = FrameEdit(
        **{name: said.get(name, getattr(held, name)) for name in _PLAIN},
        levels=levels,
        document=FrameDocument(code=held.document.code, **{name: said[f"document_{name}"] for name in _DOCUMENT}),
        owner=said.get("owner", proposal.owner),
    )
    try:
        edit_frame(by=user_of(request), proposal=proposal, frame_version=said["version"], edit=edit)
    except ProposalClosedError:
        return closed(request, proposal)
    except ConflictError as conflict:
        if not isinstance(conflict.current, Proposal):
            raise
        context["clashes"] = clashes(form, _initial(conflict.current), conflict.current.frame_version)
        return None
    messages.success(request, _("The plan’s frame was saved."))
    return redirect("import_review", proposal.pk)


def _initial(proposal: Proposal) -> dict[str, object]:
    held = frame_in(proposal)
    found: dict[str, object] = {name: getattr(held, name) for name in _PLAIN}
    found["period"] = held.period.replace("-", "–")
    found["owner"] = proposal.owner_id
    found["version"] = proposal.frame_version
    for name in _DOCUMENT:
        found[f"document_{name}"] = getattr(held.document, name)
    for depth, level in enumerate(held.levels, start=1):
        for name in _LEVEL:
            found[f"level_{depth}_{name}"] = getattr(level, name)
    return found


@coordinators
def sections(request: HttpRequest, number: int) -> HttpResponse:
    """Every section that was read, in the order of the document."""
    proposal = proposal_or_404(request, number)
    held = frame_in(proposal)
    context = {
        "proposal": proposal,
        "around": held,
        "sections": [
            (place, one, [(in_words(doubt.code), doubt.detail) for doubt in one.doubts])
            for place, one in enumerate(held.sections, start=1)
        ],
        "can_edit": proposal.is_open and not proposal.is_exact,
    }
    return render(request, "imports/sections.html", context)


@coordinators
def section(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """Correct one section; `place` counts from 1 in the order of the document."""
    proposal = proposal_or_404(request, number)
    held = frame_in(proposal)
    if not 1 <= place <= len(held.sections):
        raise Http404
    if not proposal.is_open or proposal.is_exact:
        return closed(request, proposal)
    one = held.sections[place - 1]
    form = SectionForm(
        request.POST or None,
        initial={**one.model_dump(), "version": proposal.frame_version},
        taken=[other.code for other in held.sections if other.key != one.key],
        is_known=one.is_known,
    )
    context: dict[str, object] = {"proposal": proposal, "form": form, "section": one}
    if request.method == "POST" and form.is_valid():
        saved = _section_saved(request, proposal, one, form, context)
        if saved is not None:
            return saved
    return render(request, "imports/section.html", context, status=_status(form, context))


def _section_saved(
    request: HttpRequest, proposal: Proposal, one: FrameSection, form: SectionForm, context: dict[str, object]
) -> HttpResponse | None:
    said = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    changed = one.model_copy(update=said)
    version = form.cleaned_data["version"]
    try:
        edit_section(by=user_of(request), proposal=proposal, frame_version=version, section=changed)
    except ProposalClosedError:
        return closed(request, proposal)
    except ConflictError as conflict:
        if not isinstance(conflict.current, Proposal):
            raise
        stored = frame_in(conflict.current).section(one.key) or one
        context["clashes"] = clashes(form, stored.model_dump(), conflict.current.frame_version)
        return None
    messages.success(request, _("The section was saved."))
    return redirect("import_sections", proposal.pk)
