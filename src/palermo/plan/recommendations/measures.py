"""What can be counted of recommendations from outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from palermo.figures.measures import CountedCell, Measure, MeasureSpan
from palermo.people.policies import Viewer
from palermo.plan.recommendations.queries import recommendations
from palermo.plan.recommendations.standing import standings
from palermo.plan.recommendations.vocabulary import SourceKind
from palermo.plan.register.measures.dimensions import PLAN, cells, choices_dimension


class Answered(models.TextChoices):
    """Whether any deliverable answers a recommendation."""

    ANSWERED = "answered", pgettext_lazy("recommendation", "Answered by a deliverable")
    UNANSWERED = "unanswered", pgettext_lazy("recommendation", "Nothing answers it")


_BY = (
    PLAN,
    choices_dimension("body", _("Made by"), SourceKind),
    choices_dimension("answered", _("Answered or not"), Answered),
)


def counted(viewer: Viewer, _span: MeasureSpan) -> Iterable[CountedCell]:
    """Recommendations by plan, kind of body and whether anything answers them today."""
    counts: Counter[tuple[str, ...]] = Counter()
    for each in standings(viewer, list(recommendations(viewer))):
        answer = Answered.UNANSWERED if each.is_unanswered else Answered.ANSWERED
        counts[each.recommendation.plan.code, each.recommendation.source, answer.value] += 1
    return cells(_BY, counts, over=("body", "answered"))


MEASURES = (
    Measure(
        code="recommendations",
        title=_("Recommendations, answered or not"),
        definition=_(
            "Recommendations from outside, as they stand today. One is answered if a deliverable is linked to it that "
            "is neither late nor given up; a promise to look into it is no answer."
        ),
        counts="other",
        dimensions=_BY,
        count=counted,
        is_public=True,
        source=_("The register of recommendations and the deliverables that are linked to them."),
    ),
)
