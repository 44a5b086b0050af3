"""`palermo export`: a plan as Palermo's own plan file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from palermo import commands


def add_to(names: commands.Names) -> None:
    """`palermo export PLAN`."""
    export = names.add_parser("export", help="write a plan, with all that is known of it, as JSON")
    export.add_argument("plan", metavar="PLAN", help="the code of the plan")
    export.add_argument("--to", type=Path, metavar="FILE", help="where to write it (default: standard output)")
    export.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the file; loading it into an empty register gives the same plan."""
    commands.start_django()
    from palermo.people.queries import command_line
    from palermo.plan.planfile import dump
    from palermo.plan.register.queries.plan_file import plan_file
    from palermo.plan.report.queries import narratives_for_file

    with commands.told_of_the_database():
        viewer = command_line()
        plan = commands.plan_by_code(arguments.plan)
        content = dump(plan_file(viewer, plan, narratives_for_file(viewer, plan)))
    if arguments.to:
        arguments.to.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
    return commands.DONE
