"""A file of figures that was uploaded, between its preview and the decision about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from palermo.figures.series.models.series import Series
from palermo.people.models import User


class FiguresUpload(models.Model):
    """What a person's file says of one series, until they take it in or drop it.

    It is kept here, and not signed in the form: thousands of figures would have to travel to the browser and back. What
    it holds may not be public yet, so only its uploader sees it, and not for longer than `policies` says.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+")
    series_version = models.PositiveIntegerField()
    """The definition that it was read by. Under another one the same words may mean something else."""
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    figures = models.JSONField(default=list)
    """Each figure, as `taking_in_json` keeps it. The file itself is not kept."""
    problems = models.JSONField(default=list)
    """What is wrong with the file. As long as anything is, nothing is taken in."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "series"], name="figures_upload_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.created_at}"
