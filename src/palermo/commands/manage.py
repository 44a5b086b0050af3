"""`palermo manage`: Django's own commands, for developers and for what has no command here."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from palermo import commands


def add_to(names: commands.Names) -> None:
    """`palermo manage …`. Only its help is declared here: what follows the word is Django's."""
    names.add_parser("manage", help="run one of Django's own commands, such as makemigrations or shell")


def run_django(arguments: Sequence[str]) -> int:
    """Run Django's command with its arguments; a failing command ends the process with its own code."""
    commands.start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["palermo manage", *arguments])
    return commands.DONE


def run(arguments: argparse.Namespace) -> int:
    """Show which commands there are."""
    return run_django([])
