"""Recommendations from outside, and the deliverables that answer them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from palermo.plan.recommendations.vocabulary import Response, SourceKind
from palermo.plan.register.models import Deliverable, Plan


class Recommendation(models.Model):
    """What a body from outside recommends to whoever answers for a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="recommendations")
    source = models.CharField(max_length=20, choices=SourceKind.choices)
    body_en = models.CharField(max_length=300, blank=True)
    body_fr = models.CharField(max_length=300, blank=True)
    document_en = models.CharField(max_length=300, blank=True)
    document_fr = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=500, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    code = models.CharField(max_length=60, blank=True)
    """Its number in the document, where it has one."""
    text_en = models.TextField(blank=True)
    text_fr = models.TextField(blank=True)
    response = models.CharField(max_length=20, choices=Response.choices, default=Response.NOT_ANSWERED)
    reason_en = models.TextField(blank=True)
    """Why it is not accepted, or not wholly."""
    reason_fr = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    """Goes up with each save; a save made from an older one is a conflict."""

    class Meta:
        ordering: ClassVar = [F("issued_on").desc(nulls_last=True), "plan", "code", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(source__in=SourceKind.values), name="recommendation_known_source"),
            models.CheckConstraint(condition=Q(response__in=Response.values), name="recommendation_known_response"),
            models.CheckConstraint(condition=~Q(text_en="", text_fr=""), name="recommendation_text_not_empty"),
            models.CheckConstraint(condition=~Q(body_en="", body_fr=""), name="recommendation_body_not_empty"),
            models.CheckConstraint(
                condition=~Q(document_en="", document_fr=""), name="recommendation_document_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="https://"), name="recommendation_url_is_https"
            ),
            models.CheckConstraint(
                condition=~Q(response=Response.NOT_ACCEPTED) | ~Q(reason_en="", reason_fr=""),
                name="recommendation_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.code or self.pk}"


class Answer(models.Model):
    """A deliverable answers a recommendation, from a day to a day. An ended link stays in the history."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="answers")
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="recommendation_answers")
    note_en = models.TextField(blank=True)
    """How it answers, where that is not plain."""
    note_fr = models.TextField(blank=True)
    from_date = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["recommendation", "deliverable", "from_date"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("from_date")), name="answer_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["recommendation", "deliverable"],
                condition=Q(ended_on__isnull=True),
                name="answer_linked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation} ← {self.deliverable}"
