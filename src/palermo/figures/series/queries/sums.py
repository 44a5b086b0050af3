"""Sums that must hold: declared ones, and dimensions whose parts make the total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from django.db.models import QuerySet

from palermo.figures.series.keys import codes_of, key_of
from palermo.figures.series.models import Observation, Series, SeriesDimension, Sum, SumTerm
from palermo.figures.series.policies import visible
from palermo.people.policies import Viewer

Place: TypeAlias = tuple[date, date, int | None]
"""First day, last day, document."""


@dataclass(frozen=True, slots=True)
class SumCheck:
    """One sum for one span and document: what it should make, and what its parts make."""

    starts_on: date
    ends_on: date
    total: Observation
    parts: tuple[Observation, ...]
    declared: Sum | None = None
    dimension: SeriesDimension | None = None
    """By which the parts are cut; None for a declared sum."""
    missing: int = 0
    """How many codes have no number, and so add nothing."""

    @property
    def made(self) -> Decimal:
        """What the parts add up to."""
        return sum((part.value or Decimal(0) for part in self.parts), Decimal(0))

    @property
    def off_by(self) -> Decimal:
        """What the parts make beyond the total; below zero where they make less."""
        return self.made - (self.total.value or Decimal(0))

    @property
    def holds(self) -> bool:
        """Whether the parts make the total."""
        return not self.off_by


def declared_sums(viewer: Viewer, series: Series) -> QuerySet[Sum]:
    """The sums that a series has a part in, with their terms; none with a series that the viewer may not see."""
    seen = visible(viewer, Series.objects.all())
    hidden = SumTerm.objects.exclude(series__in=seen).values("sum")
    mine = SumTerm.objects.filter(series=series).values("sum")
    return Sum.objects.filter(pk__in=mine).exclude(pk__in=hidden).prefetch_related("terms__series").order_by("code")


def sums_of(viewer: Viewer, series: Series) -> list[SumCheck]:
    """Every declared sum of a series, for each span and document that has all of its terms. Four queries.

    A sum with a number that is suppressed or not available cannot be checked and is left out.
    """
    declared = list(declared_sums(viewer, series))
    terms = [term for one in declared for term in one.terms.all()]
    found = _numbers({term.series_id for term in terms}, {term.key for term in terms})
    return [check for one in declared for check in _checks(one, found)]


def parts_of(viewer: Viewer, series: Series) -> list[SumCheck]:
    """For each dimension that adds up: whether its codes make the total, and each code that has parts, these.

    Two queries, and one for the codes unless `series` comes from `queries.one_series`.
    """
    dimensions = [one for one in series.dimensions.all() if one.adds_up]
    if not dimensions:
        return []
    numbers = _current().filter(series__in=visible(viewer, Series.objects.filter(pk=series.pk)))
    read = list(numbers.select_related("document"))
    return [check for dimension in dimensions for check in _parts(dimension, read)]


def _current() -> QuerySet[Observation]:
    return Observation.objects.filter(revised_by__isnull=True).order_by("starts_on", "ends_on", "key", "pk")


def _numbers(series: set[int], keys: set[str]) -> dict[tuple[int, str], dict[Place, Observation]]:
    """By series and key: the value of each span and document."""
    found: dict[tuple[int, str], dict[Place, Observation]] = defaultdict(dict)
    for one in _current().filter(series__in=series, key__in=keys).select_related("document", "series"):
        found[one.series_id, one.key][one.starts_on, one.ends_on, one.document_id] = one
    return found


def _checks(declared: Sum, found: dict[tuple[int, str], dict[Place, Observation]]) -> Iterator[SumCheck]:
    terms = list(declared.terms.all())
    totals = [term for term in terms if term.is_total]
    parts = [term for term in terms if not term.is_total]
    if not totals or not parts:
        return
    for place, total in found[totals[0].series_id, totals[0].key].items():
        added = [found[part.series_id, part.key].get(place) for part in parts]
        known = tuple(one for one in added if one is not None and one.value is not None)
        if total.value is not None and len(known) == len(parts):
            yield SumCheck(place[0], place[1], total, known, declared=declared)


def _parts(dimension: SeriesDimension, numbers: Sequence[Observation]) -> Iterator[SumCheck]:
    """The checks of one dimension: everything else about the numbers is the same."""
    parents = {code.code: code.parent.code if code.parent else "" for code in dimension.code_list.codes.all()}
    groups: dict[tuple[Place, str], dict[str, Observation]] = defaultdict(dict)
    for one in numbers:
        codes = codes_of(one.key)
        code = codes.pop(dimension.code, "")
        groups[(one.starts_on, one.ends_on, one.document_id), key_of(codes)][code] = one
    for given in groups.values():
        covered = {above for code in given for above in _all_above(code, parents)} | set(given)
        for at, total in given.items():
            under = [code for code in given if code and _above(code, parents, given) == at]
            parts = tuple(given[code] for code in under)
            if not parts or total.value is None or any(part.value is None for part in parts):
                continue
            missing = sum(parent == at and code not in covered for code, parent in parents.items())
            yield SumCheck(total.starts_on, total.ends_on, total, parts, dimension=dimension, missing=missing)


def _above(code: str, parents: dict[str, str], given: dict[str, Observation]) -> str:
    """The nearest code above that has a number; empty for the total."""
    at = parents.get(code, "")
    while at and at not in given:
        at = parents.get(at, "")
    return at


def _all_above(code: str, parents: dict[str, str]) -> Iterator[str]:
    at = parents.get(code, "")
    while at:
        yield at
        at = parents.get(at, "")
