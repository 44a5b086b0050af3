"""Invitations: how a person comes to have an account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.people.models.membership import Role
from palermo.people.models.organisation import Organisation
from palermo.people.models.user import User


class Invitation(models.Model):
    """That somebody was asked to take a role. The address goes as soon as it is answered or withdrawn."""

    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("fr", "Français")], default="en")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    token_sha256 = models.CharField(max_length=64, unique=True)
    """Of the secret in the link: whoever reads the database cannot follow it."""
    to_date = models.DateField(null=True, blank=True)
    """The last day of the role, where it has one."""
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-invited_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_known_role"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_one_end"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True) & ~Q(email="")
                | (Q(accepted_at__isnull=False) | Q(withdrawn_at__isnull=False)) & Q(email=""),
                name="invitation_address_while_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.role}"
