"""Tables of releases, with their labels frozen in both languages, and their cells.

Cells stand in the order of their codes, the last dimension quickest, a few thousand to a row of the database, so that
a table of 76,560 cells is written and read in 39 pieces.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.figures.releases.models.release import Release

PART = 2_000
"""Cells of one part; the last part may have fewer."""


class ReleaseTable(models.Model):
    """One table: what it is wanted by, and once it is protected its frame."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="tables")
    position = models.PositiveSmallIntegerField()
    title_en = models.CharField(max_length=300, blank=True)
    title_fr = models.CharField(max_length=300, blank=True)
    wanted = models.JSONField(default=list)
    """Codes of its dimensions, in order."""
    sums = models.CharField(max_length=40, blank=True)
    """The code of the column that is summed; empty: records are counted."""
    layout = models.JSONField(default=list)
    """For each dimension `{code, label_en, label_fr, codes: [[code, label_en, label_fr, parent's place or -1], …]}`."""
    base = models.PositiveIntegerField(default=1)
    reach = models.PositiveIntegerField(null=True, blank=True, default=0)
    adds_up = models.BooleanField(default=True)
    hidden_is_positive = models.BooleanField(default=False)
    cells = models.PositiveIntegerField(default=0)
    too_small = models.PositiveIntegerField(default=0)
    besides = models.PositiveIntegerField(default=0)
    """How many cells are hidden only to protect those that are too small."""
    lost = models.JSONField(default=list)
    """For each dimension the number of cells that are hidden at each of its codes: too small, and besides. Empty once
    the table is published."""
    is_published = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["release", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "position"], name="release_table_position_once"),
            models.CheckConstraint(condition=~Q(title_en="", title_fr=""), name="release_table_title_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.release} {self.position}"

    @property
    def hidden(self) -> int:
        """How many cells are not shown."""
        return self.too_small + self.besides


class TablePart(models.Model):
    """Some cells of a table as everybody sees them: whole numbers, and None where there is none to see."""

    table = models.ForeignKey(ReleaseTable, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    """From 0; its first cell is `number * PART`."""
    values = models.JSONField()
    is_published = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["table", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "number"], name="table_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.number}"


class HiddenMarks(models.Model):
    """Why each cell of a part is not shown, for the two people who prepare and approve. Deleted at approval.

    `s` too small, `b` hidden besides, `.` shown. Whoever knew which of the hidden cells are too small would know more
    than the table says.
    """

    table = models.ForeignKey(ReleaseTable, on_delete=models.CASCADE, related_name="marks")
    number = models.PositiveIntegerField()
    marks = models.TextField()

    class Meta:
        ordering: ClassVar = ["table", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "number"], name="hidden_marks_once"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.number}"
