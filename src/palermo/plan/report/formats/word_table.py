"""Tables of a Word file as text, because ten thousand rows made element by element take too long.

Element names and their order are those of ECMA-376, Part 1, section 17.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

FIRST_ROW = 'w:firstRow="1" w:firstColumn="1" w:lastRow="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'


@dataclass(frozen=True, slots=True)
class CellWords:
    """What a cell shows: its words, what the source printed, its language if it has its own, and where it leads."""

    words: str
    printed: str = ""
    language: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """A column: its header, its width in twentieths of a point, and how its cells look."""

    label: str
    width: int
    align_right: bool
    is_row_header: bool


def table_xml(caption: str, columns: Sequence[ColumnLook], rows: Iterable[Sequence[CellWords]]) -> BaseOxmlElement:
    """A table; its header row is marked as one and comes again on every page, and no page break cuts a row."""
    grid = "".join(f'<w:gridCol w:w="{column.width}"/>' for column in columns)
    width = sum(column.width for column in columns)
    header = "".join(_cell(column, CellWords(column.label), is_header=True) for column in columns)
    pieces = [
        f"<w:tbl {nsdecls('w')}><w:tblPr>",
        f'<w:tblStyle w:val="ReportTable"/><w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>',
        f"<w:tblLook {FIRST_ROW}/><w:tblCaption w:val={quoteattr(caption)}/></w:tblPr>",
        f"<w:tblGrid>{grid}</w:tblGrid>",
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{header}</w:tr>",
    ]
    for row in rows:
        cells = "".join(_cell(column, cell) for column, cell in zip(columns, row, strict=True))
        pieces.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    pieces.append("</w:tbl>")
    table: BaseOxmlElement = parse_xml("".join(pieces))
    return table


def _cell(column: ColumnLook, content: CellWords, *, is_header: bool = False) -> str:
    look = '<w:pStyle w:val="TableText"/>'
    if is_header:
        look += "<w:keepNext/>"
    if column.align_right:
        look += '<w:jc w:val="right"/>'
    bold = "<w:b/>" if column.is_row_header and not is_header else ""
    language = f"<w:lang w:val={quoteattr(content.language)}/>" if content.language else ""
    style = '<w:rStyle w:val="ReportLink"/>' if content.link else ""
    runs = linked(content.link, _run(content.words, style + bold + language))
    if content.printed:
        between = "<w:r><w:br/></w:r>" if content.words else ""
        runs += between + _run(content.printed, f"<w:i/>{language}")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{column.width}" w:type="dxa"/></w:tcPr>'
        f"<w:p><w:pPr>{look}</w:pPr>{runs}</w:p></w:tc>"
    )


def linked(address: str, run: str) -> str:
    """A run that leads to an address, as a field: links kept with the file's relations are searched for one by one."""
    if not address:
        return run
    quoted = address.replace('"', "%22")
    instruction = quoteattr(f'HYPERLINK "{quoted}"')
    return f"<w:fldSimple w:instr={instruction}>{run}</w:fldSimple>"


def _run(words: str, look: str) -> str:
    if not words:
        return ""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in words.split("\n"))
    return f"<w:r>{properties}{lines}</w:r>"
