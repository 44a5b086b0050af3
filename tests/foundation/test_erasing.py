"""What was taken out of a database of SQLite is in none of its files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.db.backends.sqlite3.base import DatabaseWrapper

from palermo.foundation import erasing

pytestmark = pytest.mark.skipif(
    not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="PostgreSQL keeps its log elsewhere"
)

SECRET = b"xyzzyplugh"


@pytest.fixture
def on_disk(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DatabaseWrapper]:
    """A database under our settings in a file of its own, from which something secret was just taken out."""
    database = DatabaseWrapper({**settings.DATABASES["default"], "NAME": tmp_path / "some.sqlite3"}, "some")
    monkeypatch.setattr(erasing, "connection", database)
    monkeypatch.setattr(transaction, "on_commit", database.on_commit)
    # A thousand rows have pages of their own, which are freed as a whole.
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE said (text)")
        cursor.executemany("INSERT INTO said VALUES (%s)", [(SECRET.decode() * 20,)] * 1000)
        cursor.execute("DELETE FROM said")
    yield database
    database.close()


def _found(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if SECRET in path.read_bytes()}


def test_nothing_is_left(on_disk: DatabaseWrapper, tmp_path: Path) -> None:
    """Neither in the log nor on freed pages, while the database is still open."""
    assert "some.sqlite3-wal" in _found(tmp_path)
    erasing.leave_nothing_in_the_log()
    assert _found(tmp_path) == set()


def test_it_is_overwritten_however_sqlite_was_built() -> None:
    """Debian's overwrites what is freed by itself, and others do not."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA secure_delete=OFF")
        database.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"])
        assert database.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_it_fails_nothing_while_somebody_reads(
    on_disk: DatabaseWrapper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log stays until the next time, and whoever writes then waits for others as before."""
    monkeypatch.setattr(erasing, "PATIENCE", 10)
    with closing(sqlite3.connect(tmp_path / "some.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM said").fetchone()
        with on_disk.cursor() as cursor:
            cursor.execute("INSERT INTO said VALUES ('something else')")
        erasing.leave_nothing_in_the_log()
        assert "some.sqlite3-wal" in _found(tmp_path)
        with on_disk.cursor() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)
    erasing.leave_nothing_in_the_log()
    assert _found(tmp_path) == set()
