"""A series as a file, in every format that others read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from palermo.figures.exchange import Cube, csv_bytes, csvw_json, json_bytes, sdmx_csv_bytes, xlsx_bytes
from palermo.figures.series.queries import cube_of
from palermo.figures.series.views.reading import asked_day, series_or_404
from palermo.foundation.bilingual import Language, reader_language
from palermo.people.guards import public

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, tuple[str, Callable[[Cube, Language], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", csv_bytes),
    "xlsx": (_XLSX, xlsx_bytes),
    "json": ("application/json", lambda cube, _language: json_bytes(cube)),
    "sdmx.csv": (
        "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8",
        lambda cube, _language: sdmx_csv_bytes(cube),
    ),
    "csv-metadata.json": (
        "application/csvm+json",
        lambda cube, language: csvw_json(cube, language, f"{cube.code}.csv"),
    ),
}
"""By extension: the type, and what writes the file."""


@public
def series_file(request: HttpRequest, series_code: str, extension: str) -> HttpResponse:
    """A series with every number, as a file; `known` goes back to a day."""
    if extension not in FORMATS:
        raise Http404
    series = series_or_404(request, series_code)
    page = request.build_absolute_uri(reverse("series", args=[series.code]))
    cube = cube_of(request.user, series, as_known_on=asked_day(request, "known"), address=page)
    kind, write = FORMATS[extension]
    response = HttpResponse(write(cube, reader_language()), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{series.code}.{extension}"'
    return response
