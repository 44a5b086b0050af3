"""A desk files a tip, closes it by two, opens it again or erases it. None of it needs a key, or a script."""

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
from palermo.prosecution.tips.actions.closing import NotProposedError, close, propose_closing, reopen
from palermo.prosecution.tips.actions.erasing import StillOpenError, erase
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
    found, version = _asked(request, tip)
    try:
        file_tip(by=signed_in(request), tip=found, filed=filed, version=version)
    except REFUSALS as error:
        messages.error(request, _why(error))
    except PermissionDenied:
        messages.error(request, _("Only a member whose key is confirmed can do this."))
    else:
        messages.success(request, _("Filed."))
    return redirect("tips_one", found.pk)


@at_the_desk
@require_POST
def tips_end(request: HttpRequest, tip: UUID) -> HttpResponse:
    """Propose to close a tip, close it, open it again, or erase it."""
    found, version = _asked(request, tip)
    try:
        said = _done(request, found, version)
    except REFUSALS as error:
        messages.error(request, _why(error))
    except PermissionDenied:
        messages.error(request, _("Only a member whose key is confirmed can do this."))
    else:
        messages.success(request, said)
    return redirect("tips_one", found.pk)


def _done(request: HttpRequest, tip: Tip, version: int) -> str:
    """Do what was asked for; a sentence that says so."""
    by, act = signed_in(request), request.POST.get("do")
    if act == "propose":
        propose_closing(by=by, tip=tip, outcome=request.POST.get("outcome", ""), version=version)
        return _("Proposed. Another member has to agree before it is closed.")
    if act == "close":
        close(by=by, tip=tip, version=version)
        return _("Closed.")
    if act == "reopen":
        reopen(by=by, tip=tip, version=version)
        return _("Open again.")
    if act == "erase" and request.POST.get("is_sure"):
        erase(by=by, tip=tip, version=version)
        return _("Erased. Nobody can read it any more.")
    raise UnknownCodeError


def _asked(request: HttpRequest, key: UUID) -> tuple[Tip, int]:
    found = queries.tip_at(request.user, key)
    if found is None:
        raise Http404
    version = request.POST.get("version", "")
    return found, int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0


def _why(error: Exception) -> str:
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
