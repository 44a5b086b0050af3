"""The columns of the tracker, what may stand in them, and how our statuses are read into them.

Source: the table definitions of the registry of open.canada.ca, repository `open-data/ckanext-canada`, files
`ckanext/canada/tables/nap6.yaml` (the 6th National Action Plan on Open Government Tracker, template of 2026-01-29) and
`nap5.yaml` (the 5th, template of 2022-06-08), where `challenges_en` and `challenges_fr` were one free text each. Names,
codes and rules are theirs; the words here are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from palermo.plan.register.vocabulary import Status

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

CHOICES: Mapping[str, Words] = {
    "NS": _("Not started"),
    "LP": _("Limited progress"),
    "SP": _("Substantial progress"),
    "C": _("Complete"),
}
"""What `status` may say there."""

ON_TIME_OR_NOT: Mapping[Status, tuple[str, str]] = {
    Status.NOT_STARTED: ("NS", "NS"),
    Status.IN_PROGRESS: ("SP", "LP"),
    Status.ONGOING: ("SP", "LP"),
    Status.COMPLETE: ("C", "C"),
    Status.NO_LONGER_PURSUED: ("", ""),
    Status.NOT_STATED: ("", ""),
    Status.NOT_REPORTED: ("", ""),
}
"""The choice for each of our statuses: before its due date, and after it or where it has none.

The tracker asks a reason of NS and LP and none of SP and C: there LP is what is behind. Our statuses do not say how
much was done, so what has begun is SP only while its date is still to come; without a date nobody can tell, and the
lesser choice claims nothing that nobody claimed. No choice fits what was given up or not told, and none is made up.
"""

ASKED_WHY = ("NS", "LP")
"""Choices that must come with a reason (`challenges` is "required if status is limited progress or not started")."""

OTHER = "OT"
"""The code of `challenges` for a reason in free text. Ours are free text; none of the codes is guessed from it."""

COLUMNS: Mapping[str, Words] = {
    "reporting_period": _("Year and month in which the period ends"),
    "commitments": _("Code of the section at the top"),
    "milestones": _("Code of the section right above"),
    "indicators": _("Code of the deliverable"),
    "indicator_en": _("Text of the deliverable in English"),
    "indicator_fr": _("Text of the deliverable in French"),
    "indicator_deadline_en": _("Due date today, in English"),
    "indicator_deadline_fr": _("Due date today, in French"),
    "indicator_lead_dept": _("Code of the organization that leads"),
    "status": _("Status, as one of the choices of the tracker"),
    "progress_en": _("What was done, in English"),
    "progress_fr": _("What was done, in French"),
    "evidence_en": _("Evidence with its links, in English"),
    "evidence_fr": _("Evidence with its links, in French"),
    "challenges": _("OT where a reason is given"),
    "challenges_other_en": _("The reason, in English"),
    "challenges_other_fr": _("The reason, in French"),
    "owner_org": _("Code of the organization that reports"),
    "owner_org_title": _("Its name in both languages"),
    "plan": _("Code of the plan"),
    "commitment_en": _("Title of the section at the top, in English"),
    "commitment_fr": _("Title of the section at the top, in French"),
    "milestone_en": _("Title of the section right above, in English"),
    "milestone_fr": _("Title of the section right above, in French"),
    "lead_en": _("The organization that leads, in English"),
    "lead_fr": _("The organization that leads, in French"),
    "due_first": _("First due date"),
    "due_now": _("Due date today"),
    "status_code": _("Status, by its code in Palermo"),
    "status_en": _("Status in words, in English"),
    "status_fr": _("Status in words, in French"),
    "assessed_status": _("Status as assessed independently, by its code"),
    "late": _("Whether its due date passed before it was complete"),
    "reason_required": _("Whether a reason must be given"),
    "missing": _("Columns that the tracker asks for and that nobody filled"),
}
"""Every column in its order: up to `owner_org_title` as the tracker publishes them, then what is known beyond."""

OF_THE_TRACKER = 19
"""So many of the columns are the tracker's own."""
