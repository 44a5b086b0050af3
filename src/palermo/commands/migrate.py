"""`palermo migrate`: brings database, message catalogues and static files up to this version."""

from __future__ import annotations

import argparse
import hashlib
import os
from pathlib import Path

from palermo import commands

PACKAGE = Path(__file__).resolve().parents[1]


def add_to(names: commands.Names) -> None:
    """`palermo migrate`."""
    migrate = names.add_parser("migrate", help="bring database, translations and static files up to this version")
    migrate.add_argument("--catalogues-only", action="store_true", help="compile the translations and nothing else")
    migrate.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do all three."""
    compile_catalogues()
    if arguments.catalogues_only:
        return commands.DONE
    commands.start_django()
    with commands.told_of_the_database():
        migrate_database()
    collect_static_files()
    return commands.DONE


def compile_catalogues() -> None:
    """Compile each message catalogue that is newer than what was compiled of it."""
    for source in sorted(PACKAGE.rglob("LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        # Two processes may do this at once; each then replaces a whole file by a whole file.
        unfinished = compiled.with_suffix(f".{os.getpid()}.part")
        with unfinished.open("wb") as file:
            write_mo(file, catalogue)
        unfinished.replace(compiled)


def database_is_behind() -> bool:
    """Whether a migration is waiting to be applied."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate_database(*, quietly: bool = False) -> None:
    """Apply the migrations that the database lacks."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0 if quietly else 1)


def static_files_are_behind() -> bool:
    """Whether what is served differs from what the code holds now."""
    stamp = _static_stamp()
    return not stamp.exists() or stamp.read_text() != _static_fingerprint()


def collect_static_files() -> None:
    """Copy static files to where they are served from, under names that change with their content."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    _static_stamp().write_text(_static_fingerprint())


def _static_stamp() -> Path:
    from palermo.config import settings

    return settings.STATIC_ROOT / ".collected-from"


def _static_fingerprint() -> str:
    """A hash over the name, size and time of every static file."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
