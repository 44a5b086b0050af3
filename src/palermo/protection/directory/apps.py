"""The room of the directory of services."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    """Services for people who were trafficked, by the field's own exchange standard."""

    name = "palermo.protection.directory"
    label = "directory"

    def ready(self) -> None:
        """Have what migrations made the finder forget, or know nothing of yet, made anew by the code of today."""
        post_migrate.connect(_remake, sender=self)


def _remake(**_said: object) -> None:
    from palermo.protection.directory.actions.finding import refresh_all
    from palermo.protection.directory.actions.listing import list_all
    from palermo.protection.directory.actions.reaching import reach_all
    from palermo.protection.directory.models import (
        FinderEntry,
        OrganizationTerm,
        OwnTerm,
        Reach,
        ServiceAtLocation,
        ServiceTerm,
        VisitTerm,
    )

    if ServiceTerm.objects.exists() and not FinderEntry.objects.exists():
        refresh_all()
    if ServiceAtLocation.objects.exists() and not Reach.objects.exists():
        reach_all()
    are_described = ServiceTerm.objects.exists() or OwnTerm.objects.exists()
    if are_described and not (OrganizationTerm.objects.exists() or VisitTerm.objects.exists()):
        list_all()
