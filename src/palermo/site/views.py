"""Pages of the site itself: the accessibility statement, what to show when something goes wrong, and health."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from palermo.foundation.bilingual import reader_language
from palermo.people.guards import public
from palermo.site.context import Frame


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong in a reader's words, and what to do about it."""

    status: int
    title: str | Promise
    advice: tuple[str | Promise, ...]


NOT_UNDERSTOOD = Trouble(
    400,
    _("We could not understand this request"),
    (
        _("The address or the form held something that this site cannot read."),
        _("Go back and try again, or start from the home page."),
    ),
)
NOT_ALLOWED = Trouble(
    403,
    _("This page is not open to you"),
    (
        _("You may need to sign in with another account, or your role does not include this page."),
        _("If you think that it should, ask the person who coordinates the plan."),
    ),
)
NOT_FOUND = Trouble(
    404,
    _("We could not find this page"),
    (
        _("The address may be mistyped, or the page may have moved."),
        _("Check the address, search the site, or start from the home page."),
    ),
)
FORM_EXPIRED = Trouble(
    403,
    _("The form has expired"),
    (
        _("To protect you, a form can be sent only for some time and only while cookies are allowed."),
        _("Nothing was saved. Go back, copy what you wrote, reload the page and send it again."),
    ),
)
TOO_MANY = Trouble(
    429,
    _("That was too often in a short time"),
    (
        _("To keep others from guessing passwords and links, we count attempts. Nothing is wrong with your account."),
        _("Wait a few minutes, then try again."),
    ),
)
BROKEN = Trouble(
    500,
    _("Something went wrong on our side"),
    (
        _("It is not your fault, and the fault has been recorded."),
        _("Try again in a few minutes. If you were saving something, check first whether it was saved."),
    ),
)


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done so that everybody can use this site, what falls short, and whom to tell."""
    return render(request, "site/accessibility.html")


@public
def health(request: HttpRequest) -> HttpResponse:
    """Says that the server answers. It asks nothing of the database, so it stays true while that restarts."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400. What could not be read is not read again: no session, no account."""
    return _bare(request, NOT_UNDERSTOOD)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _framed(request, NOT_ALLOWED)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _framed(request, NOT_FOUND)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 where a form came without the proof that this site had sent it out."""
    return _framed(request, FORM_EXPIRED)


def too_many(request: HttpRequest) -> HttpResponse:
    """429 where somebody tried the same thing too often."""
    return _framed(request, TOO_MANY)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Touches neither the database nor the session: they may be what is broken."""
    return _bare(request, BROKEN)


def _framed(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    context = {"trouble": trouble, "layout": "site/base.html"}
    return render(request, "site/error.html", context, status=trouble.status)


def _bare(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    frame = Frame(request, reader_language())
    context = {"trouble": trouble, "layout": "site/skeleton.html", "frame": frame}
    return HttpResponse(render_to_string("site/error.html", context), status=trouble.status)
