"""What is wrong with rows of numbers, row by row and field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from palermo.figures.series.models import Observation, Series
from palermo.figures.series.vocabulary import PARTS_ALLOWED, WITHOUT_VALUE, Mark

if TYPE_CHECKING:
    from palermo.figures.series.actions.enter import NewObservation
    from palermo.figures.series.actions.writing import Dimensions

LARGEST = Decimal(10) ** 16
"""Values stay below this; it is what the column holds."""
DECIMALS = -4
LONGEST_PAGE = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one row, counted from 1. `field` is one of `NewObservation`, or the code of a dimension."""

    row: int
    field: str
    words: str

    def __str__(self) -> str:
        return _("Row %(row)s: %(words)s") % {"row": self.row, "words": self.words}


def problems_of(series: Series, rows: Sequence[NewObservation], dimensions: Dimensions) -> list[Problem]:
    """Everything that is wrong with the rows, in their order. One query."""
    stand = Observation.objects.filter(Q(revises__isnull=True) | Q(revised_by__isnull=True), series=series)
    seen: set[tuple[object, ...]] = set(stand.values_list("starts_on", "ends_on", "key", "document"))
    given: set[tuple[object, ...]] = set()
    found: list[Problem] = []
    for at, row in enumerate(rows, start=1):
        faults = [*_codes(row, dimensions), *value_problems(series, row.value, row.mark), *_days(series, row)]
        place = (row.starts_on, row.ends_on, row.key, row.document.pk if row.document else None)
        if place in seen:
            faults.append(("value", _("This value stands already. Revise it, and say why.")))
        elif place in given:
            faults.append(("value", _("The same days and codes are given twice.")))
        given.add(place)
        found += [Problem(at, name, words) for name, words in faults]
    return found


def value_problems(series: Series, value: Decimal | None, mark: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a value and its mark: the field, and the words."""
    if mark not in Mark.values:
        yield "mark", _("There is no mark called “%(mark)s”.") % {"mark": mark}
        return
    if value is None:
        if mark not in WITHOUT_VALUE:
            yield "value", _("Give a number, or mark it as suppressed or not available.")
        return
    if mark in WITHOUT_VALUE:
        yield "value", _("A number cannot be given and be marked as suppressed or not available.")
    if not value.is_finite() or abs(value) >= LARGEST:
        yield "value", _("This is not a number that can be kept.")
    elif value < 0:
        yield "value", _("A number is never below zero.")
    elif value != value.to_integral_value() and series.counts not in PARTS_ALLOWED:
        yield "value", _("What is counted here is counted in whole numbers.")
    elif value != value.quantize(Decimal(1).scaleb(DECIMALS)):
        yield "value", _("At most four digits after the decimal sign are kept.")
    elif series.counts == "percent" and value > 100:
        yield "value", _("A share is at most 100 percent.")


def _codes(row: NewObservation, dimensions: Dimensions) -> Iterator[tuple[str, str]]:
    for name, code in row.codes.items():
        if name not in dimensions:
            yield name, _("The series is not cut by “%(name)s”.") % {"name": name}
        elif code not in dimensions[name][1]:
            yield name, _("“%(code)s” is not in the list of codes.") % {"code": code}


def _days(series: Series, row: NewObservation) -> Iterator[tuple[str, str]]:
    if row.ends_on < row.starts_on:
        yield "ends_on", _("The last day lies before the first.")
    if row.day_known > timezone.localdate():
        yield "known_on", _("This day is still to come.")
    if series.retired_on and row.starts_on > series.retired_on:
        yield "starts_on", _("The series was given up before these days.")
    if len(row.page) > LONGEST_PAGE:
        yield "page", _("Give the page in at most 40 characters.")
