"""Roles: what a person may do for an organisation, from a day to a day."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palermo.people.models.organisation import Organisation
from palermo.people.models.user import User


class Role(models.TextChoices):
    """What a membership allows."""

    COORDINATOR = "coordinator", _("coordinator of a plan")
    FOCAL_POINT = "focal_point", _("focal point")
    ALTERNATE = "alternate", _("alternate of the focal point")
    CLEARING_OFFICER = "clearing_officer", _("clearing officer")
    ASSESSOR = "assessor", _("independent assessor")
    ANALYST = "analyst", _("analyst")
    WORKER = "worker", _("front-line worker")
    DESK_MEMBER = "desk_member", _("member of a tip desk")
    READER = "reader", _("reader")


class Membership(models.Model):
    """A person's role in an organisation. Both days belong to it; no last day means until further notice."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    from_date = models.DateField(default=date.today)
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_known_role"),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")), name="membership_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}, {self.organisation}"
