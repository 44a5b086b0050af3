"""Every write to accounts and the roles that they have."""

from __future__ import annotations

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest

from palermo.audit.actions import record
from palermo.people.authority import may_give, would_judge_themselves
from palermo.people.models import Membership, Organisation, OrganisationName, Role, User
from palermo.people.policies import held_today, is_command_line


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
def change_address(*, user: User, email: str, by: User) -> None:
    """Let an account sign in with another address. The trail tells that it changed, not to what.

    Raises:
        PermissionDenied: only the command line does this, for whoever showed that it is them.
        AccountExistsError: another account has the address.
    """
    _only_command_line(by)
    if User.objects.filter(email__iexact=email.strip()).exclude(pk=user.pk).exists():
        raise AccountExistsError
    user.email = email.strip().lower()
    user.save(update_fields=["email"])
    # The library of sign-in remembers addresses of its own accord, and would go on letting the old one in.
    EmailAddress.objects.filter(user=user).delete()
    record(by=by, act="account.address", about=user)


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
def forget_second_factors(*, user: User, by: User) -> None:
    """Take every second factor of somebody who lost them, with the recovery codes. They set up another at sign-in.

    Raises:
        PermissionDenied: only the command line does this; who has a factor left uses the pages.
    """
    _only_command_line(by)
    Authenticator.objects.filter(user=user).delete()
    record(by=by, act="account.second_factors_forgotten", about=user)


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


class AccountClosedError(Exception):
    """The account was closed, so that a role would be nobody's. Nothing was written."""


class NotIndependentError(Exception):
    """Somebody would assess what they have a hand in. Nothing was written."""


@transaction.atomic
def give_role(*, user: User, organisation: Organisation, role: Role, until: date | None = None, by: User) -> Membership:
    """Let a person act for an organisation from today on. Who has the role today has it until the day given now.

    `until` is the last day of the role; without it the role holds until further notice.

    Raises:
        PermissionDenied: `by` does not hold the role over the organisation, or would give it to themselves.
        AccountClosedError: nobody can sign in to the account any more.
        NotIndependentError: an assessor would assess their own work.
    """
    if not may_give(by, role, organisation) or user == by:
        raise PermissionDenied
    # Two who give the same role at once wait for each other, so that it is given once.
    User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise AccountClosedError
    held = held_today(Membership.objects.filter(user=user, organisation=organisation, role=role)).first()
    if held:
        return _until(held, until, by)
    if would_judge_themselves(user, role, organisation):
        raise NotIndependentError
    membership = Membership.objects.create(user=user, organisation=organisation, role=role, to_date=until)
    record(by=by, act="role.give", about=membership, role=role.value, organisation=organisation.code)
    return membership


def _until(held: Membership, until: date | None, by: User) -> Membership:
    """Let a role that somebody has end on another day. Saying what stands already leaves no trace."""
    if held.to_date != until:
        held.to_date = until
        held.save(update_fields=["to_date"])
        record(by=by, act="role.change_end", about=held, role=held.role, organisation=held.organisation.code)
    return held


@transaction.atomic
def end_role(*, membership: Membership, by: User) -> Membership:
    """Let a role end today; its holder has it no more from this moment. Ending it again changes nothing.

    Raises:
        PermissionDenied: `by` could not have given it, and is not the person who has it.
    """
    one = (
        Membership.objects.select_for_update(of=("self",)).select_related("organisation", "user").get(pk=membership.pk)
    )
    if one.user != by and not may_give(by, Role(one.role), one.organisation):
        raise PermissionDenied
    yesterday = date.today() - timedelta(days=1)
    if one.to_date is not None and one.to_date <= yesterday:
        return one
    if one.from_date > yesterday:
        # A role of a single day would still hold today; the trail keeps that it was given.
        one.from_date = yesterday
    one.to_date = yesterday
    one.save(update_fields=["from_date", "to_date"])
    record(by=by, act="role.end", about=one, role=one.role, organisation=one.organisation.code)
    return one


def _only_command_line(by: User) -> None:
    if not is_command_line(by):
        raise PermissionDenied


@transaction.atomic
def set_preferences(*, user: User, name: str, language: str, mail_rhythm: str, by: User) -> User:
    """Say how one is called and written to. The trail tells that it changed, not to what.

    Raises:
        PermissionDenied: nobody does this for somebody else.
    """
    if user.pk != by.pk:
        raise PermissionDenied
    user.name, user.language, user.mail_rhythm = name, language, mail_rhythm
    user.save(update_fields=["name", "language", "mail_rhythm"])
    record(by=by, act="account.preferences", about=user)
    return user
