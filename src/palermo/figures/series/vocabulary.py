"""The choices of the register of numbers, in the words of the field."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Counted(models.TextChoices):
    """What one of a number is. Numbers of unlike things are never added."""

    EVENT = "event", pgettext_lazy("counted", "trafficking event")
    CASE = "case", pgettext_lazy("counted", "case")
    INVESTIGATION = "investigation", pgettext_lazy("counted", "investigation")
    VICTIM = "victim", pgettext_lazy("counted", "victim")
    PRESUMED_VICTIM = "presumed_victim", pgettext_lazy("counted", "presumed victim")
    SUSPECT = "suspect", pgettext_lazy("counted", "suspect")
    ACCUSED = "accused", pgettext_lazy("counted", "accused person")
    PERSON_CONVICTED = "person_convicted", pgettext_lazy("counted", "person convicted")
    CHARGE = "charge", pgettext_lazy("counted", "charge")
    CONVICTION = "conviction", pgettext_lazy("counted", "conviction")
    PERMIT = "permit", pgettext_lazy("counted", "permit")
    CALL = "call", pgettext_lazy("counted", "call or message")
    TIP = "tip", pgettext_lazy("counted", "tip")
    REFERRAL = "referral", pgettext_lazy("counted", "referral to a service")
    PERSON = "person", pgettext_lazy("counted", "person")
    PERSON_TRAINED = "person_trained", pgettext_lazy("counted", "person trained")
    PERSON_REACHED = "person_reached", pgettext_lazy("counted", "person reached")
    PERSON_HELPED = "person_helped", pgettext_lazy("counted", "person helped")
    SESSION = "session", pgettext_lazy("counted", "course or session")
    ITEM_DISTRIBUTED = "item_distributed", pgettext_lazy("counted", "item distributed")
    GRANT = "grant", pgettext_lazy("counted", "grant or contribution")
    PROJECT = "project", pgettext_lazy("counted", "project")
    DOLLAR = "dollar", pgettext_lazy("counted", "amount of money")
    OPERATION = "operation", pgettext_lazy("counted", "operation")
    INTERVIEW = "interview", pgettext_lazy("counted", "interview")
    DISCLOSURE = "disclosure", pgettext_lazy("counted", "disclosure to police")
    ORGANIZATION = "organization", pgettext_lazy("counted", "organization")
    COUNTRY = "country", pgettext_lazy("counted", "country")
    DOCUMENT = "document", pgettext_lazy("counted", "document")
    MEETING = "meeting", pgettext_lazy("counted", "meeting")
    PLACE = "place", pgettext_lazy("counted", "bed or place")
    DELIVERABLE = "deliverable", pgettext_lazy("counted", "deliverable")
    RETURN = "return", pgettext_lazy("counted", "return")
    REMINDER = "reminder", pgettext_lazy("counted", "reminder")
    DAY = "day", pgettext_lazy("counted", "day")
    PERCENT = "percent", pgettext_lazy("counted", "share in percent")
    OTHER = "other", pgettext_lazy("counted", "something else, as defined")


PARTS_ALLOWED = frozenset({Counted.DOLLAR, Counted.PERCENT, Counted.DAY})
"""What may be counted in parts; everything else is counted in whole numbers."""

NEVER_ADDED = frozenset({Counted.PERCENT, Counted.OTHER})
"""What says nothing when it is added, because each value is a share of something else or is defined by its series."""


@dataclass(frozen=True, slots=True)
class StandardUnit:
    """A counting unit of an international standard, with the standard's short name."""

    standard: str
    unit: str


_ICTIP = "IC-TIP (UNODC, IOM, 2025)"
_GLOTIP = "UNODC, Global Report on Trafficking in Persons"

STANDARD_UNITS: dict[Counted, tuple[StandardUnit, ...]] = {
    Counted.EVENT: (StandardUnit(_ICTIP, "trafficking in persons event"),),
    Counted.VICTIM: (StandardUnit(_ICTIP, "victim"), StandardUnit(_GLOTIP, "detected victim")),
    Counted.PRESUMED_VICTIM: (StandardUnit(_ICTIP, "presumed victim"),),
    Counted.SUSPECT: (StandardUnit(_ICTIP, "alleged perpetrator"), StandardUnit(_GLOTIP, "person investigated")),
    Counted.ACCUSED: (StandardUnit(_ICTIP, "alleged perpetrator"), StandardUnit(_GLOTIP, "person prosecuted")),
    Counted.PERSON_CONVICTED: (StandardUnit(_ICTIP, "perpetrator"), StandardUnit(_GLOTIP, "person convicted")),
}
"""The units of international standards that what we count comes nearest to. Names of standards stay as they are."""


class Mark(models.TextChoices):
    """How sure a value is, or why there is none."""

    FINAL = "final", pgettext_lazy("mark", "final")
    PROVISIONAL = "provisional", pgettext_lazy("mark", "provisional")
    APPROXIMATE = "approximate", pgettext_lazy("mark", "approximate")
    SUPPRESSED = "suppressed", pgettext_lazy("mark", "suppressed")
    NOT_AVAILABLE = "not_available", pgettext_lazy("mark", "not available")


WITHOUT_VALUE = frozenset({Mark.SUPPRESSED, Mark.NOT_AVAILABLE})
"""The marks that stand in place of a value."""

MARK_MEANINGS = {
    Mark.FINAL: _("The source stands by it. It changes only if a mistake is found."),
    Mark.PROVISIONAL: _("The source says that it may still change."),
    Mark.APPROXIMATE: _("The source gives it as “about” or “more than”, not as an exact count."),
    Mark.SUPPRESSED: _("It is known and left out, because it could show who somebody is."),
    Mark.NOT_AVAILABLE: _("The source has no number for this."),
}
"""What each mark means, in a sentence for readers."""


class Frequency(models.TextChoices):
    """How often a series has a value."""

    ANNUAL = "A", _("every calendar year")
    FISCAL = "AF", _("every fiscal year")
    HALF_YEARLY = "S", _("every half-year")
    QUARTERLY = "Q", _("every quarter")
    MONTHLY = "M", _("every month")
    IRREGULAR = "I", _("at no fixed times")


class Effect(models.TextChoices):
    """Whether a number tells what was done, or what it changed."""

    OUTPUT = "output", _("what was done (output)")
    OUTCOME = "outcome", _("what changed (outcome)")
