"""Rows written by the hundred thousand, without an object of the model for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model


def write(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[object]], *, over: bool = False) -> None:
    """Insert rows of a table, each with a value for every named field.

    The other fields have no values, so that the table must not need any. With `over`, a row whose `id` is there already
    is written over, in the named fields.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    fields = [field for name in names if isinstance(field := model._meta.get_field(name), Field)]
    by_column = zip(map(_way, fields), zip(*rows, strict=True), strict=False)
    written: list[Any] = list(zip(*(map(way, values) for way, values in by_column), strict=True))
    if not written:
        return
    quoted = [connection.ops.quote_name(field.column or "") for field in fields]
    places = ", ".join(["%s"] * len(fields))
    said = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({', '.join(quoted)}) VALUES ({places})"  # noqa: S608
    if over:
        said += f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{one} = EXCLUDED.{one}' for one in quoted)}"
    with connection.cursor() as cursor:
        cursor.executemany(said, written)


def _way(field: Field[Any, Any]) -> Callable[[object], object]:
    """How the database has a value of a field; what rows lead to comes again and again."""
    way = partial(field.get_db_prep_save, connection=connections[DEFAULT_DB_ALIAS])
    return cache(way) if field.is_relation else way
