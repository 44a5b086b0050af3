"""Whatever is answered under the addresses for the public leaves no trace: pages, answers to scripts, and errors."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

_PUBLIC = re.compile(r"/[a-z]{2}/tell(?:/|$)")


def leave_no_trace(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """See to it that no copy is kept anywhere, and that no other site learns where somebody came from."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_public = _PUBLIC.match(request.path_info)
        if is_public:
            # Nor does anything here know who is signed in: a session notes when it was last used.
            request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        if is_public:
            response["Cache-Control"] = "no-store"
            response["Referrer-Policy"] = "no-referrer"
            response.headers.pop("ETag", None)
        return response

    return middleware
