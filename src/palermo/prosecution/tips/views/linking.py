"""A desk links tips that tell of the same event, and takes one out again. It needs no key, and no script."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palermo.people.guards import signed_in
from palermo.prosecution.tips.actions.linking import LinkError, link, unlink
from palermo.prosecution.tips.actions.writing import ChangedError
from palermo.prosecution.tips.forms import LinkForm
from palermo.prosecution.tips.models import Tip
from palermo.prosecution.tips.queries.filed import NoTipError, SeveralError, called
from palermo.prosecution.tips.views.at_the_desk import at_the_desk
from palermo.prosecution.tips.views.filing import asked, why
from palermo.prosecution.tips.views.one import tip_page


@at_the_desk
@require_POST
def tips_link(request: HttpRequest, tip: UUID) -> HttpResponse:
    """Link a tip with another one by its code, or take it out again. What was written stays where it is refused."""
    found, version = asked(request, tip)
    if request.POST.get("do") == "unlink":
        return _unlinked(request, found, version)
    form, status = LinkForm(request.POST), 422
    try:
        if form.is_valid():
            other = called(request.user, found.desk, form.cleaned_data["other"])
            link(by=signed_in(request), tip=found, other=other, version=version)
            messages.success(request, _("Linked."))
            return redirect("tips_one", found.pk)
    except (NoTipError, SeveralError, LinkError) as error:
        form.add_error("other", _why_not(error))
    except ChangedError as error:
        messages.error(request, why(error))
        found, status = asked(request, tip)[0], 409
    except PermissionDenied as error:
        messages.error(request, why(error))
        return redirect("tips_one", found.pk)
    return tip_page(request, found, linking=form, status=status)


def _unlinked(request: HttpRequest, tip: Tip, version: int) -> HttpResponse:
    try:
        unlink(by=signed_in(request), tip=tip, version=version)
    except LinkError:
        messages.error(request, _("This tip is linked with no other one."))
    except (ChangedError, PermissionDenied) as error:
        messages.error(request, why(error))
    else:
        messages.success(request, _("Taken out. The others stay linked."))
    return redirect("tips_one", tip.pk)


def _why_not(error: Exception) -> str:
    """What a refusal means, and what to do."""
    if isinstance(error, SeveralError):
        return _("Several tips of this desk have this code. Write the whole number from the address of its page.")
    code = error.code if isinstance(error, LinkError) else ""
    if code == "itself":
        return _("This is the code of this tip. Write the code of the other one.")
    if code == "erased":
        return _("One of the two was erased, so that nobody can tell any more whether it is the same event.")
    if code == "together":
        return _("These two are linked already.")
    return _("No tip of this desk has this code. It has eight digits and letters from A to F, such as 3F2A 91BC.")
