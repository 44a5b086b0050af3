"""Under what a desk files a tip, so that it is found and counted without a word of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Urgency(models.TextChoices):
    """How soon somebody has to act."""

    NOW = "now", pgettext_lazy("urgency", "somebody is in danger now")
    SOON = "soon", pgettext_lazy("urgency", "within days")
    LATER = "later", pgettext_lazy("urgency", "no hurry")


class Form(models.TextChoices):
    """What people may be exploited by (the Palermo Protocol of 2000, article 3 (a), and forms seen since)."""

    SEXUAL = "sexual", pgettext_lazy("exploitation", "sexual exploitation")
    LABOUR = "labour", pgettext_lazy("exploitation", "forced labour or services")
    DOMESTIC = "domestic", pgettext_lazy("exploitation", "servitude in a household")
    CRIMINALITY = "criminality", pgettext_lazy("exploitation", "forced criminality")
    BEGGING = "begging", pgettext_lazy("exploitation", "forced begging")
    MARRIAGE = "marriage", pgettext_lazy("exploitation", "forced marriage")
    ORGANS = "organs", pgettext_lazy("exploitation", "removal of organs")
    OTHER = "other", pgettext_lazy("exploitation", "another form")
    UNCLEAR = "unclear", pgettext_lazy("exploitation", "not clear yet")


class Outcome(models.TextChoices):
    """What came of it, in the words of the desk when it closes a tip."""

    POLICE = "police", pgettext_lazy("outcome", "police are looking into it")
    INSPECTION = "inspection", pgettext_lazy("outcome", "an inspectorate is looking into it")
    HELP = "help", pgettext_lazy("outcome", "people were led to help")
    KNOWN = "known", pgettext_lazy("outcome", "it was known already")
    LITTLE = "little", pgettext_lazy("outcome", "too little to go on")
    OTHER = "other", pgettext_lazy("outcome", "not about trafficking")
