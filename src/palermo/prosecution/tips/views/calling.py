"""A member takes a call, and enters what they hear in the questions of the public form, sealed in their browser."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from palermo.foundation.bilingual import LANGUAGES, reader_language
from palermo.people.guards import signed_in
from palermo.prosecution.tips.actions.arriving import NobodyReadsError
from palermo.prosecution.tips.actions.calling import enter_call
from palermo.prosecution.tips.actions.storing import FullError, KnownError
from palermo.prosecution.tips.envelopes.receipts import LISTS
from palermo.prosecution.tips.models import Desk
from palermo.prosecution.tips.queries.desks import my_key, readers
from palermo.prosecution.tips.reading import (
    UnreadableError,
    box_of,
    envelope_of,
    hold_in_memory,
    listed,
)
from palermo.prosecution.tips.scripts import scripts
from palermo.prosecution.tips.views.at_the_desk import at_the_desk, desks_of, setup
from palermo.prosecution.tips.views.paging import form_in, refused
from palermo.prosecution.tips.words import languages, words
from palermo.protection.directory.calls import calls_shown

_TROUBLES = ("empty", "large", "long", "full", "picture")
"""What may be wrong, by the codes of its words in the public form."""


@at_the_desk
@require_safe
def tips_call(request: HttpRequest) -> HttpResponse:
    """The form for a call; where the viewer is a member of several desks, a choice."""
    desks = desks_of(request)
    if len(desks) != 1:
        return render(request, "tips/desk_choice.html", {"desks": desks})
    [desk], language = desks, reader_language()
    key = my_key(request.user, desk)
    w = words(language)
    # Nothing here is opened, so that no key has to be unlocked while somebody waits on the line.
    sealing = setup(
        None,
        call=f"{reverse('tips_call_sealed')}?desk={desk.code}",
        readers=listed(readers(request.user, desk)),
    )
    context = {
        "desk": desk,
        "w": w,
        "can_enter": bool(key and key.confirmed_at),
        "urgent": [one for one in calls_shown() if one["is_urgent"]],
        "spoken": [_spoken(request, code, called, code == language) for code, called in languages().items()],
        "troubles": [*((code, w[code], w[f"{code}_hint"]) for code in _TROUBLES), _failed()],
        "setup": sealing,
        "scripts": scripts("call"),
        **form_in(w, {}),
    }
    return render(request, "tips/desk_call.html", context)


def _spoken(request: HttpRequest, code: str, called: str, is_chosen: bool) -> dict[str, object]:
    """A language that a caller may speak, where the words for their receipt come from, and where they open the box."""
    written_in = code if code in LISTS else "en"
    with override(code if code in LANGUAGES else "en"):
        box = reverse("tell_box")
    return {
        "code": code,
        "called": called,
        "words": reverse("tell_words", args=[code]),
        "list": written_in,
        "box": request.build_absolute_uri(box if code in LANGUAGES else reverse("tell_box_in", args=[code])),
        "is_chosen": is_chosen,
    }


def _failed() -> tuple[str, str, str]:
    hint = _(
        "What you wrote is still here. Check your connection, and sign in again in another tab if you were signed out. "
        "Then press the button again: the call is kept once, however often you do."
    )
    return "failed", _("It may not have been kept."), hint


@csrf_exempt
@at_the_desk
@require_POST
def tips_call_sealed(request: HttpRequest) -> HttpResponseBase:
    """Keep a call that the script sealed. It can be sent again: the same one is kept once."""
    desks = desks_of(request)
    if len(desks) != 1:
        raise Http404
    # Before anything reads what is sent: not even sealed is it written to a file.
    upload = hold_in_memory(request)
    answer = _entered(request, desks[0])
    return refused(413, "large") if upload.is_too_large else answer


@csrf_protect
def _entered(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    try:
        said, told = envelope_of(request)
        box, language = box_of(said.get("box")), str(said.get("language"))
        known = language if language in languages() else reader_language()
        tip = enter_call(by=signed_in(request), desk=desk, language=known, told=told, box=box)
    except UnreadableError:
        return refused(400, "failed")
    except NobodyReadsError:
        return refused(409, "again", readers=listed(readers(request.user, desk)))
    except KnownError:
        return refused(409, "failed")
    except FullError:
        return refused(507, "full")
    return JsonResponse({"taken": True, "tip": reverse("tips_one", args=[tip.pk])})
