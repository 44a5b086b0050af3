"""Rows as texts of their own in HTML, each with its cells as terms and meanings."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from palermo.plan.report.formats.document import Row, Table
from palermo.plan.report.formats.html_words import CODE, heading, lines, origin_html, runs_html
from palermo.plan.report.formats.labels import Labels
from palermo.plan.report.formats.outline import Field, entry_of, row_groups


def entries(table: Table, level: int, labels: Labels, language: str) -> Iterator[str]:
    """Every row of a table under the titles of its groups; the table stands under a heading of `level`."""
    empty = True
    for group in row_groups(table, language):
        empty = False
        for title in group.titles:
            yield heading(level + 1 + title.depth, title.words, language=title.language)
        for row in group.rows:
            yield _entry(table, row, language)
    if empty:
        yield f"<p>{escape(labels.nothing_to_list)}</p>\n"
    for note in table.notes:
        yield f'<p class="report-table-note">{lines(note)}</p>\n'
    yield origin_html(table.origin)


def _entry(table: Table, row: Row, language: str) -> str:
    entry = entry_of(table, row, language)
    fields = "".join(map(_field, entry.fields))
    title = f'<p class="report-entry-title"><strong>{runs_html(entry.title)}</strong></p>\n' if entry.title else ""
    return f'<div class="report-entry">\n{title}<dl class="report-fields">\n{fields}</dl>\n</div>\n'


def _field(field: Field) -> str:
    words = runs_html(field.runs)
    if CODE.fullmatch(field.status):
        words = f'<span class="report-status-{field.status}">{words}</span>'
    return f"<div><dt>{lines(field.label)}</dt> <dd>{words}</dd></div>\n"
