"""Sections with how much stands in them, everything below included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from palermo.people.policies import Viewer
from palermo.plan.register.models import Deliverable, Plan, Section
from palermo.plan.register.queries.deliverables import deliverables, status_in
from palermo.plan.register.queries.kept import kept
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
    shape = section_shape(viewer, at.plan)
    levels = Counter(place.depth for place in shape.values())
    deepest, so_far = 1, 0
    for depth in sorted(levels):
        so_far += levels[depth]
        if depth == 1 or so_far <= SHOWN_AT_ONCE:
            deepest = depth
    shown = [pk for pk, place in shape.items() if place.depth <= deepest]
    return _counted(viewer, at, shape, shown)


def section_page(viewer: Viewer, at: PlanAt, code: str) -> SectionPage | None:
    """One section with its surroundings, or None where the plan has none of this code."""
    shape = section_shape(viewer, at.plan)
    here = next((pk for pk, place in shape.items() if place.code == code), None)
    if here is None:
        return None
    level = [pk for pk, place in shape.items() if place.depth == shape[here].depth]
    place = level.index(here)
    beside = (level[place - 1 : place] if place else [None]) + [*level[place + 1 : place + 2], None]
    below = [pk for pk, each in shape.items() if each.parent == here]
    above = path_to(shape, here)[:-1]
    counted = {
        one.section.pk: one
        for one in _counted(viewer, at, shape, [here, *below, *above, *[pk for pk in beside if pk is not None]])
    }
    previous, following = (counted[pk].section if pk is not None else None for pk in beside[:2])
    return SectionPage(
        here=counted[here],
        above=tuple(counted[pk].section for pk in above),
        below=tuple(counted[pk] for pk in below),
        previous=previous,
        next=following,
    )


def deliverables_of_section(viewer: Viewer, at: PlanAt, section: Section) -> QuerySet[KnownDeliverable]:
    """Those that stand right in a section, not in one below it."""
    return deliverables(viewer, at.plan, at.period).filter(section=section)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section stands: its code, its level from 1, and the keys of the section above and of its plan."""

    code: str
    depth: int
    parent: int | None
    plan: int


def section_shape(viewer: Viewer, plan: Plan) -> dict[int, Place]:
    """Where each section of a plan stands, by its key, in order; without any of their words."""
    return section_shapes(viewer, [plan])


def section_shapes(_viewer: Viewer, plans: Sequence[Plan]) -> dict[int, Place]:
    """Where each section of some plans stands, by its key, plan by plan in order."""
    rows = Section.objects.filter(plan__in=plans).order_by("plan", "position")
    found = rows.values_list("pk", "code", "level__depth", "parent", "plan")
    return {pk: Place(code, depth, parent, of) for pk, code, depth, parent, of in found}


def path_to(shape: Mapping[int, Place], section: int) -> list[int]:
    """The keys of the sections from the top down to this one."""
    path = [section]
    while (above := shape[path[0]].parent) is not None:
        path.insert(0, above)
    return path


def _counted(viewer: Viewer, at: PlanAt, shape: Mapping[int, Place], keys: Sequence[int]) -> list[CountedSection]:
    """The sections with these keys, in order, with their counts."""
    counts = statuses_by_section([at], shape)
    found = sections(viewer, at.plan).filter(pk__in=keys)
    return [CountedSection(one, counts[one.pk].total(), counts[one.pk][Status.COMPLETE]) for one in found]


def statuses_by_section(plans: Sequence[PlanAt], shape: Mapping[int, Place]) -> dict[int, Counter[str]]:
    """The deliverables of every section by status, those in the sections below added from the bottom up. One query."""
    shown = " ".join(f"{at.plan.pk}/{at.period.pk if at.period else 0}" for at in plans)
    found: dict[int, Counter[str]] = {pk: Counter() for pk in shape}
    for section, status, count in kept(f"sections {shown}", lambda: _own_counts(plans)):
        found[section][status] += count
    for pk, place in sorted(shape.items(), key=lambda item: -item[1].depth):
        if place.parent is not None:
            found[place.parent].update(found[pk])
    return found


def _own_counts(plans: Sequence[PlanAt]) -> list[tuple[int, str, int]]:
    found = Deliverable.objects.filter(plan__in=[at.plan.pk for at in plans], section__isnull=False)
    rows = (
        found.annotate(status=status_in([at.period for at in plans if at.period]))
        .order_by()
        .values_list("section", "status")
        .annotate(count=Count("pk"))
    )
    return list(rows)
