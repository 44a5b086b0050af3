"""Narrative written in Markdown, read into the blocks that every format prints.

CommonMark with tables. Raw HTML stays the text that it is; links may lead to the web or to a mail address;
pictures are left out and said to be; headings move under the part that the narrative belongs to; a table is
captioned by the heading it stands under. `markdown_marks` tells of the marks for returns and languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from palermo.plan.report.formats.document import (
    DEEPEST_HEADING,
    Block,
    BulletList,
    Column,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Row,
    Run,
    Runs,
    Table,
    plain,
)
from palermo.plan.report.formats.markdown_marks import Sources, add_marks

LINK_SCHEMES = frozenset({"http", "https", "mailto"})


class ProblemKind(StrEnum):
    """What could not be kept as it was written."""

    IMAGE = "image"
    LINK = "link"
    HEADING = "heading"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the narrative asked for and did not get; `detail` holds the words that it is about."""

    kind: ProblemKind
    detail: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """The blocks, and what the author should be told."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]


def read_markdown(
    text: str, *, part_key: str, part_heading: str, level: int = 1, sources: Sources | None = None
) -> Narrative:
    """Read a narrative that belongs to a part.

    Args:
        text: the Markdown.
        part_key: begins the keys of the tables, so that they differ from those of other parts.
        part_heading: captions a table that stands under no heading of its own.
        level: the part's level; the narrative's highest headings come out one below it.
        sources: what to print for the mark of each return; a mark of any other stays as it was written.
    """
    return _Reader(part_key, part_heading, level, sources or {}).read(text)


class _Parser(MarkdownIt):
    """Reads every link as one, so that a forbidden address loses its link and not its brackets."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's own name
        return bool(url)


class _Reader:
    """One reading: what was met so far decides about the levels of headings and the keys of tables."""

    def __init__(self, part_key: str, part_heading: str, level: int, sources: Sources) -> None:
        self.part_key = part_key
        self.caption = part_heading
        self.level = level
        self.last_level = level
        self.sources = sources
        self.shift = 0
        self.tables = 0
        self.problems: list[Problem] = []

    def read(self, text: str) -> Narrative:
        parser = add_marks(_Parser("commonmark", {"html": False}).enable("table"))
        root = SyntaxTreeNode(parser.parse(text))
        levels = [int(node.tag[1:]) for node in root.walk() if node.type == "heading"]
        self.shift = self.level + 1 - min(levels, default=1)
        blocks = tuple(block for node in root.children for block in self.blocks(node))
        return Narrative(blocks, tuple(self.problems))

    def blocks(self, node: SyntaxTreeNode) -> Iterator[Block]:
        if node.type == "heading":
            yield from self.heading(node)
        elif node.type in ("bullet_list", "ordered_list"):
            yield self.list_of(node)
        elif node.type == "table":
            yield self.table(node)
        elif runs := self.lines(node):
            yield Quote(runs) if node.type == "blockquote" else Paragraph(runs)

    def heading(self, node: SyntaxTreeNode) -> Iterator[Heading]:
        runs = self.lines(node)
        if not runs:
            return
        wanted = int(node.tag[1:]) + self.shift
        level = min(wanted, self.last_level + 1, DEEPEST_HEADING)
        if level != wanted:
            self.problems.append(Problem(ProblemKind.HEADING, plain(runs)))
        self.last_level = level
        self.caption = plain(runs)
        yield Heading(level, runs)

    def list_of(self, node: SyntaxTreeNode) -> BulletList | NumberedList:
        items = tuple(self.item(child) for child in node.children)
        if node.type == "bullet_list":
            return BulletList(items)
        return NumberedList(items, start=int(node.attrs.get("start", 1)))

    def item(self, node: SyntaxTreeNode) -> ListItem:
        lists = [child for child in node.children if child.type in ("bullet_list", "ordered_list")]
        words = _joined(self.lines(child) for child in node.children if child not in lists)
        return ListItem(words, tuple(self.list_of(child) for child in lists))

    def table(self, node: SyntaxTreeNode) -> Table:
        self.tables += 1
        lines = [row for row in node.walk() if row.type == "tr"]
        cells = [[cell for cell in line.children if cell.type in ("th", "td")] for line in lines]
        columns = tuple(
            Column(f"column-{place}", self.cell(head), kind="number" if "right" in _alignment(head) else "text")
            for place, head in enumerate(cells[0], start=1)
        )
        rows: tuple[Row, ...] = tuple(tuple(self.cell(cell) for cell in line) for line in cells[1:])
        return Table(f"{self.part_key}.table-{self.tables}", self.caption, columns, rows)

    def cell(self, node: SyntaxTreeNode) -> str:
        """A table's cells hold plain words."""
        runs = self.lines(node)
        self.problems.extend(Problem(ProblemKind.LINK, run.link) for run in runs if run.link and not run.source)
        return plain(runs)

    def lines(self, node: SyntaxTreeNode) -> Runs:
        """All the words in a node, one line a paragraph."""
        if node.type in ("fence", "code_block"):
            return (Run(node.content.rstrip("\n")),)
        if node.type == "inline":
            return _tidy(self.runs(node, Run("")))
        return _joined(self.lines(child) for child in node.children)

    def runs(self, node: SyntaxTreeNode, look: Run) -> Iterator[Run]:
        """The runs inside an inline node; `look` is an empty run with the look of what surrounds them."""
        own = look
        for child in node.children:
            if child.type in ("softbreak", "hardbreak"):
                yield replace(look, text=" " if child.type == "softbreak" else "\n")
            elif child.type == "image":
                self.problems.append(Problem(ProblemKind.IMAGE, child.content or str(child.attrs.get("src", ""))))
            elif child.type == "mark" and child.meta["language"]:
                look = replace(look, language=child.meta["language"])
            elif child.type == "mark":
                yield self.source(child, look)
                look = own
            elif child.children:
                yield from self.runs(child, self.look_inside(child, look))
            elif child.content:
                yield replace(look, text=child.content)

    def source(self, node: SyntaxTreeNode, look: Run) -> Run:
        known = self.sources.get(node.meta["number"])
        if known is None:
            self.problems.append(Problem(ProblemKind.SOURCE, node.content))
        return known or replace(look, text=node.content)

    def look_inside(self, node: SyntaxTreeNode, look: Run) -> Run:
        if node.type == "strong":
            return replace(look, bold=True)
        if node.type == "em":
            return replace(look, italic=True)
        if node.type != "link":
            return look
        address = str(node.attrs.get("href", ""))
        if address.partition(":")[0].lower() in LINK_SCHEMES:
            return replace(look, link=address)
        self.problems.append(Problem(ProblemKind.LINK, address))
        return look


def _alignment(node: SyntaxTreeNode) -> str:
    return str(node.attrs.get("style", ""))


def _joined(lines: Iterable[Runs]) -> Runs:
    joined: list[Run] = []
    for line in lines:
        if line:
            joined += [Run("\n"), *line] if joined else line
    return tuple(joined)


def _tidy(runs: Iterable[Run]) -> Runs:
    """Neighbours with the same look become one run; no spaces at the two ends."""
    merged = [
        replace(look, text="".join(run.text for run in alike))
        for look, alike in groupby(runs, key=lambda run: replace(run, text=""))
    ]
    if merged:
        merged[0] = replace(merged[0], text=merged[0].text.lstrip())
        merged[-1] = replace(merged[-1], text=merged[-1].text.rstrip())
    return tuple(run for run in merged if run.text)
