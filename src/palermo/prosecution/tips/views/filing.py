"""A desk files a tip. It needs no key, and no script."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palermo.people.guards import signed_in
from palermo.prosecution.tips.actions.closing import NotProposedError
from palermo.prosecution.tips.actions.erasing import StillOpenError
from palermo.prosecution.tips.actions.filing import DayError, UnknownCodeError, file_tip
from palermo.prosecution.tips.actions.writing import ChangedError, ClosedError
from palermo.prosecution.tips.forms import FilingForm
from palermo.prosecution.tips.models import Tip
from palermo.prosecution.tips.reading import whole_number
from palermo.prosecution.tips.views.at_the_desk import at_the_desk, tip_of
from palermo.prosecution.tips.views.one import tip_page

REFUSALS = (ChangedError, ClosedError, NotProposedError, StillOpenError, UnknownCodeError)


@at_the_desk
@require_POST
def tips_file(request: HttpRequest, tip: UUID) -> HttpResponse:
    """File a tip under codes. Where that is refused, what was chosen stays on the page."""
    found, version = asked(request, tip)
    form, status = FilingForm(request.POST, found), 422
    try:
        # Said first: whoever corrects a slip would otherwise file over what they have not seen.
        if version != found.version:
            raise ChangedError
        if form.is_valid():
            file_tip(by=signed_in(request), tip=found, filed=form.filed(), version=version)
            messages.success(request, _("Filed."))
            return redirect("tips_one", found.pk)
    except DayError:
        form.add_error("due_on", _("Choose a day from today on, and no more than two years ahead."))
    except ChangedError as error:
        messages.error(request, why(error))
        found, status = asked(request, tip)[0], 409
    except (ClosedError, PermissionDenied) as error:
        messages.error(request, why(error))
        return redirect("tips_one", found.pk)
    return tip_page(request, found, filing=form, status=status)


def asked(request: HttpRequest, key: UUID) -> tuple[Tip, int]:
    """The tip that a form is about, and the version of it that the viewer had seen.

    Raises:
        Http404: there is none at a desk of theirs.
    """
    return tip_of(request, key), whole_number(request.POST.get("version", ""))


def why(error: Exception) -> str:
    """What a refusal means, and what to do."""
    if isinstance(error, PermissionDenied):
        return _("Only a member whose key is confirmed can do this.")
    if isinstance(error, ChangedError):
        return _("Somebody changed this tip meanwhile. Look at it as it is now, and try again.")
    if isinstance(error, ClosedError):
        return _("This cannot be done with a tip that is closed or erased. Open it again first.")
    if isinstance(error, NotProposedError):
        return _("It takes two members to close a tip: one proposes it, and another one agrees.")
    if isinstance(error, StillOpenError):
        return _("Only a tip that was closed can be erased.")
    return _("Choose one of the list, and tick the box where there is one.")
