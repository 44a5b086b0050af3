"""Rows written by the hundred thousand, without an object of the model for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, JSONField, Model


def write(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[object]], *, over: bool = False) -> None:
    """Insert rows of a table, each with a value for every named field.

    The other fields have no values, so that the table must not need any. With `over`, a row whose `id` is there already
    is written over, in the named fields.
    """
    given = list(rows)
    if not given:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    fields = [model._meta.get_field(name) for name in names]
    by_column = zip(map(_to_database, fields), zip(*given, strict=True), strict=True)
    written: list[Any] = list(zip(*(map(way, values) for way, values in by_column), strict=True))
    columns = [connection.ops.quote_name(str(field.column)) for field in fields if isinstance(field, Field)]
    table, places = connection.ops.quote_name(model._meta.db_table), ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
    if over:
        key = connection.ops.quote_name("id")
        others = ", ".join(f"{one} = EXCLUDED.{one}" for one in columns if one != key)
        statement += f" ON CONFLICT ({key}) DO UPDATE SET {others}"
    with connection.cursor() as cursor:
        cursor.executemany(statement, written)


def _to_database(field: object) -> Callable[[object], object]:
    """How the database has a value of a field; most values come again and again.

    Raises:
        TypeError: it is no column of the table.
    """
    if not isinstance(field, Field):
        raise TypeError(field)
    way = partial(field.get_db_prep_save, connection=connections[DEFAULT_DB_ALIAS])
    return way if isinstance(field, JSONField) else cache(way)
