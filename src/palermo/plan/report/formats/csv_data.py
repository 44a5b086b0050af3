"""The action chart as CSV (RFC 4180): UTF-8 with a byte order mark, commas, CRLF, one header row.

The byte order mark makes Excel read the accents right. The header is in the report's language, as are the
statuses; who needs names that no language changes takes the JSON file. Dates are ISO 8601, numbers have a
decimal point and no grouping. What organisations say is in the Excel and JSON files; here the numbers of their
returns stand beside each deliverable. A text that a spreadsheet could take for a formula has an apostrophe before it.
"""

from __future__ import annotations

import csv
from io import TextIOWrapper

from palermo.plan.report.formats.data_columns import as_text, data_columns, guarded
from palermo.plan.report.formats.document import ACTION_CHART, DocumentError, ReportDocument, Table
from palermo.plan.report.formats.target import Target, opened


def render(document: ReportDocument, target: Target) -> None:
    """Write the action chart, one row a deliverable.

    Raises:
        DocumentError: the report has no action chart, or the document contradicts itself.
    """
    chart = action_chart(document)
    columns = data_columns(chart, document.labels)
    with opened(target) as stream:
        text = TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        try:
            writer = csv.writer(text, lineterminator="\r\n")
            writer.writerow([guarded(column.label) for column in columns])
            for row in chart.checked_rows():
                values = (column.of(row) for column in columns)
                writer.writerow([guarded(value) if isinstance(value, str) else as_text(value) for value in values])
        finally:
            # The stream belongs to the caller: without this it would be closed together with its wrapper.
            text.detach()


def action_chart(document: ReportDocument) -> Table:
    """The table with every deliverable.

    Raises:
        DocumentError: the report has none.
    """
    for table in document.tables():
        if table.key == ACTION_CHART:
            return table
    raise DocumentError("The report has no action chart.")
