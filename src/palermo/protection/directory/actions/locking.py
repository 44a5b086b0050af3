"""One at a time: what is decided on what is kept must not be about the past."""

from __future__ import annotations

from django.db import connection

_LOCK = 0x70616C65726D6F01
"""The name of the lock, among those of the database."""


def one_at_a_time() -> None:
    """Nobody else changes the directory before this transaction ends. SQLite sees to that by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
