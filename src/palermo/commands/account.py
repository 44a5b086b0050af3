"""`palermo account`: accounts that can sign in, the roles they have, and their end."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys
from typing import TYPE_CHECKING

from palermo import commands

if TYPE_CHECKING:
    from palermo.people.models import Organisation, User

ROLES = (
    "coordinator", "focal_point", "alternate", "clearing_officer", "assessor", "analyst", "worker", "desk_member",
    "reader",
)  # fmt: skip


def add_to(names: commands.Names) -> None:
    """Its acts: create, close, move, lost-factors."""
    account = names.add_parser("account", help="make an account for a person, help them back in, or close it")
    acts = account.add_subparsers(metavar="ACT", required=True)
    create = acts.add_parser(
        "create",
        help="make an account, or give one that exists a further role",
        description="Makes an account and gives it a role. Asks for the password; where nobody can be asked, "
        "makes a random one and prints it once.",
    )
    create.add_argument("--email", required=True, help="the address that the person signs in with")
    create.add_argument("--name", required=True, help="the person's name, as colleagues see it")
    create.add_argument(
        "--organisation", required=True, metavar="CODE", help="whom they act for, such as public-safety"
    )
    create.add_argument(
        "--organisation-name", metavar="NAME", default="", help="its English name, where it is new here"
    )
    create.add_argument(
        "--organisation-name-fr", metavar="NAME", default="", help="its French name, where it is new here"
    )
    create.add_argument("--role", choices=ROLES, default="coordinator", help="what they may do (default: %(default)s)")
    create.set_defaults(run=run_create)
    close = acts.add_parser("close", help="end a person's roles and let nobody sign in to the account any more")
    close.add_argument("--email", required=True, help="the address that the person signs in with")
    close.set_defaults(run=run_close)
    move = acts.add_parser(
        "move",
        help="let somebody sign in with another address",
        description="Changes the address of an account. Be sure first, by voice or in person, that it is its owner who "
        "asks: reminders and new passwords go to the new address from then on.",
    )
    move.add_argument("--email", required=True, help="the address that the person signs in with today")
    move.add_argument("--to", required=True, metavar="ADDRESS", help="the new address")
    move.set_defaults(run=run_move)
    lost = acts.add_parser(
        "lost-factors",
        help="let somebody who lost every second factor set up another",
        description="Takes away the second factors and recovery codes of an account. Be sure first, by voice or in "
        "person, that it is its owner who asks: from then on the password alone lets somebody set up another.",
    )
    lost.add_argument("--email", required=True, help="the address that the person signs in with")
    lost.set_defaults(run=run_lost_factors)


def run_move(arguments: argparse.Namespace) -> int:
    """Let the person sign in with another address."""
    commands.start_django()
    from palermo.people.actions import AccountExistsError, change_address
    from palermo.people.queries import command_line

    _check_address(arguments.to)
    with commands.told_of_the_database():
        try:
            change_address(user=_known(arguments.email), email=arguments.to, by=command_line())
        except AccountExistsError as error:
            raise commands.RefusedError("Another account has this address.", commands.WRONG_USE) from error
    print("The person signs in with the new address now.")
    return commands.DONE


def _check_address(email: str) -> None:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(email)
    except ValidationError as error:
        raise commands.RefusedError(f"“{email}” is not an e-mail address.", commands.WRONG_USE) from error


def run_close(arguments: argparse.Namespace) -> int:
    """Close the account. Closing it again changes nothing."""
    commands.start_django()
    from palermo.people.actions import close_account
    from palermo.people.queries import command_line

    with commands.told_of_the_database():
        user = _known(arguments.email)
        if user.is_active:
            close_account(user=user, by=command_line())
    print("The account is closed.")
    return commands.DONE


def run_lost_factors(arguments: argparse.Namespace) -> int:
    """Take the second factors away."""
    commands.start_django()
    from palermo.people.actions import forget_second_factors
    from palermo.people.queries import command_line

    with commands.told_of_the_database():
        forget_second_factors(user=_known(arguments.email), by=command_line())
    print("The person can sign in with the password and set up another second factor.")
    return commands.DONE


def _known(email: str) -> User:
    from palermo.people.models import User

    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        raise commands.RefusedError("There is no account with this address.", commands.WRONG_USE)
    return user


def run_create(arguments: argparse.Namespace) -> int:
    """All of it or none: organisation where needed, account, role."""
    commands.start_django()
    _check_address(arguments.email)
    with commands.told_of_the_database():
        _create(arguments)
    return commands.DONE


def _create(arguments: argparse.Namespace) -> None:
    from django.db import transaction

    from palermo.people.actions import AccountClosedError, give_role
    from palermo.people.models import Role, User
    from palermo.people.queries import command_line

    with transaction.atomic():
        organisation = _organisation(arguments)
        user = User.objects.filter(email__iexact=arguments.email.strip()).first()
        is_new = user is None
        if user is None:
            user = _account(arguments)
        try:
            give_role(user=user, organisation=organisation, role=Role(arguments.role), by=command_line())
        except AccountClosedError as error:
            raise commands.RefusedError("The account with this address is closed.", commands.WRONG_USE) from error
    made = "made" if is_new else "was there already"
    print(f"The account {made}; it is {arguments.role} for {organisation.code}.")


def _organisation(arguments: argparse.Namespace) -> Organisation:
    from palermo.people.actions import create_organisation
    from palermo.people.models import Organisation
    from palermo.people.queries import command_line

    known = Organisation.objects.filter(code=arguments.organisation).first()
    if known:
        return known
    if not (arguments.organisation_name or arguments.organisation_name_fr):
        raise commands.RefusedError(
            f"There is no organization with the code “{arguments.organisation}”. "
            "To make it, give its name as well: --organisation-name, --organisation-name-fr.",
            commands.WRONG_USE,
        )
    return create_organisation(
        code=arguments.organisation,
        name_en=arguments.organisation_name,
        name_fr=arguments.organisation_name_fr,
        by=command_line(),
    )


def _account(arguments: argparse.Namespace) -> User:
    from palermo.people.actions import create_account
    from palermo.people.queries import command_line

    password = _asked_password() if sys.stdin.isatty() else secrets.token_urlsafe(15)
    user = create_account(email=arguments.email, name=arguments.name, password=password, by=command_line())
    if not sys.stdin.isatty():
        print(f"Password, shown this once: {password}")
    return user


def _asked_password() -> str:
    """A password typed twice.

    Raises:
        RefusedError: the two differ, or it is too easy to guess.
    """
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    password = getpass.getpass("Password: ")
    if password != getpass.getpass("The same again: "):
        raise commands.RefusedError("The two passwords differ. Nothing was made.", commands.WRONG_USE)
    try:
        validate_password(password)
    except ValidationError as error:
        raise commands.RefusedError(" ".join(error.messages), commands.WRONG_USE) from error
    return password
