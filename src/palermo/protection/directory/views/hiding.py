"""Where a coordinator hides the address of a place."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palermo.people.guards import coordinators, signed_in
from palermo.protection.directory.actions.hiding import TellingAreaError, hide_address
from palermo.protection.directory.cards import text_of
from palermo.protection.directory.entry.page import addresses_of, row_of
from palermo.protection.directory.forms_keeping import AreaForm
from palermo.protection.directory.models import Location, Service
from palermo.protection.directory.queries import keeping
from palermo.protection.directory.sealing import SealedError
from palermo.protection.directory.words import sealed


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def directory_hide_address(request: HttpRequest, service: UUID, location: UUID) -> HttpResponseBase:
    """Say what happens once an address is hidden, and hide it; or keep one hidden that only its source hides."""
    one, place = _found(request, service, location)
    if place.hidden_here:
        messages.info(request, _("This address is hidden already."))
        return redirect("directory_service", one.pk)
    form = AreaForm(place, request.POST if request.method == "POST" else None)
    if form.is_valid() and _hidden(request, place, form):
        messages.success(request, _("Hidden. Everybody sees the area alone, and no feed shows the address again."))
        return redirect("directory_service", one.pk)
    context = {
        "form": form,
        "is_hidden": place.is_confidential,
        "row": row_of(one),
        "place": text_of(place.document, "name"),
        "addresses": addresses_of(place.document),
    }
    response = render(request, "directory/keep_hide.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _found(request: HttpRequest, service: UUID, location: UUID) -> tuple[Service, Location]:
    """A service, and a place where it is given."""
    viewer = signed_in(request)
    one = keeping.service(viewer, service)
    visits = keeping.around(viewer, [one]).visits[one.pk] if one else []
    place = next((visit.location for visit in visits if visit.location_id == location), None)
    if one is None or place is None:
        raise Http404
    return one, place


def _hidden(request: HttpRequest, place: Location, form: AreaForm) -> bool:
    """Hide it; False where that cannot be, which the form then tells."""
    try:
        hide_address(by=signed_in(request), place=place.pk, **form.cleaned_data)
    except TellingAreaError:
        form.add_error(None, _("The area tells where a confidential place is. Say it more widely."))
    except SealedError:
        form.add_error(None, sealed())
    else:
        return True
    return False
