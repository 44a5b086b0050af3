"""The desk reads and writes: what it gets is sealed, and opens in the browser of a member."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from palermo.foundation.pagination import page_of
from palermo.people.guards import signed_in
from palermo.people.models import Organisation
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.actions.reading_it import open_tip
from palermo.prosecution.tips.actions.storing import FullError, KnownError
from palermo.prosecution.tips.actions.writing import (
    ChangedError,
    ClosedError,
    NoBoxError,
    ReadersChangedError,
    write,
)
from palermo.prosecution.tips.envelopes.sealing import WRAPPED_BYTES, Author
from palermo.prosecution.tips.models import DeskKey, Message, Tip
from palermo.prosecution.tips.queries import desk as queries
from palermo.prosecution.tips.queries.desks import my_key, readers
from palermo.prosecution.tips.queries.handovers import desks_of_writers
from palermo.prosecution.tips.queries.sealed import SealedMessage
from palermo.prosecution.tips.queries.waiting import SHOWN, counts, narrowed
from palermo.prosecution.tips.reading import (
    UnreadableError,
    bytes_of,
    envelope_of,
    hold_in_memory,
    listed,
    number_of,
    whole_number,
)
from palermo.prosecution.tips.reading import written as in_text
from palermo.prosecution.tips.views.at_the_desk import at_the_desk, desks_of, tip_of
from palermo.prosecution.tips.views.one import tip_page
from palermo.prosecution.tips.views.paging import refused
from palermo.prosecution.tips.words import languages
from palermo.prosecution.tips.words_desk import hour_said, narrowings

_WHY = {
    ChangedError: (409, "changed"),
    ReadersChangedError: (409, "changed"),
    ClosedError: (409, "closed"),
    NoBoxError: (409, "closed"),
    KnownError: (409, "changed"),
    slots.DestroyedError: (410, "closed"),
    UnreadableError: (400, "failed"),
    FullError: (507, "full"),
    PermissionDenied: (403, "not-you"),
}
"""What a script is told of a refusal."""
_LARGEST_NUMBER = 1 << 31


@at_the_desk
@require_safe
def tips(request: HttpRequest) -> HttpResponse:
    """What came to the viewer's desk; where there are several, a choice."""
    desks = desks_of(request)
    if len(desks) != 1:
        return render(request, "tips/desk_choice.html", {"desks": desks})
    desk, today = desks[0], localdate()
    asked = request.GET.get("show", "")
    show = asked if asked in SHOWN else ""
    found = queries.queue(request.user, desk).filter(narrowed(show, today))
    page = page_of(found, request.GET.get("page"))
    names = languages()
    rows = [(one, names.get(one.language, one.language)) for one in page.items]
    context = {"desk": desk, "page": page, "rows": rows, "key": my_key(request.user, desk), "show": show}
    context |= {"counts": counts(request.user, desk, today), "narrowings": narrowings()}
    return render(request, "tips/desk_queue.html", context)


@at_the_desk
@require_safe
def tips_one(request: HttpRequest, tip: UUID) -> HttpResponse:
    """One tip: what is known without a key at once, all else once it is unlocked."""
    return tip_page(request, tip_of(request, tip))


@csrf_exempt
@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def tips_messages(request: HttpRequest, tip: UUID) -> HttpResponseBase:
    """The messages of a tip, sealed; or one more of them."""
    found = tip_of(request, tip)
    if request.method == "POST":
        # Before anything reads what is sent: not even sealed is it written to a file.
        hold_in_memory(request)
        return _written(request, found)
    key = my_key(request.user, found.desk)
    if key is None or key.confirmed_at is None or found.slot_id is None:
        return refused(409, "closed")
    open_tip(by=signed_in(request), tip=found)
    try:
        return JsonResponse(_portion(request, found, key))
    except slots.DestroyedError:
        return refused(410, "closed")


@csrf_protect
def _written(request: HttpRequest, tip: Tip) -> HttpResponseBase:
    try:
        said, sealed = envelope_of(request)
        author, box_key = said.get("author"), said.get("box_key")
        if author not in (Author.DESK, Author.NOTE):
            raise UnreadableError
        write(
            by=signed_in(request),
            tip=tip,
            author=Author(str(author)),
            sealed=sealed,
            version=number_of(said.get("version"), _LARGEST_NUMBER),
            box_key=None if box_key is None else bytes_of(box_key, WRAPPED_BYTES),
        )
    except tuple(_WHY) as error:
        return refused(*_WHY[type(error)])
    asked = _("Sent. Whoever told this sees it when they open their box.")
    messages.success(request, asked if author == Author.DESK else _("Saved. Only members of the desk read it."))
    return JsonResponse({"taken": True})


def _portion(request: HttpRequest, tip: Tip, key: DeskKey) -> dict[str, object]:
    number = whole_number(request.GET.get("after", ""))
    portion = queries.messages_of(request.user, tip, key, number)
    box = queries.box_at(request.user, tip)
    desk_of = desks_of_writers(request.user, tip)
    return {
        "version": tip.version,
        "readers": listed(readers(request.user, tip.desk)),
        "box": in_text(bytes(box.point)) if box else None,
        "messages": [_message(*one, desk_of(one[0])) for one in portion.messages],
        "is_last": portion.is_last,
    }


def _message(message: Message, sealed: SealedMessage | None, organisation: Organisation | None) -> dict[str, object]:
    by = message.by.name if message.by else ""
    if organisation and (name := organisation.named_on()):
        by = f"{by} ({name.full()})"
    return {
        "id": str(message.pk),
        "number": message.number,
        "author": message.author,
        "by": by,
        "hour": hour_said(message.hour),
        "bundle": in_text(sealed.bundle) if sealed else None,
        "key": in_text(sealed.key) if sealed else None,
    }
