"""Finds the plan in a document without tables: things with labels, numbers, statuses, or under telling headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from palermo.plan.imports.reader.structure.columns import TELLING_ROLES, Column
from palermo.plan.imports.reader.structure.doubts import doubt
from palermo.plan.imports.reader.structure.lines import BULLET, Joiner
from palermo.plan.imports.reader.structure.outline import Node
from palermo.plan.imports.reader.structure.statuses import exact_status
from palermo.plan.imports.reader.structure.tables import Heading, Piece, PrintedRow, PrintedTable
from palermo.plan.imports.reader.vocabulary import fold, words

_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{2,60})[)\]]\s*[.;]?\s*$")
_AFTER_DASH = re.compile(r"\s+[–—-]\s+([^–—]{2,60})$|[.:;]\s+([^.:;]{2,40})[.]?$")
_BEFORE = re.compile(r"^[(\[]([^()\[\]]{2,40})[)\]]\s*[:–—-]?\s*")
TEXT, STATUS = Column("", "thing", 60), Column("", "status")


def split_status(text: str) -> tuple[str, str]:
    """A text without the status that it ends or begins with, and that status as printed."""
    for pattern in (_IN_BRACKETS, _AFTER_DASH, _BEFORE):
        found = pattern.search(text)
        if found is None:
            continue
        printed = next(group for group in found.groups() if group)
        if exact_status(printed):
            return (text[: found.start()] + text[found.end() :]).strip(), printed.strip()
    return text, ""


class ListReader:
    """Gathers the things of an outline, with their fields, under their headings."""

    def __init__(self, nodes: Sequence[Node], joiner: Joiner) -> None:
        self._nodes = nodes
        self._joiner = joiner
        self._columns: list[Column] = [TEXT, STATUS]
        self._tables: list[PrintedTable] = []

    def tables(self) -> list[PrintedTable]:
        """The things as rows of tables, empty where the outline is no plan."""
        things = self._things()
        if not things:
            return []
        self._gather(things)
        return [table for table in self._tables if table.rows or table.headings]

    def _things(self) -> set[int]:
        """The places of the nodes that are things, by the first reading of the outline that holds."""
        for reading in (self._with_fields, self._with_statuses, self._labelled, self._coded, self._under_pillars):
            found = reading()
            if len(found) >= 2:
                return found
        return set()

    def _with_fields(self) -> set[int]:
        """What stands above a run of fields that say who, when or how far."""
        found: set[int] = set()
        for place, node in enumerate(self._nodes):
            if node.kind == "field" and node.column and node.column.role in TELLING_ROLES:
                owner = self._owner(place)
                if owner is not None:
                    found.add(owner)
        return self._with_siblings(found)

    def _owner(self, place: int) -> int | None:
        for above in range(place - 1, max(-1, place - 12), -1):
            kind = self._nodes[above].kind
            if kind == "field":
                continue
            if kind == "bullet" and self._owned_bullet(above):
                continue
            if kind == "paragraph" and above and self._nodes[above - 1].kind in {"thing", "heading"}:
                return above - 1
            return above
        return None

    def _owned_bullet(self, place: int) -> bool:
        """A list item below a numbered thing is part of it."""
        return any(node.kind == "thing" for node in self._nodes[max(0, place - 8) : place])

    def _with_siblings(self, found: set[int]) -> set[int]:
        """Things printed like the ones found are things too, though their fields are missing."""
        likeness = Counter((self._nodes[place].kind, self._nodes[place].label, self._nodes[place].code.count(".")) for place in found)
        common = {like for like, count in likeness.items() if count >= 2 and like[0] == "thing"}
        more = {
            place
            for place, node in enumerate(self._nodes)
            if (node.kind, node.label, node.code.count(".")) in common
        }
        return found | more

    def _with_statuses(self) -> set[int]:
        """Numbered things or list items of which at least half say how far they are."""
        for kind in ("thing", "bullet"):
            places = [place for place, node in enumerate(self._nodes) if node.kind == kind]
            told = [place for place in places if split_status(self._nodes[place].text)[1]]
            runs = self._runs_around(told, kind)
            if len(told) >= 2 and len(told) * 2 >= len(runs):
                return runs
        return set()

    def _runs_around(self, told: Sequence[int], kind: str) -> set[int]:
        """The whole lists in which those places stand."""
        found = set(told)
        for start in told:
            for step in (-1, 1):
                place = start + step
                while 0 <= place < len(self._nodes) and self._nodes[place].kind == kind:
                    found.add(place)
                    place += step
        return found

    def _labelled(self) -> set[int]:
        """Things that say what they are, such as a measure and its number."""
        return {place for place, node in enumerate(self._nodes) if node.kind == "thing" and node.label}

    def _coded(self) -> set[int]:
        """Things with codes of several numbers under headings with a label."""
        labels = [node for node in self._nodes if node.kind == "heading" and node.code]
        places = {place for place, node in enumerate(self._nodes) if node.kind == "thing" and "." in node.code}
        return places if labels and len(places) >= 3 else set()

    def _under_pillars(self) -> set[int]:
        """List items under headings that name a P or carry a label and number, where a plan is spoken of."""
        places: set[int] = set()
        headings = 0
        for start, node in enumerate(self._nodes):
            if node.kind != "heading" or not (node.label == "p" or node.code):
                continue
            items = self._items_below(start)
            headings += bool(items)
            places |= items
        return places if headings >= 2 and self._speaks_of_plan() else set()

    def _items_below(self, start: int) -> set[int]:
        found: set[int] = set()
        for place in range(start + 1, len(self._nodes)):
            kind = self._nodes[place].kind
            if kind in {"bullet", "thing"}:
                found.add(place)
            elif kind == "heading" or found:
                break
        return found

    def _speaks_of_plan(self) -> bool:
        text = fold(" ".join(node.text for node in self._nodes))
        return any(word in text for word in words("headings", "plan", "strong"))

    def _gather(self, things: set[int]) -> None:
        pending: list[Heading] = []
        last = max(things)
        inner: Node | None = None
        for place, node in enumerate(self._nodes):
            if place > last and node.kind in {"heading", "paragraph"}:
                break
            if place in things:
                self._open(pending)
                pending = []
                self._tables[-1].rows.append(self._row(node))
                inner = node
            elif node.kind == "heading" and node.pieces and self._leads_to_thing(place, things):
                pending.append(node.heading(self._joiner))
                inner = None
            elif inner and self._tables and node.kind in {"field", "bullet"}:
                self._add(node)

    def _leads_to_thing(self, place: int, things: set[int]) -> bool:
        """Whether a heading stands above things, with nothing but headings and a paragraph between."""
        node = self._nodes[place]
        if node.label and node.label != "generic":
            return any(after in things for after in range(place + 1, min(place + 60, len(self._nodes))))
        for after in range(place + 1, min(place + 4, len(self._nodes))):
            if after in things:
                return True
            if self._nodes[after].kind not in {"heading"}:
                return False
        return False

    def _open(self, headings: list[Heading]) -> None:
        if headings or not self._tables:
            self._tables.append(PrintedTable(self._columns, headings=headings))

    def _row(self, node: Node) -> PrintedRow:
        row = PrintedRow()
        text, status = split_status(self._joiner.join(piece.text for piece in node.pieces))
        first = node.pieces[0] if node.pieces else Piece("")
        last = node.pieces[-1] if node.pieces else first
        bullet = BULLET.match(text) if node.kind == "bullet" else None
        bare = text[bullet.end() :] if bullet else text
        row.code = node.code
        row.add(0, Piece(bare, first.line, False, first.page))
        if last.line > first.line:
            row.last_line = last.line
        if status:
            row.add(1, Piece(status, last.line, False, last.page))
        return row

    def _add(self, node: Node) -> None:
        row = self._tables[-1].rows[-1]
        if node.kind == "bullet":
            for piece in node.pieces:
                row.add(0, piece)
            return
        column = node.column or TEXT
        place = self._place_of(column)
        for piece in node.pieces:
            row.add(place, piece)

    def _place_of(self, column: Column) -> int:
        headings = [known.heading for known in self._columns]
        if column.role == "status" and STATUS in self._columns:
            self._columns[1] = column
            return 1
        if column.heading not in headings:
            self._columns.append(column)
            return len(self._columns) - 1
        return headings.index(column.heading)


def mark_guessed(tables: Sequence[PrintedTable]) -> None:
    """Puts a doubt on every row of lists whose items do not say themselves that they are steps."""
    for table in tables:
        for row in table.rows:
            row.doubts.append(doubt("list_guessed"))
