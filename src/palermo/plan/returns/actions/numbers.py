"""The numbers of series in a return: written with its words, and carried into the series when the period is closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from palermo.figures.series.actions.carried import Carried, carry_value
from palermo.figures.series.models import Series
from palermo.figures.series.vocabulary import Mark
from palermo.foundation.bilingual import LANGUAGES, Language
from palermo.people.models import User
from palermo.plan.returns.models import Figure, Return
from palermo.plan.returns.vocabulary import State

LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class SeriesNumber:
    """What a return says of a series; no value takes it out again."""

    series: Series
    value: Decimal | None
    mark: str


def changed_numbers(one: Return, numbers: Sequence[SeriesNumber]) -> list[SeriesNumber]:
    """Those of some numbers that say something else than the return does."""
    if not numbers:
        return []
    standing = {each.series_id: (each.value, each.mark) for each in Figure.objects.filter(of=one, series__isnull=False)}
    return [
        each
        for each in numbers
        if standing.get(each.series.pk) != (None if each.value is None else (each.value, each.mark))
    ]


def write_numbers(one: Return, changed: Sequence[SeriesNumber]) -> None:
    """Write what `changed_numbers` found, for whoever holds the return and has checked who may."""
    for each in changed:
        if each.value is None:
            Figure.objects.filter(of=one, series=each.series).delete()
        else:
            Figure.objects.update_or_create(
                of=one, series=each.series, defaults={"value": each.value, "mark": each.mark, **_words(each)}
            )


def _words(number: SeriesNumber) -> dict[str, str]:
    """The figure's label and unit: the title of the series as it is today, and the mark in both languages."""
    series, mark = number.series, Mark(number.mark)
    unit = _in_both(lambda: f"{series.currency} ({mark.label})".strip())
    return {
        "label_en": series.title_en[:LONGEST_LABEL],
        "label_fr": series.title_fr[:LONGEST_LABEL],
        "unit_en": unit["en"],
        "unit_fr": unit["fr"],
    }


def carry_numbers(returns: Sequence[Return], by: User) -> int:
    """Let the numbers of accepted returns become values of their series, each once. Returns how many were carried.

    One that says the same as when the period was closed before is not carried again: the series may know better since.
    """
    accepted = [one for one in returns if one.state == State.ACCEPTED]
    found = Figure.objects.filter(of__in=accepted, series__isnull=False, series__owner=F("of__organisation"))
    related = ("series", "observation", "of__cycle__period", "of__deliverable")
    carried = 0
    for figure in found.select_related(*related).order_by("of__deliverable__position", "pk"):
        known = figure.observation
        if known is None or (known.value, known.mark) != (figure.value, figure.mark):
            figure.observation = carry_value(carried=_carried(figure), by=by)
            figure.save(update_fields=["observation"])
            carried += 1
    return carried


def _in_both(say: Callable[[], str]) -> dict[Language, str]:
    """A sentence in each language."""
    said: dict[Language, str] = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = say()
    return said


def _carried(figure: Figure) -> Carried:
    """A figure as its series takes it in, with the return as its origin."""
    if figure.series is None:
        raise ValueError("Only the figure of a series is carried.")
    period = figure.of.cycle.period
    words = {"number": figure.of_id, "code": figure.of.deliverable.code, "period": period.label}
    origin = _in_both(lambda: _("From return %(number)s on %(code)s for %(period)s.") % words)
    reason = _in_both(lambda: _("The period %(period)s was closed again, and the return gives another number.") % words)
    return Carried(
        series=figure.series,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        value=figure.value,
        mark=figure.mark,
        origin_en=origin["en"],
        origin_fr=origin["fr"],
        reason_en=reason["en"],
        reason_fr=reason["fr"],
    )
