"""Handing over what a person holds, when they leave or are away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from palermo.people.guards import for_roles, signed_in
from palermo.people.models import Role
from palermo.plan.returns.actions.hand_over import NotAWriterError, hand_over_returns
from palermo.plan.returns.policies import WRITERS
from palermo.plan.returns.queries.hand_over import held


@for_roles(Role.COORDINATOR, Role.CLEARING_OFFICER, *WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """Who holds what, and to whom it can go."""
    by = signed_in(request)
    rows = held(by)
    if request.method == "POST":
        sent = {name: request.POST.get(name, "") for name in ("organisation", "leaver", "successor")}
        row = next((r for r in rows if (str(r.organisation.pk), str(r.leaver.pk)) == _who(sent)), None)
        if row is None:
            raise Http404
        successor = next((one for one in row.successors if str(one.pk) == sent["successor"]), None)
        if successor is None:
            messages.warning(request, _("Choose who takes over. It must be somebody who writes for the organization."))
            return redirect("hand_over")
        try:
            count = hand_over_returns(leaver=row.leaver, organisation=row.organisation, successor=successor, by=by)
        except NotAWriterError:
            messages.warning(request, _("That person writes for the organization no longer. Choose somebody else."))
        else:
            told = ngettext("%(count)s return went to %(name)s.", "%(count)s returns went to %(name)s.", count)
            messages.success(request, told % {"count": count, "name": successor.name})
        return redirect("hand_over")
    return render(request, "returns/hand_over.html", {"rows": rows})


def _who(sent: dict[str, str]) -> tuple[str, str]:
    return sent["organisation"], sent["leaver"]
