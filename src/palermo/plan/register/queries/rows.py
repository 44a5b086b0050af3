"""Deliverables as the rows of a list: who leads on the day, and what is to be said of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from palermo.foundation.bilingual import Shown
from palermo.people.models import Organisation
from palermo.plan.register.concerns import Concern, concerns_of
from palermo.plan.register.models import Deliverable, Responsibility
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.vocabulary import Part

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownDeliverable


@dataclass(frozen=True, slots=True)
class Doer:
    """An organisation under the name that it bore on the day."""

    organisation: Organisation
    name: Shown
    short: Shown


@dataclass(frozen=True, slots=True)
class Row:
    """One deliverable in a list."""

    one: KnownDeliverable
    at: PlanAt
    leads: tuple[Doer, ...]
    concerns: tuple[Concern, ...]


def rows_of(found: Iterable[KnownDeliverable], plans: Sequence[PlanAt]) -> list[Row]:
    """Rows of deliverables that come with their responsibilities, each judged at the moment of its plan."""
    by_key = {at.plan.pk: at for at in plans}
    return [_row(one, by_key[one.plan_id]) for one in found]


def _row(one: KnownDeliverable, at: PlanAt) -> Row:
    day = at.moment.day
    return Row(
        one=one,
        at=at,
        leads=tuple(doer(its, day) for its in one.responsibilities.all() if _leads_on(its, day)),
        concerns=concerns_of(one, at.moment),
    )


def _leads_on(its: Responsibility, day: date) -> bool:
    return its.kind == Part.LEAD and holds_on(its, day)


def holds_on(its: Responsibility, day: date) -> bool:
    """Whether somebody was responsible on a day. Where no dates are known, always."""
    return (its.from_date is None or its.from_date <= day) and (its.to_date is None or day <= its.to_date)


def doer(its: Responsibility, day: date) -> Doer:
    """Who is responsible, as called on a day."""
    name = its.organisation.named_on(day)
    code = Shown(its.organisation.code, "en", is_other=False)
    return Doer(its.organisation, name.full() if name else code, name.short() if name else code)


def doers(one: Deliverable, part: Part, day: date) -> list[Doer]:
    """Who leads or who supports on a day."""
    return [doer(its, day) for its in one.responsibilities.all() if its.kind == part and holds_on(its, day)]
