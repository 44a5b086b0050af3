"""Rows written by the hundred thousand, without an object of the model for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import (
    BooleanField,
    CharField,
    Field,
    FloatField,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    TextField,
    UUIDField,
)
from psycopg.types.json import Jsonb

from palermo.protection.directory.hsds.json_values import written

AT_ONCE = 5_000
"""So many rows are given to PostgreSQL in one statement."""


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
    ready: list[Any] = list(zip(*(map(way, values) if way else values for way, values in by_column), strict=True))
    columns = [connection.ops.quote_name(str(field.column)) for field in fields if isinstance(field, Field)]
    into = f"{connection.ops.quote_name(model._meta.db_table)} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            types = [str(field.db_type(connection)) for field in fields if isinstance(field, Field)]
            _write_to_postgresql(cursor, into, types, ready, _over(columns) if over else "")
        else:
            places = ", ".join(["%s"] * len(fields))
            conflict = _over(columns) if over else ""
            cursor.executemany(f"INSERT INTO {into} VALUES ({places}){conflict}", ready)  # noqa: S608


def _write_to_postgresql(cursor: Any, into: str, types: Sequence[str], ready: list[Any], conflict: str) -> None:  # noqa: ANN401 - Django's
    """One statement for many rows takes PostgreSQL a third of the time that one for each row does, and COPY less."""
    if not conflict:
        # Django turns errors into its own of what it runs itself, and it does not know of copying.
        with connections[DEFAULT_DB_ALIAS].wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in ready:
                copy.write_row(row)
        return
    arrays = ", ".join(f"%s::{each}[]" for each in types)
    statement = f"INSERT INTO {into} SELECT * FROM UNNEST({arrays}){conflict}"  # noqa: S608
    for start in range(0, len(ready), AT_ONCE):
        some = zip(*ready[start : start + AT_ONCE], strict=True)
        cursor.execute(statement, [list(values) for values in some])


def _over(columns: Sequence[str]) -> str:
    key = connections[DEFAULT_DB_ALIAS].ops.quote_name("id")
    others = ", ".join(f"{one} = EXCLUDED.{one}" for one in columns if one != key)
    return f" ON CONFLICT ({key}) DO UPDATE SET {others}"


def tell_the_planner(app: str) -> None:
    """See to it that PostgreSQL knows what the tables of an app hold, as its manual advises after much was written.

    It would find out by itself only later, if it is set to do so at all, and until then plan as if they were nearly
    empty: a page then took minutes instead of milliseconds. Outside of transactions it also notes which pages of the
    tables hold nothing that is not there for everybody, without which it goes through the rows themselves to count
    them. SQLite plans by the indexes alone.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql":
        models = apps.get_app_config(app).get_models()
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"{'ANALYZE' if connection.in_atomic_block else 'VACUUM (ANALYZE)'} {tables}")


def _to_database(field: object) -> Callable[[Any], object] | None:
    """How the database has a value of a field, where it has not the same; most values come again and again.

    Raises:
        TypeError: it is no column of the table.
    """
    if not isinstance(field, Field):
        raise TypeError(field)
    connection = connections[DEFAULT_DB_ALIAS]
    if isinstance(field, JSONField):
        return _as_jsonb if connection.vendor == "postgresql" else _as_json
    kind = field.target_field if isinstance(field, ForeignKey) else field
    if isinstance(kind, UUIDField):
        return None if connection.features.has_native_uuid_field else _in_digits
    if isinstance(kind, BooleanField | CharField | FloatField | IntegerField | TextField):
        return None
    return cache(partial(field.get_db_prep_save, connection=connection))


def _in_digits(key: UUID | None) -> str | None:
    return key.hex if key else None


def _as_json(said: object) -> str:
    return written(said).decode()


def _as_jsonb(said: object) -> Jsonb:
    return Jsonb(said, dumps=written)
