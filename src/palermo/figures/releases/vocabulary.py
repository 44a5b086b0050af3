"""The words of releases: where they come from, how far they are, and what a column of records is for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Source(models.TextChoices):
    """What the tables of a release are counted from."""

    RECORDS = "records", _("a file of records")
    MEASURE = "measure", _("a measure: what Palermo counts from its own records")
    SERIES = "series", _("a series: figures that were entered")


class State(models.TextChoices):
    """How far a release is."""

    DRAFT = "draft", pgettext_lazy("release", "being prepared")
    PROTECTED = "protected", pgettext_lazy("release", "protected")
    SUBMITTED = "submitted", pgettext_lazy("release", "waiting for approval")
    PUBLISHED = "published", pgettext_lazy("release", "published")
    REJECTED = "rejected", pgettext_lazy("release", "rejected")


OPEN = (State.DRAFT, State.PROTECTED)
"""With whoever prepares it."""


class Work(models.TextChoices):
    """Whether tables are being protected just now."""

    NONE = "", pgettext_lazy("work", "nothing is running")
    WAITING = "waiting", pgettext_lazy("work", "waiting to begin")
    COUNTING = "counting", pgettext_lazy("work", "counting the records")
    PROTECTING = "protecting", pgettext_lazy("work", "protecting the tables")
    ATTACKING = "attacking", pgettext_lazy("work", "attacking the result")
    FAILED = "failed", pgettext_lazy("work", "stopped")


class Method(models.TextChoices):
    """What is done about cells that are too small."""

    SUPPRESS = "suppress", _("leave numbers out, and others besides so that nobody works them out")
    ROUND = "round", _("round every number, so that totals still add up")
    ROUND_BY_RECORD = "round_by_record", _("round at random by record, the same cell the same way in every table")
    NOISE = "noise", _("add noise from a budget that is kept in a ledger")
    SYNTHETIC = "synthetic", _("make up records that stand for nobody, from a budget that is kept in a ledger")


class FileKind(models.TextChoices):
    """The formats in which records are read."""

    CSV = "csv", "CSV"
    PARQUET = "parquet", "Parquet"


class Use(models.TextChoices):
    """What a column of records is for."""

    LEFT_OUT = "left_out", _("not used")
    DIMENSION = "dimension", _("tells records apart (a dimension)")
    NUMBER = "number", _("a number to sum")


class Erased(models.TextChoices):
    """Why records are gone."""

    APPROVED = "approved", _("erased when the release was approved")
    DUE = "due", _("erased by rule on the day that was set")
    BY_HAND = "by_hand", _("erased by a person")
    REPLACED = "replaced", _("erased when another file took its place")
