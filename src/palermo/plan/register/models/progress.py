"""What is known of a deliverable over time: who, until when, how far, with what money and what proof."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from palermo.people.models import Organisation, User
from palermo.plan.register.models.deliverable import Deliverable
from palermo.plan.register.models.plan import ReportingPeriod, SourceDocument
from palermo.plan.register.vocabulary import LineageKind, MoneyKind, Part, Status, StatusKind


class Responsibility(models.Model):
    """An organisation leads or supports a deliverable, from a day to a day."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="responsibilities")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="responsibilities")
    kind = models.CharField(max_length=10, choices=Part.choices)
    position = models.PositiveSmallIntegerField(default=0)
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)
    printed = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["deliverable", "position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=Part.values), name="responsibility_known_kind"),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(from_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="responsibility_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["deliverable", "organisation", "kind", "from_date"],
                name="responsibility_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.kind} {self.deliverable}"


class DueDate(models.Model):
    """A date that a deliverable was to be done by. The first one stays; a revision is a further row."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="due_dates")
    revision = models.PositiveSmallIntegerField()
    """0 for the first date ever given."""
    due_on = models.DateField()
    printed = models.CharField(max_length=120, blank=True)
    reason_en = models.TextField(blank=True)
    reason_fr = models.TextField(blank=True)
    set_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["deliverable", "revision"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deliverable", "revision"], name="due_date_revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable}: {self.due_on}"


class StatusRecord(models.Model):
    """How far a deliverable was in a period, in whose word. A correction is a further record."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="statuses")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="statuses")
    kind = models.CharField(max_length=10, choices=StatusKind.choices, default=StatusKind.CLAIMED)
    value = models.CharField(max_length=20, choices=Status.choices)
    printed = models.CharField(max_length=200, blank=True)
    note_en = models.TextField(blank=True)
    note_fr = models.TextField(blank=True)
    document = models.ForeignKey(
        SourceDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="statuses"
    )
    place = models.CharField(max_length=120, blank=True)
    """Where in the document, as a person would look for it."""
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    is_current = models.BooleanField(default=True)
    """False once a later record says otherwise for the same period."""

    class Meta:
        ordering: ClassVar = ["deliverable", "period", "kind", "recorded_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(value__in=Status.values), name="status_known_value"),
            models.CheckConstraint(condition=Q(kind__in=StatusKind.values), name="status_known_kind"),
            models.UniqueConstraint(
                fields=["deliverable", "period", "kind"],
                condition=Q(is_current=True),
                name="status_one_current_a_period",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["period", "kind", "is_current", "value"], name="status_by_period")]

    def __str__(self) -> str:
        return f"{self.deliverable} {self.period}: {self.value}"


class Money(models.Model):
    """What a deliverable may cost in one fiscal year, and where that comes from."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="money")
    kind = models.CharField(max_length=10, choices=MoneyKind.choices)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="CAD")
    fiscal_year = models.CharField(max_length=9, blank=True)
    note_en = models.TextField(blank=True)
    note_fr = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["deliverable", "pk"]
        verbose_name_plural = "money"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=MoneyKind.values), name="money_known_kind"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | (Q(amount__gte=0) & ~Q(kind=MoneyKind.NONE)),
                name="money_amount_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable}: {self.kind} {self.amount}"


class Evidence(models.Model):
    """Something that shows that a deliverable was done, or how far it is."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="evidence")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="evidence")
    title_en = models.CharField(max_length=500, blank=True)
    title_fr = models.CharField(max_length=500, blank=True)
    url = models.URLField(max_length=500, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    file_code = models.UUIDField(null=True, blank=True)
    """The file that was cleared for publication, where it is one: what its address ends with."""

    class Meta:
        ordering: ClassVar = ["deliverable", "-period__starts_on", "pk"]
        verbose_name_plural = "evidence"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title_en="", title_fr=""), name="evidence_title_not_empty"),
        ]

    def __str__(self) -> str:
        return self.title_en or self.title_fr


class Lineage(models.Model):
    """What a deliverable became in a later plan, whether or not that plan is in the register yet."""

    before = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="became")
    after_plan = models.CharField(max_length=60)
    after_code = models.CharField(max_length=60)
    after = models.ForeignKey(Deliverable, null=True, blank=True, on_delete=models.SET_NULL, related_name="came_from")
    """The later deliverable, once its plan is in the register."""
    kind = models.CharField(max_length=20, choices=LineageKind.choices)
    note_en = models.TextField(blank=True)
    note_fr = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["before", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["before", "after_plan", "after_code"], name="lineage_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="lineage_not_to_itself"),
            models.CheckConstraint(condition=Q(kind__in=LineageKind.values), name="lineage_known_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after_plan} {self.after_code}"
