"""`palermo directory`: takes entries of the directory of services in from a file, and the needs that they answer."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from palermo import commands

if TYPE_CHECKING:
    from palermo.protection.directory.actions.take_in import Wrong

KINDS = ("service", "organization", "service_at_location", "location", "program", "taxonomy", "taxonomy_term")
SHOWN = 50
"""So many wrong entries are told; who has more has one mistake many times."""


def add_to(names: commands.Names) -> None:
    """`palermo directory take-in FILE` and `palermo directory needs`."""
    directory = names.add_parser("directory", help="take services for people who were trafficked in from a file")
    under = directory.add_subparsers(metavar="WHAT", required=True)
    taking = under.add_parser(
        "take-in",
        help="add and replace entries from HSDS 3.1 as JSON or NDJSON: all of them, or none",
        epilog="exit codes: 0 done; 1 some entries are wrong; 2 wrong use; 4 the file cannot be read",
    )
    taking.add_argument("file", type=Path, metavar="FILE", help="the file; .ndjson holds an entry a line")
    taking.add_argument("--kind", choices=KINDS, default="service", help="what its entries are (default: service)")
    taking.set_defaults(run=run_take_in)
    needs = under.add_parser(
        "needs",
        help="load the needs by which people find help, and print the id of each",
        description="A service is found by a need if an attribute of it names the need's id as its taxonomy_term_id.",
    )
    needs.set_defaults(run=run_needs)


def run_take_in(arguments: argparse.Namespace) -> int:
    """Take the file in, or say what is wrong with it."""
    commands.start_django()
    from palermo.people.queries import command_line
    from palermo.protection.directory.actions.take_in import WrongEntriesError, take_in
    from palermo.protection.directory.hsds.reading import UnreadableError, entries_of
    from palermo.protection.directory.sealing import SealedError

    with commands.told_of_the_database():
        try:
            found = take_in(by=command_line(), kind=arguments.kind, documents=entries_of(arguments.file))
        except OSError as error:
            raise commands.RefusedError(f"{arguments.file}: {error.strerror}.", commands.UNREADABLE) from error
        except UnreadableError as error:
            raise commands.RefusedError(
                f"{arguments.file}, line {error.line}: {error.reason}. Nothing was taken in.", commands.UNREADABLE
            ) from error
        except SealedError as error:
            raise commands.RefusedError(f"{error} Nothing was taken in.") from error
        except WrongEntriesError as error:
            _tell(error.wrong)
            return commands.FAILED
    for kind, count in found.counts.items():
        print(f"{kind}: {count}")
    return commands.DONE


def run_needs(arguments: argparse.Namespace) -> int:
    """Load the needs as terms, as often as one likes, and print what entries call them by."""
    commands.start_django()
    from palermo.people.queries import command_line
    from palermo.protection.directory.actions.take_in import take_in
    from palermo.protection.directory.queries.needs import needs
    from palermo.protection.directory.sealing import SealedError

    with commands.told_of_the_database():
        try:
            take_in(by=command_line(), kind="taxonomy_term", documents=needs())
        except SealedError as error:
            raise commands.RefusedError(f"{error} Nothing was loaded.") from error
    for one in needs():
        print(f"{one['id']}  {one['name']}")
    return commands.DONE


def _tell(wrong: list[Wrong]) -> None:
    """Say of each wrong entry what is wrong with it."""
    from palermo.protection.directory.words import sentence

    for one in wrong[:SHOWN]:
        for problem in one.problems:
            place = f"entry {one.number}" if one.number else "kept before"
            print(f"{place}: {sentence(problem)}", file=sys.stderr)
    if wrong[0].number is None:
        print("Change what was kept before, then take the file in. Nothing was taken in.", file=sys.stderr)
        return
    count = "1 entry is" if len(wrong) == 1 else f"{len(wrong)} entries are"
    print(f"{count} wrong. Nothing was taken in.", file=sys.stderr)
