"""Synthetic records of a release: what is published of them, and how alike they are to the real ones."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from palermo.figures.releases.models.release import Release


class SyntheticRecords(models.Model):
    """Records that stand for nobody, which the tables of a release are counted from. Frozen with it."""

    release = models.OneToOneField(Release, on_delete=models.CASCADE, related_name="synthetic")
    rows = models.PositiveIntegerField()
    layout = models.JSONField()
    """For each column `{code, label_en, label_fr, codes}`, as in a table of a release."""
    content = models.BinaryField()
    """The records as CSV, by codes, compressed (gzip)."""
    sha256 = models.CharField(max_length=64)
    """Of the CSV file."""
    misfit = models.FloatField()
    """About 1 or less where the records say all that can be seen through noise; published."""
    worst = models.JSONField(default=list)
    """Pairs of columns that are met worst, as `[code, code, misfit]`; published."""
    quality = models.JSONField(default=dict)
    """How they compare with the real records, without noise: for who decides. Empty once the release is published."""
    is_published = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(is_published=False) | models.Q(quality={}), name="synthetic_quality_not_published"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release} {self.rows}"
