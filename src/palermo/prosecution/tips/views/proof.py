"""The proof that a tip was erased, to be shown or printed for whoever asks."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from palermo.people.policies import is_command_line
from palermo.prosecution.tips.queries.handovers import handed_from, handovers_of
from palermo.prosecution.tips.queries.proof import proof_of
from palermo.prosecution.tips.views.at_the_desk import at_the_desk, tip_of


@at_the_desk
@require_safe
def tips_erased(request: HttpRequest, tip: UUID) -> HttpResponse:
    """What is left of an erased tip of a desk of the viewer's, checked at this moment."""
    found = tip_of(request, tip)
    proof = proof_of(request.user, found)
    if proof is None:
        raise Http404
    context = {
        "tip": found,
        "proof": proof,
        "is_by_rule": is_command_line(proof.erasure.by),
        "handovers": [(one, ()) for one in handovers_of(request.user, found)],
        "from_desk": handed_from(request.user, found),
    }
    return render(request, "tips/desk_erased.html", context)
