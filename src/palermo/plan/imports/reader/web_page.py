"""The text of a saved web page, laid out so that the reader of texts finds its headings, lists and tables."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_LEFT_OUT = {"script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "svg", "head"}
"""What is not the document: scripts, and what frames every page of a site."""
_BLOCKS = {"p", "div", "section", "article", "main", "ul", "ol", "dl", "dt", "dd", "blockquote", "table", "caption"}
_HEADING = re.compile(r"h[1-6]")
_BLANKS = re.compile(r"\s+")


def text_of_page(source: str) -> str:
    """The words that a reader of the page would see, one block a line.

    Headings have the marks of Markdown and stand between empty lines, as tables do; an item of a list begins with
    its number or a bullet, and the cells of a row are parted by tabs. Lines are counted in this text, not in the
    source.
    """
    page = _Page()
    page.feed(source)
    page.close()
    page.end_line()
    return "\n".join(page.lines).strip("\n") + "\n"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.left_out = 0
        self.cells: list[str] | None = None
        """The cells of the row being read, or None outside a row."""
        self.lists: list[int | None] = []
        """For each list that is open, the number of its last item, or None where items have bullets."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LEFT_OUT:
            self.left_out += 1
        elif tag == "tr":
            self.end_line()
            self.cells = []
        elif tag in {"td", "th"} and self.cells is not None:
            self.cells.append("")
        elif self.cells is not None:
            self.add(" ")
        elif tag in {"ul", "ol"}:
            self.end_line()
            start = dict(attrs).get("start") or ""
            self.lists.append((int(start) if start.isdigit() else 1) - 1 if tag == "ol" else None)
        elif tag == "li":
            self.end_line()
            self.line = self._mark()
        elif tag == "br" or tag in _BLOCKS or _HEADING.fullmatch(tag):
            self.end_line(gap=bool(_HEADING.fullmatch(tag)) or tag == "table")
            if _HEADING.fullmatch(tag):
                self.line = "#" * int(tag[1]) + " "

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEFT_OUT:
            self.left_out = max(0, self.left_out - 1)
        elif tag == "tr" and self.cells is not None:
            cells = [_BLANKS.sub(" ", cell).strip() for cell in self.cells]
            self.cells = None
            if any(cells):
                self.lines.append("\t".join(cells))
        elif tag in {"ul", "ol"} and self.cells is None:
            self.end_line()
            if self.lists:
                self.lists.pop()
        elif (tag in _BLOCKS or _HEADING.fullmatch(tag)) and self.cells is None:
            self.end_line(gap=tag not in {"div", "li"})

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.add(data)

    def add(self, words: str) -> None:
        """Add words to the cell or the line being read."""
        if self.cells:
            self.cells[-1] += words
        elif self.cells is None:
            self.line += words

    def end_line(self, *, gap: bool = False) -> None:
        """End the line being read; `gap` leaves an empty one after what has been read so far."""
        words = _BLANKS.sub(" ", self.line).strip()
        self.line = ""
        if words.strip("#"):
            self.lines.append(words)
        if gap and self.lines and self.lines[-1]:
            self.lines.append("")

    def _mark(self) -> str:
        if not self.lists or self.lists[-1] is None:
            return "• "
        self.lists[-1] += 1
        return f"{self.lists[-1]}. "
