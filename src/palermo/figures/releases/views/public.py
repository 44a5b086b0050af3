"""Published releases, for everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from palermo.figures.exchange import csv_bytes, csvw_json, json_bytes, sdmx_csv_bytes, xlsx_bytes
from palermo.figures.releases.cubes import cube_of
from palermo.figures.releases.made_up import unpacked
from palermo.figures.releases.models import Release, ReleaseTable, SyntheticRecords
from palermo.figures.releases.queries.cells import first_dimension, grid
from palermo.figures.releases.queries.releases import (
    corrected_by,
    last_attack,
    published_release,
    published_releases,
    synthetic_of,
    tables_of,
)
from palermo.figures.releases.statements import protection_words
from palermo.foundation.bilingual import reader_language, shown
from palermo.foundation.pagination import page_of
from palermo.people.guards import public
from palermo.site.charts import Bar, Chart, bar_chart

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sdmx.csv": "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8",
    "json": "application/json",
    "csv-metadata.json": "application/csvm+json",
}
"""What each ending of a file is."""


@public
def releases(request: HttpRequest) -> HttpResponse:
    """Every published release, the newest first."""
    return render(
        request, "releases/releases.html", {"page": page_of(published_releases(request.user), _page(request))}
    )


def _page(request: HttpRequest) -> str | None:
    return request.GET.get("page")


@public
def release(request: HttpRequest, identifier: str) -> HttpResponse:
    """One release: one of its tables as chart and table, how it is protected, what the attack found, how to cite it."""
    one = _found(request, identifier)
    tables = tables_of(request.user, one)
    table = _chosen(request, tables)
    context = {
        "release": one,
        "tables": tables,
        "table": table,
        "chart": _chart(request, table),
        "grid": grid(request.user, table, _page(request)),
        "attack": last_attack(request.user, one),
        "protection": protection_words(one.rule_set.rules(), reader_language()),
        "corrected_by": corrected_by(request.user, one),
        "synthetic": synthetic_of(request.user, one),
        "cite": how_to_cite(one, request.build_absolute_uri(request.path)),
        "endings": [(ending, label) for ending, label in _endings().items()],
    }
    return render(request, "releases/release.html", context)


def _endings() -> dict[str, str]:
    return {
        "csv": "CSV",
        "xlsx": "Excel (XLSX)",
        "sdmx.csv": "SDMX-CSV",
        "json": "JSON",
        "csv-metadata.json": _("Description of the CSV file (CSVW)"),
    }


@public
def release_file(request: HttpRequest, identifier: str, position: int, ending: str) -> HttpResponse:
    """One table of a release as a file."""
    one = _found(request, identifier)
    table = next((each for each in tables_of(request.user, one) if each.position == position), None)
    attack = last_attack(request.user, one)
    if table is None or attack is None or ending not in TYPES:
        raise Http404
    page = request.build_absolute_uri(reverse("release", args=[identifier]))
    cube, language = cube_of(one, table, attack, page), reader_language()
    plain = request.build_absolute_uri(reverse("release_file", args=[identifier, position, "csv"]))
    content = {
        "csv": lambda: csv_bytes(cube, language),
        "xlsx": lambda: xlsx_bytes(cube, language),
        "sdmx.csv": lambda: sdmx_csv_bytes(cube),
        "json": lambda: json_bytes(cube),
        "csv-metadata.json": lambda: csvw_json(cube, language, plain),
    }[ending]()
    name = f"{identifier}-{position}-{language}.{ending}"
    return HttpResponse(
        content, content_type=TYPES[ending], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@public
def release_made_up(request: HttpRequest, identifier: str) -> StreamingHttpResponse:
    """The synthetic records of a release as a file."""
    one = _found(request, identifier)
    records = synthetic_of(request.user, one)
    if records is None:
        raise Http404
    return file_of(records, f"{identifier}-records.csv")


def file_of(records: SyntheticRecords, name: str) -> StreamingHttpResponse:
    """Synthetic records, handed over as CSV."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(unpacked(records), content_type=TYPES["csv"], headers=headers)


def how_to_cite(one: Release, address: str) -> str:
    """A sentence by which a release is cited."""
    day = localtime(one.decided_at).date().isoformat() if one.decided_at else ""
    name = one.owner.named_on(localtime(one.decided_at).date() if one.decided_at else None)
    return _("%(owner)s (%(year)s). %(title)s. Release %(identifier)s, published %(day)s. %(address)s") % {
        "owner": name.full() if name else one.owner.code,
        "year": one.year,
        "title": shown(one, "title"),
        "identifier": one.identifier,
        "day": day,
        "address": address,
    }


def _found(request: HttpRequest, identifier: str) -> Release:
    one = published_release(request.user, identifier)
    if one is None:
        raise Http404
    return one


def _chosen(request: HttpRequest, tables: list[ReleaseTable]) -> ReleaseTable:
    asked = request.GET.get("table", "")
    return next((table for table in tables if str(table.position) == asked), tables[0])


def _chart(request: HttpRequest, table: ReleaseTable) -> Chart:
    """The first dimension of a table as bars; what is left out has none, and the table says so."""
    bars = first_dimension(request.user, table)
    rows = [Bar(str(words), max(value, 0)) for words, value in bars if value is not None]
    by = shown(Words(table), "label").text
    return bar_chart(rows, reader_language(), caption=shown(table, "title").text, head=(by, _("Number")))


class Words:
    """The words of the first dimension of a table."""

    def __init__(self, table: ReleaseTable) -> None:
        self.label_en, self.label_fr = table.layout[0]["label_en"], table.layout[0]["label_fr"]
