"""The report as JSON: its words and numbers without its layout, for programs.

    {"format": "palermo-report/1", "language": "en-CA", "title": "", "subtitle": "", "plan": "", "period": "",
     "publisher": "", "edition": 2, "published_on": "2025-09-01", "corrects": "",
     "statuses": [{"code": "complete", "label": "Complete", "meaning": ""}],
     "parts": [{"key": "foreword", "level": 1, "heading": "Foreword",
                "text": ["a paragraph, heading or item"], "tables": ["keys of the tables in it"]}],
     "tables": [{"key": "action-chart", "caption": "", "notes": [""],
                 "origin": {"kind": "measure", "code": "deliverables", "words": "", "mark": "final", "address": ""},
                 "columns": [{"key": "due", "label": "Due", "kind": "date"}],
                 "rows": [{"due": "2024-04-02", "due_printed": "spring 2024",
                           "status_2024-2025": "Complete", "status_2024-2025_code": "complete"}]}]}

A row has each column's key. `KEY_printed` holds the words of the source, `KEY_code` the stable code and
`KEY_language` the language of a text that is not in the report's; each is there only where there is something
to say. `origin` says where the numbers of a table come from: counted by the system (`measure`), given by a source
outside (`series`) or said in returns (`returns`); columns of kind `address` lead to where one row comes from. Where the
period was gathered by returns, the table `accounts` has a row for each organisation and deliverable
with its words, and both it and the action chart name the returns in `return_number`. `null` stands for nothing stated.
Decimals are numbers with the digits that were written: read them as decimals.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from palermo.plan.report.formats.data_columns import as_text, code_of
from palermo.plan.report.formats.document import (
    BulletList,
    Cell,
    CellContent,
    DefinitionList,
    Figure,
    NumberedList,
    Part,
    ReportDocument,
    Row,
    Table,
    plain,
)
from palermo.plan.report.formats.target import Target, opened
from palermo.plan.report.formats.words import language_of, printable, value_of

FORMAT = "palermo-report/1"


def render(document: ReportDocument, target: Target) -> None:
    """Write the report as JSON in UTF-8, a row at a time.

    Raises:
        DocumentError: the document contradicts itself.
    """
    with opened(target) as stream:
        for piece in _pieces(document):
            stream.write(piece.encode())


def _pieces(document: ReportDocument) -> Iterator[str]:
    head = _written(_head(document))
    yield f'{head[:-1]},\n"tables": ['
    between = "\n"
    for table in document.tables():
        yield between
        yield from _table(table)
        between = ",\n"
    yield "\n]}\n"


def _head(document: ReportDocument) -> dict[str, object]:
    published = document.published_on
    return {
        "format": FORMAT,
        "language": document.language,
        "title": printable(document.title),
        "subtitle": printable(document.subtitle),
        "plan": printable(document.plan_title),
        "period": printable(document.period_label),
        "publisher": printable(document.publisher),
        "edition": document.edition_number,
        "published_on": published.isoformat() if published else None,
        "corrects": printable(document.corrects),
        "statuses": [
            {"code": one.code, "label": printable(one.label), "meaning": printable(one.meaning)}
            for one in document.statuses
        ],
        "parts": [_part(part) for part in document.parts],
    }


def _part(part: Part) -> dict[str, object]:
    tables = [block.key for block in part.blocks if isinstance(block, Table)]
    behind = [block.table.key for block in part.blocks if isinstance(block, Figure) and block.table is not None]
    return {
        "key": part.key,
        "level": part.level,
        "heading": printable(part.heading),
        "text": [printable(words) for words in _texts(part)],
        "tables": behind + tables,
    }


def _texts(part: Part) -> Iterator[str]:
    for block in part.blocks:
        if isinstance(block, BulletList | NumberedList):
            yield from _items(block)
        elif isinstance(block, DefinitionList):
            yield from (f"{plain(item.term)}: {plain(item.meaning)}" for item in block.items)
        elif isinstance(block, Figure):
            yield f"{block.caption}: {block.alt}"
        elif not isinstance(block, Table):
            yield plain(block.runs)


def _items(block: BulletList | NumberedList) -> Iterator[str]:
    for item in block.items:
        yield plain(item.runs)
        for nested in item.nested:
            yield from _items(nested)


def _table(table: Table) -> Iterator[str]:
    columns = [{"key": one.key, "label": printable(one.label), "kind": one.kind} for one in table.columns]
    notes = [printable(note) for note in table.notes]
    about = {
        "key": table.key,
        "caption": printable(table.caption),
        "notes": notes,
        **_origin(table),
        "columns": columns,
    }
    head = _written(about)
    yield f'{head[:-1]}, "rows": ['
    keys = [column.key for column in table.columns]
    between = "\n"
    for row in table.checked_rows():
        yield between + _row(keys, row)
        between = ",\n"
    yield "\n]}"


def _origin(table: Table) -> dict[str, object]:
    """Where the numbers of a table come from, where it says so."""
    origin = table.origin
    if origin is None:
        return {}
    words = printable(origin.words)
    told = {"kind": origin.kind, "code": origin.code, "words": words, "mark": origin.mark, "address": origin.link}
    return {"origin": told}


def _row(keys: list[str], row: Row) -> str:
    return "{" + ", ".join(pair for key, content in zip(keys, row, strict=True) for pair in _pairs(key, content)) + "}"


def _pairs(key: str, content: CellContent) -> Iterator[str]:
    yield f"{_written(key)}: {_value(content)}"
    printed = printable(content.printed) if isinstance(content, Cell) else ""
    beside = {"printed": printed, "code": code_of(content), "language": language_of(content)}
    yield from (f"{_written(f'{key}_{name}')}: {_written(words)}" for name, words in beside.items() if words)


def _value(content: CellContent) -> str:
    value = value_of(content)
    if value is None:
        return "null"
    return _written(as_text(value)) if isinstance(value, str | date) else as_text(value)


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
