"""The choices of returns, in the words of the field."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a return is on its way. `NOT_REPORTED` is what never came before the period was closed."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    CLEARED = "cleared", _("Cleared")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned with questions")
    NOT_REPORTED = "not_reported", _("Not reported")


WITH_WRITER = (State.DRAFT, State.RETURNED)
"""States in which the organisation may still change what it says."""


OUT = (State.CLEARED, State.ACCEPTED)
"""States in which what a return says is the word of its organisation."""


class Act(models.TextChoices):
    """The steps that a return takes."""

    SUBMIT = "submit", _("Submitted")
    TAKE_BACK = "take_back", _("Taken back")
    CLEAR = "clear", _("Cleared by the organization")
    SEND_BACK = "send_back", _("Returned with questions")
    ACCEPT = "accept", _("Accepted")
    MARK_NOT_REPORTED = "mark_not_reported", _("Marked as not reported")
    REOPEN = "reopen", _("Reopened")
    HAND_OVER = "hand_over", _("Handed over")


class When(models.TextChoices):
    """What makes a rule hold of a return."""

    ALWAYS = "always", _("Always")
    NOT_STARTED = "not_started", _("The status is “not started”")
    IN_PROGRESS = "in_progress", _("The status is “in progress”")
    ONGOING = "ongoing", _("The status is “ongoing”")
    COMPLETE = "complete", _("The status is “complete”")
    NO_LONGER_PURSUED = "no_longer_pursued", _("The status is “no longer pursued”")
    LATE = "late", _("The due date has passed and it is not done")
    DATE_MOVED = "date_moved", _("A new due date is given")


class Needs(models.TextChoices):
    """What a return must then have before it can be submitted."""

    NARRATIVE = "narrative", _("what was done")
    BOTH_LANGUAGES = "both_languages", _("what was done, in both languages")
    REASON = "reason", _("a reason")
    PROOF = "proof", _("what would show that it works")
    EVIDENCE = "evidence", _("evidence")
    NEW_DATE = "new_date", _("a new due date")
    MONEY = "money", _("the money spent")


DEFAULT_RULES: tuple[tuple[When, Needs], ...] = (
    (When.ALWAYS, Needs.NARRATIVE),
    (When.ONGOING, Needs.REASON),
    (When.ONGOING, Needs.PROOF),
    (When.COMPLETE, Needs.EVIDENCE),
    (When.NO_LONGER_PURSUED, Needs.REASON),
    (When.LATE, Needs.REASON),
    (When.LATE, Needs.NEW_DATE),
    (When.DATE_MOVED, Needs.REASON),
)
"""What a plan begins with when its first period is opened. From then on its rules are its own."""

DEFAULT_REMINDER_DAYS = (-14, -3, 1, 7, 21)
"""Days before (negative) and after the due date on which a reminder goes out, unless a period sets others."""
