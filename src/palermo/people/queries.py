"""Every read of people and organisations."""

from __future__ import annotations

from django.db.models import QuerySet

from palermo.people.models import Organisation, User
from palermo.people.policies import COMMAND_LINE, Viewer


def organisations(viewer: Viewer) -> QuerySet[Organisation]:
    """Every organisation with its names. They are public: they answer for a public plan."""
    return Organisation.objects.select_related("parent").prefetch_related("names", "parent__names")


def command_line() -> User:
    """The account in whose name commands act. Nobody can sign in to it."""
    found = User.objects.filter(email=COMMAND_LINE).first()
    return found or User.objects.create_user(COMMAND_LINE, name="Command line", is_active=False)
