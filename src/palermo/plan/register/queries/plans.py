"""Plans, their sections and their periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from palermo.people.models import User
from palermo.people.policies import Viewer, coordinating
from palermo.plan.register.models import Plan, PlanLevel, ReportingPeriod, Section, StatusRecord
from palermo.plan.register.vocabulary import Gathering

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownPeriod


def plans(viewer: Viewer) -> QuerySet[Plan]:
    """Every plan that the viewer may see. All are public: they are published documents."""
    return Plan.objects.select_related("owner").prefetch_related(
        "owner__names", Prefetch("levels", PlanLevel.objects.order_by("depth"))
    )


def plans_to_change(viewer: Viewer) -> QuerySet[Plan]:
    """The plans that the viewer coordinates today."""
    if not isinstance(viewer, User):
        return Plan.objects.none()
    return plans(viewer).filter(owner__in=coordinating(viewer).values("organisation"))


def sections(viewer: Viewer, plan: Plan) -> QuerySet[Section]:
    """The sections of a plan from top to bottom, each with its level and parent."""
    return Section.objects.filter(plan=plan).select_related("level", "parent").order_by("position")


def all_periods(viewer: Viewer) -> QuerySet[KnownPeriod]:
    """The periods of every plan, the first one first; `has_statuses` says whether anything is known of it."""
    known = StatusRecord.objects.filter(period=OuterRef("pk"))
    found = ReportingPeriod.objects.annotate(has_statuses=Exists(known)).order_by("starts_on")
    # What is being gathered for the first time is nobody's to see yet; what is gathered again stays public.
    return found.exclude(gathering=Gathering.OPEN, has_statuses=False)


def periods(viewer: Viewer, plan: Plan) -> QuerySet[KnownPeriod]:
    """The periods of a plan, as `all_periods` has them."""
    return all_periods(viewer).filter(plan=plan)


def latest_period(viewer: Viewer, plan: Plan) -> KnownPeriod | None:
    """The newest period of which any status is known."""
    return periods(viewer, plan).filter(has_statuses=True).order_by("-starts_on").first()


def period_before(viewer: Viewer, period: ReportingPeriod) -> KnownPeriod | None:
    """The newest earlier period of which any status is known."""
    earlier = periods(viewer, period.plan).filter(has_statuses=True, starts_on__lt=period.starts_on)
    return earlier.order_by("-starts_on").first()
