"""The keys of the members of a desk. Only what is locked or public comes here: the rest stays in their browsers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palermo.foundation.bilingual import reader_language
from palermo.people.guards import signed_in
from palermo.people.models import User
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.actions import keys as actions
from palermo.prosecution.tips.actions import retiring
from palermo.prosecution.tips.actions.confirming import WrapError, confirm_key, rewrap
from palermo.prosecution.tips.models import Desk, DeskKey, KeyLock
from palermo.prosecution.tips.queries import keys as queries
from palermo.prosecution.tips.queries.desks import my_key
from palermo.prosecution.tips.reading import (
    UnreadableError,
    bytes_of,
    id_of,
    json_of,
    number_of,
    point_of,
    whole_number,
    written,
)
from palermo.prosecution.tips.scripts import scripts
from palermo.prosecution.tips.views.at_the_desk import at_the_desk, desks_of, setup
from palermo.prosecution.tips.views.paging import refused

HALF = "half_of_desk_keys"
"""Under what the session keeps it."""
_HALF_BYTES = 32
_WHY = {
    UnreadableError: (400, "failed"),
    WrapError: (400, "failed"),
    actions.LockError: (400, "failed"),
    actions.KeyExistsError: (409, "changed"),
    actions.RetiredError: (409, "changed"),
    slots.DestroyedError: (410, "changed"),
}
"""What a script is told of a refusal."""


@at_the_desk
@require_safe
def tips_keys(request: HttpRequest) -> HttpResponse:
    """The viewer's own key, and those of the others."""
    desks = desks_of(request)
    if len(desks) != 1:
        return render(request, "tips/desk_choice.html", {"desks": desks, "is_about_keys": True})
    desk, user = desks[0], signed_in(request)
    mine, live = my_key(user, desk), queries.keys_at(user, desk)
    context = {
        "desk": desk,
        "key": mine,
        "setup": _setup(user, desk, mine),
        "others": _rows([one for one in live if one.key.user_id != user.pk], mine),
        "is_alone": sum(one.is_at_work for one in live) == 1,
        "scripts": scripts("keys"),
    }
    return render(request, "tips/desk_keys.html", context)


def _setup(user: User, desk: Desk, mine: DeskKey | None) -> dict[str, object]:
    """What the scripts need to know. The names are what the viewer's device calls a passkey that it makes."""
    more = {
        "make": f"{reverse('tips_key_make')}?desk={desk.code}",
        "words": reverse("tell_words", args=[reader_language()]),
        "site": str(settings.SITE_NAME),
        "name": _("%(address)s, key for tips") % {"address": user.email},
    }
    if mine:
        more["add"] = reverse("tips_key_lock", args=[mine.pk])
    return setup(mine, **more)


def _rows(others: list[queries.HeldKey], mine: DeskKey | None) -> list[dict[str, object]]:
    """The keys of others, each with how many messages it does not open that the viewer's does."""
    lacks = queries.lacks(mine) if mine and mine.confirmed_at else lambda _other: 0
    return [
        {"held": one, "key": one.key, "point": written(bytes(one.key.point)), "lacks": lacks(one.key)} for one in others
    ]


def _answered(act: Callable[[User, dict[str, object]], dict[str, object]], request: HttpRequest) -> JsonResponse:
    """What came of something that a script sent."""
    try:
        return JsonResponse({"taken": True, **act(signed_in(request), json_of(request.body))})
    except tuple(_WHY) as error:
        return refused(*_WHY[type(error)])


@at_the_desk
@require_POST
def tips_key_make(request: HttpRequest) -> HttpResponseBase:
    """Keep the key that the viewer's browser made."""
    desks = desks_of(request)
    if len(desks) != 1:
        raise Http404

    def made(by: User, said: dict[str, object]) -> dict[str, object]:
        key = actions.make_key(by=by, desk=desks[0], point=point_of(said.get("point")), lock=_lock(said.get("lock")))
        return {"id": str(key.pk)}

    return _answered(made, request)


@at_the_desk
@require_POST
def tips_key_lock(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Keep another way to unlock the viewer's key."""
    found = _found(request, key)

    def added(by: User, said: dict[str, object]) -> dict[str, object]:
        actions.add_lock(by=by, key=found, lock=_lock(said.get("lock")))
        return {}

    return _answered(added, request)


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def tips_key_access(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """What the viewer's key opens and this one does not, a portion at a time; or a portion sealed to it."""
    found = _found(request, key)
    if request.method == "POST":
        return _answered(lambda by, said: {"count": rewrap(by=by, key=found, wrapped=_wrapped(said))}, request)
    mine = my_key(request.user, found.desk)
    number = whole_number(request.GET.get("after", ""))
    portion, last = queries.to_rewrap(request.user, mine, found, number) if mine and mine.confirmed_at else ([], None)
    listed = [
        {
            "tip": str(one.bound.tip),
            "message": str(one.bound.message),
            "author": one.bound.author,
            "key": written(one.key),
        }
        for one in portion
    ]
    return JsonResponse({"keys": listed, "last": last})


@at_the_desk
@require_POST
def tips_key_confirm(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Note that the viewer compared a key with its owner."""
    found = _found(request, key)

    def confirmed(by: User, said: dict[str, object]) -> dict[str, object]:
        confirm_key(by=by, key=found, wrapped=_wrapped(said))
        return {}

    return _answered(confirmed, request)


@at_the_desk
@require_POST
def tips_key_retire(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Let a key open nothing any more."""
    found = _found(request, key)
    try:
        said = _retired(request, found)
    except retiring.LastKeyError:
        messages.error(request, _("This is the only key that opens the tips here. Let another member in first."))
    except retiring.OnlyReaderError as error:
        messages.error(request, _only_reader(error.count))
    except actions.RetiredError:
        messages.info(request, _("This key was retired already."))
    else:
        messages.success(request, said)
    return redirect(f"{reverse('tips_keys')}?desk={found.desk.code}")


def _retired(request: HttpRequest, key: DeskKey) -> str:
    """Retire a key, propose to, or take that back; a sentence that says which."""
    by = signed_in(request)
    if request.POST.get("do") == "keep":
        retiring.keep_key(by=by, key=key)
        return _("The key stays.")
    if retiring.retire_key(by=by, key=key, even_if_lost=request.POST.get("even_if_lost") == "yes"):
        return _("The key is retired. It opens nothing any more.")
    return _("Proposed. Another member has to agree before the key is retired.")


def _only_reader(count: int) -> str:
    said = ngettext(
        "%(count)s message opens with this key alone. "
        "Give another member access to it first, or say that it may be lost.",
        "%(count)s messages open with this key alone. "
        "Give another member access to them first, or say that they may be lost.",
        count,
    )
    return said % {"count": count}


@at_the_desk
@require_POST
def tips_half(request: HttpRequest) -> HttpResponseBase:
    """The half that keeps the viewer's key unlocked in a tab: with the session, it ends."""
    if HALF not in request.session:
        request.session[HALF] = written(secrets.token_bytes(_HALF_BYTES))
    return JsonResponse({"half": request.session[HALF]})


@at_the_desk
@require_POST
def tips_lock(request: HttpRequest) -> HttpResponseBase:
    """Forget the half, so that the key is locked in every tab."""
    request.session.pop(HALF, None)
    return JsonResponse({"taken": True})


def _found(request: HttpRequest, key: UUID) -> DeskKey:
    """The key, for a member of its desk.

    Raises:
        Http404: there is none, or it is another desk's.
    """
    found = queries.key_at(request.user, key)
    if found is None:
        raise Http404
    return found


def _lock(said: object) -> actions.NewLock:
    """A lock as the scripts send it.

    Raises:
        UnreadableError: it is none.
    """
    if not isinstance(said, dict) or said.get("kind") not in KeyLock.Kind.values:
        raise UnreadableError
    return actions.NewLock(
        kind=KeyLock.Kind(said["kind"]),
        salt=bytes_of(said.get("salt")),
        locked=bytes_of(said.get("locked")),
        rounds=number_of(said.get("rounds"), actions.MOST_ROUNDS),
        credential=bytes_of(said.get("credential")),
    )


def _wrapped(said: dict[str, object]) -> dict[UUID, bytes]:
    """Keys of messages by their ids.

    Raises:
        UnreadableError: they are none, or more than come at a time.
    """
    listed = said.get("wrapped")
    if not isinstance(listed, dict) or len(listed) > queries.PORTION:
        raise UnreadableError
    return {id_of(message): bytes_of(key) for message, key in listed.items()}
