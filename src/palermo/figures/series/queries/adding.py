"""Adding numbers of several series, where that means something; where it does not, the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from palermo.figures.series.models import Break, Observation, Series
from palermo.figures.series.policies import visible
from palermo.figures.series.vocabulary import NEVER_ADDED, Counted, Mark
from palermo.figures.series.words import number_words, span_words, unit_words
from palermo.foundation.bilingual import shown
from palermo.foundation.periods import Period
from palermo.people.policies import Viewer


class NotAddedError(Exception):
    """The numbers are not added. The words say why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Added:
    """A sum over several series, with every number that went into it."""

    total: Decimal
    parts: tuple[Observation, ...]
    mark: Mark
    """The weakest mark of the parts: approximate, else provisional, else final."""


def added(viewer: Viewer, series_list: Sequence[Series], span: Period) -> Added:
    """The sum of the totals of some series over a span. Three queries, however many.

    A series that has the span in pieces is added up from them, where they cover every day once.

    Raises:
        NotAddedError: the series count different things or in different currencies, the numbers overlap or leave days
            out, a break lies within, a number is missing, or two sources disagree.
    """
    known = list(visible(viewer, Series.objects.filter(pk__in=[one.pk for one in series_list])).order_by("code"))
    if len(known) != len(series_list) or len(known) < 2:
        raise NotAddedError(_("Choose at least two series, each once."))
    _check_units(known)
    _check_breaks(known, span)
    read = Observation.objects.filter(
        series__in=known, key="", revised_by__isnull=True, starts_on__gte=span.starts_on, ends_on__lte=span.ends_on
    ).select_related("series", "document")
    numbers = list(read.order_by("series__code", "starts_on", "ends_on", "pk"))
    parts = [
        part for one in known for part in _tiles(one, [each for each in numbers if each.series_id == one.pk], span)
    ]
    marks = {part.mark for part in parts}
    weakest = next((mark for mark in (Mark.APPROXIMATE, Mark.PROVISIONAL) if mark in marks), Mark.FINAL)
    return Added(sum((part.value or Decimal(0) for part in parts), Decimal(0)), tuple(parts), weakest)


def _check_units(known: Sequence[Series]) -> None:
    first = known[0]
    for other in known[1:]:
        if other.counts != first.counts:
            told = {"first": str(shown(first, "title")), "other": str(shown(other, "title"))}
            told |= {"unit": unit_words(first), "other_unit": unit_words(other)}
            raise NotAddedError(
                _("“%(first)s” counts “%(unit)s” and “%(other)s” counts “%(other_unit)s”: a sum would mean nothing.")
                % told
            )
        if other.currency != first.currency:
            told_money = {"first": first.currency, "other": other.currency}
            raise NotAddedError(
                _("One is in %(first)s and the other in %(other)s: amounts in two currencies are not added.")
                % told_money
            )
    if first.counts in NEVER_ADDED:
        raise NotAddedError(
            _("Each of these is a share of something else, or defined in its own way: a sum would mean nothing.")
            if first.counts == Counted.PERCENT
            else _("What these count is defined in words of their own, so that nobody can say that it is the same.")
        )


def _check_breaks(known: Sequence[Series], span: Period) -> None:
    within = Break.objects.filter(series__in=known, on__gt=span.starts_on, on__lte=span.ends_on)
    found = within.select_related("series").order_by("on", "series__code").first()
    if found:
        told = {"series": shown(found.series, "title"), "day": span_words(found.on, found.on)}
        raise NotAddedError(
            _("“%(series)s” means something else from %(day)s on: numbers across that day are not added.") % told
        )


def _tiles(series: Series, numbers: Sequence[Observation], span: Period) -> list[Observation]:
    """The numbers of one series that cover the span once."""
    title = {"series": str(shown(series, "title"))}
    whole = [one for one in numbers if (one.starts_on, one.ends_on) == (span.starts_on, span.ends_on)]
    chosen = _agreed(series, whole or numbers)
    for one in chosen:
        if one.value is None:
            told = {**title, "span": span_words(one.starts_on, one.ends_on), "mark": number_words(one, series)}
            raise NotAddedError(_("The number of “%(series)s” for %(span)s is %(mark)s.") % told)
    for before, after in pairwise(chosen):
        if after.starts_on <= before.ends_on:
            told = {**title, "first": span_words(before.starts_on, before.ends_on)}
            told |= {"other": span_words(after.starts_on, after.ends_on)}
            raise NotAddedError(
                _("“%(series)s” has numbers for %(first)s and %(other)s: they overlap and would count twice.") % told
            )
    if not _covers(chosen, span):
        told = {**title, "span": span_words(span.starts_on, span.ends_on)}
        raise NotAddedError(_("“%(series)s” has no number for all of %(span)s.") % told)
    return chosen


def _agreed(series: Series, numbers: Sequence[Observation]) -> list[Observation]:
    """One number a span, where every source gives the same."""
    by_span: dict[tuple[date, date], Observation] = {}
    for one in numbers:
        first = by_span.setdefault((one.starts_on, one.ends_on), one)
        if first.value != one.value:
            told = {"series": shown(series, "title"), "span": span_words(one.starts_on, one.ends_on)}
            told |= {"first": number_words(first, series), "other": number_words(one, series)}
            raise NotAddedError(
                _("Sources of “%(series)s” disagree on %(span)s: %(first)s in one and %(other)s in another.") % told
            )
    return list(by_span.values())


def _covers(chosen: Sequence[Observation], span: Period) -> bool:
    at = span.starts_on
    for one in chosen:
        if one.starts_on != at:
            return False
        at = one.ends_on + timedelta(days=1)
    return bool(chosen) and at == span.ends_on + timedelta(days=1)
