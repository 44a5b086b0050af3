"""Find help: what somebody needs, where they are, and whom they can call. It leaves no trace.

All of it is one address. What is asked for comes by POST and is neither stored nor written to a log; no cookie is set,
so that the form has no token either: it changes nothing, and there is nothing to forge.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from palermo.people.guards import public
from palermo.protection.directory.cards import text_of
from palermo.protection.directory.hsds import places
from palermo.protection.directory.queries import finder

LONGEST = 80
"""Characters of the name of a place; nobody lives anywhere longer."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
def find_help(request: HttpRequest) -> HttpResponse:
    """The needs; or for one of them, the question where; or the services that answer it there."""
    wanted = finder.need(request.POST.get("need", ""))
    if wanted is None:
        choices = [(one["code"], text_of(one, "name"), text_of(one, "description")) for one in finder.needs()]
        return _page(request, "needs", {"needs": choices})
    said = request.POST.get("place", "").strip()[:LONGEST]
    context: dict[str, object] = {"code": wanted["code"], "need": text_of(wanted, "name"), "place": said}
    if "place" not in request.POST and "anywhere" not in request.POST:
        return _page(request, "where", context)
    meant = [] if "anywhere" in request.POST else places.found(said)
    chosen = next((one for one in meant if one.label == request.POST.get("meant")), meant[0] if meant else None)
    if chosen is None and "anywhere" not in request.POST:
        context["error"] = (
            _("We do not know a place called “%(place)s”.") % {"place": said} if said else _("Write where you are.")
        )
        return _page(request, "where", context)
    context |= {"found": finder.found(request.user, wanted, chosen), "chosen": chosen}
    context["others"] = [one.label for one in meant if one != chosen]
    return _page(request, "services", context)


def _page(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    """A page of which no browser keeps a copy, and of which no other site learns."""
    calls = [
        {
            "dialled": one["dialled"],
            "is_urgent": one["is_urgent"],
            "name": text_of(one, "name"),
            "meaning": text_of(one, "description"),
        }
        for one in finder.calls()
    ]
    response = render(request, f"directory/{name}.html", {**context, "calls": calls})
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
