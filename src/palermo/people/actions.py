"""Every write to accounts and the roles that they have."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest

from palermo.audit.actions import record
from palermo.people.models import Membership, Organisation, OrganisationName, Role, User
from palermo.people.policies import is_command_line


class AccountExistsError(Exception):
    """There is an account with this address already."""


@transaction.atomic
def create_account(*, email: str, name: str, password: str, by: User) -> User:
    """Make an account that can sign in and has no role yet. The trail holds its number, never its address.

    Raises:
        PermissionDenied: accounts are made on the command line alone.
        AccountExistsError: there is one already; letter case does not tell them apart.
    """
    _only_command_line(by)
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise AccountExistsError
    user = User.objects.create_user(email, password, name=name)
    record(by=by, act="account.create", about=user)
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: User) -> None:
    """Give an account another password, which ends its sessions.

    Raises:
        PermissionDenied: only the command line does this for somebody else.
    """
    _only_command_line(by)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(by=by, act="account.password", about=user)


@transaction.atomic
def close_account(*, user: User, by: User) -> None:
    """End a person's roles today and let nobody sign in to the account. What they did stays theirs.

    Raises:
        PermissionDenied: only the command line does this.
    """
    _only_command_line(by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.memberships.filter(Q(to_date__isnull=True) | Q(to_date__gt=date.today())).update(
        to_date=Greatest(F("from_date"), date.today())
    )
    record(by=by, act="account.close", about=user)


@transaction.atomic
def create_organisation(*, code: str, name_en: str, name_fr: str, by: User) -> Organisation:
    """Make an organisation under its name of today.

    Raises:
        PermissionDenied: organisations come with plans, or from the command line.
    """
    _only_command_line(by)
    organisation = Organisation.objects.create(code=code)
    OrganisationName.objects.create(organisation=organisation, name_en=name_en, name_fr=name_fr)
    record(by=by, act="organisation.create", about=organisation)
    return organisation


@transaction.atomic
def give_role(*, user: User, organisation: Organisation, role: Role, by: User) -> Membership:
    """Let a person act for an organisation from today on. Who has the role today keeps the one there is.

    Raises:
        PermissionDenied: roles are given on the command line alone.
    """
    _only_command_line(by)
    held = Membership.objects.filter(user=user, organisation=organisation, role=role, to_date__isnull=True).first()
    if held:
        return held
    membership = Membership.objects.create(user=user, organisation=organisation, role=role)
    record(by=by, act="role.give", about=membership, role=role.value, organisation=organisation.code)
    return membership


def _only_command_line(by: User) -> None:
    if not is_command_line(by):
        raise PermissionDenied
