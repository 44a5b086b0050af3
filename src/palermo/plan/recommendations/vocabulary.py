"""The choices of the register of recommendations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SourceKind(models.TextChoices):
    """What kind of body recommends."""

    EVALUATION = "evaluation", _("Evaluation")
    PARLIAMENT = "parliament", _("Parliamentary committee")
    GRETA = "greta", _("GRETA, Council of Europe")
    TIP_REPORT = "tip_report", _("Trafficking in Persons Report")
    TREATY_BODY = "treaty_body", _("Treaty body of the United Nations")
    OTHER = "other", _("Another body")


class Response(models.TextChoices):
    """What whoever was addressed said to a recommendation."""

    ACCEPTED = "accepted", pgettext_lazy("recommendation", "Accepted")
    IN_PART = "in_part", _("Accepted in part")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    NOT_ANSWERED = "not_answered", _("Not answered")
