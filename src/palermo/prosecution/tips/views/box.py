"""The box: where whoever has a receipt reads what the desk asks, and answers."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from palermo.people.guards import public
from palermo.prosecution.tips import asking
from palermo.prosecution.tips.actions.arriving import NobodyReadsError, answer
from palermo.prosecution.tips.actions.missing import missed
from palermo.prosecution.tips.actions.sealing_here import new_once, seal_and_answer
from palermo.prosecution.tips.actions.storing import FullError, KnownError
from palermo.prosecution.tips.envelopes.receipts import BoxKeys, ReceiptError, box_keys, locator_sha256
from palermo.prosecution.tips.models import Box
from palermo.prosecution.tips.opening import letters_of
from palermo.prosecution.tips.queries import desks, load, sealed
from palermo.prosecution.tips.reading import (
    UnreadableError,
    bytes_of,
    envelope_of,
    hold_in_memory,
    json_of,
    number_of,
    written,
)
from palermo.prosecution.tips.slots import DestroyedError
from palermo.prosecution.tips.views.paging import WHY, chosen, page, refused, status_of, to_seal

WORK_ONCE_MISSED = 8
"""Bits of work that a script has to do for each receipt once many were missed in an hour."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
def box(request: HttpRequest, language: str = "") -> HttpResponse:
    """The question for the receipt; or, for a browser without scripts, what is in its box, and an answer to it."""
    language = chosen(language)
    if request.method != "POST":
        return page(request, "box", language, {})
    upload = hold_in_memory(request)
    files, receipt = request.FILES.getlist("files"), request.POST.get("receipt", "")
    try:
        keys = box_keys(receipt)
    except ReceiptError:
        return page(request, "box", language, {"trouble": "box_short", "receipt": receipt}, status=400)
    # A receipt that fits always opens its box: nobody finds one by trying, and nobody is to be locked out by others.
    found = sealed.box_of(request.user, keys.locator_sha256)
    if found is None:
        is_busy = not missed()
        why, status = ("box_busy", 429) if is_busy else ("box_none", 404)
        return page(request, "box", language, {"trouble": why, "receipt": receipt}, status=status)
    trouble = ""
    if "answer" in request.POST:
        trouble = "large" if upload.is_too_large else _answered(request, found, files)
    return _open(request, language, found, keys, trouble)


def _answered(request: HttpRequest, found: Box, files: list[UploadedFile[bytes]]) -> str:
    """Keep an answer that came in the clear; what is wrong with it, or an empty text."""
    if load.counted(request.user, load.TOLD_PLAIN) >= load.MOST_PLAIN:
        return "busy"
    try:
        once = request.POST.get("once", "")
        seal_and_answer(box=found, told=asking.answer_in(request.POST, files), once=once)
    except KnownError:
        # The same answer again, as when a page is loaded anew: it is there.
        return ""
    except tuple(WHY) as error:
        return WHY[type(error)]
    return ""


def _open(request: HttpRequest, language: str, found: Box, keys: BoxKeys, trouble: str) -> HttpResponse:
    context = {
        "letters": letters_of(request.user, found, keys),
        "receipt": request.POST.get("receipt", ""),
        "trouble": trouble,
        "said": request.POST if trouble else {},
        "once": new_once(),
        "has_answered": "answer" in request.POST and not trouble,
    }
    return page(request, "box_open", language, context, status=status_of(trouble))


@csrf_exempt
@require_POST
@public
def box_sealed(request: HttpRequest) -> HttpResponseBase:
    """What is in a box, for a script that opens it."""
    try:
        said = json_of(request.body)
        locator = bytes_of(said.get("locator"), 32)
        hour, worked = number_of(said.get("hour"), 1 << 31), number_of(said.get("answer"), (1 << 32) - 1)
    except UnreadableError:
        return refused(400, "failed")
    bits = _bits_once_missed(request)
    if bits and not load.is_worked(UUID(bytes=locator[:16]), hour, bits, worked):
        return refused(409, "again", hour=load.number_of(load.this_hour()), bits=bits)
    found = sealed.box_of(request.user, locator_sha256(locator))
    if found is None:
        missed()
        return refused(404, "box_none")
    letters = [
        {"id": str(one.bound.message), "bundle": written(one.bundle), "key": written(one.key)}
        for one in sealed.for_the_box(request.user, found)
    ]
    keys = {"tip": str(found.tip_id), "point": written(bytes(found.point)), "locked": written(bytes(found.locked))}
    return JsonResponse({**keys, "letters": letters, **to_seal(request, found.tip.desk)})


def _bits_once_missed(request: HttpRequest) -> int:
    return WORK_ONCE_MISSED if load.counted(request.user, load.MISSED) >= load.MOST_MISSED else 0


@csrf_exempt
@require_POST
@public
def box_answer(request: HttpRequest) -> HttpResponseBase:
    """An answer that a script sealed."""
    upload = hold_in_memory(request)
    try:
        said, arriving = envelope_of(request)
        locator = bytes_of(said.get("locator"), 32)
        hour, worked = number_of(said.get("hour"), 1 << 31), number_of(said.get("answer"), (1 << 32) - 1)
    except UnreadableError:
        return refused(413, "large") if upload.is_too_large else refused(400, "failed")
    bits = max(load.bits_asked(request.user), _bits_once_missed(request))
    is_worked = load.is_worked(arriving.message, hour, bits, worked)
    found = sealed.box_of(request.user, locator_sha256(locator)) if is_worked else None
    if found is None and is_worked:
        missed()
        return refused(404, "box_none")
    desk = found.tip.desk if found else desks.public_desk(request.user)
    fresh = to_seal(request, desk) | {"bits": bits} if desk else {}
    if found is None:
        return refused(409, "again", **fresh)
    try:
        answer(box=found, told=arriving, is_plain=False)
    except NobodyReadsError:
        return refused(409, "again", **fresh)
    except KnownError:
        return refused(409, "failed")
    except FullError:
        return refused(507, "full")
    except DestroyedError:
        return refused(404, "box_none")
    return JsonResponse({"taken": True})
