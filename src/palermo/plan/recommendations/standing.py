"""Recommendations beside what answers them, and how far that is today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from palermo.people.policies import Viewer
from palermo.plan.recommendations.models import Answer, Recommendation
from palermo.plan.register.concerns import Concern, holds
from palermo.plan.register.models import Deliverable
from palermo.plan.register.queries.deliverables import as_known
from palermo.plan.register.queries.plan_at import plans_at
from palermo.plan.register.vocabulary import Status

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownDeliverable


@dataclass(frozen=True, slots=True)
class Answering:
    """One deliverable that answers, as known in the newest period of its plan."""

    answer: Answer
    one: KnownDeliverable
    is_late: bool

    @property
    def counts(self) -> bool:
        """Whether it can still be said to answer: neither late nor given up."""
        return not self.is_late and self.one.status != Status.NO_LONGER_PURSUED


@dataclass(frozen=True, slots=True)
class Standing:
    """One recommendation with all that answers it."""

    recommendation: Recommendation
    answering: tuple[Answering, ...]

    @property
    def is_unanswered(self) -> bool:
        """Nothing is linked, or everything that is linked is late or given up."""
        return not any(each.counts for each in self.answering)


def unanswered(viewer: Viewer, found: QuerySet[Recommendation]) -> list[int]:
    """The keys of those that nothing answers. As many queries as `standings`; the work grows with what is asked of."""
    return [each.recommendation.pk for each in standings(viewer, list(found)) if each.is_unanswered]


def standings(viewer: Viewer, found: Sequence[Recommendation]) -> list[Standing]:
    """Some recommendations of `queries.recommendations` with what answers them. Five queries, however many."""
    places = {at.plan.pk: at for at in plans_at(viewer)}
    linked = {answer.deliverable_id for each in found for answer in each.answers.all()}
    periods = [at.period for at in places.values() if at.period]
    known = {one.pk: one for one in as_known(Deliverable.objects.filter(pk__in=linked), periods)}

    def answering(answer: Answer) -> Answering:
        one = known[answer.deliverable_id]
        return Answering(answer, one, holds(Concern.LATE, one, places[one.plan_id].moment))

    return [Standing(each, tuple(answering(answer) for answer in each.answers.all())) for each in found]
