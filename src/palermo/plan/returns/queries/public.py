"""What the public reads of a period that was closed: who reported, and who did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from palermo.people.models import Organisation
from palermo.people.policies import Viewer
from palermo.people.queries import organisations
from palermo.plan.register.models import Account
from palermo.plan.register.vocabulary import Status
from palermo.plan.returns.models import Cycle


@dataclass(frozen=True, slots=True)
class Reported:
    """One organisation: on how much it reported, and on how much it did not."""

    organisation: Organisation
    reported: int
    not_reported: int


def reported(viewer: Viewer, cycle: Cycle) -> list[Reported]:
    """Every organisation that owed something in the period as it was last closed, who owed answers first."""
    counts = {one.organisation: (one.came, one.missed) for one in answered(viewer, [cycle.period_id])}
    found = [Reported(one, *counts[one.pk]) for one in organisations(viewer).filter(pk__in=counts).order_by("code")]
    return sorted(found, key=lambda one: -one.not_reported)


@dataclass(frozen=True, slots=True)
class Answered:
    """How many returns of one organisation for one period, both by their keys, came and were accepted, or never did."""

    period: int
    organisation: int
    came: int
    missed: int


def answered(_viewer: Viewer, periods: Sequence[int]) -> list[Answered]:
    """The returns of some periods, as these were last closed; who owed answers first. Periods are keys. One query."""
    never = Q(status=Status.NOT_REPORTED)
    counted = (
        Account.objects.filter(period__in=periods, is_current=True)
        .order_by()
        .values("period", "organisation")
        .annotate(came=Count("pk", filter=~never), missed=Count("pk", filter=never))
        .order_by("period", "-missed", "organisation__code")
    )
    return [Answered(*each) for each in counted.values_list("period", "organisation", "came", "missed")]
