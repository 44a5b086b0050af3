"""A document as the data that `report.typ` lays out: all words final, none of them markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from palermo.foundation.days import long_date
from palermo.plan.report.formats.document import (
    Block,
    BulletList,
    CellContent,
    DefinitionList,
    Figure,
    Heading,
    ListItem,
    Note,
    NumberedList,
    Paragraph,
    Part,
    Quote,
    ReportDocument,
    Row,
    Run,
    Runs,
    Table,
)
from palermo.plan.report.formats.outline import (
    RowGroup,
    blocks_with_level,
    edition_facts,
    edition_words,
    entry_of,
    numbered_labels,
    row_groups,
)
from palermo.plan.report.formats.svg import inline_svg, width_in_points
from palermo.plan.report.formats.words import (
    language_of,
    link_of,
    one_line,
    printable,
    printed_beside,
    shown,
)

Data: TypeAlias = "str | int | float | bool | Sequence[Data] | dict[str, Data] | None"

LONG_WORD_IN_TEXT = 60
LONG_WORD_IN_TITLE = 22
LONG_WORD_IN_CELL = 14
PLAIN_WORD_IN_CELL = 24
"""Words of letters alone are hyphenated by the typesetter up to here; codes and addresses are not."""

BREAK = "\N{ZERO WIDTH SPACE}"
TEXT_WIDTH = 480
"""The widest that a figure may be, in points: US Letter between the margins of `report.typ`."""


class PdfData:
    """One document on its way to the typesetter; `svgs` fills with the figures' files by name."""

    def __init__(self, document: ReportDocument) -> None:
        """Take a document; nothing is made before `whole` is called."""
        self.document = document
        self.language = document.language
        self.labels = document.labels
        self.numbers = numbered_labels(document)
        self.svgs: dict[str, str] = {}

    def whole(self) -> dict[str, Data]:
        """Everything that the template reads."""
        document = self.document
        published = document.published_on
        language, _, region = document.language.partition("-")
        dated = long_date(published, document.language) if published else ""
        cover = (document.period_label, document.publisher, edition_words(document), dated)
        return {
            "language": language.lower(),
            "region": region.lower() or None,
            "title": one_line(document.title),
            "shown-title": words_in_title(document.title),
            "subtitle": words_in_title(document.subtitle),
            "plan": words_in_title(document.plan_title),
            "short-title": words_in_text(one_line(f"{document.title} – {document.period_label}")),
            "edition": edition_words(document),
            "description": one_line(document.subtitle or document.plan_title),
            "authors": [one_line(document.publisher)] if document.publisher else [],
            "keywords": [one_line(word) for word in document.keywords],
            "published": {"year": published.year, "month": published.month, "day": published.day}
            if published
            else None,
            "cover": [words_in_text(words) for words in cover if words],
            "labels": self.words_around(),
            "facts": self.terms((_plain(label), _plain(words)) for label, words in edition_facts(document)),
            "statuses": self.terms((_plain(one.label), _plain(one.meaning)) for one in document.statuses),
            "parts": [self.part(part) for part in document.parts],
        }

    def words_around(self) -> dict[str, Data]:
        """The document's labels."""
        labels = self.labels
        before, _, rest = labels.page_of.partition("{page}")
        between, _, after = rest.partition("{pages}")
        return {
            "about": labels.about,
            "contents": labels.contents,
            "note": labels.note,
            "page": [before, between, after],
            "statuses": labels.statuses,
        }

    def part(self, part: Part) -> Data:
        """A part, on a page on its side where it has a wide table."""
        wide = any(isinstance(block, Table) and block.wide for block in part.blocks)
        blocks = [self.block(block, level) for block, level in blocks_with_level(part)]
        return {"heading": words_in_title(part.heading), "level": part.level, "wide": wide, "blocks": blocks}

    def block(self, block: Block, level: int) -> Data:
        """One block, standing under a heading of `level`."""
        match block:
            case Heading():
                return {"kind": "heading", "level": block.level, "runs": runs_data(block.runs, LONG_WORD_IN_TITLE)}
            case Paragraph():
                return {"kind": "paragraph", "runs": runs_data(block.runs)}
            case Quote():
                return {"kind": "quote", "runs": runs_data(block.runs)}
            case Note():
                return {"kind": "note", "runs": runs_data(block.runs)}
            case BulletList() | NumberedList():
                return self.list_of(block)
            case DefinitionList():
                items = self.terms((item.term, item.meaning) for item in block.items)
                return {"kind": "definitions", "items": items}
            case Figure():
                return self.figure(block, level)
            case Table() if block.entries:
                return self.entries(block, level)
            case Table():
                return self.table(block, level)

    def terms(self, pairs: Iterable[tuple[Runs, Runs]]) -> Data:
        """Terms with their meanings."""
        return [{"term": runs_data(term), "meaning": runs_data(meaning)} for term, meaning in pairs]

    def list_of(self, block: BulletList | NumberedList) -> dict[str, Data]:
        """A list with the lists inside it."""
        items: Data = [self.item(item) for item in block.items]
        if isinstance(block, BulletList):
            return {"kind": "bullets", "items": items}
        return {"kind": "numbers", "items": items, "start": block.start}

    def item(self, item: ListItem) -> Data:
        """One item of a list."""
        return {"runs": runs_data(item.runs), "nested": [self.list_of(nested) for nested in item.nested]}

    def figure(self, figure: Figure, level: int) -> Data:
        """A figure; its file is kept in `svgs`."""
        name = f"{figure.key}.svg"
        self.svgs[name] = inline_svg(figure)
        return {
            "kind": "figure",
            "file": name,
            "alt": printable(figure.alt),
            "caption": self.titled(figure.key, figure.caption),
            "width": min(TEXT_WIDTH, width_in_points(figure)),
            "table": self.table(figure.table, level) if figure.table is not None else None,
        }

    def titled(self, key: str, title: str) -> str:
        """A caption with its number."""
        return words_in_text(self.labels.title_with_label.format(label=self.numbers[key], title=title))

    def table(self, table: Table, level: int) -> Data:
        """A table with its rows under their titles."""
        return {
            "kind": "table",
            "wide": table.wide,
            "level": level + 1,
            "grouped": bool(table.groups),
            "caption": self.titled(table.key, table.caption),
            "columns": [
                {
                    "label": words_in_cell(one.label),
                    "width": one.width,
                    "number": one.kind == "number",
                    "head": one.role == "row_header",
                }
                for one in table.body
            ],
            "groups": [
                {
                    "titles": _titles(group, level),
                    "rows": [[self.cell(content) for content in row] for row in group.rows],
                }
                for group in row_groups(table, self.language)
            ],
            "notes": self.notes(table),
            "nothing": self.labels.nothing_to_list,
        }

    def notes(self, table: Table) -> Data:
        """What stands under a table: its notes, and where its numbers come from."""
        notes: list[Data] = [runs_data(_plain(note)) for note in table.notes]
        return [*notes, runs_data(table.origin.runs)] if table.origin else notes

    def entries(self, table: Table, level: int) -> Data:
        """Rows as texts of their own, under their titles."""
        return {
            "kind": "entries",
            "level": level + 1,
            "groups": [
                {"titles": _titles(group, level), "entries": [self.entry(table, row) for row in group.rows]}
                for group in row_groups(table, self.language)
            ],
            "notes": self.notes(table),
            "nothing": self.labels.nothing_to_list,
        }

    def entry(self, table: Table, row: Row) -> Data:
        """One row as a text of its own."""
        entry = entry_of(table, row, self.language)
        fields: Data = [
            [self.labels.title_with_label.format(label=printable(field.label), title=""), runs_data(field.runs)]
            for field in entry.fields
        ]
        return {"title": runs_data(entry.title), "fields": fields}

    def cell(self, content: CellContent) -> Data:
        """A cell: plain words, or words with what stands beside them."""
        words = words_in_cell(shown(content, self.language))
        printed = printed_beside(content, self.language)
        language, link = language_of(content), link_of(content)
        if not printed and not language and not link:
            return words
        told: dict[str, Data] = {"text": words}
        if printed:
            told["printed"] = words_in_cell(self.labels.quoted.format(words=printed))
        if language:
            told["language"] = language.partition("-")[0].lower()
        if link:
            told["link"] = link
        return told


def _titles(group: RowGroup, level: int) -> Data:
    """The titles over a group of a table that stands under a heading of `level`."""
    return [{"level": level + 1 + title.depth, "text": words_in_title(title.words)} for title in group.titles]


def runs_data(runs: Runs, longest: int = LONG_WORD_IN_TEXT) -> Data:
    """Runs, as plain strings where they have no look of their own; longer words may be broken."""
    return [_run(run, longest) for run in runs]


def _run(run: Run, longest: int) -> Data:
    told: dict[str, Data] = {"text": _breakable(printable(run.text), longest, longest)}
    if run.bold:
        told["bold"] = True
    if run.italic:
        told["italic"] = True
    if run.link:
        told["link"] = printable(run.link)
    if run.source:
        told["source"] = True
    if run.language:
        told["language"] = run.language.partition("-")[0].lower()
    return told if len(told) > 1 else told["text"]


def _plain(words: str) -> Runs:
    return (Run(words),)


def words_in_text(words: str) -> str:
    """Words for a full line: what is longer than the line may be broken anywhere."""
    return _breakable(printable(words), LONG_WORD_IN_TEXT, LONG_WORD_IN_TEXT)


def words_in_title(words: str) -> str:
    """Words for a line in large letters."""
    return _breakable(one_line(words), LONG_WORD_IN_TITLE, LONG_WORD_IN_TITLE)


def words_in_cell(words: str) -> str:
    """Words for a narrow column."""
    return _breakable(words, LONG_WORD_IN_CELL, PLAIN_WORD_IN_CELL)


def _breakable(words: str, longest: int, longest_plain: int) -> str:
    if len(words) <= longest:
        return words

    def broken(found: re.Match[str]) -> str:
        word = found[0]
        if word.isalpha() and len(word) <= longest_plain:
            return word
        return BREAK.join(word[place : place + longest] for place in range(0, len(word), longest))

    return re.sub(rf"[^\s{BREAK}]{{{longest + 1},}}", broken, words)
