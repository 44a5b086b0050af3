"""How much came in an hour: of each thing a number, and nothing of who sent it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class HourCount(models.Model):
    """How often something happened within an hour. Floods are known by it, without an address."""

    hour = models.DateTimeField()
    """Its beginning."""
    what = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["hour", "what"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["hour", "what"], name="hour_count_once")]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.what}: {self.count}"
