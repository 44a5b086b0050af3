"""Services that may be the same: looked at side by side, merged, kept or taken apart, and asked about again."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palermo.foundation.bilingual import Shown
from palermo.foundation.pagination import page_of
from palermo.people.guards import coordinators, signed_in
from palermo.protection.directory.actions.changes import DecidedError, WrongChangeError
from palermo.protection.directory.actions.merging import (
    MergedError,
    ask_again,
    find_likenesses,
    keep_apart,
    merge,
    part,
)
from palermo.protection.directory.cards import phones_of, text_of
from palermo.protection.directory.models import Likeness, Service, ServiceAtLocation, Verdict
from palermo.protection.directory.places_said import said_of
from palermo.protection.directory.queries import intakes as queries
from palermo.protection.directory.reasons import reason_words
from palermo.protection.directory.views.broken import BROKEN
from palermo.protection.directory.words import sentence

PAIRS = 20
"""So many pairs stand on a page."""


@dataclass(frozen=True)
class Side:
    """One service of a pair."""

    service: Service
    name: Shown
    organization: Shown | None
    description: Shown
    phones: list[str]
    places: list[str]
    source: str


@coordinators
def directory_alike(request: HttpRequest) -> HttpResponse:
    """Pairs that nobody has decided on, those that were merged, and those that are two services."""
    asked = request.GET.get("show")
    show = Verdict(asked) if asked in Verdict.values else Verdict.OPEN
    found = queries.likenesses(request.user, show)
    page = page_of(found, request.GET.get("page"), PAIRS)
    pairs = page.items
    places: dict[object, list[str]] = {}
    keys = [key for one in pairs for key in (one.first_id, one.second_id)]
    for visit in ServiceAtLocation.objects.filter(service__in=keys).select_related("location"):
        places.setdefault(visit.service_id, []).append(said_of(visit.location))
    rows = [
        (one, [_side(each, places) for each in (one.first, one.second)], [reason_words(each) for each in one.reasons])
        for one in pairs
    ]
    return render(request, "directory/alike.html", {"page": page, "rows": rows, "show": show.value})


def _side(service: Service, places: dict[object, list[str]]) -> Side:
    organization = service.organization
    return Side(
        service=service,
        name=text_of(service.document, "name"),
        organization=text_of(organization.document, "name") if organization else None,
        description=text_of(service.document, "description"),
        phones=[one.written for one in phones_of(service.document)],
        places=places.get(service.pk, []),
        source=str(service.source or ""),
    )


@coordinators
@require_POST
def directory_compare(request: HttpRequest) -> HttpResponseBase:
    """Compare all services with each other."""
    count = find_likenesses(by=signed_in(request))
    messages.success(request, _("Compared. New pairs: %(count)s.") % {"count": count})
    return redirect("directory_alike")


@coordinators
@require_POST
def directory_decide(request: HttpRequest, pair: int) -> HttpResponseBase:
    """Merge a pair into one of the two, keep it apart, take it apart again, or have it wait again."""
    by, said = signed_in(request), request.POST.get("decision", "")
    found = Likeness.objects.select_related("first", "second").filter(pk=pair).first()
    if found is None:
        raise Http404
    kept = next((one for one in (found.first, found.second) if str(one.pk) == said), None)
    try:
        if kept is not None:
            merge(by=by, pair=found, kept=kept)
            messages.success(request, _("Merged. You find it under “Merged services” and can take it apart there."))
        elif said == "apart":
            keep_apart(by=by, pair=found)
            messages.success(request, _("Noted: these are two services."))
        elif said == "part":
            part(by=by, pair=found)
            messages.success(request, _("Taken apart. Both services are shown again."))
        elif said == "again":
            ask_again(by=by, pair=found)
            messages.success(request, _("The pair waits again."))
        else:
            messages.error(request, BROKEN)
    except DecidedError:
        messages.info(request, _("Somebody else has decided on this pair meanwhile."))
    except MergedError:
        messages.error(request, _("One of these stands for another entry already. Take that apart first."))
    except WrongChangeError as error:
        if kept is not None:
            messages.error(request, _("The one that stays cannot take over what the other one says. Change it first."))
        else:
            messages.error(request, _("Nothing was changed: the service would say what it cannot say."))
            for problem in error.problems:
                messages.error(request, sentence(problem))
    return redirect("directory_alike")
