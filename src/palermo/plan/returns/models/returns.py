"""A return, the steps it took, and the questions it was sent back with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palermo.figures.series.models import Observation, Series
from palermo.figures.series.vocabulary import Mark
from palermo.foundation.bilingual import LANGUAGES
from palermo.people.models import Organisation, User
from palermo.plan.register.models import Deliverable
from palermo.plan.register.vocabulary import Status
from palermo.plan.returns.models.cycle import Cycle
from palermo.plan.returns.vocabulary import Act, State

CLAIMABLE = tuple(value for value in Status.values if value not in {Status.NOT_STATED, Status.NOT_REPORTED})
"""The statuses that an organisation can claim."""


NUMBER_MARKS = (Mark.PROVISIONAL, Mark.APPROXIMATE)
"""How sure a returned number of a series may be. That it is final is said later, where the series is kept."""


class Return(models.Model):
    """What one organisation says of one deliverable that it leads, for one period. Kept for ever."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="returns")
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="returns")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="returns")
    holder = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Who writes it and is reminded; None leaves it to every focal point and alternate of the organisation."""
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    state_since = models.DateTimeField()
    was_cleared = models.BooleanField(default=False)
    """Whether it ever left the organisation, so that the coordinator and the assessor may read it."""
    status = models.CharField(max_length=20, choices=Status.choices, blank=True)
    """The status claimed; empty until somebody says one."""
    narrative_en = models.TextField(blank=True)
    narrative_fr = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    """Why it is behind, has no end, or is no longer pursued."""
    reason_fr = models.TextField(blank=True)
    proof_en = models.TextField(blank=True)
    """What would show that something without an end works."""
    proof_fr = models.TextField(blank=True)
    new_due_on = models.DateField(null=True, blank=True)
    spent = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="CAD")
    version = models.PositiveIntegerField(default=1)
    """Goes up with each save and each step; what was made from an older one is a conflict."""

    class Meta:
        ordering: ClassVar = ["cycle", "deliverable__position", "organisation__code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "deliverable", "organisation"], name="return_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="return_known_state"),
            models.CheckConstraint(condition=Q(status="") | Q(status__in=CLAIMABLE), name="return_claimable_status"),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.RETURNED, State.NOT_REPORTED]) | ~Q(status=""),
                name="return_submitted_with_status",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.CLEARED, State.ACCEPTED]) | Q(was_cleared=True),
                name="return_cleared_before_accepted",
            ),
            models.CheckConstraint(condition=Q(spent__isnull=True) | Q(spent__gte=0), name="return_spent_not_negative"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cycle", "state", "organisation"], name="return_board"),
            models.Index(fields=["organisation", "cycle", "state"], name="return_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.organisation} {self.deliverable}"


class Figure(models.Model):
    """A number that a return gives, with what it counts."""

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="figures")
    label_en = models.CharField(max_length=200, blank=True)
    label_fr = models.CharField(max_length=200, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=4)
    unit_en = models.CharField(max_length=60, blank=True)
    unit_fr = models.CharField(max_length=60, blank=True)
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="returned")
    """The series whose value for the period it is, where it is one."""
    mark = models.CharField(max_length=20, blank=True)
    observation = models.ForeignKey(
        Observation, null=True, blank=True, on_delete=models.PROTECT, related_name="returned_in"
    )
    """What it became in the register of figures when the period was closed last."""

    class Meta:
        ordering: ClassVar = ["of", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(label_en="", label_fr=""), name="return_figure_has_label"),
            models.CheckConstraint(
                condition=Q(series__isnull=True, mark="", observation__isnull=True)
                | Q(series__isnull=False, mark__in=NUMBER_MARKS),
                name="return_figure_of_series_has_mark",
            ),
            models.UniqueConstraint(
                fields=["of", "series"], condition=Q(series__isnull=False), name="return_figure_of_series_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label_en or self.label_fr}: {self.value}"


class Step(models.Model):
    """One step of a return, with who and when, and what it said at that moment. Rows are only ever added."""

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=20, choices=Act.choices)
    before = models.CharField(max_length=20, choices=State.choices)
    after = models.CharField(max_length=20, choices=State.choices)
    note = models.TextField(blank=True)
    """What the person who acted said of it, in the language that they wrote."""
    content = models.JSONField(default=dict)
    """Every field, figure and piece of evidence as it stood, so that what was submitted can always be read."""
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["of", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(act__in=Act.values), name="return_step_known_act"),
        ]

    def __str__(self) -> str:
        return f"{self.of}: {self.act}"


class Question(models.Model):
    """What a return was sent back to be asked, and the answer."""

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()
    language = models.CharField(max_length=2, choices=[(one, one) for one in LANGUAGES])
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    is_inner = models.BooleanField(default=False)
    """Asked within the organisation, before it cleared the return: nobody else reads it."""
    answer = models.TextField(blank=True)
    answer_language = models.CharField(max_length=2, choices=[(one, one) for one in LANGUAGES], blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["of", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="return_question_not_empty"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="return_answer_has_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of}: {self.text[:40]}"
