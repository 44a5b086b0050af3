"""The history of a deliverable as a page and as files."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from palermo.foundation.pagination import page_by
from palermo.people.guards import for_roles, signed_in
from palermo.plan.register.models import Deliverable
from palermo.plan.trail.files import csv_lines, json_lines
from palermo.plan.trail.policies import READERS
from palermo.plan.trail.queries.acts import Acts, acts_on, deliverable_of


@for_roles(*READERS)
def history(request: HttpRequest, plan_code: str, deliverable_code: str) -> HttpResponse:
    """Every act about a deliverable, the newest first."""
    one, acts = _readable(request, plan_code, deliverable_code)
    page = page_by(acts.count(), acts.between, request.GET.get("page"))
    return render(request, "trail/history.html", {"one": one, "plan": one.plan, "page": page})


@for_roles(*READERS)
def history_csv(request: HttpRequest, plan_code: str, deliverable_code: str) -> StreamingHttpResponse:
    """The same, all pages in one, for a spreadsheet."""
    one, acts = _readable(request, plan_code, deliverable_code)
    return _streamed(one, "csv", "text/csv; charset=utf-8", csv_lines(acts))


@for_roles(*READERS)
def history_json(request: HttpRequest, plan_code: str, deliverable_code: str) -> StreamingHttpResponse:
    """The same for programs, in both languages at once."""
    one, acts = _readable(request, plan_code, deliverable_code)
    return _streamed(one, "json", "application/json", json_lines(one, acts))


def _readable(request: HttpRequest, plan_code: str, deliverable_code: str) -> tuple[Deliverable, Acts]:
    one = deliverable_of(plan_code, deliverable_code)
    if one is None:
        raise Http404
    acts = acts_on(signed_in(request), one)
    if acts is None:
        raise PermissionDenied
    return one, acts


def _streamed(one: Deliverable, ending: str, kind: str, lines: Iterator[str]) -> StreamingHttpResponse:
    header = content_disposition_header(as_attachment=True, filename=f"{one.plan.code}-{one.code}-history.{ending}")
    return StreamingHttpResponse(lines, content_type=kind, headers={"Content-Disposition": header or ""})
