"""Lists of deliverables: filtered by what a reader asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, Q, QuerySet

from palermo.people.policies import Viewer
from palermo.plan.register.concerns import Concern, condition
from palermo.plan.register.models import Responsibility
from palermo.plan.register.queries.deliverables import deliverables
from palermo.plan.register.queries.matching import matching
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.vocabulary import P, Status

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownDeliverable

M = TypeVar("M", bound=Model)
NO_P = "none"
"""What the filter says for deliverables without a P."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for. An empty value asks for everything; so does one that is not known."""

    status: str = ""
    p: str = ""
    organisation: str = ""
    """The code of an organisation that leads or supports."""
    concern: str = ""
    words: str = ""

    @classmethod
    def read(cls, values: Mapping[str, str]) -> Wanted:
        """From the query of an address, leaving out what means nothing."""
        return cls(
            status=_one_of(values.get("status", ""), Status.values),
            p=_one_of(values.get("p", ""), [*P.values, NO_P]),
            organisation=values.get("organisation", ""),
            concern=_one_of(values.get("concern", ""), Concern.values),
            words=values.get("q", ""),
        )

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not (self.status or self.p or self.organisation or self.concern or self.words)


def _one_of(value: str, known: list[str]) -> str:
    return value if value in known else ""


def wanted_deliverables(viewer: Viewer, at: PlanAt, wanted: Wanted) -> QuerySet[KnownDeliverable]:
    """The deliverables of a plan that somebody asks for, in order."""
    found = deliverables(viewer, at.plan, at.period)
    if wanted.status:
        found = found.filter(status=wanted.status)
    if wanted.p:
        found = found.filter(p="" if wanted.p == NO_P else wanted.p)
    if wanted.organisation:
        found = found.filter(pk__in=_of_organisation(wanted.organisation))
    if wanted.concern:
        found = found.filter(condition(Concern(wanted.concern), at.moment))
    return found.filter(matching(wanted.words)) if wanted.words else found


def _of_organisation(code: str) -> QuerySet[Responsibility, int]:
    return Responsibility.objects.filter(Q(organisation__code=code)).order_by().values_list("deliverable", flat=True)
