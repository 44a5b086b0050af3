"""The choices of the register, in the words of the field."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class P(models.TextChoices):
    """The Ps, by which plans of different shapes are compared."""

    PREVENTION = "prevention", _("Prevention")
    PROTECTION = "protection", _("Protection")
    PROSECUTION = "prosecution", _("Prosecution")
    PARTNERSHIP = "partnership", _("Partnership")
    EMPOWERMENT = "empowerment", _("Empowerment")


class Status(models.TextChoices):
    """How far a deliverable is. The last two say that nobody has told."""

    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    ONGOING = "ongoing", _("Ongoing")
    COMPLETE = "complete", _("Complete")
    NO_LONGER_PURSUED = "no_longer_pursued", _("No longer pursued")
    NOT_STATED = "not_stated", _("Not stated")
    NOT_REPORTED = "not_reported", _("Not reported")


OPEN = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.ONGOING, Status.NOT_STATED, Status.NOT_REPORTED)
"""Statuses of what may still be late."""


class Kept(models.TextChoices):
    """Whether a promise was kept on the date that was given first."""

    KEPT = "kept", pgettext_lazy("promise", "Kept")
    NOT_KEPT = "not_kept", pgettext_lazy("promise", "Not kept")
    NOT_KNOWN = "not_known", pgettext_lazy("promise", "Cannot be told")


class Direction(models.TextChoices):
    """Which way a due date was moved."""

    LATER = "later", _("To a later day")
    EARLIER = "earlier", _("To an earlier day")
    SAME = "same", _("Said again, the same day")


class StatusKind(models.TextChoices):
    """Whose word a status is."""

    CLAIMED = "claimed", _("Claimed by the organization that leads")
    ASSESSED = "assessed", _("Assessed independently")


class Part(models.TextChoices):
    """What an organisation does for a deliverable."""

    LEAD = "lead", _("Lead")
    SUPPORT = "support", _("Support")


class MoneyKind(models.TextChoices):
    """Where the money for a deliverable comes from."""

    NONE = "none", _("No money")
    EXISTING = "existing", _("Existing budget")
    EARMARKED = "earmarked", _("Earmarked")
    SPENT = "spent", _("Spent")


class Gathering(models.TextChoices):
    """Where the statuses of a period come from, and whether they may still change."""

    NONE = "none", _("Read from documents")
    OPEN = "open", _("Returns are being gathered")
    CLOSED = "closed", _("Closed")


class LineageKind(models.TextChoices):
    """What became of a deliverable in the plan that followed."""

    CARRIED_FORWARD = "carried_forward", _("Carried forward")
    RENAMED = "renamed", _("Carried forward under another name")
    SPLIT = "split", _("Split")
    MERGED = "merged", _("Merged")
