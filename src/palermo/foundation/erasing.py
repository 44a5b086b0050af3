"""What was taken out of the database leaves the files on the disk as well."""

from __future__ import annotations

from contextlib import suppress

from django.db import OperationalError, connection, transaction

PATIENCE = 2000
"""Milliseconds for which readers are waited for. As long, nobody else writes."""


def leave_nothing_in_the_log() -> None:
    """Once this transaction is through, empty the log in which SQLite keeps pages as they were before.

    Settings have SQLite overwrite what is freed within the database itself (`secure_delete`), but its log of what was
    written lies beside it until somebody closes the database. PostgreSQL recycles its own by itself.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(_empty_the_log)


def _empty_the_log() -> None:
    """Where somebody goes on reading, all stays as it is until the next time: what was done is done."""
    with suppress(OperationalError), connection.cursor() as cursor:
        [usual] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            cursor.execute(f"PRAGMA busy_timeout={int(usual)}")
