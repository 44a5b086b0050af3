"""Pages by which the people of an organization keep their own services, without an account.

The address holds the secret that lets them in, so that no browser keeps these pages and no other page learns of them.
Browsers that send no referrer send forms from “null”, which the check for forged forms refuses; the secret of the
address does what a token in the form would do: whoever does not know it cannot send anything, from whatever page.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from palermo.people.guards import public
from palermo.protection.directory.actions.changes import confirm
from palermo.protection.directory.cards import text_of
from palermo.protection.directory.editing import beds_forms, beds_sent, beds_told, saved
from palermo.protection.directory.entry.form import EntryForm
from palermo.protection.directory.entry.page import entry_of, row_of
from palermo.protection.directory.forms_keeping import BedsForm
from palermo.protection.directory.models import ProviderLink, Service, State
from palermo.protection.directory.queries import keeping
from palermo.protection.directory.views.broken import BROKEN

GET_OR_POST = ["GET", "HEAD", "POST"]
SAID = {
    "confirmed": gettext_lazy("Thank you. It is confirmed as right today."),
    "saved": gettext_lazy("Thank you. Everybody sees it now."),
    "saved-apart": gettext_lazy(
        "Thank you. Everybody sees it now, but not at places with telephones or hours of their own: those still stand."
    ),
    "waits": gettext_lazy("Thank you. Everybody sees it once a coordinator has looked at it."),
    "waits-apart": gettext_lazy(
        "Thank you. Everybody sees it once a coordinator has looked at it, but not at places with telephones or hours "
        "of their own: those still stand."
    ),
}
"""What came of an act. It stands in the address, since nothing is kept of who uses a link."""
NOT_DONE = {
    "none": gettext_lazy("Nothing was changed: none of the services below was chosen."),
    "same": gettext_lazy("Nothing was changed. If all of it is right, say so with the button below what is told."),
    "broken": BROKEN,
}
"""The same, where nothing came of it."""


@public
@csrf_exempt
@require_http_methods(GET_OR_POST)
def provider_services(request: HttpRequest, token: str) -> HttpResponseBase:
    """The services of an organization: all of them confirmed at once, one by one, or changed."""
    link = keeping.link_of(token)
    if link is None:
        return _nothing(request)
    services = keeping.services_by_link(link)
    if request.method != "POST":
        return _listed(request, token, link, services)
    meant = [one for one in services if str(one.pk) in request.POST.getlist("service")]
    do = request.POST.get("do")
    if do not in {"beds", "confirm"}:
        return _back(token, "broken")
    if not meant:
        return _back(token, "none")
    if do == "beds":
        form = beds_sent(request, meant[0])
        counted = beds_told(form, meant[0], link)
        if counted is None:
            return _listed(request, token, link, services, (meant[0], form))
        return _back(token, "waits" if counted.state == State.PROPOSED else "saved")
    for one in meant:
        confirm(by=link, service=one)
    return _back(token, "confirmed")


def _listed(
    request: HttpRequest,
    token: str,
    link: ProviderLink,
    services: list[Service],
    wrong: tuple[Service, BedsForm] | None = None,
) -> HttpResponse:
    known = keeping.around(request.user, services)
    entries = []
    for one in services:
        form = wrong[1] if wrong and wrong[0] == one else None
        counts = form is not None or bool(one.document.get("capacities"))
        entries.append((entry_of(one, known), list(beds_forms(one, form)) if counts else []))
    said = request.GET.get("said", "")
    context: dict[str, object] = {"entries": entries, "said": SAID.get(said, ""), "not_done": NOT_DONE.get(said, "")}
    return _page(request, "services", token, link, context)


@public
@csrf_exempt
@require_http_methods(GET_OR_POST)
def provider_service_change(request: HttpRequest, token: str, service: UUID) -> HttpResponseBase:
    """Change what is told of one service, or count its beds for the first time."""
    link = keeping.link_of(token)
    one = next((each for each in keeping.services_by_link(link) if each.pk == service), None) if link else None
    if link is None or one is None:
        return _nothing(request)
    visits = keeping.around(request.user, [one]).visits[one.pk]
    form = EntryForm(one.document, request.POST if request.method == "POST" else None, visits)
    changed = saved(form, one, link) if request.method == "POST" else None
    if changed is not None:
        done = ("waits" if link.is_reviewed else "saved") + ("-apart" if form.leaves_some(changed) else "")
        return _back(token, done if changed else "same")
    beds = [] if one.document.get("capacities") else list(beds_forms(one))
    return _page(request, "change", token, link, {"form": form, "row": row_of(one), "beds_forms": beds})


def _back(token: str, said: str) -> HttpResponseBase:
    return _untraced(redirect(f"{reverse('provider_services', args=[token])}?said={said}"))


def _page(request: HttpRequest, name: str, token: str, link: ProviderLink, context: dict[str, object]) -> HttpResponse:
    said = {"token": token, "link": link, "organization": text_of(link.organization.document, "name"), **context}
    return _untraced(render(request, f"directory/provider_{name}.html", said))


def _nothing(request: HttpRequest) -> HttpResponse:
    """The same for a link that never was, is too old, or was withdrawn."""
    return _untraced(render(request, "directory/provider_nothing.html", status=404))


def _untraced(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
