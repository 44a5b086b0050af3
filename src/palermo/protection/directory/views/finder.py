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

from palermo.foundation.bilingual import Shown
from palermo.people.guards import public
from palermo.protection.directory import asking
from palermo.protection.directory.calls import calls_shown
from palermo.protection.directory.cards import text_of
from palermo.protection.directory.hsds import places
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.queries import finder, needs
from palermo.protection.directory.queries.shown import FIRST

LONGEST = 80
"""Characters of the name of a place, or of words for a need; nobody says either in more."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
def find_help(request: HttpRequest) -> HttpResponse:
    """The needs; or for one of them, the question where; or the services that answer it there; or one of those."""
    wanted = needs.need(request.POST.get("need", ""))
    if "card" in request.POST:
        return _card(request, wanted)
    if wanted is None:
        return _needs(request)
    said = request.POST.get("place", "").strip()[:LONGEST]
    context: dict[str, object] = {"code": wanted["code"], "need": text_of(wanted, "name"), "place": said}
    wish = asking.wish_of(request.POST)
    context["wished"] = wished = asking.kept(wish)
    anywhere = "anywhere" in request.POST
    if "place" not in request.POST and not anywhere:
        return _page(request, "where", context)
    sure = [] if anywhere else places.found(said)
    maybe = [] if anywhere or sure else places.nearly(said)
    pressed = next((one for one in [*sure, *maybe] if one.label == request.POST.get("meant")), None)
    chosen = pressed or next(iter(sure), None)
    if chosen is None and not anywhere:
        return _page(request, "where", {**context, **_unsure(said, maybe)})
    most = None if "more" in request.POST else FIRST
    found = finder.found(request.user, wanted, chosen, wish, most=most)
    context |= {"found": found, "chosen": chosen, "wish": wish}
    context["others"] = [one.label for one in [*sure, *maybe] if one != chosen]
    where = asking.where_of(said, chosen)
    more = [] if most else [("more", "1")]
    context |= {"where": where, "kept": [*where, *wished, *more]}
    context |= {"languages": asking.languages(), "genders": asking.genders()}
    return _page(request, "services", context)


def _unsure(said: str, maybe: list[places.Place]) -> dict[str, object]:
    """What the question where says of a place that nobody knows: what may be meant by it, or what is wrong.

    A province that is too large to search from its middle is known, and still asks for a place in it.
    """
    if not said:
        return {"error": _("Write where you are.")}
    if places.is_province(said):
        return {"error": _("“%(place)s” is a whole province.") % {"place": said}, "is_large": True}
    unknown = _("We do not know a place called “%(place)s”.") % {"place": said}
    return {"unknown": unknown, "maybe": [one.label for one in maybe]} if maybe else {"error": unknown}


def _needs(request: HttpRequest) -> HttpResponse:
    """The needs that can be chosen; after words of somebody's own, first those that they may mean."""
    said = request.POST.get("say", "").strip()[:LONGEST]
    meant = needs.meant(said)
    context: dict[str, object] = {"needs": [_choice(one) for one in needs.needs() if one not in meant], "said": said}
    if said:
        named, has_more = finder.by_name(request.user, said)
        context |= {"meant": [_choice(one) for one in meant], "named": named, "has_more": has_more}
        context["kept"] = [("say", said)]
    return _page(request, "needs", context, said)


def _choice(one: Document) -> tuple[object, Shown, Shown]:
    return one["code"], text_of(one, "name"), text_of(one, "description")


def _card(request: HttpRequest, wanted: Document | None) -> HttpResponse:
    """One service by itself, to read in full and to print."""
    card = finder.card(request.user, request.POST.get("card", ""))
    kept = [(name, value) for name, value in request.POST.items() if name in asking.ASKED]
    code = wanted["code"] if wanted else ""
    return _page(request, "one", {"card": card, "kept": kept, "code": code})


def _page(request: HttpRequest, name: str, context: dict[str, object], said: str = "") -> HttpResponse:
    """A page of which no browser keeps a copy, and of which no other site learns.

    The numbers to call on it are those that also fit words of somebody's own, if they were said just now.
    """
    again = [(field, said) for field, said in request.POST.items() if field in {*asking.ASKED, "card"}]
    response = render(request, f"directory/{name}.html", {**context, "calls": calls_shown(said), "again": again})
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
