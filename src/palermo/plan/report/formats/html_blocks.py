"""Blocks as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from palermo.plan.report.formats.document import (
    Block,
    BulletList,
    Cell,
    CellContent,
    Column,
    DefinitionList,
    Figure,
    Heading,
    ListItem,
    Note,
    NumberedList,
    Paragraph,
    Part,
    Quote,
    ReportDocument,
    Row,
    Table,
)
from palermo.plan.report.formats.html_entries import entries
from palermo.plan.report.formats.html_words import CODE, DEEPEST, heading, lang, lines, origin_html, runs_html
from palermo.plan.report.formats.outline import GroupTitle, blocks_with_level, numbered_labels, row_groups
from palermo.plan.report.formats.svg import inline_svg
from palermo.plan.report.formats.words import language_of, printed_beside, shown


def _group_caption(title: GroupTitle) -> str:
    words = lines(title.words)
    return f"<span{lang(title.language)}>{words}</span>" if title.language else words


class Page:
    """Makes the parts of one document."""

    def __init__(self, document: ReportDocument) -> None:
        """Count the document's tables and figures once."""
        self.language = document.language
        self.labels = document.labels
        self.numbers = numbered_labels(document)

    def part(self, part: Part) -> Iterator[str]:
        """A part as a section with its heading."""
        key = f"report-part-{part.key}"
        yield f'<section class="report-part" aria-labelledby="{key}">\n'
        yield heading(part.level, part.heading, key)
        for block, level in blocks_with_level(part):
            yield from self.block(block, level)
        yield "</section>\n"

    def block(self, block: Block, level: int) -> Iterator[str]:
        """One block, standing under a heading of `level`."""
        match block:
            case Heading():
                tag = f"h{min(block.level + 1, DEEPEST)}"
                yield f"<{tag}>{runs_html(block.runs)}</{tag}>\n"
            case Paragraph():
                yield f"<p>{runs_html(block.runs)}</p>\n"
            case Quote():
                yield f'<blockquote class="report-quote"><p>{runs_html(block.runs)}</p></blockquote>\n'
            case Note():
                yield f'<div class="report-note">\n<p><strong>{escape(self.labels.note)}</strong></p>\n'
                yield f"<p>{runs_html(block.runs)}</p>\n</div>\n"
            case BulletList() | NumberedList():
                yield from self.list_of(block)
            case DefinitionList():
                yield '<dl class="report-definitions">\n'
                for item in block.items:
                    yield f"<dt>{runs_html(item.term)}</dt>\n<dd>{runs_html(item.meaning)}</dd>\n"
                yield "</dl>\n"
            case Figure():
                yield from self.figure(block, level)
            case Table() if block.entries:
                yield from entries(block, level, self.labels, self.language)
            case Table():
                yield from self.table(block, level)

    def list_of(self, block: BulletList | NumberedList) -> Iterator[str]:
        """A list with the lists inside it."""
        tag = "ul" if isinstance(block, BulletList) else "ol"
        start = f' start="{block.start}"' if isinstance(block, NumberedList) and block.start != 1 else ""
        yield f"<{tag}{start}>\n"
        for item in block.items:
            yield from self.item(item)
        yield f"</{tag}>\n"

    def item(self, item: ListItem) -> Iterator[str]:
        """One item of a list."""
        yield f"<li>{runs_html(item.runs)}"
        for nested in item.nested:
            yield "\n"
            yield from self.list_of(nested)
        yield "</li>\n"

    def figure(self, figure: Figure, level: int) -> Iterator[str]:
        """A figure with its caption, and the table behind it to open."""
        yield f'<figure class="report-figure">\n{inline_svg(figure)}\n'
        yield f"<figcaption>{self.titled(figure.key, figure.caption)}</figcaption>\n</figure>\n"
        if figure.table is not None:
            yield origin_html(figure.table.origin)
            yield f'<details class="report-data">\n<summary>{escape(self.labels.figure_data)}</summary>\n'
            yield from self.table(replace(figure.table, origin=None), level)
            yield "</details>\n"

    def titled(self, key: str, title: str) -> str:
        """A caption with its number: `Table 2: Action chart`."""
        return lines(self.labels.title_with_label.format(label=self.numbers[key], title=title))

    def table(self, table: Table, level: int) -> Iterator[str]:
        """A table, or one table for each innermost group under the titles of the outer groups.

        The tables of all groups scroll sideways together, in one region that the keyboard reaches.
        """
        name = f"report-table-{table.key}"
        wide = " report-wide" if table.wide else ""
        if table.groups:
            yield f'<p class="report-caption" id="{name}">{self.titled(table.key, table.caption)}</p>\n'
        yield f'<div class="report-scroll{wide}" role="region" tabindex="0" aria-labelledby="{name}">\n'
        empty = True
        for group in row_groups(table, self.language):
            empty = False
            for title in group.titles[:-1]:
                yield heading(level + 1 + title.depth, title.words, language=title.language)
            inner = group.titles[-1:]
            caption = _group_caption(inner[0]) if inner else self.titled(table.key, table.caption)
            yield from self.open_table(table, caption, name)
            for row in group.rows:
                yield self.row(table, row)
            yield "</tbody>\n</table>\n"
        if empty:
            anchor = "" if table.groups else f' id="{name}"'
            yield f"<p{anchor}>{escape(self.labels.nothing_to_list)}</p>\n"
        yield "</div>\n"
        for note in table.notes:
            yield f'<p class="report-table-note">{lines(note)}</p>\n'
        yield origin_html(table.origin)

    def open_table(self, table: Table, caption: str, name: str) -> Iterator[str]:
        """The beginning of a table up to its first row."""
        anchor = "" if table.groups else f' id="{name}"'
        part = _role(table, "rowgroup")
        yield f'<table class="report-table"{_role(table, "table")}>\n<caption{anchor}>{caption}</caption>\n<colgroup>'
        total = sum(column.width for column in table.body)
        for column in table.body:
            share = min(60, max(5, 5 * round(20 * column.width / total)))
            yield f'<col class="report-col-{share}">'
        yield f"</colgroup>\n<thead{part}>\n<tr{_role(table, 'row')}>"
        for column in table.body:
            head = _role(table, "columnheader")
            yield f'<th scope="col" class="report-{column.kind}"{head}>{lines(column.label)}</th>'
        yield f"</tr>\n</thead>\n<tbody{part}>\n"

    def row(self, table: Table, row: Row) -> str:
        """One row."""
        cells = (self.cell(table, column, content) for column, content in zip(table.body, row, strict=True))
        return f"<tr{_role(table, 'row')}>{''.join(cells)}</tr>\n"

    def cell(self, table: Table, column: Column, content: CellContent) -> str:
        """One cell: the value, and beside it the words that the source printed where they differ."""
        if isinstance(content, Cell) and content.runs:
            words = runs_html(content.runs)
        else:
            words = lines(shown(content, self.language))
        if column.kind == "status" and isinstance(content, Cell) and CODE.fullmatch(content.code):
            words = f'<span class="report-status-{content.code}">{words}</span>'
        if printed := printed_beside(content, self.language):
            quoted = lines(self.labels.quoted.format(words=printed))
            words += f' <span class="report-printed">{quoted}</span>'
        kind = f' class="report-{column.kind}"' if column.kind != "text" else ""
        said = f"{kind}{lang(language_of(content))}"
        if column.role == "row_header":
            return f'<th scope="row"{said}{_role(table, "rowheader")}>{words}</th>'
        label = f' data-label="{escape(column.label)}"' if table.wide else ""
        return f"<td{said}{_role(table, 'cell')}{label}>{words}</td>"


def _role(table: Table, role: str) -> str:
    """A wide table is laid out as a list on a phone, which makes browsers forget what its parts are."""
    return f' role="{role}"' if table.wide else ""
