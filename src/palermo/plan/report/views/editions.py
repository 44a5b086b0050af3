"""Published reports, for everybody."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe

from palermo.foundation.bilingual import LANGUAGES, reader_language
from palermo.foundation.pagination import page_of
from palermo.people.guards import public
from palermo.plan.report import queries
from palermo.plan.report.formats.document import ACTION_CHART, Part, ReportDocument, Table
from palermo.plan.report.formats.html import html_fragment
from palermo.plan.report.formats.registry import FORMATS, Format
from palermo.plan.report.frozen import published_document, row_of, with_chart_rows
from palermo.plan.report.models import Edition

_FORMATS = {each.key: each for each in FORMATS}


@public
def reports(request: HttpRequest) -> HttpResponse:
    """Every published report."""
    page = page_of(queries.editions(request.user), request.GET.get("page"))
    return render(request, "report/reports.html", {"page": page})


@public
def edition(request: HttpRequest, plan_code: str, period_code: str, number: int) -> HttpResponse:
    """A report as it was published; its chart has a page of its own."""
    found = _edition(request, plan_code, period_code, number)
    document = published_document(found, reader_language())
    parts = [
        (part, "" if is_chart(part) else mark_safe(html_fragment(document, part)))  # noqa: S308 - made by our renderer
        for part in document.parts
    ]
    context = {"edition": found, "document": document, "parts": parts, "files": _files(found), "formats": FORMATS}
    return render(request, "report/edition.html", context)


@public
def edition_chart(request: HttpRequest, plan_code: str, period_code: str, number: int) -> HttpResponse:
    """The action chart of a report, one page of rows at a time."""
    found = _edition(request, plan_code, period_code, number)
    language = reader_language()
    page = page_of(queries.edition_rows(request.user, found), request.GET.get("page"))
    document = published_document(found, language)
    shown = with_chart_rows(document, tuple(row_of(each, language) for each in page.items))
    chart = mark_safe(html_fragment(shown, chart_part(shown)))  # noqa: S308 - made by our own renderer
    context = {"edition": found, "document": document, "chart": chart, "page": page}
    return render(request, "report/edition_chart.html", context)


@public
def edition_file(request: HttpRequest, plan_code: str, period_code: str, number: int, name: str) -> HttpResponseBase:
    """One file of a report: `en.pdf`, `fr.xlsx` and so on. Always handed over as a download."""
    found = _edition(request, plan_code, period_code, number)
    language, _dot, extension = name.partition(".")
    for kept in found.files.all():
        kind = _FORMATS[kept.format]
        if (kept.language, kind.extension) == (language, extension):
            return FileResponse(
                kept.file.open("rb"),
                as_attachment=True,
                filename=f"{plan_code}-{period_code}-{number}-{language}.{extension}",
                content_type=kind.media_type,
            )
    raise Http404


def is_chart(part: Part) -> bool:
    """Whether this part holds the action chart."""
    return any(isinstance(block, Table) and block.key == ACTION_CHART for block in part.blocks)


def chart_part(document: ReportDocument) -> Part:
    """The part that holds the action chart. Every report has one."""
    return next(part for part in document.parts if is_chart(part))


def _edition(request: HttpRequest, plan_code: str, period_code: str, number: int) -> Edition:
    found = queries.edition(request.user, plan_code, period_code, number)
    if found is None:
        raise Http404
    return found


def _files(found: Edition) -> list[tuple[Format, list[tuple[str, int | None, str]]]]:
    """Per format: language, size and name of each file; no size where it is not made yet."""
    sizes = {(kept.format, kept.language): kept.size for kept in found.files.all()}
    return [
        (each, [(code, sizes.get((each.key, code)), f"{code}.{each.extension}") for code in LANGUAGES])
        for each in FORMATS
    ]
