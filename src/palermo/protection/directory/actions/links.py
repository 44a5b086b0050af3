"""Secret addresses by which organizations keep their own services."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.invitations import hashed
from palermo.people.models import User
from palermo.protection.directory.models import Organization, ProviderLink
from palermo.protection.directory.policies import may_keep

GOOD_FOR = timedelta(days=365)
LETTERS = "abcdefghjkmnpqrstuvwxyz"
"""Nobody takes one of them for another, or for a digit."""
GROUPS, GROUP = 6, 5
"""Thirty letters in groups that can be read out: more than 128 bits."""


@transaction.atomic
def make_link(*, by: User, organization: Organization, label: str, is_reviewed: bool) -> tuple[ProviderLink, str]:
    """A new link for an organization, and its secret, which is kept nowhere.

    Raises:
        PermissionDenied: this is not for them to do.
    """
    if not may_keep(by):
        raise PermissionDenied
    token = "-".join("".join(secrets.choice(LETTERS) for _letter in range(GROUP)) for _group in range(GROUPS))
    now = timezone.now()
    made = ProviderLink.objects.create(
        organization=organization,
        label=label,
        token_sha256=hashed(token),
        is_reviewed=is_reviewed,
        made_by=by,
        made_at=now,
        expires_at=now + GOOD_FOR,
    )
    record(by=by, act="directory.make_link", about=made, organization=str(organization.pk), reviewed=is_reviewed)
    return made, token


@transaction.atomic
def withdraw_link(*, by: User, link: ProviderLink) -> None:
    """Let a link open nothing any more. Withdrawing it twice changes nothing.

    Raises:
        PermissionDenied: this is not for them to do.
    """
    if not may_keep(by):
        raise PermissionDenied
    changed = ProviderLink.objects.filter(pk=link.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
    if changed:
        record(by=by, act="directory.withdraw_link", about=link, organization=str(link.organization_id))
