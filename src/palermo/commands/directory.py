"""`palermo directory`: takes entries of the directory of services in from a file, and the needs that they answer."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from palermo import commands

if TYPE_CHECKING:
    from palermo.protection.directory.actions.checking import Wrong
    from palermo.protection.directory.models import Intake

logger = logging.getLogger(__name__)

KINDS = ("service", "organization", "service_at_location", "location", "program", "taxonomy", "taxonomy_term")
BY_HAND = "Files brought by hand"
"""The source of files of which nobody says whose they are."""
SHOWN = 50
"""So many wrong entries are told; who has more has one mistake many times."""


def add_to(names: commands.Names) -> None:
    """`palermo directory take-in FILE`, `pull`, `source` and `needs`."""
    directory = names.add_parser("directory", help="take services for people who were trafficked in from a file")
    under = directory.add_subparsers(metavar="WHAT", required=True)
    _add_taking(under)
    pulling = under.add_parser(
        "pull",
        help="take the feeds of all sources in again, or of one",
        epilog="exit codes: 0 done; 1 some feeds could not be pulled; 2 wrong use",
    )
    pulling.add_argument("source", nargs="?", default="", metavar="SOURCE", help="the name of one source")
    pulling.set_defaults(run=run_pull)
    adding = under.add_parser("source", help="name a source, and where its feed is pulled from")
    adding.add_argument("name", metavar="NAME", help="what it is called")
    adding.add_argument("address", metavar="ADDRESS", help="https address of HSDS as JSON, NDJSON or a .zip of tables")
    adding.add_argument("--kind", choices=KINDS, default="service", help="what its entries are (default: service)")
    adding.set_defaults(run=run_source)
    needs = under.add_parser(
        "needs",
        help="load the needs by which people find help and the kinds of service, and print the id of each",
        description=(
            "A service is found by a need if an attribute of it names the need's id, or that of a kind of service that "
            "answers it, as its taxonomy_term_id. Terms of other lists count where they bear the name of a kind."
        ),
    )
    needs.set_defaults(run=run_needs)


def _add_taking(under: commands.Names) -> None:
    taking = under.add_parser(
        "take-in",
        help="add and replace entries from HSDS as JSON, NDJSON or tables, or from a plain spreadsheet",
        description=(
            "What is right comes in; what is wrong waits under “Entries put aside” for a coordinator. A file that was "
            "interrupted goes on where it stopped."
        ),
        epilog="exit codes: 0 done; 1 some entries are wrong; 2 wrong use; 4 the file cannot be read",
    )
    taking.add_argument("file", type=Path, metavar="FILE", help=".json, .ndjson, .zip or folder of tables, .csv, .xlsx")
    taking.add_argument("--kind", choices=KINDS, default="service", help="what its entries are (default: service)")
    taking.add_argument("--source", default=BY_HAND, metavar="NAME", help=f"whose they are (default: {BY_HAND})")
    taking.add_argument("--all-or-nothing", action="store_true", help="JSON and NDJSON: put nothing aside, but refuse")
    taking.set_defaults(run=run_take_in)


def run_take_in(arguments: argparse.Namespace) -> int:
    """Take the file in, or say what is wrong with it."""
    commands.start_django()
    from palermo.protection.directory.actions.checking import WrongEntriesError
    from palermo.protection.directory.actions.intake import BusyError
    from palermo.protection.directory.actions.sources import BadNameError
    from palermo.protection.directory.hsds.reading import UnreadableError
    from palermo.protection.directory.sealing import SealedError

    with commands.told_of_the_database():
        try:
            return (_whole if arguments.all_or_nothing else _in_parts)(arguments)
        except OSError as error:
            raise commands.RefusedError(f"{arguments.file}: {error.strerror}.", commands.UNREADABLE) from error
        except UnreadableError as error:
            raise commands.RefusedError(
                f"{arguments.file}, line {error.line}: {error.reason}. Nothing was taken in.", commands.UNREADABLE
            ) from error
        except BadNameError as error:
            raise commands.RefusedError(str(error), commands.WRONG_USE) from error
        except SealedError as error:
            raise commands.RefusedError(f"{error} Nothing was taken in.") from error
        except BusyError as error:
            raise commands.RefusedError("Somebody else is taking in this file.") from error
        except WrongEntriesError as error:
            _tell(error.wrong)
            return commands.FAILED


def _whole(arguments: argparse.Namespace) -> int:
    from palermo.people.queries import command_line
    from palermo.protection.directory.actions.take_in import take_in
    from palermo.protection.directory.hsds.reading import entries_of
    from palermo.protection.directory.words import remark

    found = take_in(by=command_line(), kind=arguments.kind, documents=entries_of(arguments.file))
    for kind, count in found.counts.items():
        print(f"{kind}: {count}")
    if found.withheld:
        print(remark("withheld"))
    return commands.DONE


def _in_parts(arguments: argparse.Namespace) -> int:
    from palermo.foundation.garbage import collect_rarely
    from palermo.people.queries import command_line
    from palermo.protection.directory.actions.intake import take_in_file
    from palermo.protection.directory.actions.sources import source_called

    source = source_called(by=command_line(), name=arguments.source)
    collect_rarely()
    made = take_in_file(by=command_line(), path=arguments.file, kind=arguments.kind, source=source, told=_told)
    return _summed_up(made)


def _told(intake: Intake) -> None:
    print(f"{intake.done} of {intake.total}, put aside: {intake.aside}", file=sys.stderr)


def _summed_up(intake: Intake) -> int:
    """Say what came in, what waits and what was left out."""
    from palermo.protection.directory.words import remark

    for kind, count in intake.counts.items():
        print(f"{kind}: {count}")
    for code, count in intake.remarks.items():
        print(f"{remark(code)} ({count})")
    if intake.aside:
        print(f"put aside: {intake.aside}", file=sys.stderr)
    return commands.FAILED if intake.aside else commands.DONE


def run_source(arguments: argparse.Namespace) -> int:
    """Name a source, or change where its feed is."""
    commands.start_django()
    from palermo.people.queries import command_line
    from palermo.protection.directory.actions.sources import BadAddressError, BadNameError, keep_source
    from palermo.protection.directory.sealing import SealedError

    with commands.told_of_the_database():
        try:
            keep_source(by=command_line(), name=arguments.name, address=arguments.address, kind=arguments.kind)
        except (BadAddressError, BadNameError) as error:
            raise commands.RefusedError(str(error), commands.WRONG_USE) from error
        except SealedError as error:
            raise commands.RefusedError(str(error)) from error
    return commands.DONE


def run_pull(arguments: argparse.Namespace) -> int:
    """Take feeds in again; one that fails does not keep the others from it."""
    commands.start_django()
    from palermo.people.queries import command_line
    from palermo.protection.directory.actions.sources import PullError, feeds, pull

    failed = commands.DONE
    with commands.told_of_the_database():
        found = [one for one in feeds(command_line()) if arguments.source in ("", one.name)]
        if not found:
            raise commands.RefusedError("There is no such source with a feed.", commands.WRONG_USE)
        for source in found:
            print(f"{source.name}:")
            try:
                _summed_up(pull(by=command_line(), source=source, told=_told))
            except PullError as error:
                print(f"{source.name}: {error}", file=sys.stderr)
                failed = commands.FAILED
            except Exception as error:
                # Whatever it is, the other feeds have nothing to do with it.
                _unforeseen(source.name, error)
                failed = commands.FAILED
    return failed


def _unforeseen(name: str, error: Exception) -> None:
    """Say that a feed failed as nobody thought it could; the log says where, and nothing of what the feed holds."""
    from palermo.config.logs import WhereNotWhat

    print(f"{name}: It failed in a way that was not foreseen ({type(error).__name__}).", file=sys.stderr)
    where = WhereNotWhat().formatException((type(error), error, error.__traceback__))
    logger.error("A feed could not be taken in.\n%s", where)


def run_needs(arguments: argparse.Namespace) -> int:
    """Load the needs and kinds of service as terms, as often as one likes, and print what entries call them by."""
    commands.start_django()
    from palermo.people.queries import command_line
    from palermo.protection.directory.actions.take_in import take_in
    from palermo.protection.directory.queries.needs import needs
    from palermo.protection.directory.queries.service_types import service_types
    from palermo.protection.directory.sealing import SealedError

    with commands.told_of_the_database():
        try:
            take_in(by=command_line(), kind="taxonomy_term", documents=[*needs(), *service_types()])
        except SealedError as error:
            raise commands.RefusedError(f"{error} Nothing was loaded.") from error
    for one in [*needs(), *service_types()]:
        print(f"{one['id']}  {one['name']}")
    return commands.DONE


def _tell(wrong: list[Wrong]) -> None:
    """Say of each wrong entry what is wrong with it."""
    from palermo.protection.directory.words import sentence

    for one in wrong[:SHOWN]:
        for problem in one.problems:
            print(f"entry {one.number}: {sentence(problem)}", file=sys.stderr)
    count = "1 entry is" if len(wrong) == 1 else f"{len(wrong)} entries are"
    print(f"{count} wrong. Nothing was taken in.", file=sys.stderr)
