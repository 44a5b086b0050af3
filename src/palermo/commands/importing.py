"""`palermo import`: reads a published document and proposes what it says."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from palermo import commands

if TYPE_CHECKING:
    from palermo.plan.imports.proposal_json import Json
    from palermo.plan.imports.reader.reading import Reading


def add_to(names: commands.Names) -> None:
    """`palermo import FILE`."""
    importing = names.add_parser(
        "import",
        help="read a document (text, PDF, CSV, XLSX, JSON) and propose what it says",
        description="Reads a document and makes a proposal of it, which a person confirms in the site. "
        "With --dry-run nothing is kept, and no database is needed.",
        epilog="exit codes: 0 a plan was found; 2 wrong use; 3 the document holds no plan; 4 it cannot be read",
    )
    importing.add_argument("file", type=Path, metavar="FILE", help="the document")
    importing.add_argument(
        "--plan", metavar="CODE", help="the plan that it is about; without it the proposal is a new one"
    )
    importing.add_argument("--dry-run", action="store_true", help="only show what was read")
    importing.add_argument("--json", action="store_true", help="print the proposal as JSON")
    importing.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read the file, then show what it says or keep it as a proposal."""
    from palermo.plan.imports.proposal_json import unreadable_json
    from palermo.plan.imports.reader.reading import UnreadableError

    try:
        return _show(arguments) if arguments.dry_run else _propose(arguments)
    except UnreadableError as error:
        if arguments.json:
            _print_json(unreadable_json(error))
            return commands.UNREADABLE
        raise commands.RefusedError(error.message, commands.UNREADABLE) from error


def _show(arguments: argparse.Namespace) -> int:
    from palermo.plan.imports.plan_file_reading import reading_of
    from palermo.plan.imports.proposal_json import reading_json
    from palermo.plan.imports.reader.limits import read_within_limits
    from palermo.plan.planfile_models import PlanFile

    read = read_within_limits(arguments.file)
    reading = reading_of(read) if isinstance(read, PlanFile) else read
    if arguments.json:
        _print_json(reading_json(reading))
    else:
        print(_summary(reading) if reading.found_plan else reading.refusal)
    return commands.DONE if reading.found_plan else commands.NO_PLAN


def _propose(arguments: argparse.Namespace) -> int:
    """Keep what was read as a proposal that waits for a person."""
    commands.start_django()
    from django.core.files.base import File
    from django.urls import reverse

    from palermo.people.queries import command_line
    from palermo.plan.imports.actions.propose import propose
    from palermo.plan.imports.errors import NoPlanFoundError
    from palermo.plan.imports.reader.reading import UnreadableError

    with commands.told_of_the_database():
        plan = commands.plan_by_code(arguments.plan) if arguments.plan else None
        try:
            with arguments.file.open("rb") as stream:
                proposal = propose(by=command_line(), upload=File(stream, name=arguments.file.name), plan=plan)
        except NoPlanFoundError as error:
            raise commands.RefusedError(error.message, commands.NO_PLAN) from error
        except OSError as error:
            raise UnreadableError("not_a_file", f"{arguments.file} cannot be opened: {error.strerror}.") from error
    address = reverse("import_review", args=[proposal.pk])
    if arguments.json:
        _print_json({"proposal": proposal.pk, "rows": proposal.rows.count(), "page": address})
    else:
        print(f"Proposal {proposal.pk} with {proposal.rows.count()} rows waits for a person at {address}")
    return commands.DONE


def _print_json(content: dict[str, Json]) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))


def _summary(reading: Reading) -> str:
    """What was read in a few lines, then every row that holds a doubt."""
    doubtful = [row for row in reading.rows if row.doubts]
    lines = [
        reading.title or "(no title)",
        f"{len(reading.sections)} sections, {len(reading.rows)} rows, {len(doubtful)} of them with doubts.",
    ]
    for row in doubtful:
        place = f"line {row.lines[0]}" if row.lines else f"page {row.page}" if row.page else f"row {row.row}"
        doubts = "; ".join(f"{doubt.code} {doubt.detail}".strip() for doubt in row.doubts)
        lines.append(f"  {place}: {row.text[:60]} [{doubts}]")
    return "\n".join(lines)
