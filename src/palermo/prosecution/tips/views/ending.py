"""A desk closes a tip by two, opens it again, keeps it or erases it. None of it needs a key, or a script."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palermo.people.guards import signed_in
from palermo.prosecution.tips.actions.closing import close, propose_closing, reopen
from palermo.prosecution.tips.actions.erasing import HeldError, erase
from palermo.prosecution.tips.actions.filing import UnknownCodeError
from palermo.prosecution.tips.actions.holding import hold_tip, release_hold
from palermo.prosecution.tips.models import Tip
from palermo.prosecution.tips.views.at_the_desk import at_the_desk
from palermo.prosecution.tips.views.filing import REFUSALS, asked, why


@at_the_desk
@require_POST
def tips_end(request: HttpRequest, tip: UUID) -> HttpResponse:
    """Propose to close a tip, close it, open it again, put it on hold, end that, or erase it."""
    found, version = asked(request, tip)
    try:
        said = _done(request, found, version)
    except HeldError:
        messages.error(request, _("This tip is on hold, so that nobody can erase it. End the hold first."))
    except REFUSALS as error:
        messages.error(request, why(error))
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
    if act == "hold":
        hold_tip(by=by, tip=tip, reason=request.POST.get("reason", ""), version=version)
        return _("On hold. Nobody can erase it until that is ended.")
    if act == "release":
        release_hold(by=by, tip=tip, version=version)
        return _("The hold is ended.")
    if act == "erase" and request.POST.get("is_sure"):
        erase(by=by, tip=tip, version=version)
        return _("Erased. Nobody can read it any more.")
    raise UnknownCodeError
