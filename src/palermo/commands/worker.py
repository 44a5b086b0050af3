"""`palermo worker`: does the jobs that pages leave for later."""

from __future__ import annotations

import argparse
import logging

from palermo import commands


def add_to(names: commands.Names) -> None:
    """`palermo worker`."""
    worker = names.add_parser(
        "worker", help="do waiting jobs, such as reading an uploaded document, until told to stop"
    )
    worker.add_argument("--once", action="store_true", help="do the jobs that wait now, then end")
    worker.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Work until a signal ends it; a job that has begun is finished first."""
    commands.start_django()
    from django.core.management import call_command

    # What it says of its own coming and going is of no use to whoever started it; what becomes of jobs is.
    logging.getLogger("django_tasks_db").addFilter(lambda told: told.levelno >= logging.ERROR)
    with commands.told_of_the_database():
        call_command("db_worker", batch=arguments.once, startup_delay=not arguments.once)
    return commands.DONE
