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
    described.Column, described.Cell, described.StatusMeaning, Labels,
)  # fmt: skip

CELLS = (str, int, Decimal, date, described.Cell, type(None))

_makers: dict[str, Callable[..., object]] = {kind.__name__: kind for kind in TYPES}
_makers["date"] = date.fromisoformat
_makers["decimal"] = Decimal


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
    try:
        whole = json.loads(text)
        if not isinstance(whole, dict) or whole.get("format") != FORMAT:
            raise DocumentError(f"This is not a {FORMAT} file.")
        document = _read_back(whole.get("document"))
    except (TypeError, ArithmeticError, json.JSONDecodeError, RecursionError) as error:
        raise DocumentError(f"The document cannot be read back: {error}") from error
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
    try:
        row = _read_back(json.loads(text))
    except (TypeError, ArithmeticError, ValueError, RecursionError) as error:
        raise DocumentError(f"The row cannot be read back: {error}") from error
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


def _read_back(value: object) -> object:
    if isinstance(value, list):
        return tuple(_read_back(item) for item in value)
    if not isinstance(value, dict):
        return value
    if len(value) == 1 and (written := next(iter(value.items())))[0] in ("date", "decimal"):
        return _makers[written[0]](written[1])
    kind = _makers.get(str(value.get("type")))
    if kind is None:
        raise DocumentError(f"{value.get('type')!r} is no part of a document.")
    return kind(**{name: _read_back(content) for name, content in value.items() if name != "type"})
