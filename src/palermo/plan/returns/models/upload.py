"""A spreadsheet that came back, between its preview and the decision about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from palermo.people.models import Organisation, User
from palermo.plan.returns.models.cycle import Cycle


class SpreadsheetUpload(models.Model):
    """What a person's file says of the returns of one organisation, until they take it in or drop it.

    It is kept here, and not signed in the form: hundreds of texts in two languages would have to travel to the browser
    and back, past the limits of a form; and a page left open could be sent once more, days later.
    It holds words that nobody has submitted, so only its uploader sees it, and not for longer than `policies` says.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    rows = models.JSONField(default=list)
    """Each changed cell, as `queries.spreadsheet_preview` reads it. The file itself is not kept."""
    problems = models.JSONField(default=list)
    """What is wrong with the file. As long as anything is, nothing is taken in."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "organisation", "cycle"], name="spreadsheet_upload_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.cycle}"
