"""`palermo check`: whether the settings and the code fit together."""

from __future__ import annotations

import argparse

from palermo import commands


def add_to(names: commands.Names) -> None:
    """`palermo check`."""
    check = names.add_parser("check", help="check the settings; ends with 1 where something is wrong")
    check.add_argument("--deploy", action="store_true", help="check also what a public server needs")
    check.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what Django's checks and ours find; with `--deploy` a warning counts as a fault too."""
    commands.start_django()
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    from palermo.config import checks  # noqa: F401 - registers them

    try:
        call_command("check", deploy=arguments.deploy, fail_level="WARNING" if arguments.deploy else "ERROR")
    except SystemCheckError as error:
        raise commands.RefusedError(str(error)) from error
    return commands.DONE
