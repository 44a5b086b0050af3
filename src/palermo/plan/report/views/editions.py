"""Published reports, for everybody."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe

from palermo.foundation.bilingual import LANGUAGES, reader_language
from palermo.foundation.pagination import page_of
from palermo.people.guards import public
from palermo.plan.report import queries
from palermo.plan.report.formats.document import ACCOUNTS, ACTION_CHART, Part, ReportDocument, Table
from palermo.plan.report.formats.html import html_fragment
from palermo.plan.report.formats.registry import FORMATS, Format
from palermo.plan.report.frozen import published_document, row_of, with_chart_rows, with_rows
from palermo.plan.report.models import Edition

_PAGES = {ACTION_CHART: "edition_chart", ACCOUNTS: "edition_accounts"}
_FORMATS = {each.key: each for each in FORMATS}


@public
def reports(request: HttpRequest) -> HttpResponse:
    """Every published report."""
    page = page_of(queries.editions(request.user), request.GET.get("page"))
    return render(request, "report/reports.html", {"page": page})


@public
def edition(request: HttpRequest, plan_code: str, period_code: str, number: int) -> HttpResponse:
    """A report as it was published; its chart and its accounts have pages of their own."""
    found = _edition(request, plan_code, period_code, number)
    document = published_document(found, reader_language())
    parts = [
        # Made by our own renderer.
        (part, page, "" if page else mark_safe(html_fragment(document, part)))  # noqa: S308
        for part, page in ((part, page_of_part(part)) for part in document.parts)
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
def edition_accounts(request: HttpRequest, plan_code: str, period_code: str, number: int) -> HttpResponse:
    """What the organisations said in a report, one page of accounts at a time."""
    found = _edition(request, plan_code, period_code, number)
    language = reader_language()
    document = published_document(found, language)
    part = next((part for part in document.parts if page_of_part(part) == "edition_accounts"), None)
    page = page_of(queries.edition_accounts(request.user, found), request.GET.get("page"))
    said = None
    if part:
        shown = with_rows(document, {ACCOUNTS: tuple(row_of(each, language) for each in page.items)})
        said = mark_safe(html_fragment(shown, next(each for each in shown.parts if each.key == part.key)))  # noqa: S308
    context = {"edition": found, "document": document, "part": part, "said": said, "page": page}
    return render(request, "report/edition_accounts.html", context)


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


def page_of_part(part: Part) -> str:
    """The name of the page that a part has of its own because it holds a long table; none for most."""
    keys = [block.key for block in part.blocks if isinstance(block, Table)]
    return next((page for key, page in _PAGES.items() if key in keys), "")


def chart_part(document: ReportDocument) -> Part:
    """The part that holds the action chart. Every report has one."""
    return next(part for part in document.parts if page_of_part(part) == "edition_chart")


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
