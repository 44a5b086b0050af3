"""A proposal: what was read from a document, until a person confirms or drops it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from palermo.people.models import Organisation, User
from palermo.plan.register.models import Plan


class ProposalState(models.TextChoices):
    """How far a proposal is."""

    NEEDS_MAPPING = "needs_mapping", _("Column headings need your word")
    OPEN = "open", _("Waiting for a person to confirm")
    CONFIRMED = "confirmed", _("Confirmed")
    DROPPED = "dropped", _("Dropped")


class Change(models.TextChoices):
    """What a row would do to the plan."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("No change")


class Proposal(models.Model):
    """Everything read from one file. Nothing of it reaches a plan before it is confirmed."""

    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    """The plan that it would change; empty where it would make a new one."""
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=10)
    frame = models.JSONField(default=dict)
    """The plan around the rows: title, levels, period, sections, document, as the person last left them."""
    state = models.CharField(max_length=20, choices=ProposalState.choices, default=ProposalState.OPEN)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    rows: models.Manager[ProposalRow]

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_known_state"),
        ]

    def __str__(self) -> str:
        return self.file_name


class ProposalRow(models.Model):
    """One thing read, as printed and as read, with its doubts; `values` is what would be written."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    section = models.CharField(max_length=120, blank=True)
    """Key of its section in the proposal's frame; empty where the plan has no sections."""
    printed = models.JSONField(default=dict)
    """As printed: text, start, due, status, leads, cells."""
    values = models.JSONField(default=dict)
    """As read, then as the person changed it."""
    doubts = models.JSONField(default=list)
    first_line = models.PositiveIntegerField(null=True, blank=True)
    last_line = models.PositiveIntegerField(null=True, blank=True)
    page = models.PositiveIntegerField(null=True, blank=True)
    keep = models.BooleanField(default=True)
    is_checked = models.BooleanField(default=False)
    """A person has looked at its doubts."""
    deliverable_code = models.CharField(max_length=60, blank=True)
    """The deliverable of the plan that it was matched with."""
    change = models.CharField(max_length=10, choices=Change.choices, default=Change.NEW)
    before = models.JSONField(default=dict)
    """What the plan says today of everything that the row would change."""

    class Meta:
        ordering: ClassVar = ["proposal", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "position"], name="proposal_row_once"),
            models.CheckConstraint(condition=Q(change__in=Change.values), name="proposal_row_known_change"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.position}"
