"""What organisations have to do, over all plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When

from palermo.people.models import Organisation
from palermo.people.policies import Viewer
from palermo.people.queries import organisations
from palermo.plan.register.concerns import Concern, condition
from palermo.plan.register.models import Deliverable, Responsibility
from palermo.plan.register.queries.deliverables import as_known, with_responsibilities
from palermo.plan.register.queries.plan_at import PlanAt, plans_at
from palermo.plan.register.vocabulary import Part, Status

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownDeliverable


@dataclass(frozen=True, slots=True)
class BusyOrganisation:
    """An organisation and how many deliverables it has a part in."""

    organisation: Organisation
    leads: int
    supports: int


@dataclass(frozen=True, slots=True)
class PlanPart:
    """What an organisation has to do in one plan, in that plan's newest period."""

    at: PlanAt
    total: int
    complete: int
    late: int


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """An organisation, the units below it, and its part in each plan."""

    organisation: Organisation
    units: tuple[Organisation, ...]
    parts: tuple[PlanPart, ...]
    plans: tuple[PlanAt, ...]


def busy_organisations(viewer: Viewer) -> list[BusyOrganisation]:
    """Every organisation by its code, with how much it leads and supports. Four queries, however many."""
    counts = Counter(
        {
            (organisation, kind): count
            for organisation, kind, count in Responsibility.objects.order_by()
            .values_list("organisation", "kind")
            .annotate(count=Count("deliverable", distinct=True))
        }
    )
    return [
        BusyOrganisation(one, counts[one.pk, Part.LEAD.value], counts[one.pk, Part.SUPPORT.value])
        for one in organisations(viewer).order_by("code")
    ]


def organisations_of_plan(viewer: Viewer, at: PlanAt) -> list[Organisation]:
    """Whoever leads or supports anything in a plan, by code."""
    its = Responsibility.objects.filter(organisation=OuterRef("pk"), deliverable__plan=at.plan).order_by()
    return list(organisations(viewer).filter(Exists(its)).order_by("code"))


def organisation_page(viewer: Viewer, code: str) -> OrganisationPage | None:
    """One organisation with its part in each plan, or None where there is none of this code."""
    found = organisations(viewer).filter(code=code).first()
    if found is None:
        return None
    units = organisations(viewer).filter(parent=found).order_by("code")
    plans = tuple(plans_at(viewer))
    return OrganisationPage(found, tuple(units), tuple(_parts(found, plans)), plans)


def deliverables_of_organisation(
    viewer: Viewer, organisation: Organisation, plans: Sequence[PlanAt], *, only_late: bool = False
) -> QuerySet[KnownDeliverable]:
    """All that it leads or supports, plan by plan, each as known in the newest period of its plan."""
    found = _known(organisation, plans).select_related("plan", "section", "added_in")
    if only_late:
        found = found.filter(_late(plans))
    return with_responsibilities(found.order_by(_in_order_of(plans), "position"))


def _known(organisation: Organisation, plans: Sequence[PlanAt]) -> QuerySet[KnownDeliverable]:
    its = Responsibility.objects.filter(organisation=organisation).order_by().values("deliverable")
    return as_known(Deliverable.objects.filter(pk__in=its), [at.period for at in plans if at.period])


def _late(plans: Sequence[PlanAt]) -> Q:
    """Late in its own plan; each plan is judged at a moment of its own."""
    late = Q(pk__isnull=True)
    for at in plans:
        late |= Q(plan=at.plan) & condition(Concern.LATE, at.moment)
    return late


def _in_order_of(plans: Sequence[PlanAt]) -> Case:
    places = [When(plan=at.plan, then=Value(f"{place:06}")) for place, at in enumerate(plans)]
    return Case(*places, default=Value(""), output_field=CharField())


def _parts(organisation: Organisation, plans: Sequence[PlanAt]) -> list[PlanPart]:
    total: Counter[int] = Counter()
    complete: Counter[int] = Counter()
    late: Counter[int] = Counter()
    for each in shares(plans, organisation):
        total[each.plan] += each.count
        complete[each.plan] += each.count if each.status == Status.COMPLETE else 0
        late[each.plan] += each.count if each.is_late else 0
    return [
        PlanPart(at, total[at.plan.pk], complete[at.plan.pk], late[at.plan.pk]) for at in plans if total[at.plan.pk]
    ]


@dataclass(frozen=True, slots=True)
class Share:
    """So many deliverables of a plan that one organisation has a part in, and of which the same is known."""

    plan: int
    organisation: int
    status: str
    is_late: bool
    part: str
    """Lead or support; empty for either of them, since one organisation may do both."""
    count: int


def shares(plans: Sequence[PlanAt], organisation: Organisation | None = None, *, by_part: bool = False) -> list[Share]:
    """What each organisation, or one of them, leads or supports at any time, counted plan by plan. One query."""
    kinds = ("responsibilities__kind",) if by_part else ()
    found = Deliverable.objects.filter(plan__in=[at.plan.pk for at in plans], responsibilities__isnull=False)
    if organisation:
        found = found.filter(responsibilities__organisation=organisation)
    rows = (
        as_known(found, [at.period for at in plans if at.period])
        .annotate(late=Case(When(_late(plans), then=Value(1)), default=Value(0)))
        .order_by()
        .values_list("plan", "responsibilities__organisation", "status", "late", *kinds)
        .annotate(count=Count("pk", distinct=True))
    )
    return [
        Share(plan, one, status, bool(late), *(rest if by_part else ("", *rest)))
        for plan, one, status, late, *rest in rows
    ]
