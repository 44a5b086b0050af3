"""A desk files a tip. It needs no key, and no script."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palermo.foundation.jurisdictions import jurisdiction
from palermo.people.guards import signed_in
from palermo.prosecution.tips.actions.closing import NotProposedError
from palermo.prosecution.tips.actions.erasing import StillOpenError
from palermo.prosecution.tips.actions.filing import Filed, UnknownCodeError, file_tip, places
from palermo.prosecution.tips.actions.writing import ChangedError, ClosedError
from palermo.prosecution.tips.models import Form, Outcome, Tip, Urgency
from palermo.prosecution.tips.queries import desk as queries
from palermo.prosecution.tips.views.at_the_desk import at_the_desk

REFUSALS = (ChangedError, ClosedError, NotProposedError, StillOpenError, UnknownCodeError)


def choices(tip: Tip) -> dict[str, object]:
    """What the forms of a tip offer, and what it is filed under."""
    named = [(code, jurisdiction(code).name.text) for code in places() if code]
    return {
        "urgencies": Urgency.choices,
        "forms": Form.choices,
        "places": sorted(named, key=lambda one: one[1]),
        "outcomes": Outcome.choices,
        "place": jurisdiction(tip.place).name if tip.place else None,
    }


@at_the_desk
@require_POST
def tips_file(request: HttpRequest, tip: UUID) -> HttpResponse:
    """File a tip under codes."""
    said = request.POST
    filed = Filed(urgency=said.get("urgency", ""), form=said.get("form", ""), place=said.get("place", ""))
    found, version = asked(request, tip)
    try:
        file_tip(by=signed_in(request), tip=found, filed=filed, version=version)
    except REFUSALS as error:
        messages.error(request, why(error))
    except PermissionDenied:
        messages.error(request, _("Only a member whose key is confirmed can do this."))
    else:
        messages.success(request, _("Filed."))
    return redirect("tips_one", found.pk)


def asked(request: HttpRequest, key: UUID) -> tuple[Tip, int]:
    """The tip that a form is about, and the version of it that the viewer had seen.

    Raises:
        Http404: there is none at a desk of theirs.
    """
    found = queries.tip_at(request.user, key)
    if found is None:
        raise Http404
    version = request.POST.get("version", "")
    return found, int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0


def why(error: Exception) -> str:
    """What a refusal means, and what to do."""
    if isinstance(error, ChangedError):
        return _("Somebody changed this tip meanwhile. Look at it as it is now, and try again.")
    if isinstance(error, ClosedError):
        return _("This cannot be done with a tip that is closed or erased. Open it again first.")
    if isinstance(error, NotProposedError):
        return _("It takes two members to close a tip: one proposes it, and another one agrees.")
    if isinstance(error, StillOpenError):
        return _("Only a tip that was closed can be erased.")
    return _("Choose one of the list, and tick the box where there is one.")
