"""`palermo sample`: plans to look at, and an account to work on them with."""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from palermo import commands
from palermo.commands import (
    sample_closed,
    sample_cycle,
    sample_directory,
    sample_figures,
    sample_releases,
    sample_tips,
)

if TYPE_CHECKING:
    from palermo.people.models import User

FOLDER = Path(__file__).resolve().parents[1] / "plan" / "samples"
EMAIL = "coordinator@example.ca"


def add_to(names: commands.Names) -> None:
    """`palermo sample`."""
    sample = names.add_parser(
        "sample",
        help="load the sample plans and make an account that coordinates them",
        description="Loads the sample plans that are not there yet; those that are stay as they are. How to sign in "
        "is written to sign-in.txt in the data folder, which only you can read.",
    )
    sample.add_argument(
        "--into-production", action="store_true", help="do so in production, where nothing is stored yet"
    )
    sample.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Load what is missing and say what came of it."""
    commands.start_django()
    with commands.told_of_the_database():
        _refuse_in_production(allowed=arguments.into_production)
        for told in load_sample():
            print(told)
    print(f"How to sign in: {sign_in_file()}")
    return commands.DONE


def sign_in_file() -> Path:
    """Where the address and the password of the sample account are written."""
    from palermo.config import settings

    return settings.DATA / "sign-in.txt"


def load_sample() -> list[str]:
    """Load each sample plan that is missing and see to it that somebody can sign in; one sentence for each change."""
    from palermo.people.actions import give_role
    from palermo.people.models import Role
    from palermo.people.queries import command_line
    from palermo.plan.register.models import Plan

    told = []
    known = set(Plan.objects.values_list("code", flat=True))
    for path in sorted(FOLDER.glob("*.json")):
        if path.stem not in known:
            _load(path)
            told.append(f"Loaded the sample plan {path.stem}.")
    told += sample_figures.load_sample_figures()
    told += sample_directory.load_sample_directory()
    coordinator, password = _coordinator()
    for plan in Plan.objects.filter(code__in=[path.stem for path in FOLDER.glob("*.json")]).select_related("owner"):
        give_role(user=coordinator, organisation=plan.owner, role=Role.COORDINATOR, by=command_line())
    if password:
        sample_cycle.make_people(password)
    loads = (
        sample_directory.load_neighbours,
        sample_closed.load_closed_year,
        sample_cycle.load_cycle,
        sample_cycle.load_recommendations,
        sample_releases.load_releases,
        sample_tips.load_tips,
    )
    for load in loads:
        told += [done for done in [load(coordinator)] if done]
    return told


def _load(path: Path) -> None:
    from django.db import transaction

    from palermo.people.queries import command_line
    from palermo.plan.planfile import load
    from palermo.plan.register.actions.load_plan import load_plan
    from palermo.plan.report.actions.narrative import load_narratives

    file = load(path.read_bytes())
    if file.plan.code != path.stem:
        raise commands.RefusedError(f"{path} should be named after the plan in it, {file.plan.code}.")
    with transaction.atomic():
        loaded = load_plan(file=file, by=command_line())
        load_narratives(by=command_line(), plan=loaded.plan, narratives=file.narratives)


def _coordinator() -> tuple[User, str]:
    """The sample's coordinator, and the password of all sample accounts where it is a new one.

    The password is random; where the file that tells it is lost, there is another one.
    """
    from palermo.people.actions import create_account, set_password
    from palermo.people.models import User
    from palermo.people.queries import command_line

    user = User.objects.filter(email=EMAIL).first()
    if user and sign_in_file().exists():
        return user, ""
    password = secrets.token_urlsafe(12)
    if user:
        set_password(user=user, password=password, by=command_line())
    else:
        user = create_account(email=EMAIL, name="Sample coordinator", password=password, by=command_line())
    sign_in_file().parent.mkdir(parents=True, exist_ok=True)
    sign_in_file().touch(mode=0o600)
    others = "".join(
        f"With the same password, {role.replace('_', ' ')} of {organisation}: {email}\n"
        for email, _name, role, organisation in sample_cycle.PEOPLE
    )
    sign_in_file().write_text(f"E-mail: {EMAIL}\nPassword: {password}\n{others}")
    return user, password


def _refuse_in_production(*, allowed: bool) -> None:
    from django.conf import settings

    from palermo.people.models import User
    from palermo.plan.register.models import Plan

    if not settings.PRODUCTION:
        return
    if not allowed:
        raise commands.RefusedError(
            "The sample is not for production; see `palermo sample --help`.", commands.WRONG_USE
        )
    if Plan.objects.exists() or User.objects.filter(is_active=True).exists():
        raise commands.RefusedError("The sample goes only into an empty database, and this one is in use.")
