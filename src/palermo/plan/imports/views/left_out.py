"""What the plan has and the document does not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from palermo.foundation.pagination import page_of
from palermo.people.guards import coordinators
from palermo.plan.imports import queries
from palermo.plan.imports.actions.mark_not_reported import mark_not_reported
from palermo.plan.imports.actions.working import frame_in
from palermo.plan.imports.errors import ConflictError, ProposalClosedError
from palermo.plan.imports.views.finding import closed, proposal_or_404, user_of


@coordinators
def left_out(request: HttpRequest, number: int) -> HttpResponse:
    """Deliverables that are not in the document. Nothing happens to them, unless the person ticks some."""
    proposal = proposal_or_404(request, number)
    if request.method == "POST":
        sent = request.POST.get("version", "")
        try:
            mark_not_reported(
                by=user_of(request),
                proposal=proposal,
                frame_version=int(sent) if sent.isdigit() and len(sent) < 10 else 0,
                shown=request.POST.getlist("shown"),
                ticked=request.POST.getlist("ticked"),
            )
        except ProposalClosedError:
            return closed(request, proposal)
        except ConflictError:
            messages.warning(request, _("Somebody else changed this meanwhile. Look at it again."))
        else:
            messages.success(request, _("Saved."))
        return redirect(request.get_full_path())
    held = frame_in(proposal)
    context = {
        "proposal": proposal,
        "around": held,
        "page": page_of(queries.left_out(request.user, proposal), request.GET.get("page")),
        "can_edit": proposal.is_open and not proposal.is_exact and bool(held.period),
    }
    return render(request, "imports/left_out.html", context)
