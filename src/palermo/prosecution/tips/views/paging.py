"""What all pages for the public have in common: their words, their scripts, and for whom these seal."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from palermo.foundation.bilingual import LANGUAGES, reader_language
from palermo.prosecution.tips import asking
from palermo.prosecution.tips.actions.arriving import NobodyReadsError
from palermo.prosecution.tips.actions.storing import FullError
from palermo.prosecution.tips.envelopes.bundle import BundleError
from palermo.prosecution.tips.models import Desk
from palermo.prosecution.tips.queries import desks, load
from palermo.prosecution.tips.reading import listed
from palermo.prosecution.tips.scripts import scripts
from palermo.prosecution.tips.words import languages, words
from palermo.protection.directory.calls import calls_shown

PAGES = ("tell", "tell_box", "tell_protected")
"""Pages that there are in every language, by the names of their addresses."""
TROUBLES = ("empty", "large", "long", "picture", "busy", "full", "failed", "box_short", "box_none", "box_busy")
"""What may be wrong, by the codes of its words."""
WHY = {
    asking.EmptyError: "empty",
    asking.LongError: "long",
    BundleError: "large",
    NobodyReadsError: "failed",
    FullError: "full",
}
"""What is wrong with something that came in the clear, by what refuses it."""


def page(
    request: HttpRequest, name: str, language: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """A page in a language of the reader's choice, which may be none of the site's two."""
    match = request.resolver_match
    address = (match.url_name or "tell").removesuffix("_in") if match else "tell"
    others = [
        (code, called, reverse(f"{address}_in", args=[code]))
        for code, called in languages().items()
        if code not in (*LANGUAGES, language)
    ]
    said = words(language)
    is_ours = language in LANGUAGES
    links = {name: reverse(name) if is_ours else reverse(f"{name}_in", args=[language]) for name in PAGES}
    troubles = [(code, said[code], said[f"{code}_hint"]) for code in TROUBLES]
    every: dict[str, object] = {
        "w": said,
        "language": language,
        "others": others,
        "scripts": scripts(name),
        "links": links,
    }
    every |= {"calls": calls_shown(), "troubles": troubles, **context}
    every["shown"] = [one for one in troubles if one[0] == context.get("trouble")]
    return render(request, f"tips/{name}.html", every, status=status)


def chosen(language: str) -> str:
    """The language of a page: the one of its address, or else that of the site."""
    return language if language in languages() else reader_language()


def to_seal(request: HttpRequest, desk: Desk) -> dict[str, object]:
    """What a script has to know to seal something for a desk: its readers, and how much work is asked for."""
    readers = listed(desks.readers(request.user, desk))
    hour = load.number_of(load.this_hour())
    return {"readers": readers, "hour": hour, "bits": load.bits_asked(request.user)}


def form_in(w: Mapping[str, str], said: Mapping[str, str]) -> dict[str, object]:
    """The questions of the form in the words of a language, with what somebody answered so far."""
    questions = [
        [(code, w[code], w[f"{code}_hint"], code in asking.AT_LENGTH, said.get(code, "")) for code in group]
        for group in asking.GROUPS
    ]
    dangers = [(code, w[f"danger_{code}"]) for code in asking.DANGER]
    return {"questions": questions, "dangers": dangers, "said": said}


def status_of(trouble: str) -> int:
    """How a page is answered by which something is wrong, or nothing."""
    return {"": 200, "busy": 429, "full": 507}.get(trouble, 400)


def refused(status: int, why: str, **said: object) -> JsonResponse:
    """An answer to a script that something was not taken: the code of the words that say why, and what it lacked."""
    return JsonResponse({"taken": False, "why": why, **said}, status=status)
