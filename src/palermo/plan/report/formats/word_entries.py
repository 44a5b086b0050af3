"""Rows as texts of their own in a Word file, written as text because there may be ten thousand of them.

Element names and their order are those of ECMA-376, Part 1, section 17.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from palermo.plan.report.formats.document import Row, Run, Runs, Table, text
from palermo.plan.report.formats.labels import Labels
from palermo.plan.report.formats.outline import entry_of, row_groups
from palermo.plan.report.formats.word_table import linked
from palermo.plan.report.formats.words import one_line, printable

DEEPEST_HEADING = 9


def entries_xml(table: Table, level: int, labels: Labels, language: str) -> Iterator[BaseOxmlElement]:
    """The paragraphs of every row under the titles of its groups; the table stands under a heading of `level`."""
    empty = True
    for group in row_groups(table, language):
        empty = False
        pieces = [
            _paragraph(f"Heading{min(level + 1 + title.depth, DEEPEST_HEADING)}", _title(title.words, title.language))
            for title in group.titles
        ]
        for row in group.rows:
            pieces += _entry(table, row, labels, language)
        yield from _parsed(pieces)
    if empty:
        yield from _parsed([_paragraph("Normal", _runs(text(labels.nothing_to_list)))])


def _entry(table: Table, row: Row, labels: Labels, language: str) -> Iterator[str]:
    entry = entry_of(table, row, language)
    if entry.title:
        yield _paragraph("EntryTitle", _runs(entry.title))
    for field in entry.fields:
        label = labels.title_with_label.format(label=field.label, title="")
        yield _paragraph("EntryText", _run(Run(label, bold=True)) + _runs(field.runs))


def _title(words: str, language: str) -> str:
    return _run(Run(one_line(words), language=language))


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    style = "ReportSource" if run.source else "ReportLink" if run.link else ""
    look = f'<w:rStyle w:val="{style}"/>' if style else ""
    look += "<w:b/>" * run.bold + "<w:i/>" * run.italic
    if run.language:
        look += f"<w:lang w:val={quoteattr(printable(run.language))}/>"
    words = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in printable(run.text).split("\n")
    )
    made = f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{words}</w:r>"
    return linked(printable(run.link), made)


def _parsed(paragraphs: list[str]) -> list[BaseOxmlElement]:
    held: BaseOxmlElement = parse_xml(f"<w:body {nsdecls('w')}>{''.join(paragraphs)}</w:body>")
    return list(held)
