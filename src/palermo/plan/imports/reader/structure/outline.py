"""Reads lines as an outline: headings, numbered things, list items, labelled fields and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from palermo.plan.imports.reader.structure.columns import TELLING_ROLES, Column, column_of
from palermo.plan.imports.reader.structure.headings import (
    CODE,
    code_of,
    ends_plan,
    is_capitals,
    labelled,
    p_of,
    short_heading,
)
from palermo.plan.imports.reader.structure.lines import Joiner, Line
from palermo.plan.imports.reader.structure.parts import without_new
from palermo.plan.imports.reader.structure.statuses import exact_status
from palermo.plan.imports.reader.structure.tables import Heading, Piece

GENERIC_RANK = 42
_FIELD = re.compile(r"^\W{0,4}([^\W\d_][^:–—]{1,40}?)\**\s*(?::\**\s*|\s[–—]\s+)(.*)$")
_CUT = re.compile(r"(?:[;|.]\s+|\s{2,}|\t|\s[–—]\s|\s\()\**([^\W\d_][^:;|.]{1,30}?)\**\s*:")
_LETTERED = re.compile(r"^\s*\(?(?:[a-z]|[ivx]{1,4})[.)]\s+")
FIELD_ROLES = frozenset({"start", "due", "timeline", "status", "lead", "supporting", "note", "indicator", "money"})


@dataclass(slots=True)
class Node:
    """One item of an outline. `kind`: heading, thing (labelled or numbered), bullet, field, or paragraph."""

    kind: str
    pieces: list[Piece] = field(default_factory=list)
    code: str = ""
    label: str = ""
    rank: int = 0
    column: Column | None = None
    indent: int = 0
    gap: bool = False

    @property
    def text(self) -> str:
        """The words of the node, lines joined by spaces."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def opening(self) -> str:
        """The first line of the node."""
        return self.pieces[0].text if self.pieces else ""

    def heading(self, joiner: Joiner) -> Heading:
        """The node as a heading of a section."""
        title = joiner.join(piece.text for piece in self.pieces)
        first, last = self.pieces[0], self.pieces[-1]
        return Heading(title, self.code, self.label, self.rank, first.line, last.line, first.page)


def nodes_of(lines: Sequence[Line]) -> list[Node]:
    """The outline of a document, up to the heading that ends the plan's part."""
    found: list[Node] = []
    cut = _one_field_a_line(lines)
    for place, line in enumerate(cut):
        if line.gap and ends_plan(line.text) and len(found) * 3 > len(lines) / 2:
            break
        following = cut[place + 1] if place + 1 < len(cut) else None
        node = _node_at(line, following)
        if (found and _awaits_words(found[-1]) and not node.code and node.kind in {"heading", "paragraph"}) or (
            node.kind == "paragraph" and found and _goes_on(found[-1], line)
        ):
            found[-1].pieces.append(_piece(line, line.bare))
        else:
            found.append(node)
    return _with_parents(found)


def _one_field_a_line(lines: Sequence[Line]) -> list[Line]:
    """Lines on which several labelled fields stand are cut, so that each has its own."""
    found: list[Line] = []
    for line in lines:
        starts = [0, *(cut.start(1) for cut in _CUT.finditer(line.text) if _is_field(cut.group(1)))]
        for start, end in zip(starts, [*starts[1:], None], strict=True):
            text = line.text[start:end].rstrip(" ;|,–—(") if end or start else line.text
            if start and text.endswith(")") and text.count(")") > text.count("("):
                text = text[:-1]
            found.append(Line(line.number, text, line.gap and start == 0, line.page))
    return found


def _is_field(label: str) -> bool:
    column = column_of(label.strip("* "))
    return column is not None and column.role in TELLING_ROLES


def _with_parents(nodes: list[Node]) -> list[Node]:
    """Makes headings of numbered nodes whose number is the beginning of the numbers that follow."""
    for node, following in pairwise(nodes):
        if (
            node.kind == "thing"
            and not node.label
            and following.kind == "thing"
            and following.code.startswith(f"{node.code}.")
        ):
            node.kind, node.label, node.rank = "heading", "coded", 20 + 5 * node.code.count(".")
    return nodes


def _piece(line: Line, text: str) -> Piece:
    return Piece(text, line.number, line.gap, line.page)


def _node_at(line: Line, following: Line | None) -> Node:
    indent = len(line.text) - len(line.text.lstrip())
    node = _field_node(line) or _coded_node(line) or _heading_node(line, following) or _plain_node(line)
    node.indent, node.gap = indent, line.gap
    return node


def _field_node(line: Line) -> Node | None:
    """A label that is a column's name, and what stands after it."""
    found = _FIELD.match(line.bare)
    if found is None:
        return None
    column = column_of(found.group(1).strip("* "))
    if column is None or exact_status(found.group(1)) or column.role not in FIELD_ROLES:
        return None
    rest = found.group(2).strip("* ")
    return Node("field", [_piece(line, rest)] if rest else [], column=column)


def _coded_node(line: Line) -> Node | None:
    bare = line.bare.strip("*")
    name = labelled(bare)
    if name:
        kind = "heading" if name.label.kind == "section" else "thing"
        pieces = [_piece(line, name.rest)] if name.rest else []
        return Node(kind, pieces, name.code, name.label.name, name.label.rank)
    code = CODE.match(bare)
    if code is None:
        return None
    printed = code_of(code)
    if code.end() >= len(bare):
        return Node("thing", [], printed, "", 60 + printed.count(".")) if len(printed) > 1 and line.gap else None
    return Node("thing", [_piece(line, bare[code.end() :])], printed, "", 60 + printed.count("."))


def _heading_node(line: Line, following: Line | None) -> Node | None:
    if line.is_bullet or exact_status(line.bare):
        return None
    marked = len(line.bare) - len(line.bare.lstrip("#")) if line.bare.startswith("#") else 0
    short = short_heading(line)
    if is_capitals(line.bare) or marked or (short and line.gap):
        rank = 10 + marked if marked else 12
        return Node(
            "heading",
            [_piece(line, line.bare.strip("#* ").rstrip(":"))],
            rank=rank,
            label="p" if short and p_of(short.title) else "",
        )
    if line.gap and _looks_like_heading(line) and (following is None or following.gap or following.is_bullet):
        return Node("heading", [_piece(line, line.bare.strip("* ").rstrip(":"))], rank=GENERIC_RANK, label="generic")
    return None


def _looks_like_heading(line: Line) -> bool:
    bare = line.bare.strip("*")
    return (
        len(bare) <= 90 and len(bare.split()) <= 12 and bare[:1].isupper() and not bare.endswith((".", ";", ",", "?"))
    )


def _plain_node(line: Line) -> Node:
    if line.is_bullet or _LETTERED.match(line.text):
        return Node("bullet", [_piece(line, line.text.strip())])
    return Node("paragraph", [_piece(line, line.bare)])


def _awaits_words(node: Node) -> bool:
    """Whether a thing has only its code yet, with or without a mark that it is new."""
    return node.kind == "thing" and (not node.pieces or not without_new(node.text)[1])


def _goes_on(node: Node, line: Line) -> bool:
    """Whether a plain line is the rest of the node above it."""
    if node.kind == "heading":
        return (
            bool(node.label)
            and node.label != "generic"
            and not line.gap
            and not node.text.endswith((".", ":"))
            and (not node.pieces or line.bare[:1].islower())
        )
    if not node.pieces:
        return True
    if line.gap:
        return line.bare[:1].islower() and not node.text.endswith((".", ":", ";"))
    return True
