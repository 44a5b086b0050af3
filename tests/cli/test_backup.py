"""A backup brought back into a fresh place: every row, every file, the trail; and what is refused on the way."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tests.cli.conftest import Run

FILES = {"documents/a1": b"a document", "b2.pdf": bytes(range(256)) * 999}
Counts = dict[str, int]


def counts_sqlite(path: Path) -> Counts:
    with closing(sqlite3.connect(path)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}  # noqa: S608


def counts_postgres(address: str) -> Counts:
    with psycopg.connect(address) as database:
        names = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        count = sql.SQL("SELECT count(*) FROM {}")
        found = {name: database.execute(count.format(sql.Identifier(name))).fetchone() for (name,) in names}
        return {name: row[0] for name, row in found.items() if row}


def put_files(data: Path) -> None:
    for name, content in FILES.items():
        path = data / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def hashes(data: Path) -> dict[str, str]:
    files = data / "files"
    return {
        path.relative_to(files).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def postgres() -> Iterator[tuple[str, str]]:
    """The addresses of two fresh databases on the PostgreSQL that tests run on."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        pytest.skip("these tests run on SQLite; TEST_DATABASE_URL names no PostgreSQL")
    names = [f"palermo_backup_{token_hex(6)}" for _ in range(2)]
    with psycopg.connect(server, autocommit=True) as admin:
        for name in names:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        first, second = (urlunsplit(urlsplit(server)._replace(path=f"/{name}")) for name in names)
        yield first, second
        for name in names:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def installed(bare_data: Path, tmp_path: Path) -> Path:
    """An installation that holds nothing yet, where `palermo` works."""
    return Path(shutil.copytree(bare_data, tmp_path / "data", symlinks=True))


def test_sqlite_comes_back_whole(palermo: Run, tmp_path: Path, installed: Path) -> None:
    old, new, backup = installed, tmp_path / "new", tmp_path / "backup"
    assert palermo("sample").returncode == 0
    put_files(old)
    done = palermo("backup", str(backup))
    assert (done.returncode, done.stderr) == (0, "")
    done = palermo("restore", str(backup), PALERMO_DATA=str(new))
    assert done.returncode == 0, done.stderr
    assert "The trail is whole" in done.stdout
    counted = counts_sqlite(new / "palermo.sqlite3")
    assert counted == counts_sqlite(old / "palermo.sqlite3")
    assert counted["register_deliverable"] > 100
    assert hashes(new) == hashes(old)
    assert set(FILES) <= set(hashes(new))


@pytest.mark.usefixtures("django_db_setup")
def test_postgresql_comes_back_whole(palermo: Run, tmp_path: Path, postgres: tuple[str, str]) -> None:
    first, second = postgres
    old, new, backup = tmp_path / "data", tmp_path / "new", tmp_path / "backup"
    assert palermo("migrate", DATABASE_URL=first).returncode == 0
    assert palermo("sample", DATABASE_URL=first).returncode == 0
    put_files(old)
    done = palermo("backup", str(backup), DATABASE_URL=first)
    assert (done.returncode, done.stderr) == (0, "")
    done = palermo("restore", str(backup), DATABASE_URL=second, PALERMO_DATA=str(new))
    assert done.returncode == 0, done.stderr
    assert "The trail is whole" in done.stdout
    assert counts_postgres(second) == counts_postgres(first)
    assert counts_postgres(second)["register_deliverable"] > 100
    assert hashes(new) == hashes(old)
    done = palermo("restore", str(backup), DATABASE_URL=second, PALERMO_DATA=str(tmp_path / "newer"))
    assert done.returncode == 1
    assert "not empty" in done.stderr


@pytest.fixture
def small_backup(palermo: Run, tmp_path: Path, installed: Path) -> Path:
    """A backup of an installation that holds no plan and two files."""
    put_files(tmp_path / "data")
    assert palermo("backup", str(tmp_path / "backup")).returncode == 0
    return tmp_path / "backup"


def test_a_damaged_backup_is_refused_before_anything_is_written(
    palermo: Run, tmp_path: Path, small_backup: Path
) -> None:
    (small_backup / "files" / "b2.pdf").write_bytes(b"other")
    done = palermo("restore", str(small_backup), PALERMO_DATA=str(tmp_path / "new"))
    assert done.returncode == 1
    assert "files/b2.pdf" in done.stderr
    assert not (tmp_path / "new" / "palermo.sqlite3").exists()


def test_nothing_is_ever_overwritten(palermo: Run, small_backup: Path, tmp_path: Path) -> None:
    again = palermo("backup", str(small_backup))
    assert again.returncode == 2
    assert "exists already" in again.stderr
    into_use = palermo("restore", str(small_backup))
    assert into_use.returncode == 1
    assert "not empty" in into_use.stderr
    into_files = palermo("restore", str(small_backup), DATABASE_URL=f"sqlite:///{tmp_path}/other.sqlite3")
    assert into_files.returncode == 1
    assert "not empty" in into_files.stderr


def test_a_folder_that_is_no_backup_is_wrong_use(palermo: Run, tmp_path: Path) -> None:
    done = palermo("restore", str(tmp_path))
    assert done.returncode == 2
    assert "no backup" in done.stderr


KEYS = bytes(range(1, 81))
"""Those of two tips."""


def test_the_keys_of_tips_lie_beside_the_backup_and_only_the_newest(
    palermo: Run, tmp_path: Path, installed: Path
) -> None:
    copy = tmp_path / "tip-keys"
    assert palermo("backup", str(tmp_path / "none")).returncode == 0
    assert not copy.exists()
    (installed / "tip-keys").write_bytes(KEYS)
    assert str(copy) in palermo("backup", str(tmp_path / "first")).stdout
    assert copy.read_bytes() == KEYS
    assert copy.stat().st_mode & 0o777 == 0o600
    (installed / "tip-keys").write_bytes(KEYS[:40] + bytes(40))
    palermo("backup", str(tmp_path / "second"))
    assert copy.read_bytes() == KEYS[:40] + bytes(40)
    held = [path for path in tmp_path.rglob("*") if path.is_file() and KEYS[40:] in path.read_bytes()]
    assert held == []


def test_the_keys_of_tips_come_back_or_it_is_said_that_they_do_not(
    palermo: Run, tmp_path: Path, installed: Path
) -> None:
    made = palermo("manage", "shell", "-c", "from palermo.prosecution.tips import slots; slots.make(1)")
    assert made.returncode == 0, made.stderr
    keys = (installed / "tip-keys").read_bytes()
    with closing(sqlite3.connect(installed / "palermo.sqlite3")) as database, database:
        database.execute("INSERT INTO tips_slot (id) VALUES (1)")
        columns = "id, desk_id, channel, language, hour, slot_id, state, version"
        row = "'" + "a" * 32 + "', 1, 'browser', 'en', '2026-11-30 10:00:00', 1, 'new', 1"
        database.execute(f"INSERT INTO tips_tip ({columns}) VALUES ({row})")  # noqa: S608 - words of ours
    assert palermo("backup", str(tmp_path / "backup")).returncode == 0
    (installed / "tip-keys").write_bytes(bytes(80))
    refused = palermo("backup", str(tmp_path / "later"))
    assert refused.returncode != 0
    assert "keys of 1 tips" in refused.stderr
    assert (tmp_path / "tip-keys").read_bytes() == keys
    for name, words in (("with", ()), ("named", ("--tip-keys", str(tmp_path / "elsewhere"))), ("without", ())):
        if name == "named":
            (tmp_path / "tip-keys").rename(tmp_path / "elsewhere")
        new = tmp_path / name
        done = palermo("restore", str(tmp_path / "backup"), *words, PALERMO_DATA=str(new))
        assert done.returncode == 0, done.stderr
        assert (new / "tip-keys").exists() == (name != "without")
        assert ("cannot be opened" in done.stdout) == (name == "without")
    assert (tmp_path / "named" / "tip-keys").read_bytes() == keys
    again = palermo("restore", str(tmp_path / "backup"), PALERMO_DATA=str(tmp_path / "named"))
    assert again.returncode != 0
