"""`palermo migrate`: brings database, message catalogues and static files up to this version."""

from __future__ import annotations

import argparse
from pathlib import Path

from palermo import commands

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def add_to(names: commands.Names) -> None:
    """`palermo migrate`."""
    migrate = names.add_parser("migrate", help="bring database, translations and static files up to this version")
    migrate.add_argument("--catalogues-only", action="store_true", help="compile the translations and nothing else")
    migrate.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do all three, each only where something changed."""
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
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        unfinished = compiled.with_suffix(".part")
        with unfinished.open("wb") as file:
            write_mo(file, catalogue)
        unfinished.replace(compiled)


def migrate_database() -> None:
    """Apply the migrations that the database lacks."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)


def collect_static_files() -> None:
    """Copy static files to where they are served from, under names that change with their content."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
