"""What an organisation owes, what came back, what waits, what is done; and how complete it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from palermo.people.models import Organisation, Role
from palermo.people.policies import Viewer, holding
from palermo.people.queries import organisations
from palermo.plan.register.models import DueDate
from palermo.plan.register.vocabulary import Gathering
from palermo.plan.returns.models import Figure, Proof, Return
from palermo.plan.returns.policies import OF_THE_ORGANISATION
from palermo.plan.returns.vocabulary import State

GROUPS = {
    "asked": (_("Returned with questions"), (State.RETURNED,)),
    "to_write": (_("To be written"), (State.DRAFT,)),
    "to_clear": (_("To be cleared"), (State.SUBMITTED,)),
    "done": (_("Cleared or accepted"), (State.CLEARED, State.ACCEPTED)),
    "missed": (_("Not reported"), (State.NOT_REPORTED,)),
}
"""The parts of the list, the most urgent first, and the states in each."""


@dataclass(frozen=True, slots=True)
class Group:
    """One part of the list with how many returns are in it."""

    code: str
    label: str
    count: int


def own_returns(viewer: Viewer) -> QuerySet[Return]:
    """The returns of the organisations that the viewer works for."""
    own = holding(viewer, *OF_THE_ORGANISATION).values("organisation")
    return Return.objects.filter(organisation__in=own)


def returns_in(viewer: Viewer, group: str, *, past: bool = False) -> QuerySet[Return]:
    """The returns of one part of the list, what is due first on top; `past` adds closed periods."""
    found = own_returns(viewer).filter(state__in=GROUPS[group][1])
    found = found if past else found.filter(cycle__period__gathering=Gathering.OPEN)
    found = found.select_related("cycle__period__plan", "deliverable", "organisation", "holder")
    found = found.prefetch_related("organisation__names")
    return found.order_by("cycle__due_on", "cycle", "organisation__code", "deliverable__position")


def groups_of(viewer: Viewer, *, past: bool = False) -> list[Group]:
    """Every part of the list with its count, in one query."""
    found = own_returns(viewer)
    found = found if past else found.filter(cycle__period__gathering=Gathering.OPEN)
    counts = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    return [
        Group(code, str(label), sum(counts.get(state, 0) for state in states))
        for code, (label, states) in GROUPS.items()
    ]


def may_clear_some(viewer: Viewer) -> bool:
    """Whether the viewer clears returns for anybody."""
    return holding(viewer, Role.CLEARING_OFFICER).exists()


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of an organisation's returns of open periods have each thing that makes them worth reading."""

    organisation: Organisation
    returns: int
    narrative: int
    dates: int
    evidence: int
    money: int
    figures: int

    @property
    def score(self) -> int:
        """The mean of the five shares, in whole percent, rounded down so that 100 means all."""
        parts = self.narrative + self.dates + self.evidence + self.money + self.figures
        return parts * 100 // (5 * self.returns) if self.returns else 0


def completeness_of(found: QuerySet[Return], viewer: Viewer) -> list[Completeness]:
    """The completeness of each organisation whose returns are given. Three queries, however many returns."""
    said = ~Q(narrative_en="", narrative_fr="")
    dated = Q(new_due_on__isnull=False) | Exists(DueDate.objects.filter(deliverable=OuterRef("deliverable")))
    shown = Exists(Proof.objects.filter(of=OuterRef("pk"), removed_at__isnull=True))
    numbered = Exists(Figure.objects.filter(of=OuterRef("pk")))
    counted = found.order_by().annotate(is_dated=dated, is_shown=shown, is_counted=numbered)
    rows = list(
        counted.values("organisation")
        .annotate(
            n=Count("pk"),
            told=Count("pk", filter=said),
            dated=Count("pk", filter=Q(is_dated=True)),
            shown=Count("pk", filter=Q(is_shown=True)),
            paid=Count("pk", filter=Q(spent__isnull=False)),
            numbered=Count("pk", filter=Q(is_counted=True)),
        )
        .order_by("organisation__code")
        .values_list("organisation", "n", "told", "dated", "shown", "paid", "numbered")
    )
    named = organisations(viewer).in_bulk([key for key, *_counts in rows])
    return [Completeness(named[key], *counts) for key, *counts in rows]


def own_completeness(viewer: Viewer) -> list[Completeness]:
    """How complete the viewer's own organisations are in the periods that are open."""
    return completeness_of(own_returns(viewer).filter(cycle__period__gathering=Gathering.OPEN), viewer)
