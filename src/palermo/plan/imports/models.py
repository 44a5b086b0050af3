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
    """The plan that it would change; empty where it would make a new one, until that is made."""
    owner = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Who is to own the plan; empty until somebody says so."""
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=120, blank=True)
    """Where the bytes are kept until the proposal is decided; empty after that."""
    kind = models.CharField(max_length=10)
    """What the file turned out to be: a value of `reader.reading.SourceKind`."""
    frame = models.JSONField(default=dict)
    """The plan around the rows, a `values.Frame`, as the person last left it."""
    frame_version = models.PositiveIntegerField(default=1)
    """Goes up with each change of the frame; a save made from an older one is a conflict."""
    state = models.CharField(max_length=20, choices=ProposalState.choices, default=ProposalState.OPEN)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    """Goes up with each change of anything in it: a confirmation says which one it confirms."""

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_known_state"),
            models.CheckConstraint(
                condition=Q(state__in=["confirmed", "dropped"], decided_at__isnull=False, stored_as="")
                | Q(state__in=["needs_mapping", "open"], decided_at__isnull=True),
                name="proposal_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state in (ProposalState.OPEN, ProposalState.NEEDS_MAPPING)

    @property
    def is_exact(self) -> bool:
        """Whether it is a plan file, which is loaded as it stands or not at all."""
        return self.kind == "json"


class ProposalRow(models.Model):
    """One thing read: as printed, as read, and what that would make of the plan."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    section = models.CharField(max_length=120, blank=True)
    """Key of its section in the proposal's frame; empty where the plan has no sections."""
    printed = models.JSONField(default=dict)
    """As printed, by the name of the field; `cells` holds the whole row by column heading."""
    values = models.JSONField(default=dict)
    """A `values.RowValues`: as read, then as the person changed it."""
    doubts = models.JSONField(default=list)
    """Each with its `code` and its `detail`."""
    doubt_count = models.PositiveSmallIntegerField(default=0)
    first_line = models.PositiveIntegerField(null=True, blank=True)
    last_line = models.PositiveIntegerField(null=True, blank=True)
    page = models.PositiveIntegerField(null=True, blank=True)
    keep = models.BooleanField(default=True)
    is_checked = models.BooleanField(default=False)
    """A person has looked at its doubts."""
    code = models.CharField(max_length=60)
    """The code of the deliverable that it was matched with, or that it would make."""
    change = models.CharField(max_length=10, choices=Change.choices, default=Change.NEW)
    before = models.JSONField(default=dict)
    """The deliverable as the plan file had it when they were compared; empty where the row is new."""
    after = models.JSONField(default=dict)
    """The deliverable as a confirmation would write it."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["proposal", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "position"], name="proposal_row_once"),
            models.CheckConstraint(condition=Q(change__in=Change.values), name="proposal_row_known_change"),
        ]
        indexes: ClassVar = [models.Index(fields=["proposal", "keep", "change"], name="proposal_rows_by_change")]

    def __str__(self) -> str:
        return f"{self.proposal} {self.position}"
