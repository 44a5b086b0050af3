"""Search over everything that is public, in both languages at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import Case, QuerySet, Value, When

from palermo.foundation.bilingual import Language
from palermo.foundation.search import folded
from palermo.people.models import Organisation
from palermo.people.policies import Viewer
from palermo.people.queries import organisations
from palermo.plan.register.models import Deliverable, Plan, Section
from palermo.plan.register.queries.deliverables import as_known, with_responsibilities
from palermo.plan.register.queries.matching import matching, text_matches
from palermo.plan.register.queries.plan_at import PlanAt

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownDeliverable

SHOWN = 10
"""Of plans, sections and organisations the first ten are shown, and how many there are."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """Something found, and the languages in which all words were found."""

    found: T
    languages: list[Language]


@dataclass(frozen=True, slots=True)
class Hits(Generic[T]):
    """The first few of what was found, and how many there are in all."""

    first: list[Hit[T]]
    total: int


@dataclass(frozen=True, slots=True)
class Found:
    """Everything found but the deliverables, which come page by page."""

    plans: Hits[Plan]
    sections: Hits[Section]
    organisations: Hits[Organisation]

    @property
    def total(self) -> int:
        """How many records in all."""
        return self.plans.total + self.sections.total + self.organisations.total


def search(viewer: Viewer, query: str, plans: Sequence[PlanAt]) -> tuple[Found, QuerySet[KnownDeliverable]]:
    """What all words are found in, deliverables as known in the newest period of their plan.

    Nothing where there are no words. A fixed number of queries.
    """
    heads = [each.plan for each in plans]
    found = Found(
        plans=_hits(query, ((one, one.title_en, one.title_fr, one.code) for one in heads)),
        sections=_section_hits(query),
        organisations=_hits(query, ((one, *_names(one), one.code) for one in organisations(viewer).order_by("code"))),
    )
    return found, _deliverables(query, plans)


def _section_hits(query: str) -> Hits[Section]:
    """Titles and codes of all sections are read, the sections themselves only where they are shown."""
    rows = Section.objects.order_by("plan", "position").values_list("pk", "title_en", "title_fr", "code")
    hits = _hits(query, rows)
    shown = Section.objects.select_related("plan", "level").in_bulk([hit.found for hit in hits.first])
    return Hits([Hit(shown[hit.found], hit.languages) for hit in hits.first], hits.total)


def _names(one: Organisation) -> tuple[str, str]:
    """All names it ever had: who looks for an old name should find the new one."""
    names = list(one.names.all())
    return (
        " ".join(f"{name.name_en} {name.acronym_en}" for name in names),
        " ".join(f"{name.name_fr} {name.acronym_fr}" for name in names),
    )


def _hits(query: str, records: Iterable[tuple[T, str, str, str]]) -> Hits[T]:
    wanted = folded(query.strip())
    hits = []
    for record, en, fr, code in records:
        languages = text_matches(query, en, fr)
        if languages or (wanted and folded(code) == wanted):
            hits.append(Hit(record, languages))
    return Hits(hits[:SHOWN], len(hits))


def _deliverables(query: str, plans: Sequence[PlanAt]) -> QuerySet[KnownDeliverable]:
    found = as_known(Deliverable.objects.all(), [at.period for at in plans if at.period])
    if not query.strip():
        return found.none()
    exact = Case(When(code__iexact=query.strip(), then=Value(0)), default=Value(1))
    hits = found.filter(matching(query)).select_related("plan", "section", "added_in")
    return with_responsibilities(hits.order_by(exact, "plan__is_invented", "plan", "position"))
