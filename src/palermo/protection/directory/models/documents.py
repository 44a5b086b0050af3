"""Columns of JSON, read and written the quick way: entries are read by the hundred for a page."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from json import JSONDecodeError, JSONDecoder, JSONEncoder
from typing import Any, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression
from django.db.models.fields.json import KeyTransform

from palermo.protection.directory.hsds.json_values import Json, read, written

Set = TypeVar("Set")
Got = TypeVar("Got")


class Reader(JSONDecoder):
    """Reads JSON as Django asks for it."""

    def decode(self, s: str, _w: object = None) -> Json:
        """What it says.

        Raises:
            JSONDecodeError: it is no JSON. Django catches no other error, and takes it for a text.
        """
        try:
            return read(s)
        except ValueError as error:
            raise JSONDecodeError(str(error), s, 0) from None


class Writer(JSONEncoder):
    """Writes JSON as Django asks for it."""

    def encode(self, o: object) -> str:
        """The text of it."""
        return written(o).decode()


class JSONField(models.JSONField[Set, Got]):
    """Django's own column; only the way to read and write it differs, so that migrations know of no other kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """As Django's own is made."""
        super().__init__(*args, **{**kwargs, "encoder": Writer, "decoder": Reader})

    def from_db_value(self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper) -> Json:
        """What a row says. Django would make a reader of its own for every value."""
        if isinstance(value, str) and not isinstance(expression, KeyTransform):
            with suppress(ValueError):
                return read(value)
        found: Json = super().from_db_value(value, expression, connection)
        return found

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """How migrations write it down: as Django's own."""
        name, _path, args, kwargs = super().deconstruct()
        return (
            name,
            "django.db.models.JSONField",
            args,
            {key: value for key, value in kwargs.items() if key not in {"encoder", "decoder"}},
        )
