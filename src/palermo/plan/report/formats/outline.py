"""The way through a document that all page formats share: levels, numbers, groups of rows, facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from palermo.foundation.days import long_date
from palermo.plan.report.formats.document import (
    Block,
    Cell,
    CellContent,
    Figure,
    Heading,
    Part,
    ReportDocument,
    Row,
    Runs,
    Table,
    text,
)
from palermo.plan.report.formats.words import language_of, one_line, shown


@dataclass(frozen=True, slots=True)
class GroupTitle:
    """A title over rows; `depth` is 0 for the outermost, `language` "" where it is the document's."""

    depth: int
    words: str
    language: str


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows that share their groups. `titles` are those that changed since the rows before, outermost first.

    `rows` hold the body columns alone and can be gone through once, before the next group is asked for.
    """

    titles: tuple[GroupTitle, ...]
    rows: Iterator[Row]


def row_groups(table: Table, language: str) -> Iterator[RowGroup]:
    """The table's rows under their titles; a table without group columns is one group without titles.

    Rows stay in their order: a title comes again where its rows are not next to each other. A group without
    words has no title, and those inside it move up, so that no level of heading is left out.
    """
    width, end = len(table.groups), len(table.groups) + len(table.body)
    before: Row = ()
    for shared, rows in groupby(table.checked_rows(), key=lambda row: row[:width]):
        changed = next((place for place in range(width) if before[: place + 1] != shared[: place + 1]), width)
        yield RowGroup(tuple(_titles(shared, changed, language)), (row[width:end] for row in rows))
        before = shared


@dataclass(frozen=True, slots=True)
class Field:
    """One line of an entry: its label, its words, and the code of the status that it tells, if it tells one."""

    label: str
    runs: Runs
    status: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as a text of its own: its title, and what there is to say under it."""

    title: Runs
    fields: tuple[Field, ...]


def entry_of(table: Table, row: Row, language: str) -> Entry:
    """A row, as `row_groups` gives it, as an entry. Cells with nothing to show are left out."""
    title: Runs = ()
    fields = []
    for column, content in zip(table.body, row, strict=True):
        runs = runs_of(content, language)
        if column.role == "row_header":
            title = (*title, *runs)
        elif runs:
            code = content.code if column.kind == "status" and isinstance(content, Cell) else ""
            fields.append(Field(column.label, runs, code))
    return Entry(title, tuple(fields))


def runs_of(content: CellContent, language: str) -> Runs:
    """A cell as runs, with its links where it has some."""
    if isinstance(content, Cell) and content.runs:
        return content.runs
    return text(shown(content, language), language_of(content))


def _titles(shared: Row, changed: int, language: str) -> Iterator[GroupTitle]:
    depth = 0
    for place, content in enumerate(shared):
        words = one_line(shown(content, language))
        if words and place >= changed:
            yield GroupTitle(depth, words, language_of(content))
        depth += bool(words)


def blocks_with_level(part: Part) -> Iterator[tuple[Block, int]]:
    """Each block with the level of the heading that it stands under."""
    level = part.level
    for block in part.blocks:
        yield block, level
        if isinstance(block, Heading):
            level = block.level


def numbered_labels(document: ReportDocument) -> dict[str, str]:
    """`Table 2`, `Figure 1`: the label of every table and figure by its key, counted in reading order.

    A table behind a figure has no number of its own; it is labelled as the figure's numbers. Entries are no table to
    readers, and have none.
    """
    labels = document.labels
    behind = {figure.table.key for figure in document.figures() if figure.table is not None}
    found = dict.fromkeys(behind, labels.figure_data)
    counts = {"table": 0, "figure": 0}
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Table) and not block.entries:
                counts["table"] += 1
                found[block.key] = labels.table.format(number=counts["table"])
            elif isinstance(block, Figure):
                counts["figure"] += 1
                found[block.key] = labels.figure.format(number=counts["figure"])
    return found


def edition_words(document: ReportDocument) -> str:
    """`Edition 2`, or that it is a draft."""
    if document.edition_number is None:
        return document.labels.draft
    return document.labels.edition_number.format(number=document.edition_number)


def edition_facts(document: ReportDocument) -> tuple[tuple[str, str], ...]:
    """What every file says of itself: label and words, without those that there is nothing to say of."""
    labels = document.labels
    published = document.published_on
    facts = (
        (labels.plan, document.plan_title),
        (labels.period, document.period_label),
        (labels.publisher, document.publisher),
        (labels.edition, edition_words(document)),
        (labels.published_on, long_date(published, document.language) if published else ""),
        (labels.corrects, document.corrects),
    )
    return tuple((label, words) for label, words in facts if words)
