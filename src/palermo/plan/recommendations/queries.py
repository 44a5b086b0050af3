"""Every read of recommendations. All are public: they were published by those who made them."""

from __future__ import annotations

from django.db.models import F, Prefetch, Q, QuerySet

from palermo.people.policies import Viewer
from palermo.plan.recommendations.models import Answer, Recommendation
from palermo.plan.register.models import Deliverable


def recommendations(viewer: Viewer) -> QuerySet[Recommendation]:
    """Every recommendation, the newest first, with the links that stand. Two queries, however many."""
    standing = Answer.objects.filter(ended_on__isnull=True).select_related("deliverable__plan")
    return Recommendation.objects.select_related("plan").prefetch_related(Prefetch("answers", standing))


def recommendation(viewer: Viewer, number: int) -> Recommendation | None:
    """One recommendation, or None where there is none of this number."""
    return recommendations(viewer).filter(pk=number).first()


def recommendations_answered_by(viewer: Viewer, deliverable: Deliverable) -> QuerySet[Recommendation]:
    """The recommendations that a deliverable answers today."""
    its = Answer.objects.filter(deliverable=deliverable, ended_on__isnull=True)
    return recommendations(viewer).filter(pk__in=its.values("recommendation"))


def answers_of(viewer: Viewer, one: Recommendation) -> QuerySet[Answer]:
    """Every link of a recommendation, those that ended last."""
    found = Answer.objects.filter(recommendation=one).select_related("deliverable__plan")
    return found.order_by(F("ended_on").asc(nulls_first=True), "deliverable__position")


def deliverables_that_may_answer(viewer: Viewer, one: Recommendation) -> list[Deliverable]:
    """The deliverables of the plan that it is addressed to, and of those that follow it, in order."""
    its = Q(plan=one.plan_id) | Q(plan__predecessor_code=one.plan.code)
    return list(Deliverable.objects.filter(its).order_by("plan__starts_on", "plan", "position"))
