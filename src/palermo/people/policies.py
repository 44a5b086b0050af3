"""Who is who: the predicates that the rooms' own policies are made of."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from palermo.people.models import Membership, Organisation, Role, User

Viewer: TypeAlias = User | AnonymousUser
"""Whoever asks: the first argument of every query."""

COMMAND_LINE = "command-line@localhost"
"""The account in whose name commands act. It is not active, so nobody can sign in to it."""

BY_LINK = "by-link@localhost"
"""The account in whose name whoever follows a secret link acts. It is not active either."""

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""The kinds of second factor: an authenticator app, or a passkey."""


def is_coordinator(viewer: Viewer, organisation: Organisation | None = None) -> bool:
    """Whether the viewer coordinates plans today, for this organisation or for any."""
    if not isinstance(viewer, User) or not viewer.is_active:
        return False
    roles = coordinating(viewer)
    return (roles.filter(organisation=organisation) if organisation else roles).exists()


def is_command_line(viewer: Viewer) -> bool:
    """Whether a command acts. Whoever may run one could write to the database as well."""
    return isinstance(viewer, User) and viewer.email == COMMAND_LINE


def coordinating(user: User) -> QuerySet[Membership]:
    """The memberships by which a person coordinates plans today."""
    return holding(user, Role.COORDINATOR)


def holding(viewer: Viewer, *roles: Role) -> QuerySet[Membership]:
    """The memberships that the viewer has today in one of these roles; without roles, in any."""
    if not isinstance(viewer, User) or not viewer.is_active:
        return Membership.objects.none()
    held = held_today(Membership.objects.filter(user=viewer))
    return held.filter(role__in=roles) if roles else held


def held_today(found: QuerySet[Membership]) -> QuerySet[Membership]:
    """Those of some memberships that hold today, of people who can sign in."""
    today = date.today()
    now = Q(to_date__isnull=True) | Q(to_date__gte=today)
    return found.filter(now, from_date__lte=today, user__is_active=True)


def holds(viewer: Viewer, organisation: Organisation | int, *roles: Role) -> bool:
    """Whether the viewer has one of these roles in this organisation (or the one of this key) today."""
    return holding(viewer, *roles).filter(organisation=organisation).exists()


def second_factors(user: User) -> QuerySet[Authenticator]:
    """What a person has set up as a second factor. Recovery codes are none: they stand in for one that was lost."""
    factors: QuerySet[Authenticator] = Authenticator.objects.filter(user=user, type__in=FACTORS)
    return factors


def lacks_second_factor(viewer: Viewer) -> bool:
    """Whether this person must first set up a second factor before working here."""
    return bool(settings.SECOND_FACTOR_DEMANDED and isinstance(viewer, User) and not second_factors(viewer).exists())


def may_remove_factor(user: User) -> bool:
    """Whether one second factor may go: not the last one of somebody with a role, where one is demanded."""
    demanded = settings.SECOND_FACTOR_DEMANDED and holding(user).exists()
    return not demanded or second_factors(user).count() > 1
