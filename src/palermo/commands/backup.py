"""`palermo backup`: database and files, copied together while the site goes on."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from palermo import commands

CONTENTS = "contents.json"
FILES = "files"
SQLITE, DUMP = "database.sqlite3", "database.dump"
TIP_KEYS = "tip-keys"
"""Beside the backups, and only the newest: the key of a tip that was erased is in it no more."""


def add_to(names: commands.Names) -> None:
    """`palermo backup FOLDER`."""
    backup = names.add_parser(
        "backup",
        help="copy database and files to a new folder",
        description="Copies the database as it is at one moment, then the files, to FOLDER, with a hash of each. "
        "The site may go on meanwhile. Keys and settings are not in it: keep them elsewhere. The keys of tips are "
        "copied beside FOLDER, in place of those of the backup before: without them no tip can be opened.",
    )
    backup.add_argument("folder", type=Path, metavar="FOLDER", help="where to; it must not exist yet")
    backup.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the copy beside its place, and give it its name when it is whole."""
    folder: Path = arguments.folder.absolute()
    if folder.exists():
        raise commands.RefusedError(f"{folder} exists already. Name a new folder.", commands.WRONG_USE)
    commands.start_django()
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    with commands.told_of_the_database():
        _copy_database(unfinished)
    _copy_files(unfinished / FILES)
    contents = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": dict(hashes(unfinished)),
    }
    (unfinished / CONTENTS).write_text(json.dumps(contents, indent=2) + "\n")
    unfinished.rename(folder)
    _copy_tip_keys(folder.with_name(TIP_KEYS))
    print(f"Backed up to {folder}: {len(contents['sha256'])} files.")
    return commands.DONE


def hashes(folder: Path) -> Iterator[tuple[str, str]]:
    """Path within the folder and SHA-256 of every file of a backup but its list of contents."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / CONTENTS:
            with path.open("rb") as stream:
                yield path.relative_to(folder).as_posix(), hashlib.file_digest(stream, "sha256").hexdigest()


def postgres(program: str, *words: str) -> None:
    """Run one of PostgreSQL's programs on the database of the settings; the password is not among its words.

    Raises:
        RefusedError: the program is not installed, or failed.
    """
    from django.db import connection
    from django.db.backends.postgresql.client import DatabaseClient

    told, secret = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    # Django's words are those of psql, which has the database as its last.
    *place, name = told[1:]
    try:
        done = subprocess.run(  # noqa: S603 - the words are ours and the operator's
            [program, *words, *place, f"--dbname={name}"],
            env={**os.environ, **(secret or {})}, check=False, capture_output=True, text=True,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise commands.RefusedError(f"{program} is not installed here: sudo apt install postgresql-client") from error
    if done.returncode:
        raise commands.RefusedError(f"{program} failed: {done.stderr.strip()}")


def _copy_database(folder: Path) -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={folder / DUMP}")
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / SQLITE)) as copy:
        connection.connection.backup(copy)


def _copy_files(folder: Path) -> None:
    """Copied after the database, so that what was added meanwhile is merely too much."""
    from django.conf import settings

    if Path(settings.MEDIA_ROOT).is_dir():
        shutil.copytree(settings.MEDIA_ROOT, folder, copy_function=_copy_unless_gone)


def _copy_unless_gone(source: str, target: str) -> None:
    """The file of a proposal goes when that is decided, which may be now."""
    with contextlib.suppress(FileNotFoundError):
        shutil.copy2(source, target)


def _without_key() -> int:
    """How many tips that were not erased have no key here that opens."""
    from palermo.prosecution.tips import slots
    from palermo.prosecution.tips.models import Tip

    lost = 0
    for slot in Tip.objects.filter(slot__isnull=False).values_list("slot", flat=True).iterator():
        try:
            slots.key_of(slot)
        except slots.DestroyedError:
            lost += 1
    return lost


def _overwrite(old: Path) -> None:
    """Write zeros where a file lies, as far as the disk lets anybody, and let it go."""
    if not old.exists():
        return
    with old.open("r+b") as file:
        file.write(bytes(old.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    old.unlink()


def _copy_tip_keys(target: Path) -> None:
    """Copied after the database, so that the key of every tip in it is there, and in place of the copy before."""
    from palermo.prosecution.tips import slots

    if not slots.path().exists() and not _without_key():
        return
    if lost := _without_key():
        raise commands.RefusedError(
            f"The keys of {lost} tips are not in {slots.path()}, or the site's secret is another one. The copy in "
            f"{target} was left as it is: it may be the only one that has them. The rest was backed up."
        )
    new, old = (target.with_name(f".{target.name}.{word}") for word in ("unfinished", "old"))
    with open(new, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(slots.path().read_bytes())
        file.flush()
        os.fsync(file.fileno())
    if target.exists():
        target.replace(old)
    new.replace(target)
    _overwrite(old)
    print(f"The keys of tips are in {target}. Keep this newest copy alone: the keys of erased tips are in older ones.")
