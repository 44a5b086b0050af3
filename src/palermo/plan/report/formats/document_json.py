"""A document written down and read back exactly: what a published edition is kept as.

`from_json(to_json(document)) == document` for every document whose rows are tuples; a `RowSource` comes back
as the tuple of its rows. Each object names its `type`; what a field would have by itself is left out. Dates
are `{"date": "2014-03-31"}` and decimals `{"decimal": "1500.50"}`, so that a text that looks like a date
stays a text.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date, datetime
from decimal import Decimal

from palermo.plan.report.formats import document as described
from palermo.plan.report.formats.document import DocumentError, ReportDocument, Row, RowSource
from palermo.plan.report.formats.labels import Labels

FORMAT = "palermo-report-document/1"

TYPES = (
    described.ReportDocument, described.Part, described.Heading, described.Paragraph, described.Run,
    described.BulletList, described.NumberedList, described.ListItem, described.DefinitionList,
    described.Definition, described.Note, described.Quote, described.Figure, described.Table,
    described.Column, described.Cell, described.StatusMeaning, described.Origin, Labels,
)  # fmt: skip

CELLS = (str, int, Decimal, date, described.Cell, type(None))

VALUES: dict[str, Callable[..., object]] = {"date": date.fromisoformat, "decimal": Decimal}
_makers = VALUES | {kind.__name__: kind for kind in TYPES}


def to_json(document: ReportDocument) -> str:
    """The document as JSON text in ASCII, so that any store holds any character.

    Raises:
        DocumentError: a value that no document may hold, such as a time of day.
    """
    return json.dumps({"format": FORMAT, "document": document}, default=_written_down, separators=(",", ":"))


def from_json(text: str) -> ReportDocument:
    """The document that `to_json` wrote down.

    Raises:
        DocumentError: the text is no such document, is of another version, or contradicts itself.
    """
    whole = _parsed(text)
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise DocumentError(f"This is not a {FORMAT} file.")
    document = _read_back(whole.get("document"))
    if not isinstance(document, ReportDocument):
        raise DocumentError("The file holds no report document.")
    return document


def row_to_json(row: Row) -> str:
    """One row of a table as JSON text, for rows that are kept one by one.

    Raises:
        DocumentError: a value that no document may hold.
    """
    return json.dumps(row, default=_written_down, separators=(",", ":"))


def row_from_json(text: str) -> Row:
    """The row that `row_to_json` wrote down.

    Raises:
        DocumentError: the text is no such row.
    """
    row = _read_back(_parsed(text))
    if not isinstance(row, tuple) or not all(isinstance(cell, CELLS) for cell in row):
        raise DocumentError("The text holds no row of a table.")
    return row


def _written_down(value: object) -> object:
    if isinstance(value, RowSource):
        return list(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if not isinstance(value, TYPES):
        raise DocumentError(f"A document cannot hold a {type(value).__name__}.")
    told: dict[str, object] = {"type": type(value).__name__}
    for field in fields(value):
        content = getattr(value, field.name)
        if field.default is MISSING or content != field.default:
            told[field.name] = content
    return told


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise DocumentError(f"This cannot be read as JSON: {error}") from error


def _read_back(value: object) -> object:
    if isinstance(value, list):
        return tuple(_read_back(item) for item in value)
    if not isinstance(value, dict):
        return value
    name = str(value["type"]) if "type" in value else next(iter(value), "")
    if name not in _makers:
        raise DocumentError(f"{name!r} is no part of a document.")
    try:
        if name in VALUES:
            return _makers[name](value[name])
        return _makers[name](**{field: _read_back(content) for field, content in value.items() if field != "type"})
    except DocumentError:
        raise
    except (TypeError, ValueError, ArithmeticError) as error:
        raise DocumentError(f"This {name} cannot be read back: {error}") from error
