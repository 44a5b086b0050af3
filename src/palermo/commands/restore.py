"""`palermo restore`: a backup brought back into an empty database."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from palermo import commands
from palermo.commands import backup, migrate
from palermo.commands.audit import print_verdict


def add_to(names: commands.Names) -> None:
    """`palermo restore FOLDER`."""
    restore = names.add_parser(
        "restore",
        help="bring a backup back into an empty database",
        description="Checks the backup against its hashes, restores it into the database and data folder of the "
        "settings, which must be empty, brings it up to this version, and verifies the trail.",
    )
    restore.add_argument("folder", type=Path, metavar="FOLDER", help="what `palermo backup` wrote")
    restore.add_argument(
        "--tip-keys", type=Path, metavar="FILE", help="the keys of tips, where they do not lie beside FOLDER"
    )
    restore.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check everything first, then restore, then verify the trail."""
    folder: Path = arguments.folder
    _check_whole(folder)
    commands.start_django()
    with commands.told_of_the_database():
        _check_empty(folder)
        _restore_database(folder)
        _restore_files(folder)
        migrate.migrate_database(quietly=True)
        _restore_tip_keys(arguments.tip_keys or folder.absolute().with_name(backup.TIP_KEYS))
        return print_verdict()


def _check_whole(folder: Path) -> None:
    """Compare the backup with its list of contents.

    Raises:
        RefusedError: it is no backup, or a file of it is missing, changed or added.
    """
    listed = folder / backup.CONTENTS
    if not listed.is_file():
        raise commands.RefusedError(f"{folder} is no backup: {backup.CONTENTS} is missing.", commands.WRONG_USE)
    wanted = json.loads(listed.read_text())["sha256"]
    found = dict(backup.hashes(folder))
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            raise commands.RefusedError(f"The backup is damaged: {name} is missing, or is not what was backed up.")


def _check_empty(folder: Path) -> None:
    """See to it that nothing would be overwritten, and that the backup is of the same kind of database.

    Raises:
        RefusedError: something is there, or it is of the other kind.
    """
    from django.conf import settings
    from django.db import connection

    wanted = backup.DUMP if connection.vendor == "postgresql" else backup.SQLITE
    if not (folder / wanted).is_file():
        raise commands.RefusedError(
            "This backup is of the other kind of database; DATABASE_URL must name the same kind."
        )
    if connection.introspection.table_names():
        raise commands.RefusedError("The database is not empty. Restore into a new one: nothing is ever overwritten.")
    from palermo.prosecution.tips import slots

    if slots.path().exists():
        raise commands.RefusedError(f"{slots.path()} is there. Restore into a new data folder: nothing is overwritten.")
    files = Path(settings.MEDIA_ROOT)
    if files.is_dir() and any(files.iterdir()):
        raise commands.RefusedError(
            f"{files} is not empty. Restore into a new data folder: nothing is ever overwritten."
        )


def _restore_database(folder: Path) -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        backup.postgres("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", str(folder / backup.DUMP))
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / backup.SQLITE)) as copy:
        copy.backup(connection.connection)


def _restore_files(folder: Path) -> None:
    from django.conf import settings

    if (folder / backup.FILES).is_dir():
        shutil.copytree(folder / backup.FILES, settings.MEDIA_ROOT, dirs_exist_ok=True)


def _restore_tip_keys(file: Path) -> None:
    from palermo.prosecution.tips import slots
    from palermo.prosecution.tips.models import Tip

    if file.is_file():
        with open(slots.path(), "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as target:
            target.write(file.read_bytes())
    elif Tip.objects.filter(slot__isnull=False).exists():
        print(
            f"There are no keys of tips in {file}. The tips that are in the backup cannot be opened: name another file."
        )
