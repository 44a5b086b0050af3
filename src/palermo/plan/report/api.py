"""The API of published reports: read-only, public."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema
from ninja.errors import HttpError

from palermo.foundation.api import Code, InvalidRequest, Listed, PagingQuery, Problem, both, listed
from palermo.foundation.bilingual import Language
from palermo.plan.report import queries, schemas
from palermo.plan.report.formats.document import ACCOUNTS, ACTION_CHART, Cell, Origin, ReportDocument, Row, Table
from palermo.plan.report.formats.registry import FORMATS
from palermo.plan.report.formats.words import link_of
from palermo.plan.report.frozen import published_document, row_of
from palermo.plan.report.models import Edition

router = Router(tags=["reports"])
_EXTENSIONS = {each.key: each.extension for each in FORMATS}


class EditionPath(Schema):
    """Which edition is meant."""

    plan: Code = Field(description=_("The code of a plan, such as ca-2012."))
    period: Code = Field(description=_("Such as 2013-2014."))
    number: int = Field(ge=1, le=32_767, description=_("1 for the first edition on the period."))


class RowLanguage(Schema):
    """The language of the rows."""

    language: Literal["en", "fr"] = Field("en", description=_("The language of texts and labels."))


@router.get("/editions", response={200: Listed[schemas.EditionOut], 422: InvalidRequest}, summary=_("Every edition"))
def list_editions(request: HttpRequest, paging: PagingQuery) -> Listed[schemas.EditionOut]:
    """Published reports, the newest period first."""
    return listed(queries.editions(request.user), paging, _edition_out)


@router.get(
    "/editions/{plan}/{period}/{number}",
    response={200: schemas.EditionOut, 404: Problem, 422: InvalidRequest},
    summary=_("One edition"),
)
def get_edition(request: HttpRequest, wanted: Annotated[EditionPath, Path()]) -> schemas.EditionOut:
    """A published report with its files."""
    return _edition_out(_edition(request, wanted))


@router.get(
    "/editions/{plan}/{period}/{number}/rows",
    response={200: Listed[schemas.RowOut], 404: Problem, 422: InvalidRequest},
    summary=_("Its action chart"),
)
def list_rows(
    request: HttpRequest,
    wanted: Annotated[EditionPath, Path()],
    reader: Annotated[RowLanguage, Query()],
    paging: PagingQuery,
) -> Listed[schemas.RowOut]:
    """The action chart as it was published, labels included."""
    found = _edition(request, wanted)
    chart = _chart(published_document(found, reader.language))
    return listed(
        queries.edition_rows(request.user, found),
        paging,
        lambda kept: schemas.RowOut(
            position=kept.position, code=kept.code, cells=_cells(chart, row_of(kept, reader.language))
        ),
    )


@router.get(
    "/editions/{plan}/{period}/{number}/figures",
    response={200: list[schemas.FigureTableOut], 404: Problem, 422: InvalidRequest},
    summary=_("Its figures, and where each comes from"),
)
def list_figures(
    request: HttpRequest, wanted: Annotated[EditionPath, Path()], reader: Annotated[RowLanguage, Query()]
) -> list[schemas.FigureTableOut]:
    """Every table of an edition but the action chart and the accounts, as it was published."""
    document = published_document(_edition(request, wanted), reader.language)
    return [_figures_out(table) for table in document.tables() if table.key not in {ACTION_CHART, ACCOUNTS}]


def _edition(request: HttpRequest, wanted: EditionPath) -> Edition:
    found = queries.edition(request.user, wanted.plan, wanted.period, wanted.number)
    if found is None:
        raise HttpError(404, "There is no such edition. /api/v1/editions lists them.")
    return found


def _edition_out(edition: Edition) -> schemas.EditionOut:
    where = (edition.plan.code, edition.period.code, edition.number)
    return schemas.EditionOut(
        plan=edition.plan.code,
        period=edition.period.code,
        number=edition.number,
        published_at=edition.published_at,
        corrects=edition.corrects.number if edition.corrects else None,
        correction=both(edition, "correction"),
        sha256=edition.sha256,
        files=[
            schemas.EditionFileOut(
                format=kept.format,
                language=_language(kept.language),
                size=kept.size,
                sha256=kept.sha256,
                url=reverse("edition_file", args=[*where, f"{kept.language}.{_EXTENSIONS[kept.format]}"]),
            )
            for kept in edition.files.all()
        ],
    )


def _figures_out(table: Table) -> schemas.FigureTableOut:
    rows = ([content if isinstance(content, Cell) else Cell(content) for content in row] for row in table.rows)
    return schemas.FigureTableOut(
        key=table.key,
        caption=table.caption,
        origin=_origin_out(table.origin) if table.origin else None,
        rows=[
            [
                schemas.FigureCellOut(
                    column=column.key, value=cell.value, code=cell.code, printed=cell.printed, address=link_of(cell)
                )
                for column, cell in zip(table.columns, row, strict=True)
            ]
            for row in rows
        ],
    )


def _origin_out(origin: Origin) -> schemas.OriginOut:
    return schemas.OriginOut(
        kind=origin.kind, code=origin.code, words=origin.words, mark=origin.mark, address=origin.link
    )


def _language(code: str) -> Language:
    return "fr" if code == "fr" else "en"


def _chart(document: ReportDocument) -> Table:
    return next(table for table in document.tables() if table.key == ACTION_CHART)


def _cells(chart: Table, row: Row) -> list[schemas.CellOut]:
    cells = [content if isinstance(content, Cell) else Cell(content) for content in row]
    return [
        schemas.CellOut(column=column.key, value=cell.value, code=cell.code, printed=cell.printed)
        for column, cell in zip(chart.columns, cells, strict=True)
    ]
