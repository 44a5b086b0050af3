"""Every read of indicators. They are as public as the series that they link."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from palermo.figures.series.models import Observation, Series
from palermo.figures.series.policies import visible
from palermo.figures.series.queries import latest
from palermo.figures.series.serving import Served
from palermo.people.policies import Viewer
from palermo.plan.indicators.models import Indicator
from palermo.plan.register.models import Deliverable, Plan, Section

SUGGESTED = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator with the newest value of its series over all of its dimensions; None where it has none."""

    indicator: Indicator
    value: Observation | None

    @property
    def series(self) -> Series:
        """The series that it links."""
        return self.indicator.series


def indicators_of(viewer: Viewer, one: Deliverable | Section) -> list[Shown]:
    """What shows how a deliverable or a section does, in order. As many queries however many."""
    of = {"deliverable": one} if isinstance(one, Deliverable) else {"section": one}
    read = Indicator.objects.filter(**of, series__in=linkable(viewer)).select_related("series")
    found = list(read.order_by("position", "pk"))
    if not found:
        return []
    newest = latest(viewer, [each.series.code for each in found])
    return [Shown(each, newest.get(each.series.code)) for each in found]


def places_served(viewer: Viewer, series: Series) -> list[Served]:
    """The deliverables and sections that a series shows, by plan, for the page of the series."""
    found = Indicator.objects.filter(series=series).select_related("deliverable__plan", "section__plan")
    return [_served(each) for each in sorted(found, key=_by_plan)]


def _by_plan(one: Indicator) -> tuple[str, bool, int]:
    return one.plan.code, one.section is None, one.place.position


def _served(one: Indicator) -> Served:
    """One place, with its words, its address and what the series shows of it."""
    place, plan = one.place, one.plan
    is_section = isinstance(place, Section)
    words = (place.title_en, place.title_fr) if isinstance(place, Section) else (place.text_en, place.text_fr)
    address = reverse("section" if is_section else "deliverable", args=[plan.code, place.code])
    return Served(plan.title_en, plan.title_fr, place.code, *words, address, one.note_en, one.note_fr)


def has_indicators(plan: Plan) -> bool:
    """Whether any series is linked to something in a plan."""
    return Indicator.objects.filter(Q(deliverable__plan=plan) | Q(section__plan=plan)).exists()


def linkable(viewer: Viewer) -> QuerySet[Series]:
    """The series that the viewer may link: those that they may read."""
    return visible(viewer, Series.objects.all())


def suggestions(viewer: Viewer) -> QuerySet[Series]:
    """Some series to offer while a code is typed, the newest first."""
    return linkable(viewer).filter(retired_on__isnull=True).order_by("-pk")[:SUGGESTED]
