"""By what measures of plans tell their counts apart, and how counts become cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import TextChoices
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from palermo.figures.measures import CountedCell, MeasureDimension, MeasureSpan
from palermo.foundation.bilingual import choose
from palermo.people.policies import Viewer
from palermo.people.queries import organisations
from palermo.plan.register.models import Section
from palermo.plan.register.queries.plan_at import PlanAt, plans_within
from palermo.plan.register.queries.plans import all_periods, plans
from palermo.plan.register.vocabulary import P

if TYPE_CHECKING:
    from palermo.figures.measures import Words

NO_P = "none"
"""Stands for what has no P."""
Number = TypeVar("Number", int, Decimal)

_UNFIT = re.compile(r"[^A-Za-z0-9_@$-]")


def _chosen(en: str, fr: str) -> str:
    return choose(en, fr).text


bilingual = lazy(_chosen, str)
"""A text of two columns that is read when it is shown, in the language of then."""


def choices_dimension(code: str, label: Words, choices: type[TextChoices]) -> MeasureDimension:
    """A dimension with the codes and words of some choices."""
    return MeasureDimension(code, label, lambda: [(one.value, one.label) for one in choices])


def _plans() -> Sequence[tuple[str, Words]]:
    return [(one.code, bilingual(one.title_en, one.title_fr)) for one in plans(AnonymousUser())]


def _periods() -> Sequence[tuple[str, Words]]:
    return list({one.code: one.label for one in all_periods(AnonymousUser())}.items())


def _organisations() -> Sequence[tuple[str, Words]]:
    found = []
    for one in organisations(AnonymousUser()).order_by("code"):
        name = one.named_on(None)
        found.append((one.code, bilingual(name.full("en").text, name.full("fr").text) if name else one.code))
    return found


def _ps() -> Sequence[tuple[str, Words]]:
    return [*((p.value, p.label) for p in P), (NO_P, _("No P"))]


def _sections() -> Sequence[tuple[str, Words]]:
    found = Section.objects.select_related("plan").order_by("plan__code", "position")
    return [
        (section_code(one.plan.code, one.code), bilingual(f"{one.code} {one.title_en}", f"{one.code} {one.title_fr}"))
        for one in found
    ]


def section_code(plan: str, section: str) -> str:
    """A section as a code of a list: its plan and its own code, without the signs that such lists do not allow."""
    return _UNFIT.sub("_", f"{plan}_{section}")[:60]


PLAN = MeasureDimension("plan", _("Plan"), _plans)
PERIOD = MeasureDimension("period", _("Reporting period"), _periods)
BY_P = MeasureDimension("p", _("P"), _ps)
SECTION = MeasureDimension("section", _("Section"), _sections)
ORGANISATION = MeasureDimension("organisation", _("Organization"), _organisations)


def places_in(viewer: Viewer, span: MeasureSpan) -> list[PlanAt]:
    """The plans that a span asks for, each in the newest of its periods that begins within it."""
    return plans_within(viewer, span.starts_on, span.ends_on)


def place_codes(at: PlanAt) -> tuple[str, str]:
    """The codes of a plan and of the period that it is shown in, which is empty where it has none."""
    return at.plan.code, at.period.code if at.period else ""


def cells(
    dimensions: Iterable[MeasureDimension], counts: Mapping[tuple[str, ...], Number], over: Collection[str] = ()
) -> list[CountedCell]:
    """Counts as cells, with the totals over the dimensions named in `over`: those whose codes add up.

    Args:
        dimensions: in the order of the codes.
        counts: numbers by one code for each dimension; an empty code is the total over it already.
        over: the codes of the dimensions to total over, together and apart.
    """
    names = [one.code for one in dimensions]
    found: dict[tuple[str, ...], Number] = {}
    for codes, number in counts.items():
        choices = [(code, "") if name in over and code else (code,) for name, code in zip(names, codes, strict=True)]
        for kept in product(*choices):
            found[kept] = found[kept] + number if kept in found else number
    return [
        CountedCell({name: code for name, code in zip(names, codes, strict=True) if code}, number)
        for codes, number in sorted(found.items())
    ]
