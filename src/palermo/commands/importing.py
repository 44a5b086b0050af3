"""`palermo import`: reads a published document and proposes what it says."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from palermo import commands

if TYPE_CHECKING:
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
    """Read the file, show or keep what it says."""
    from palermo.plan.imports.proposal_json import unreadable_json
    from palermo.plan.imports.reader.limits import read_within_limits
    from palermo.plan.imports.reader.reading import UnreadableError

    try:
        reading = read_within_limits(arguments.file)
    except UnreadableError as error:
        if arguments.json:
            print(json.dumps(unreadable_json(error), ensure_ascii=False, indent=2))
            return commands.UNREADABLE
        raise commands.Refusal(error.message, commands.UNREADABLE) from error
    if not arguments.dry_run and reading.found_plan:
        raise commands.Refusal("Not yet.")
    return _show(reading, as_json=arguments.json)


def _show(reading: Reading, *, as_json: bool) -> int:
    from palermo.plan.imports.proposal_json import reading_json

    if as_json:
        print(json.dumps(reading_json(reading), ensure_ascii=False, indent=2))
    elif reading.found_plan:
        print(_summary(reading))
    else:
        print(reading.refusal)
    return commands.DONE if reading.found_plan else commands.NO_PLAN


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
