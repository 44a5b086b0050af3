"""Every read of people and organisations."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db.models import Q, QuerySet
from django.utils import timezone

from palermo.people.authority import roles_to_give
from palermo.people.invitations import hashed, is_open
from palermo.people.models import Invitation, Membership, Organisation, User
from palermo.people.oversight import coordinates
from palermo.people.policies import BY_LINK, COMMAND_LINE, Viewer


def organisations(viewer: Viewer) -> QuerySet[Organisation]:
    """Every organisation with its names. They are public: they answer for a public plan."""
    return Organisation.objects.select_related("parent").prefetch_related("names", "parent__names")


def command_line() -> User:
    """The account in whose name commands act. Nobody can sign in to it."""
    return _stand_in(COMMAND_LINE, "Command line")


def by_link() -> User:
    """The account in whose name people act who follow a secret link and have none of their own."""
    return _stand_in(BY_LINK, "By a link")


def _stand_in(email: str, name: str) -> User:
    # Two may begin at once in an empty house; the second one takes what the first one made.
    fields = {"name": name, "is_active": False, "password": make_password(None)}
    return User.objects.get_or_create(email=email, defaults=fields)[0]


def staff_of_organisation(viewer: User, organisation: Organisation) -> QuerySet[Membership]:
    """Who has which role there, by name. Nothing for whoever neither gives them nor coordinates the organisation."""
    if not roles_to_give(viewer, organisation) and not coordinates(viewer, organisation):
        return Membership.objects.none()
    today = timezone.localdate()
    held = Membership.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=today), organisation=organisation, user__is_active=True
    )
    return held.select_related("user").order_by("role", "user__name")


def open_invitations(viewer: User, organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations there that nobody has answered yet."""
    if not roles_to_give(viewer, organisation):
        return Invitation.objects.none()
    found = Invitation.objects.filter(organisation=organisation, accepted_at__isnull=True, withdrawn_at__isnull=True)
    return found.select_related("invited_by")


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a link leads to, while it works."""
    found = Invitation.objects.filter(token_sha256=hashed(token)).select_related("organisation").first()
    return found if found and is_open(found) else None


def account_with_address(email: str) -> User | None:
    """The account that can sign in with this address, whatever the case of its letters."""
    if not email or "\x00" in email:
        return None
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    # A database may take a foreign letter for one of ours, such as “ı” for “i”: then only the same address will do.
    return found if found and (email.isascii() or found.email == email) else None
