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


class Element(models.TextChoices):
    """What the Palermo Protocol defines trafficking by, besides its purpose, which is `Form`."""

    ACT = "act", pgettext_lazy("element", "what is done with people")
    MEANS = "means", pgettext_lazy("element", "by what means")


class Act(models.TextChoices):
    """What is done with people (the Palermo Protocol, article 3 (a); the last one as in Criminal Code, 279.01)."""

    RECRUITED = "recruited", pgettext_lazy("act", "they are recruited")
    TRANSPORTED = "transported", pgettext_lazy("act", "they are transported")
    TRANSFERRED = "transferred", pgettext_lazy("act", "they are transferred to somebody else")
    HARBOURED = "harboured", pgettext_lazy("act", "they are harboured, held or hidden")
    RECEIVED = "received", pgettext_lazy("act", "they are received")
    CONTROLLED = "controlled", pgettext_lazy("act", "where they go is controlled")


class Means(models.TextChoices):
    """By what means (the Palermo Protocol, article 3 (a)). For anybody under 18 none are needed (article 3 (c))."""

    THREAT = "threat", pgettext_lazy("means", "threats")
    FORCE = "force", pgettext_lazy("means", "force")
    COERCION = "coercion", pgettext_lazy("means", "other coercion, such as debts or papers taken away")
    ABDUCTION = "abduction", pgettext_lazy("means", "abduction")
    FRAUD = "fraud", pgettext_lazy("means", "fraud")
    DECEPTION = "deception", pgettext_lazy("means", "false promises")
    POWER = "power", pgettext_lazy("means", "abuse of power")
    VULNERABILITY = "vulnerability", pgettext_lazy("means", "abuse of a position of vulnerability")
    PAYMENT = "payment", pgettext_lazy("means", "payments to somebody who has control over them")


class Hold(models.TextChoices):
    """Why a tip is kept although its time has come."""

    COURT = "court", pgettext_lazy("hold", "an order of a court")
    INVESTIGATION = "investigation", pgettext_lazy("hold", "an investigation that needs it")
    ACCESS = "access", pgettext_lazy("hold", "a request for access that is not answered yet")
    COMPLAINT = "complaint", pgettext_lazy("hold", "a complaint about how it was dealt with")
