"""Sessions end where nobody has done anything for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

SEEN = "seen_at"
WRITTEN_EVERY = 60
"""Seconds: a session is written at most this often."""


def end_idle_sessions(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Sign out whoever was idle for longer than the setting. Readers without a session cost nothing."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            now, seen = time.time(), request.session.get(SEEN)
            if seen is not None and now - float(seen) > settings.IDLE_MINUTES * 60:
                logout(request)
                if written := _written(request):
                    return render(request, "people/signed_out.html", {"written": written}, status=403)
                messages.info(request, _("You were signed out because nothing happened for a while. Sign in to go on."))
            elif seen is None or now - float(seen) > WRITTEN_EVERY:
                request.session[SEEN] = now
        return get_response(request)

    return middleware


def _written(request: HttpRequest) -> list[str]:
    """The texts in a form that came too late, so that nobody has to write them again. A draft saves itself."""
    if request.method != "POST" or "X-Autosave" in request.headers:
        return []
    values = (each for name in request.POST for each in request.POST.getlist(name) if "password" not in name)
    return [each for each in values if len(each.split()) > 1]
