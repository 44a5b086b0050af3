"""Blocks as paragraphs, lists, pictures and tables of a Word file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import count

from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from palermo.plan.report.formats.document import (
    Block,
    BulletList,
    CellContent,
    DefinitionList,
    Figure,
    Heading,
    Note,
    NumberedList,
    Paragraph,
    Part,
    Quote,
    ReportDocument,
    Runs,
    Table,
    text,
)
from palermo.plan.report.formats.outline import blocks_with_level, numbered_labels, row_groups
from palermo.plan.report.formats.svg import picture, width_in_points
from palermo.plan.report.formats.word_entries import entries_xml
from palermo.plan.report.formats.word_table import CellWords, ColumnLook, table_xml
from palermo.plan.report.formats.word_xml import (
    bookmark,
    link_run,
    restarted_numbering,
    text_run,
)
from palermo.plan.report.formats.words import language_of, link_of, one_line, printable, printed_beside, shown

TEXT_WIDTH = 9648
"""The width between the margins of an upright page, in twentieths of a point."""
WIDE_WIDTH = 13248
"""The same on a page on its side."""
DEEPEST_LIST = 3
DEEPEST_HEADING = 9


def is_wide(part: Part) -> bool:
    """Whether the part needs pages on their side."""
    return any(isinstance(block, Table) and block.wide for block in part.blocks)


class Body:
    """Writes the parts of one document."""

    def __init__(self, word: Document, document: ReportDocument) -> None:
        """Take the Word document to write into."""
        self.word = word
        self.language = document.language
        self.labels = document.labels
        self.numbers = numbered_labels(document)
        self.width = TEXT_WIDTH
        self.anchors = count()

    def anchor(self, number: int) -> str:
        """The bookmark of the heading that the contents list at this place, counted from 0."""
        return f"_Toc{number + 1:08}"

    def top_heading(self, level: int, words: str) -> None:
        """A heading that the contents list."""
        number = next(self.anchors)
        bookmark(self.heading(level, words), number, self.anchor(number))

    def heading(self, level: int, words: str, language: str = "") -> WordParagraph:
        """A heading."""
        return self.paragraph(text(one_line(words), language), f"Heading {min(level, DEEPEST_HEADING)}")

    def paragraph(self, runs: Runs, style: str = "Normal") -> WordParagraph:
        """A paragraph of runs."""
        paragraph = self.word.add_paragraph(style=style)
        for run in runs:
            look = "ReportSource" if run.source else "ReportLink" if run.link else ""
            made = text_run(printable(run.text), bold=run.bold, italic=run.italic, language=run.language, style=look)
            paragraph._p.append(link_run(paragraph, printable(run.link), made) if run.link else made)
        return paragraph

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Terms with their meanings, both plain words."""
        for term, meaning in pairs:
            self.definition(text(term), text(meaning))

    def definition(self, term: Runs, meaning: Runs) -> None:
        """A term in bold, and under it what it means."""
        paragraph = self.paragraph(term)
        for run in paragraph.runs:
            run.bold = True
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(0)
        self.paragraph(meaning)

    def part(self, part: Part) -> None:
        """A part with its heading."""
        self.width = WIDE_WIDTH if is_wide(part) else TEXT_WIDTH
        self.top_heading(part.level, part.heading)
        for block, level in blocks_with_level(part):
            self.block(block, level)

    def block(self, block: Block, level: int) -> None:
        """One block, standing under a heading of `level`."""
        match block:
            case Heading():
                self.paragraph(block.runs, f"Heading {block.level}")
            case Paragraph():
                self.paragraph(block.runs)
            case Quote():
                self.paragraph(block.runs, "Quote")
            case Note():
                self.note(block)
            case BulletList() | NumberedList():
                self.list_of(block, depth=1)
            case DefinitionList():
                for item in block.items:
                    self.definition(item.term, item.meaning)
            case Figure():
                self.figure(block, level)
            case Table() if block.entries:
                self.entries(block, level)
            case Table():
                self.table(block, level)

    def note(self, note: Note) -> None:
        """A note under its name."""
        paragraph = self.paragraph(note.runs, "Note")
        name = text_run(f"{self.labels.note}\n", bold=True)
        paragraph._p.insert_element_before(name, "w:r", "w:hyperlink")

    def list_of(self, block: BulletList | NumberedList, depth: int) -> None:
        """A list with the lists inside it; each numbered list begins anew."""
        kind = "List Bullet" if isinstance(block, BulletList) else "List Number"
        style = kind if depth == 1 else f"{kind} {min(depth, DEEPEST_LIST)}"
        numbering = restarted_numbering(self.word, style, block.start) if isinstance(block, NumberedList) else 0
        for item in block.items:
            paragraph = self.paragraph(item.runs, style)
            if numbering:
                paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = numbering
            for nested in item.nested:
                self.list_of(nested, depth + 1)

    def figure(self, figure: Figure, level: int) -> None:
        """A picture with its alternative text and caption, and the table behind it."""
        points = min(self.width / 20, width_in_points(figure))
        shape = self.word.add_picture(io.BytesIO(picture(figure)), width=Pt(points))
        shape._inline.docPr.set("descr", printable(figure.alt))
        self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        self.paragraph(text(self.titled(figure.key, figure.caption)), "Caption")
        if figure.table is not None:
            self.table(figure.table, level)

    def titled(self, key: str, title: str) -> str:
        """A caption with its number."""
        return one_line(self.labels.title_with_label.format(label=self.numbers[key], title=title))

    def table(self, table: Table, level: int) -> None:
        """A table, or one for each innermost group under the titles of the groups."""
        caption = self.titled(table.key, table.caption)
        self.paragraph(text(caption), "Caption").paragraph_format.keep_with_next = True
        columns = self.columns(table)
        empty = True
        for group in row_groups(table, self.language):
            for title in group.titles:
                self.heading(level + 1 + title.depth, title.words, title.language)
            if not group.titles and not empty:
                self.paragraph((), "Table Note")
            empty = False
            rows = ([self.cell(content) for content in row] for row in group.rows)
            made = table_xml(group.titles[-1].words if group.titles else caption, columns, rows)
            self.word.element.body.sectPr.addprevious(made)
        if empty:
            self.paragraph(text(self.labels.nothing_to_list))
        self.notes(table)
        if not empty and not table.notes and not table.origin:
            self.paragraph((), "Table Note")

    def entries(self, table: Table, level: int) -> None:
        """Rows as texts of their own, under the titles of their groups."""
        end = self.word.element.body.sectPr
        for made in entries_xml(table, level, self.labels, self.language):
            end.addprevious(made)
        self.notes(table)

    def notes(self, table: Table) -> None:
        """What stands under a table: its notes, and where its numbers come from."""
        for note in table.notes:
            self.paragraph(text(note), "Table Note")
        if table.origin:
            self.paragraph(table.origin.runs, "Table Note")

    def columns(self, table: Table) -> list[ColumnLook]:
        """The columns with their share of the page."""
        total = sum(column.width for column in table.body)
        return [
            ColumnLook(
                label=printable(column.label),
                width=round(self.width * column.width / total),
                align_right=column.kind == "number",
                is_row_header=column.role == "row_header",
            )
            for column in table.body
        ]

    def cell(self, content: CellContent) -> CellWords:
        """What a cell shows."""
        printed = printed_beside(content, self.language)
        return CellWords(
            words=shown(content, self.language),
            printed=self.labels.quoted.format(words=printed) if printed else "",
            language=language_of(content),
            link=link_of(content),
        )
