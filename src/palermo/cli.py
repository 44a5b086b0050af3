"""The one command line: `palermo`, and under it one module a command in `palermo.commands`.

Exit codes: 0 done; 1 it failed, or found a fault; 2 wrong use or a wrong setting; 3 the document holds no plan;
4 the file cannot be read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from palermo import commands
from palermo.commands import (
    account,
    audit,
    backup,
    check,
    directory,
    export,
    figures,
    importing,
    manage,
    migrate,
    remind,
    report,
    restore,
    sample,
    tips,
    up,
    worker,
)
from palermo.config.environment import SettingError

CODES = (
    "exit codes: 0 done; 1 it failed, or found a fault; 2 wrong use or a wrong setting; "
    "3 the document holds no plan; 4 the file cannot be read"
)
COMMANDS = (
    up, importing, export, figures, directory, tips, sample, report, remind, check, audit, worker, account, migrate,
    backup, restore, manage,
)  # fmt: skip


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    whole = argparse.ArgumentParser(
        prog="palermo",
        description="Palermo: a country's plan against human trafficking, its progress and its annual report.",
        epilog=CODES,
    )
    names = whole.add_subparsers(metavar="COMMAND", required=True)
    for module in COMMANDS:
        module.add_to(names)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and say with which code to end."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["manage"]:
        # Django's commands have a help and a parser of their own.
        return _told(lambda: manage.run_django(given[1:]))
    chosen = parser().parse_args(given)
    return _told(lambda: int(chosen.run(chosen)))


def _told(command: commands.Command) -> int:
    """What the command ends with; a refusal is told in its own words instead of a traceback."""
    try:
        return command()
    except commands.RefusedError as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    except SettingError as error:
        print(error, file=sys.stderr)
        return commands.WRONG_USE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our words has had enough of them.
        sys.stdout = None
        return commands.FAILED


if __name__ == "__main__":
    sys.exit(main())
