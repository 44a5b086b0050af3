"""Tables that only grow: the database itself refuses to change or delete what they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

Step: TypeAlias = Callable[[Apps, BaseDatabaseSchemaEditor], None]


def append_only(table: str, frozen: Sequence[str] = (), when: str = "") -> RunPython:
    """A migration step that freezes a table, or of its columns only `frozen`. Deleting is always refused.

    `when` is a condition in SQL on the row as it stands, such as `OLD.is_published`: other rows stay free.
    """
    freeze, thaw = _steps(table, frozen, when)
    return RunPython(freeze, thaw)


def freed(table: str, frozen: Sequence[str] = (), when: str = "") -> RunPython:
    """A migration step that undoes `append_only`, so that the table can be altered and frozen again.

    SQLite makes a table anew to alter it, and what froze it would be lost without a word.
    """
    freeze, thaw = _steps(table, frozen, when)
    return RunPython(thaw, freeze)


def _steps(table: str, frozen: Sequence[str], when: str) -> tuple[Step, Step]:
    def freeze(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in freeze_statements(editor.connection.vendor, table, frozen, when):
            editor.execute(statement)

    def thaw(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in thaw_statements(editor.connection.vendor, table):
            editor.execute(statement)

    return freeze, thaw


def freeze_statements(vendor: str, table: str, frozen: Sequence[str] = (), when: str = "") -> list[str]:
    """The statements that freeze `table` on `sqlite` or `postgresql`."""
    columns = "OF " + ", ".join(frozen) if frozen else ""
    condition = f"WHEN ({when}) " if when else ""
    if vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} keeps what it holds'); END"
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE {columns} ON {table} {condition}{refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {condition}{refuse}",
        ]
    return [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} keeps what it holds' USING ERRCODE = 'restrict_violation'; END $$",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE {columns} ON {table} "
        f"FOR EACH ROW {condition}EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"FOR EACH ROW {condition}EXECUTE FUNCTION {table}_refuse()",
    ]


def thaw_statements(vendor: str, table: str) -> list[str]:
    """The statements that undo `freeze_statements`."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER {table}_no_update", f"DROP TRIGGER {table}_no_delete"]
    return [
        f"DROP TRIGGER {table}_no_update ON {table}",
        f"DROP TRIGGER {table}_no_delete ON {table}",
        f"DROP FUNCTION {table}_refuse()",
    ]
