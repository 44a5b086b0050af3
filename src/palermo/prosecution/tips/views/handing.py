"""A desk hands a tip on to another one, which acknowledges it and writes back."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from palermo.foundation.bilingual import Shown, choose, reader_language
from palermo.people.guards import signed_in
from palermo.people.policies import Viewer
from palermo.prosecution.tips import handing_on, slots
from palermo.prosecution.tips.actions.filing import UnknownCodeError
from palermo.prosecution.tips.actions.handing import Grounds, NoDeskError, NothingToHandError, Part, hand_on
from palermo.prosecution.tips.actions.reporting import acknowledge, write_back
from palermo.prosecution.tips.actions.storing import FullError, KnownError
from palermo.prosecution.tips.actions.writing import ChangedError, ClosedError, ReadersChangedError
from palermo.prosecution.tips.models import Handing, Handover, State, Tip
from palermo.prosecution.tips.queries import handovers as queries
from palermo.prosecution.tips.queries.desks import my_key
from palermo.prosecution.tips.reading import (
    UnreadableError,
    envelope_of,
    hold_in_memory,
    id_of,
    json_of,
    listed,
    number_of,
    whole_number,
)
from palermo.prosecution.tips.scripts import scripts
from palermo.prosecution.tips.views.at_the_desk import at_the_desk, setup, tip_of
from palermo.prosecution.tips.views.paging import refused
from palermo.prosecution.tips.words import words
from palermo.prosecution.tips.words_desk import labels

MOST_PARTS = 100
"""Messages that are handed on at a time."""
LARGEST_PARTS = 2
"""So many of the largest messages may come at a time: more would fill the memory of the server."""
_WHY = {
    ChangedError: (409, "changed"),
    ReadersChangedError: (409, "changed"),
    NoDeskError: (409, "changed"),
    NothingToHandError: (409, "nothing"),
    UnknownCodeError: (400, "grounds"),
    ClosedError: (409, "closed"),
    KnownError: (409, "changed"),
    slots.DestroyedError: (410, "closed"),
    UnreadableError: (400, "failed"),
    FullError: (507, "full"),
    PermissionDenied: (403, "not-you"),
}
"""What a script is told of a refusal."""


class Why(NamedTuple):
    """An act of handing on, with its reason and its basis in law in words."""

    handing: Handing
    reason: Shown
    basis: Shown


@csrf_exempt
@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def tips_hand(request: HttpRequest, tip: UUID) -> HttpResponseBase:
    """The page on which a tip is handed on; or what its script sealed to the other desk."""
    found = tip_of(request, tip)
    if request.method == "POST":
        upload = hold_in_memory(request, LARGEST_PARTS)
        answer = _handed(request, found)
        return refused(413, "large") if upload.is_too_large else answer
    key, can_be_handed = my_key(request.user, found.desk), found.state in (State.NEW, State.OPEN)
    others = queries.others_to_hand_to(request.user, found)
    context = {
        "tip": found,
        "key": key,
        "others": others,
        "reasons": list(handing_on.reasons().values()),
        "bases": list(handing_on.bases().values()),
        "can_be_handed": can_be_handed,
        "labels": labels(words(reader_language())),
        "setup": setup(key if key and key.confirmed_at else None, **_setup(request, found, others)),
        "scripts": scripts("hand") if can_be_handed and others else (),
    }
    return render(request, "tips/desk_hand.html", context)


def _setup(request: HttpRequest, tip: Tip, others: list[queries.OtherDesk]) -> dict[str, object]:
    """What the script needs to seal to another desk."""
    return {
        "tip": str(tip.pk),
        "messages": reverse("tips_messages", args=[tip.pk]),
        "hand": reverse("tips_hand", args=[tip.pk]),
        "then": reverse("tips_one", args=[tip.pk]),
        **_at_others(request, tip, others),
    }


def _at_others(request: HttpRequest, tip: Tip, others: list[queries.OtherDesk]) -> dict[str, object]:
    """The keys at other desks, which tip of this one they have, and which messages of it."""
    made = {one.to_id: str(one.made_id) for one in queries.handovers_of(request.user, tip) if one.made.slot_id}
    desks = {one.desk.code: {"tip": made.get(one.desk.pk), "readers": listed(one.readers)} for one in others}
    return {"desks": desks, "handed": queries.handed_messages(request.user, tip)}


@csrf_protect
def _handed(request: HttpRequest, tip: Tip) -> HttpResponseBase:
    others = queries.others_to_hand_to(request.user, tip)
    try:
        said = json_of(request.POST.get("handover", ""))
        to = next((one.desk for one in others if one.desk.code == said.get("to")), None)
        if to is None:
            raise NoDeskError
        hand_on(
            by=signed_in(request),
            tip=tip,
            to=to,
            grounds=Grounds(str(said.get("reason")), str(said.get("basis"))),
            parts=_parts(request, said),
            sealed_for=id_of(said.get("tip")),
            version=number_of(said.get("version"), 1 << 31),
        )
    except tuple(_WHY) as error:
        status, why = _WHY[type(error)]
        return refused(status, why, **_at_others(request, tip, others))
    messages.success(request, _("Handed on. You see here when they acknowledge it, and what comes of it."))
    return JsonResponse({"taken": True})


def _parts(request: HttpRequest, said: dict[str, object]) -> list[Part]:
    """The messages that were sealed to the other desk, in their order.

    Raises:
        UnreadableError: they are none.
    """
    parts = []
    for at in range(1, number_of(said.get("parts"), MOST_PARTS) + 1):
        envelope, sealed = envelope_of(request, f"-{at}")
        source = envelope.get("source")
        parts.append(Part(sealed, None if source is None else id_of(source)))
    return parts


@at_the_desk
@require_POST
def tips_acknowledge(request: HttpRequest, tip: UUID) -> HttpResponse:
    """Say that the desk has what was handed on to it."""
    found, handover = _handed_to_us(request, tip)
    try:
        acknowledge(by=signed_in(request), handover=handover, last=whole_number(request.POST.get("last", "")))
    except ChangedError:
        messages.error(request, _("More was handed on meanwhile. Look at it, and acknowledge all of it then."))
    except PermissionDenied:
        messages.error(request, _("Only a member whose key is confirmed can do this."))
    else:
        messages.success(request, _("Acknowledged. The desk that handed it on sees that you have it."))
    return redirect("tips_one", found.pk)


@csrf_exempt
@at_the_desk
@require_POST
def tips_back(request: HttpRequest, tip: UUID) -> HttpResponseBase:
    """Write back to the desk that handed a tip on, sealed to its members."""
    _tip, handover = _handed_to_us(request, tip)
    upload = hold_in_memory(request)
    answer = _written_back(request, handover)
    return refused(413, "large") if upload.is_too_large else answer


@csrf_protect
def _written_back(request: HttpRequest, handover: Handover) -> HttpResponseBase:
    try:
        _said, sealed = envelope_of(request)
        write_back(by=signed_in(request), handover=handover, sealed=sealed)
    except tuple(_WHY) as error:
        keys = queries.writes_back_to(request.user, handover)
        return refused(*_WHY[type(error)], readers=listed(keys))
    messages.success(request, _("Sent. The members of the other desk find it in their tip."))
    return JsonResponse({"taken": True})


def back_to(viewer: Viewer, handover: Handover) -> dict[str, object] | None:
    """What a script needs to write back to the desk that handed a tip on; None where nobody there could read it."""
    keys = queries.writes_back_to(viewer, handover)
    address = reverse("tips_back", args=[handover.made_id])
    return {"address": address, "tip": str(handover.tip_id), "readers": listed(keys)} if keys else None


def why_of(handing: Handing) -> Why:
    """The reason and the basis in law of an act of handing on, in words; the code where the list has it no more."""
    reason, basis = handing_on.reasons().get(handing.reason), handing_on.bases().get(handing.basis)
    return Why(
        handing,
        reason.said if reason else choose(handing.reason, handing.reason),
        basis.said if basis else choose(handing.basis, handing.basis),
    )


def _handed_to_us(request: HttpRequest, key: UUID) -> tuple[Tip, Handover]:
    found = tip_of(request, key)
    handover = queries.handed_from(request.user, found)
    if handover is None:
        raise Http404
    return found, handover
