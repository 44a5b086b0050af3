"""The public tells: by a form that a script seals before it is sent, and that works without one.

No page here sets a cookie, so that the form has no token either: it changes nothing of anybody's, and there is nothing
to forge.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palermo.people.guards import public
from palermo.prosecution.tips import asking
from palermo.prosecution.tips.actions.arriving import NobodyReadsError, arrive
from palermo.prosecution.tips.actions.sealing_here import new_once, seal_and_keep
from palermo.prosecution.tips.actions.storing import FullError, KnownError
from palermo.prosecution.tips.envelopes.receipts import word_list
from palermo.prosecution.tips.models import Channel, Desk
from palermo.prosecution.tips.queries import desks, load
from palermo.prosecution.tips.reading import UnreadableError, box_of, envelope_of, hold_in_memory, number_of
from palermo.prosecution.tips.scripts import every_script
from palermo.prosecution.tips.views.paging import WHY, chosen, form_in, page, refused, status_of, to_seal
from palermo.prosecution.tips.words import languages, protected, words


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
def tell(request: HttpRequest, language: str = "") -> HttpResponse:
    """The form; or what a browser without scripts sends of it, sealed at once."""
    language, desk = chosen(language), desks.public_desk(request.user)
    if desk is None:
        return page(request, "nobody", language, {})
    if request.method != "POST":
        return _form(request, language, desk)
    upload = hold_in_memory(request)
    files = request.FILES.getlist("files")
    if upload.is_too_large:
        return _form(request, language, desk, "large")
    if load.counted(request.user, load.TOLD_PLAIN) >= load.MOST_PLAIN:
        return _form(request, language, desk, "busy")
    try:
        told = asking.told_in(request.POST, files)
        wants_box = request.POST.get("contact") == asking.CONTACT_BOX
        once = request.POST.get("once", "")
        receipt = seal_and_keep(desk=desk, language=language, told=told, wants_box=wants_box, once=once)
    except KnownError:
        # Nobody is told the words again: whoever sends it once more may be somebody else at the same device.
        return page(request, "told", language, {"is_again": True, "wants_box": wants_box})
    except tuple(WHY) as error:
        return _form(request, language, desk, WHY[type(error)])
    return page(request, "told", language, {"receipt": receipt})


def _form(request: HttpRequest, language: str, desk: Desk, trouble: str = "") -> HttpResponse:
    name = desk.organisation.named_on()
    context: dict[str, object] = {
        "desk_name": name.full() if name else "",
        "trouble": trouble,
        "to_seal": to_seal(request, desk),
        "once": new_once(),
        **form_in(words(language), request.POST),
    }
    return page(request, "tell", language, context, status=status_of(trouble))


@csrf_exempt
@require_POST
@public
def tell_sealed(request: HttpRequest) -> HttpResponseBase:
    """What a script sealed. It can be sent again: the same message is kept once."""
    desk = desks.public_desk(request.user)
    if desk is None:
        return refused(404, "nobody")
    upload = hold_in_memory(request)
    try:
        said, arriving = envelope_of(request)
        box = box_of(said.get("box"))
        hour, answer = number_of(said.get("hour"), 1 << 31), number_of(said.get("answer"), (1 << 32) - 1)
    except UnreadableError:
        return refused(413, "large") if upload.is_too_large else refused(400, "failed")
    fresh = to_seal(request, desk)
    if not load.is_worked(arriving.message, hour, load.bits_asked(request.user), answer):
        return refused(409, "again", **fresh)
    language = str(said.get("language"))
    try:
        known = language if language in languages() else "en"
        arrive(desk=desk, channel=Channel.BROWSER, language=known, told=arriving, box=box)
    except NobodyReadsError:
        return refused(409, "again", **fresh)
    except KnownError:
        return refused(409, "failed")
    except FullError:
        return refused(507, "full")
    return JsonResponse({"taken": True})


@require_safe
@public
def tell_words(_request: HttpRequest, language: str = "") -> JsonResponse:
    """The words that receipts are made of."""
    return JsonResponse({"words": word_list(chosen(language))})


@require_safe
@public
def tell_protected(request: HttpRequest, language: str = "") -> HttpResponse:
    """How what is told is protected, what is not, and the hashes of the scripts that seal it."""
    language = chosen(language)
    return page(request, "protected", language, {"parts": protected(language), "every_script": every_script()})
