"""The profile of the standard, for programs."""

from __future__ import annotations

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from palermo.people.guards import public
from palermo.protection.directory.hsds.profile import patches


@require_safe
@public
def profile(request: HttpRequest) -> JsonResponse:
    """Which kinds of entry the profile adds something to, and where each merge patch is."""
    found = {kind: request.build_absolute_uri(reverse("hsds_profile_patch", args=[kind])) for kind in sorted(patches())}
    return JsonResponse({"patches": found})


@require_safe
@public
def profile_patch(request: HttpRequest, kind: str) -> JsonResponse:
    """The merge patch of one kind of entry (RFC 7396)."""
    if kind not in patches():
        raise Http404
    return JsonResponse(patches()[kind], content_type="application/merge-patch+json")
