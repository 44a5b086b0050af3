"""The one description of a report: every format is made from it, and editions are frozen from it.

A document is made once, in one language, and handed to the renderers beside this module. Nothing here knows of
a database, a template or a file; `document_json` writes a document down and reads it back exactly.

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
        labels=labels_for("en-CA"), parts=(Part("chart", "Action chart", blocks=(paragraph("Read it so."), chart)),),
    )

A cell is plain text, a whole number, a Decimal, a date or None (nothing to show); `Cell` adds what a plain value
cannot say: the words that a source printed, a stable code, or another language. Money and shares are Decimal,
never float, so that a number read back is the number that was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from palermo.plan.report.formats.labels import Labels

ACTION_CHART = "action-chart"
"""The key of the table with every deliverable: the CSV file is this table."""

DEEPEST_HEADING = 6

ColumnKind = Literal["text", "number", "date", "status"]
ColumnRole = Literal["cell", "row_header", "group"]


class DocumentError(ValueError):
    """The description contradicts itself; the message is a sentence that names the place."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look. A line feed in `text` is a line break."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    language: str = ""
    """BCP 47 tag where the text is not in the document's language, as when a translation is missing."""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with what surrounds it."""

    value: str | int | Decimal | date | None
    printed: str = ""
    """The words in the source, where they say it otherwise than `value`."""
    code: str = ""
    """A stable name that no language changes, such as `no_longer_pursued` for a status."""
    language: str = ""
    """BCP 47 tag where the text is not in the document's language."""


CellContent = str | int | Decimal | date | Cell | None
Row = tuple[CellContent, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` is stable and the same in both languages, `label` is what people read.

    `role="group"` columns come first and outermost first: pages print them as titles over their rows, data files
    as columns like any other. `width` is a share of the page beside the other columns. `with_printed` gives data
    files a column of the words that the source printed.
    """

    key: str
    label: str
    kind: ColumnKind = "text"
    width: float = 1.0
    role: ColumnRole = "cell"
    with_printed: bool = False


@dataclass(frozen=True, slots=True)
class RowSource:
    """Rows that are made each time they are asked for, so that a long table is never held whole."""

    make: Callable[[], Iterable[Row]]

    def __iter__(self) -> Iterator[Row]:
        """A fresh pass over the rows."""
        return iter(self.make())


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `rows` can be gone through more than once (a tuple or a `RowSource`, never a generator)."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] | RowSource
    notes: tuple[str, ...] = ()
    wide: bool = False
    """True where it needs a page on its side."""

    def __post_init__(self) -> None:
        """Refuse a table that no renderer could draw.

        Raises:
            DocumentError: no column, two columns with one key, or a group column after another column.
        """
        keys = [column.key for column in self.columns]
        if not keys or len(set(keys)) != len(keys):
            raise DocumentError(f"Table {self.key!r} needs columns, each with a key of its own.")
        if any(column.role == "group" for column in self.columns[len(self.groups) :]):
            raise DocumentError(f"Table {self.key!r}: its group columns must come first.")
        if len(self.groups) == len(self.columns):
            raise DocumentError(f"Table {self.key!r} has nothing but group columns.")

    @property
    def groups(self) -> tuple[Column, ...]:
        """The group columns that open the table, outermost first."""
        for place, column in enumerate(self.columns):
            if column.role != "group":
                return self.columns[:place]
        return self.columns

    @property
    def body(self) -> tuple[Column, ...]:
        """The columns after the group columns."""
        return self.columns[len(self.groups) :]

    def checked_rows(self) -> Iterator[Row]:
        """The rows, one at a time.

        Raises:
            DocumentError: a row has more or fewer cells than the table has columns.
        """
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise DocumentError(
                    f"Table {self.key!r}, row {number}: {len(row)} cells for {len(self.columns)} columns."
                )
            yield row


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
    """A chart or a map: an SVG, what it shows in words, and the table of the numbers that it was drawn from."""

    key: str
    svg: str
    alt: str
    caption: str
    table: Table | None = None


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
        last = self.level
        for block in self.blocks:
            if not isinstance(block, Heading):
                continue
            if not self.level < block.level <= min(last + 1, DEEPEST_HEADING - 1):
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
            DocumentError: two parts, or two tables or figures, share a key, or the first part is no whole part.
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


def text(words: str, language: str = "") -> Runs:
    """Plain words as runs."""
    return (Run(words, language=language),) if words else ()


def paragraph(words: str, language: str = "") -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph(text(words, language))


def bullets(*items: str) -> BulletList:
    """A list of plain words."""
    return BulletList(tuple(ListItem(text(item)) for item in items))


def plain(runs: Runs) -> str:
    """The words of the runs without their look."""
    return "".join(run.text for run in runs)
