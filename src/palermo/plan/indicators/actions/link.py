"""Saying that a series shows how a deliverable or a section does, and that it does no more."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, QuerySet

from palermo.audit.actions import record
from palermo.figures.series.models import Series
from palermo.people.models import User
from palermo.plan.indicators.models import Indicator
from palermo.plan.register.models import Deliverable, Plan, Section
from palermo.plan.register.policies import may_change_plan

Place = Deliverable | Section


class AlreadyLinkedError(Exception):
    """The series is an indicator of it already. Nothing was written."""


class NotLinkedError(Exception):
    """The series is no indicator of it any more. Nothing was written."""


@transaction.atomic
def link_series(*, series: Series, to: Place, note_en: str = "", note_fr: str = "", by: User) -> Indicator:
    """Say that a series shows how a deliverable or a section does; it is shown after those that are linked already.

    Raises:
        PermissionDenied: `by` may not change the plan.
        AlreadyLinkedError: it is linked already.
    """
    _lock(to.plan, by)
    those = of_place(to)
    if those.filter(series=series).exists():
        raise AlreadyLinkedError
    last = those.aggregate(last=Max("position"))["last"]
    made = Indicator.objects.create(
        series=series,
        deliverable=to if isinstance(to, Deliverable) else None,
        section=to if isinstance(to, Section) else None,
        note_en=note_en,
        note_fr=note_fr,
        position=0 if last is None else last + 1,
    )
    record(by=by, act="indicator.link", about=made, **_told(made))
    return made


@transaction.atomic
def unlink_series(*, indicator: Indicator, by: User) -> None:
    """Say that a series shows it no more. The trail keeps that it did; linking it again undoes this.

    Raises:
        PermissionDenied: `by` may not change the plan.
        NotLinkedError: it is not linked any more.
    """
    _lock(indicator.plan, by)
    current = Indicator.objects.filter(pk=indicator.pk).first()
    if current is None:
        raise NotLinkedError
    record(by=by, act="indicator.unlink", about=current, **_told(current))
    current.delete()


def of_place(to: Place) -> QuerySet[Indicator]:
    """The indicators of a deliverable or a section."""
    return Indicator.objects.filter(**{"deliverable" if isinstance(to, Deliverable) else "section": to})


def _told(one: Indicator) -> dict[str, str]:
    """What the trail says of it; the history of a deliverable is found by its plan and its code."""
    place = "code" if one.deliverable else "section"
    return {"plan": one.plan.code, place: one.place.code, "series": one.series.code}


def _lock(plan: Plan, by: User) -> None:
    held = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    if not may_change_plan(by, held):
        raise PermissionDenied
