"""The commands of the command line, one a module: `add_to` declares its words, `run` does it.

No module imports Django, or anything that does, before `run` asks for it: help and dry runs stay quick, and work
where there is no database.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    # The class has no type parameter when it runs.
    Names: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

    from palermo.plan.register.models import Plan

Command: TypeAlias = Callable[[], int]

DONE, FAILED, WRONG_USE, NO_PLAN, UNREADABLE = range(5)
"""What a command may end with."""


class RefusedError(Exception):
    """A command cannot do what it was asked. The message is a sentence that says why and what to do."""

    def __init__(self, message: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.code = code


def start_django() -> None:
    """Make models and settings usable.

    Raises:
        SettingError: a variable of the environment is wrong.
    """
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.config.settings")
    django.setup()


@contextmanager
def told_of_the_database() -> Iterator[None]:
    """Around what needs the database: its absence is told in a sentence.

    Raises:
        RefusedError: the database does not answer, or was not set up.
    """
    from django.db import OperationalError, ProgrammingError

    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        raise RefusedError(
            f"The database cannot be used: {str(error).strip()}\n"
            "Is its server running, and has `palermo migrate` been run?"
        ) from error


def plan_by_code(code: str) -> Plan:
    """The plan with this code.

    Raises:
        RefusedError: there is none; the message lists those that there are.
    """
    from palermo.people.queries import command_line
    from palermo.plan.register.queries.plans import plans

    found = {plan.code: plan for plan in plans(command_line())}
    if code not in found:
        known = ", ".join(sorted(found)) or "none at all"
        raise RefusedError(f"There is no plan with the code “{code}”. There are: {known}.", WRONG_USE)
    return found[code]
