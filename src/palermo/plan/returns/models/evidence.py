"""Evidence that a return rests on: files and links."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.people.models import User
from palermo.plan.returns.models.returns import Return


class Proof(models.Model):
    """A file or a link that shows what a return says. Internal until it is cleared for publication."""

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="proofs")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """What its address ends with; it says nothing of the file."""
    title_en = models.CharField(max_length=500, blank=True)
    title_fr = models.CharField(max_length=500, blank=True)
    url = models.URLField(max_length=500, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    """The day on which the link led there."""
    file = models.FileField(upload_to="evidence/", blank=True)
    """Under a random name, outside the web root."""
    file_name = models.CharField(max_length=200, blank=True)
    """What it was called where it came from."""
    content_type = models.CharField(max_length=100, blank=True)
    """As its content says, not its name."""
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    names_nobody = models.BooleanField(default=False)
    """Whether somebody looked and found that it names or shows no person."""
    is_public = models.BooleanField(default=False)
    """Whether it was cleared for publication. It is published when the period is closed."""
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    """Taken out of the return, and kept: a removal can be undone while the return is being written."""
    destroyed_at = models.DateTimeField(null=True, blank=True)
    """When its file was destroyed, because it names somebody. Name, type and hash stay; the content is gone."""

    class Meta:
        ordering: ClassVar = ["of", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title_en="", title_fr=""), name="proof_title_not_empty"),
            models.CheckConstraint(
                condition=Q(url="") & ~Q(file="") | ~Q(url="") & Q(file="") & Q(seen_on__isnull=False),
                name="proof_file_or_link",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(names_nobody=True), name="proof_published_names_nobody"
            ),
        ]

    def __str__(self) -> str:
        return self.title_en or self.title_fr
