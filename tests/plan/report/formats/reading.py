"""Reads tables back out of files, without a line of the code that wrote them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pdfplumber
import pikepdf

Rows = list[list[str]]
VOID = frozenset({"meta", "br", "col", "link", "img", "hr", "input"})


class HtmlTables(HTMLParser):
    """The rows of every table's body by caption, and every tag checked to be closed in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tables: list[tuple[str, Rows]] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append(("", []))
        if tag == "tr" and "tbody" in self.open:
            self.tables[-1][1].append([])
        if tag in ("td", "th") and "tbody" in self.open:
            self.tables[-1][1][-1].append("")
        if tag == "br":
            self.handle_data("\n")
        if tag[0] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1:]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)
        if "caption" in self.open:
            caption, rows = self.tables[-1]
            self.tables[-1] = (caption + data, rows)
        elif "tbody" in self.open and self.open[-1] not in ("table", "tbody", "tr"):
            self.tables[-1][1][-1][-1] += data


def html_tables(source: str) -> HtmlTables:
    found = HtmlTables()
    found.feed(source)
    found.close()
    assert found.open == []
    return found


def pdf_tables(path: Path) -> list[Rows]:
    """Every table of a tagged PDF as its structure tree has it: header row and body rows, the words of each cell."""
    with pdfplumber.open(path) as pages, pikepdf.open(path) as file:
        words: dict[tuple[tuple[int, int], int], str] = defaultdict(str)
        for page, shown in zip(file.pages, pages.pages, strict=True):
            within = -1
            for char in shown.chars:
                # The reader loses the number after a span inside it, such as one for a no-break space.
                if char["tag"] == "Artifact":
                    continue
                within = within if char["mcid"] is None else char["mcid"]
                words[page.obj.objgen, within] += char["text"]
        tables = []
        for table in structure(file, "/Table"):
            rows = [[text_of(cell, words, None) for cell in cells(row)] for row in inside(table, "/TR")]
            tables.append(rows)
    return tables


def structure(file: pikepdf.Pdf, kind: str) -> Iterator[pikepdf.Dictionary]:
    """Every element of a kind in the structure tree, in reading order."""
    root = file.Root.StructTreeRoot
    assert isinstance(root, pikepdf.Dictionary)
    yield from inside(root, kind)


def inside(element: pikepdf.Dictionary, kind: str) -> Iterator[pikepdf.Dictionary]:
    for child in children(element):
        if isinstance(child, pikepdf.Dictionary) and child.get("/S") == kind:
            yield child
        elif isinstance(child, pikepdf.Dictionary):
            yield from inside(child, kind)


def cells(row: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    held = [cell for cell in children(row) if isinstance(cell, pikepdf.Dictionary)]
    return [cell for cell in held if cell.get("/S") in ("/TH", "/TD")]


def children(element: pikepdf.Dictionary) -> list[pikepdf.Object]:
    held = element.get("/K")
    if held is None:
        return []
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def text_of(
    element: pikepdf.Object, words: dict[tuple[tuple[int, int], int], str], page: tuple[int, int] | None
) -> str:
    if isinstance(element, int):
        assert page is not None
        return words[page, element]
    assert isinstance(element, pikepdf.Dictionary)
    page = element.Pg.objgen if "/Pg" in element else page
    if "/MCID" in element:
        assert page is not None
        return words[page, int(element.MCID)]
    return "".join(text_of(child, words, page) for child in children(element))
