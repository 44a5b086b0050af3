"""Writing invitations: asking somebody to take a role, their answer, and taking it back."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, override

from palermo.audit.actions import record
from palermo.people.actions import AccountExistsError
from palermo.people.authority import may_give, would_judge_themselves
from palermo.people.models import Invitation, Membership, Organisation, Role, User
from palermo.people.policies import is_command_line

GOOD_FOR = timedelta(days=14)


class InvitationOverError(Exception):
    """The invitation was answered, withdrawn, or is too old. Nothing was written."""


def hashed(token: str) -> str:
    """What is stored of the secret in a link."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *, email: str, language: str, organisation: Organisation, role: Role, until: date | None = None, by: User
) -> tuple[Invitation, str]:
    """Ask somebody without an account to take a role. Returns the invitation and the secret of its link, kept nowhere.

    `until` is the last day of the role; without it the role holds until further notice.

    Raises:
        PermissionDenied: `by` does not hold the role over the organisation.
        AccountExistsError: there is an account with this address; give it the role instead.
    """
    if not may_give(by, role, organisation):
        raise PermissionDenied
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise AccountExistsError
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        email=email.strip().lower(),
        language=language,
        organisation=organisation,
        role=role,
        to_date=until,
        token_sha256=hashed(token),
        invited_by=by,
        expires_at=timezone.now() + GOOD_FOR,
    )
    record(by=by, act="invitation.send", about=made, role=role.value, organisation=organisation.code)
    return made, token


def mail_invitation(*, invitation: Invitation, link: str, by: User) -> None:
    """Send the link in the language of the person invited. That it went out is recorded only once it did.

    Raises:
        OSError: the mail server could not be reached or refused it. Nothing is recorded then.
    """
    with override(invitation.language):
        subject = gettext("You are invited to Palermo")
        name = invitation.organisation.named_on()
        context = {"link": link, "organisation": name.full() if name else "", "by": by.name}
        text = render_to_string("people/invitation_mail.txt", context)
    send_mail(subject, text, None, [invitation.email])
    Invitation.objects.filter(pk=invitation.pk).update(mailed_at=timezone.now())


@transaction.atomic
def accept_invitation(*, token: str, name: str, language: str, password: str) -> User:
    """Make the account of whoever follows the link, with its role, and any other that was offered to the same address.

    A link works once.

    Raises:
        InvitationOverError: it was used or withdrawn, is too old, or never was, or whoever invited may not any more.
        AccountExistsError: an account with this address was made meanwhile.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).filter(token_sha256=hashed(token)).first()
    if invitation is None or not is_open(invitation):
        raise InvitationOverError
    if not _still_stands(invitation):
        raise InvitationOverError
    address = invitation.email
    if User.objects.filter(email__iexact=address).exists():
        raise AccountExistsError
    user = User.objects.create_user(address, password, name=name, language=language)
    _take(invitation, user)
    same = Invitation.objects.select_for_update(of=("self",)).filter(email__iexact=address)
    for other in same.select_related("organisation", "invited_by").order_by("pk"):
        if is_open(other) and _still_stands(other) and not _judges_themselves(user, other):
            _take(other, user)
    return user


def _still_stands(invitation: Invitation) -> bool:
    """Whether whoever invited could do so today."""
    return may_give(invitation.invited_by, Role(invitation.role), invitation.organisation)


def _judges_themselves(user: User, invitation: Invitation) -> bool:
    return would_judge_themselves(user, Role(invitation.role), invitation.organisation)


def _take(invitation: Invitation, user: User) -> None:
    organisation, role = invitation.organisation, Role(invitation.role)
    # Whoever was invited twice to the same role has it once, or ending it would leave the other; for the longer time.
    until = invitation.to_date
    given = Membership.objects.filter(user=user, organisation=organisation, role=role)
    if not given.exists():
        Membership.objects.create(user=user, organisation=organisation, role=role, to_date=until)
    elif until is None or given.filter(to_date__lt=until).exists():
        given.update(to_date=until)
    invitation.email, invitation.accepted_by, invitation.accepted_at = "", user, timezone.now()
    invitation.save(update_fields=["email", "accepted_by", "accepted_at"])
    record(by=user, act="invitation.accept", about=invitation, role=role.value, organisation=organisation.code)


@transaction.atomic
def forget_old_invitations(*, by: User) -> int:
    """Forget the addresses of invitations that nobody answered in time. Returns how many.

    Raises:
        PermissionDenied: only the command line does this.
    """
    if not is_command_line(by):
        raise PermissionDenied
    now = timezone.now()
    waiting = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__lte=now)
    old = list(waiting.select_for_update(of=("self",)).select_related("organisation"))
    for one in old:
        one.email, one.withdrawn_by, one.withdrawn_at = "", by, now
        one.save(update_fields=["email", "withdrawn_by", "withdrawn_at"])
        record(by=by, act="invitation.expire", about=one, role=one.role, organisation=one.organisation.code)
    return len(old)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Make the link of an invitation worthless, and forget the address.

    Raises:
        PermissionDenied: `by` could not have sent it.
        InvitationOverError: it was answered or withdrawn already.
    """
    one = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
    if not may_give(by, Role(one.role), one.organisation):
        raise PermissionDenied
    if one.accepted_at or one.withdrawn_at:
        raise InvitationOverError
    one.email, one.withdrawn_by, one.withdrawn_at = "", by, timezone.now()
    one.save(update_fields=["email", "withdrawn_by", "withdrawn_at"])
    record(by=by, act="invitation.withdraw", about=one, role=one.role, organisation=one.organisation.code)


def is_open(invitation: Invitation) -> bool:
    """Whether its link still works."""
    answered = invitation.accepted_at or invitation.withdrawn_at
    is_over = invitation.to_date is not None and invitation.to_date < timezone.localdate()
    return not answered and not is_over and timezone.now() < invitation.expires_at
