"""The proposal as a whole, and deciding on its rows."""

from __future__ import annotations

from typing import get_args

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from palermo.foundation.pagination import page_of
from palermo.people.guards import coordinators
from palermo.people.models import User
from palermo.plan.imports import queries
from palermo.plan.imports.actions.compare_again import compare_again
from palermo.plan.imports.actions.confirm import lacking
from palermo.plan.imports.actions.mark_rows import Mark, keep_wording, mark_rows
from palermo.plan.imports.actions.working import frame_in
from palermo.plan.imports.doubts import LACKS, in_words
from palermo.plan.imports.errors import ProposalClosedError
from palermo.plan.imports.models import Proposal, ProposalState
from palermo.plan.imports.showing import names_of, shown, status_label
from palermo.plan.imports.views.finding import closed, organisation_names, proposal_or_404, user_of
from palermo.plan.register.vocabulary import Status

_ROWS_AT_MOST = 200
"""As many as one page of the list can hold."""


@coordinators
def review(request: HttpRequest, number: int) -> HttpResponse:
    """Everything that was read, with its doubts, and what it would change."""
    proposal = proposal_or_404(request, number)
    if proposal.state == ProposalState.NEEDS_MAPPING:
        return redirect("import_headers", proposal.pk)
    frame = frame_in(proposal)
    show = _shown(request.GET.get("show"))
    page = page_of(queries.rows(request.user, proposal, show), request.GET.get("page"))
    names = names_of(frame, organisation_names(request))
    sections = {one.key: one for one in frame.sections}
    counts = queries.counts(request.user, proposal)
    context = {
        "proposal": proposal,
        "around": frame,
        "page": page,
        "show": show,
        "rows": [shown(row, frame, sections, names) for row in page.items],
        "counts": counts,
        "statuses": [(one, status_label(one), counts.statuses[one]) for one in Status.values if one in counts.statuses],
        "frame_doubts": [(in_words(one.code), one.detail) for one in frame.doubts],
        "section_doubts": sum(len(one.doubts) for one in frame.sections),
        "organisations_open": sum(one.is_open for one in frame.organisations),
        "left_out": 0 if proposal.is_exact else queries.left_out(request.user, proposal).count(),
        "lacks": lacks_in_words(proposal),
        "can_edit": proposal.is_open and not proposal.is_exact,
    }
    return render(request, "imports/review.html", context)


def lacks_in_words(proposal: Proposal) -> list[tuple[str, str, str]]:
    """What is missing before it can be confirmed: in words, what about, and the address where to say it."""
    places = {"organisation": "import_organisations", "text": "import_review", "rows": "import_review"}
    return [
        (str(LACKS[lack.code]), lack.detail, reverse(places.get(lack.code, "import_frame"), args=[proposal.pk]))
        for lack in lacking(proposal)
    ]


def _shown(asked: str | None) -> queries.Shown:
    return next((show for show in get_args(queries.Shown) if show == asked), "all")


@coordinators
@require_POST
def rows(request: HttpRequest, number: int) -> HttpResponse:
    """What the person pressed below or beside rows: `act` is a mark, or a mark and one row as `drop-12`."""
    proposal = proposal_or_404(request, number)
    act, _dash, one = request.POST.get("act", "").partition("-")
    wanted = [one] if one else request.POST.getlist("page_rows" if act == "page" else "rows")
    keys = [int(key) for key in wanted[:_ROWS_AT_MOST] if key.isdigit()]
    try:
        done = _do(user_of(request), proposal, act, keys)
    except ProposalClosedError:
        return closed(request, proposal)
    messages.success(request, done) if done else messages.warning(request, _("Choose at least one row."))
    return redirect(_back(request, proposal))


def _do(by: User, proposal: Proposal, act: str, keys: list[int]) -> str:
    """Do it and say what was done; "" where there was nothing to do."""
    if act == "wording":
        return _worded(keep_wording(by=by, proposal=proposal))
    marks: dict[str, Mark] = {"keep": "keep", "drop": "drop", "checked": "checked", "page": "checked"}
    if not keys or act not in marks:
        return ""
    number = mark_rows(by=by, proposal=proposal, rows=keys, mark=marks[act])
    if act == "drop":
        return ngettext(
            "%(number)d row was dropped. You find it under “Dropped” and can keep it after all.",
            "%(number)d rows were dropped. You find them under “Dropped” and can keep them after all.",
            number,
        ) % {"number": number}
    if act == "keep":
        return ngettext("%(number)d row is kept.", "%(number)d rows are kept.", number) % {"number": number}
    return ngettext(
        "The doubts of %(number)d row are marked as looked at.",
        "The doubts of %(number)d rows are marked as looked at.",
        number,
    ) % {"number": number}


def _worded(number: int) -> str:
    return ngettext(
        "%(number)d row keeps the words of the plan.", "%(number)d rows keep the words of the plan.", number
    ) % {"number": number}


def _back(request: HttpRequest, proposal: Proposal) -> str:
    """The page of the list that the person came from."""
    kept = {name: request.POST[name] for name in ("show", "page") if request.POST.get(name)}
    address = reverse("import_review", args=[proposal.pk])
    return f"{address}?{urlencode(kept)}#rows" if kept else f"{address}#rows"


@coordinators
@require_POST
def compare(request: HttpRequest, number: int) -> HttpResponse:
    """Match the rows with the plan as it is now."""
    proposal = proposal_or_404(request, number)
    try:
        compare_again(by=user_of(request), proposal=proposal)
    except ProposalClosedError:
        return closed(request, proposal)
    messages.success(request, _("The rows were compared with the plan again."))
    return redirect("import_review", proposal.pk)
