"""An edition as it was published: written down once, read back for every file and page.

Plain texts, so that nothing that is renamed later can change what an edition says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.timezone import localdate

from palermo.foundation.bilingual import Language
from palermo.plan.report.formats.document import ACTION_CHART, Block, ReportDocument, Row, RowSource, Table
from palermo.plan.report.formats.document_json import from_json, row_from_json, row_to_json, to_json
from palermo.plan.report.models import Edition, EditionRow

_CHUNK = 1_000


def written_content(document: ReportDocument) -> str:
    """The description without the rows of the chart, which are kept one by one."""
    return to_json(with_chart_rows(document, ()))


def written_row(row: Row) -> str:
    """One row of the chart."""
    return row_to_json(row)


def content_hash(content: Iterable[str]) -> str:
    """SHA-256 over the descriptions and every row, in order, each ended by a line feed."""
    digest = hashlib.sha256()
    for text in content:
        digest.update(text.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def published_document(edition: Edition, language: Language) -> ReportDocument:
    """The whole report as it was published; its chart reads its rows when they are asked for."""
    content = edition.content_fr if language == "fr" else edition.content_en
    rows = RowSource(lambda: _rows(edition, language))
    number = replace(from_json(content), edition_number=edition.number, published_on=localdate(edition.published_at))
    return with_chart_rows(number, rows)


def row_of(kept: EditionRow, language: Language) -> Row:
    """One row of the chart as it was published."""
    return row_from_json(kept.cells_fr if language == "fr" else kept.cells_en)


def with_chart_rows(document: ReportDocument, rows: tuple[Row, ...] | RowSource) -> ReportDocument:
    """The same report with other rows in its chart."""

    def changed(block: Block) -> Block:
        return replace(block, rows=rows) if isinstance(block, Table) and block.key == ACTION_CHART else block

    parts = tuple(replace(part, blocks=tuple(map(changed, part.blocks))) for part in document.parts)
    return replace(document, parts=parts)


def _rows(edition: Edition, language: Language) -> Iterator[Row]:
    kept = EditionRow.objects.filter(edition=edition).order_by("position")
    for each in kept.only("position", f"cells_{language}").iterator(chunk_size=_CHUNK):
        yield row_of(each, language)
