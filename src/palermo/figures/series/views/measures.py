"""What the system itself counts: each measure with what it means, its numbers today, and files of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from palermo.figures import measures as registry
from palermo.figures.exchange import Cube, csv_bytes, csvw_json, json_bytes, sdmx_csv_bytes, xlsx_bytes
from palermo.figures.measures import Measure, MeasureError
from palermo.figures.series.counted import Asked, Counts, counted, cube_of, table_of
from palermo.figures.series.vocabulary import MARK_MEANINGS, Counted, Mark
from palermo.foundation.addresses import site_address
from palermo.foundation.bilingual import Language, reader_language
from palermo.foundation.pagination import page_by
from palermo.people.guards import public
from palermo.people.models import User
from palermo.people.policies import holding
from palermo.people.second_factor import must_set_up

LONGEST_CODE = 80
MOST_CHOICES = 60
"""A list that is longer is not offered to choose from; its codes can still stand in an address."""
ROWS = 30
"""Rows of one page: each may have a dozen cells."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what its name ends with, what people call it, and how it is written."""

    extension: str
    label: str
    media_type: str
    write: Callable[[Cube, Language, str], bytes]


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = (
    FileKind("csv", "CSV", "text/csv; charset=utf-8", lambda cube, language, _at: csv_bytes(cube, language)),
    FileKind("xlsx", "Excel (XLSX)", _XLSX, lambda cube, language, _at: xlsx_bytes(cube, language)),
    FileKind("sdmx.csv", "SDMX-CSV", "text/csv; charset=utf-8", lambda cube, _language, _at: sdmx_csv_bytes(cube)),
    FileKind("json", "JSON", "application/json", lambda cube, _language, _at: json_bytes(cube)),
    FileKind("csv-metadata.json", "CSVW", "application/csvm+json", csvw_json),
)


@public
def measures(request: HttpRequest) -> HttpResponse:
    """Everything that the system counts itself, as far as the reader may know it."""
    sees_all = _sees_all(request)
    found = [each for each in registry.registered() if each.is_public or sees_all]
    return render(request, "series/measures.html", {"measures": found})


@public
def measure(request: HttpRequest, measure_code: str) -> HttpResponse:
    """One measure: what it means, what it is counted from, and its numbers, as they are now."""
    found = _measure(request, measure_code)
    counts = counted(request.user, found, _asked(request, found))
    table = table_of(counts)
    rows = table.rows
    page = page_by(len(rows), lambda start, end: list(rows[start:end]), request.GET.get("page"), ROWS)
    context = {
        "measure": found,
        "counts": counts,
        "unit": Counted(found.counts).label,
        "mark": Mark.FINAL.label,
        "mark_meaning": MARK_MEANINGS[Mark.FINAL],
        "table": table,
        "page": page,
        "choices": _choices(counts),
        "files": [(each, reverse("measure_file", args=[found.code, each.extension])) for each in FILES],
    }
    return render(request, "series/measure.html", context)


@public
def measure_file(request: HttpRequest, measure_code: str, extension: str) -> HttpResponse:
    """The numbers of a measure as a file; the query narrows them as it does on the page."""
    kind = next((each for each in FILES if each.extension == extension), None)
    if kind is None:
        raise Http404
    found = _measure(request, measure_code)
    page = site_address() + reverse("measure", args=[found.code])
    cube = cube_of(counted(request.user, found, _asked(request, found)), page)
    written = kind.write(cube, reader_language(), f"{found.code}.csv")
    name = f"{found.code}-{reader_language()}.{extension}"
    return HttpResponse(
        written, content_type=kind.media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _sees_all(request: HttpRequest) -> bool:
    """Everybody who has a role today, with their second factor where one is demanded; each sees counts of their own."""
    return isinstance(request.user, User) and holding(request.user).exists() and not must_set_up(request)


def _measure(request: HttpRequest, code: str) -> Measure:
    try:
        found = registry.one(code)
    except MeasureError:
        raise Http404 from None
    if not found.is_public and not _sees_all(request):
        raise Http404
    return found


def _asked(request: HttpRequest, measure: Measure) -> Asked:
    wanted = {each.code: request.GET.get(each.code, "").strip()[:LONGEST_CODE] for each in measure.dimensions}
    return Asked({name: code for name, code in wanted.items() if code})


@dataclass(frozen=True, slots=True)
class Choice:
    """A dimension to choose a code of."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]
    """Code, words, and whether it is the one asked for."""


def _choices(counts: Counts) -> list[Choice]:
    """Selects for the dimensions whose lists are short enough; the one along the top is not among them."""
    found = []
    for each in counts.measure.dimensions[:-1]:
        codes = counts.codes[each.code]
        if len(codes) <= MOST_CHOICES:
            asked = counts.asked.codes.get(each.code, "")
            options = tuple((code, str(words), code == asked) for code, words in codes)
            found.append(Choice(each.code, str(each.label), (("", _("Any"), not asked), *options)))
    return found
