"""The tracker as a page to look at, and as files."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from palermo.foundation.bilingual import Language
from palermo.foundation.pagination import page_by
from palermo.people.guards import public
from palermo.plan.register.models import Evidence
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.views.reading import asked, plan_or_404, viewer_of
from palermo.plan.tracker.columns import COLUMNS, OF_THE_TRACKER
from palermo.plan.tracker.files import csv_lines, workbook
from palermo.plan.tracker.queries.cells import Link
from palermo.plan.tracker.queries.rows import keys_in_order, lacking_reason, tracker_rows

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@public
def plan_tracker(request: HttpRequest, code: str) -> HttpResponse:
    """What the files hold, and where a reason is missing that must be given."""
    at, viewer = plan_or_404(request, code), viewer_of(request)
    lacking = lacking_reason(viewer, at)
    only_lacking = asked(request, "show") == "lacking"
    keys = lacking if only_lacking else keys_in_order(viewer, at)
    page = page_by(len(keys), lambda start, end: list(keys[start:end]), asked(request, "page"))
    context = {
        "at": at,
        "plan": at.plan,
        "rows": list(tracker_rows(viewer, at, _link(request), page.items)),
        "page": page,
        "lacking": len(lacking),
        "only_lacking": only_lacking,
        "columns": [(name, words, place < OF_THE_TRACKER) for place, (name, words) in enumerate(COLUMNS.items())],
    }
    return render(request, "tracker/plan_tracker.html", context)


@public
def tracker_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """The rows of one period as CSV."""
    at = plan_or_404(request, code)
    lines = csv_lines(tracker_rows(viewer_of(request), at, _link(request)))
    header = {"Content-Disposition": f'attachment; filename="{_name(at)}.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=header)


@public
def tracker_xlsx(request: HttpRequest, code: str) -> FileResponse:
    """The same rows as an Excel workbook."""
    at = plan_or_404(request, code)
    made = workbook(tracker_rows(viewer_of(request), at, _link(request)))
    return FileResponse(made, as_attachment=True, filename=f"{_name(at)}.xlsx", content_type=XLSX)


def _name(at: PlanAt) -> str:
    return f"{at.plan.code}-{at.period.code}-tracker" if at.period else f"{at.plan.code}-tracker"


def _link(request: HttpRequest) -> Link:
    """Addresses as somebody outside this site can follow them."""

    def link(evidence: Evidence, language: Language) -> str:
        if evidence.file_code is None:
            return evidence.url
        with override(language):
            return request.build_absolute_uri(reverse("evidence_file", args=[evidence.file_code]))

    return link
