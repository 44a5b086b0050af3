"""An edition as it was published: written down once, read back for every file and page.

Plain texts, so that nothing that is renamed later can change what an edition says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.timezone import localdate

from palermo.foundation.bilingual import Language
from palermo.plan.report.formats.document import ACCOUNTS, ACTION_CHART, Block, ReportDocument, Row, RowSource, Table
from palermo.plan.report.formats.document_json import from_json, row_from_json, row_to_json, to_json
from palermo.plan.report.models import Edition, EditionAccount, EditionRow

_CHUNK = 1_000
Kept = EditionRow | EditionAccount


def written_content(document: ReportDocument) -> str:
    """The description without the rows of the chart and the accounts, which are kept one by one."""
    return to_json(with_rows(document, {ACTION_CHART: (), ACCOUNTS: ()}))


def written_row(row: Row) -> str:
    """One row of the chart, or one account."""
    return row_to_json(row)


def content_hash(content: Iterable[str]) -> str:
    """SHA-256 over the descriptions and every row, in order, each ended by a line feed."""
    digest = hashlib.sha256()
    for text in content:
        digest.update(text.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def published_document(edition: Edition, language: Language) -> ReportDocument:
    """The whole report as it was published; its long tables read their rows when they are asked for."""
    content = edition.content_fr if language == "fr" else edition.content_en
    number = replace(from_json(content), edition_number=edition.number, published_on=localdate(edition.published_at))
    rows = EditionRow.objects.filter(edition=edition)
    said = EditionAccount.objects.filter(edition=edition)
    tables = {
        ACTION_CHART: RowSource(lambda: _rows(rows, language)),
        ACCOUNTS: RowSource(lambda: _rows(said, language)),
    }
    return with_rows(number, tables)


def row_of(kept: Kept, language: Language) -> Row:
    """One row of the chart, or one account, as it was published."""
    return row_from_json(kept.cells_fr if language == "fr" else kept.cells_en)


def with_chart_rows(document: ReportDocument, rows: tuple[Row, ...] | RowSource) -> ReportDocument:
    """The same report with other rows in its chart."""
    return with_rows(document, {ACTION_CHART: rows})


def with_rows(document: ReportDocument, rows: Mapping[str, tuple[Row, ...] | RowSource]) -> ReportDocument:
    """The same report with other rows in some of its tables, which are named by their keys."""

    def changed(block: Block) -> Block:
        return replace(block, rows=rows[block.key]) if isinstance(block, Table) and block.key in rows else block

    parts = tuple(replace(part, blocks=tuple(map(changed, part.blocks))) for part in document.parts)
    return replace(document, parts=parts)


def _rows(kept: QuerySet[EditionRow] | QuerySet[EditionAccount], language: Language) -> Iterator[Row]:
    for each in kept.order_by("position").only("position", f"cells_{language}").iterator(chunk_size=_CHUNK):
        yield row_of(each, language)
