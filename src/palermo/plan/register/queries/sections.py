"""Sections with how much stands in them, everything below included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from palermo.people.policies import Viewer
from palermo.plan.register.models import Deliverable, Section
from palermo.plan.register.queries.deliverables import deliverables, status_in
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.queries.plans import sections
from palermo.plan.register.vocabulary import Status

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownDeliverable

SHOWN_AT_ONCE = 120
"""A tree of more sections shows its upper levels; the pages of these show the rest."""


@dataclass(frozen=True, slots=True)
class CountedSection:
    """A section, and how many deliverables stand in it and in the sections below."""

    section: Section
    total: int
    complete: int


@dataclass(frozen=True, slots=True)
class SectionPage:
    """A section, those above it from the top down, those right below, and its neighbours of the same level."""

    here: CountedSection
    above: tuple[Section, ...]
    below: tuple[CountedSection, ...]
    previous: Section | None
    next: Section | None


def section_tree(viewer: Viewer, at: PlanAt) -> list[CountedSection]:
    """The sections from top to bottom, down to the deepest level at which they are not too many to show."""
    counted = _counted_sections(viewer, at)
    levels = Counter(one.section.level.depth for one in counted)
    deepest, so_far = 1, 0
    for depth in sorted(levels):
        so_far += levels[depth]
        if depth == 1 or so_far <= SHOWN_AT_ONCE:
            deepest = depth
    return [one for one in counted if one.section.level.depth <= deepest]


def section_page(viewer: Viewer, at: PlanAt, code: str) -> SectionPage | None:
    """One section with its surroundings, or None where the plan has none of this code."""
    counted = _counted_sections(viewer, at)
    here = next((one for one in counted if one.section.code == code), None)
    if here is None:
        return None
    by_key = {one.section.pk: one.section for one in counted}
    level = [one.section for one in counted if one.section.level_id == here.section.level_id]
    place = level.index(here.section)
    return SectionPage(
        here=here,
        above=_above(here.section, by_key),
        below=tuple(one for one in counted if one.section.parent_id == here.section.pk),
        previous=level[place - 1] if place else None,
        next=level[place + 1] if place + 1 < len(level) else None,
    )


def deliverables_of_section(viewer: Viewer, at: PlanAt, section: Section) -> QuerySet[KnownDeliverable]:
    """Those that stand right in a section, not in one below it."""
    return deliverables(viewer, at.plan, at.period).filter(section=section)


def _above(section: Section, by_key: dict[int, Section]) -> tuple[Section, ...]:
    above: list[Section] = []
    while section.parent_id is not None:
        section = by_key[section.parent_id]
        above.insert(0, section)
    return tuple(above)


def _counted_sections(viewer: Viewer, at: PlanAt) -> list[CountedSection]:
    """Every section of a plan with its counts, children added to their parents from the bottom up."""
    found = list(sections(viewer, at.plan))
    total, complete = _own_counts(at)
    for section in sorted(found, key=lambda one: -one.level.depth):
        if section.parent_id is not None:
            total[section.parent_id] += total[section.pk]
            complete[section.parent_id] += complete[section.pk]
    return [CountedSection(one, total[one.pk], complete[one.pk]) for one in found]


def _own_counts(at: PlanAt) -> tuple[Counter[int], Counter[int]]:
    rows: Sequence[tuple[int, str, int]] = list(
        Deliverable.objects.filter(plan=at.plan, section__isnull=False)
        .annotate(status=status_in([at.period] if at.period else []))
        .order_by()
        .values_list("section", "status")
        .annotate(count=Count("pk"))
    )
    total: Counter[int] = Counter()
    complete: Counter[int] = Counter()
    for section, status, count in rows:
        total[section] += count
        complete[section] += count if status == Status.COMPLETE else 0
    return total, complete
