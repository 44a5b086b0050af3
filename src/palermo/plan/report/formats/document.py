"""The one description of a report: every format is made from it, and editions are frozen from it.

A document is made once, in one language, and handed to the renderers beside this module. Nothing here knows
of a database, a template or a file; `document_json` writes a document down and reads it back exactly.

    chart = Table(
        key=ACTION_CHART,
        caption="Action chart",
        columns=(
            Column("section", "Task", role="group"),
            Column("code", "Code", role="row_header"),
            Column("text", "Deliverable", width=4),
            Column("due", "Due", kind="date", with_printed=True),
            Column("status_2013-2014", "Status 2013–2014", kind="status", with_printed=True),
        ),
        rows=RowSource(lambda: (row_of(deliverable) for deliverable in deliverables)),
        wide=True,
    )
    ReportDocument(
        language="en-CA", title="Annual report", plan_title="The plan", period_label="2013–2014",
        labels=labels_for("en-CA"),
        parts=(Part("chart", "Action chart", blocks=(paragraph("Read it so."), chart)),),
    )

A cell is plain text, a whole number, a Decimal, a date or None (nothing to show); `Cell` adds what a plain
value cannot say: the words that a source printed, a stable code, or another language. Money and shares are
Decimal, never float, so that a number read back is the number that was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from palermo.plan.report.formats.labels import Labels
from palermo.plan.report.formats.origin import Origin
from palermo.plan.report.formats.runs import Run, Runs, plain, text
from palermo.plan.report.formats.table import (
    Cell,
    CellContent,
    Column,
    DocumentError,
    Row,
    RowSource,
    Table,
    require_keys,
)

__all__ = [
    "ACCOUNTS", "ACTION_CHART", "DEEPEST_HEADING", "Block", "BulletList", "Cell", "CellContent", "Column", "Definition",
    "DefinitionList", "DocumentError", "Figure", "Heading", "ListItem", "Note", "NumberedList", "Origin", "Paragraph",
    "Part", "Quote", "ReportDocument", "Row", "RowSource", "Run", "Runs", "StatusMeaning", "Table", "bullets",
    "paragraph", "plain", "text",
]  # fmt: skip

ACTION_CHART = "action-chart"
"""The key of the table with every deliverable: the CSV file is this table."""

ACCOUNTS = "accounts"
"""The key of the table with what every organisation says of every deliverable that it leads."""

DEEPEST_HEADING = 4
"""Headings go from 1, a part, to 4: with the title and a table's groups, HTML has room for no more."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a part; `level` counts from the top of the document, where level 1 is a part."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item, and the lists inside it."""

    runs: Runs
    nested: tuple[BulletList | NumberedList, ...] = ()


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list in no order."""

    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list in an order, counted from `start`."""

    items: tuple[ListItem, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what it means."""

    term: Runs
    meaning: Runs


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms with their meanings."""

    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know before reading on, set apart from the text."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that are somebody's own."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart or a map: an SVG, what it shows in words, and the table of the numbers behind it."""

    key: str
    svg: str
    alt: str
    caption: str
    table: Table | None = None

    def __post_init__(self) -> None:
        """Refuse a figure that says nothing to those who do not see it.

        Raises:
            DocumentError: no alternative text, or a key that is none.
        """
        require_keys(self.key)
        if not self.alt.strip():
            raise DocumentError(f"Figure {self.key!r} needs words for those who do not see it.")


Block = Heading | Paragraph | BulletList | NumberedList | DefinitionList | Note | Quote | Table | Figure


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the report. `level` is 1 for a part and 2 for a part within the one before it."""

    key: str
    heading: str
    blocks: tuple[Block, ...] = ()
    level: int = 1

    def __post_init__(self) -> None:
        """Refuse headings that skip a level, because people who listen to a page find their way by them.

        Raises:
            DocumentError: a heading is at or above the part's own level, skips a level, or is too deep.
        """
        require_keys(self.key)
        last = self.level
        for block in self.blocks:
            if not isinstance(block, Heading):
                continue
            if not self.level < block.level <= min(last + 1, DEEPEST_HEADING):
                raise DocumentError(f"Part {self.key!r}: a heading of level {block.level} after level {last}.")
            last = block.level


@dataclass(frozen=True, slots=True)
class StatusMeaning:
    """A status: its stable code, its word in the document's language, and what the word means."""

    code: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A whole report in one language. `edition_number` and `published_on` are None until it is published."""

    language: str
    """BCP 47 tag: `en-CA`, `fr-CA`."""
    title: str
    plan_title: str
    period_label: str
    labels: Labels
    parts: tuple[Part, ...]
    subtitle: str = ""
    publisher: str = ""
    edition_number: int | None = None
    published_on: date | None = None
    corrects: str = ""
    """What this edition corrects of the one before it, in a sentence."""
    statuses: tuple[StatusMeaning, ...] = ()
    keywords: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a document in which something could not be found again by its key.

        Raises:
            DocumentError: two parts, or two tables or figures, share a key, or the first part is no whole
            part.
        """
        for keys in ([part.key for part in self.parts], [item.key for item in self._keyed()]):
            if len(set(keys)) != len(keys):
                raise DocumentError("Each part, table and figure needs a key of its own.")
        if self.parts and self.parts[0].level != 1:
            raise DocumentError("The first part must be of level 1.")

    def _keyed(self) -> Iterator[Table | Figure]:
        for part in self.parts:
            for block in part.blocks:
                if isinstance(block, Table | Figure):
                    yield block
                if isinstance(block, Figure) and block.table is not None:
                    yield block.table

    def tables(self) -> Iterator[Table]:
        """Every table in reading order, those behind figures too."""
        return (item for item in self._keyed() if isinstance(item, Table))

    def figures(self) -> Iterator[Figure]:
        """Every figure in reading order."""
        return (item for item in self._keyed() if isinstance(item, Figure))


def paragraph(words: str, language: str = "") -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph(text(words, language))


def bullets(*items: str) -> BulletList:
    """A list of plain words."""
    return BulletList(tuple(ListItem(text(item)) for item in items))
