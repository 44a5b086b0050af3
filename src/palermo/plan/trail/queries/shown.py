"""Acts as they are shown: who, what, and the details, in plain words and without what the reader may not see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from palermo.audit.models import AuditEvent
from palermo.people.models import Organisation
from palermo.plan.register.models import Deliverable
from palermo.plan.returns.models import Step
from palermo.plan.trail.policies import Reader
from palermo.plan.trail.queries.details import Names, details_in_words, seen_details
from palermo.plan.trail.queries.who import People, people_of

Thing: TypeAlias = "AuditEvent | Step"


@dataclass(frozen=True, slots=True)
class Told:
    """An event or a step, in one shape."""

    at: datetime
    act: str
    by_id: int
    by_name: str
    details: Mapping[str, Any]
    number: int | None
    hash: str


@dataclass(frozen=True, slots=True)
class Row:
    """One act. `number` and `hash` are its place in the chain; a step that many took in one act has none of its own."""

    told: Told
    who: str
    what: str
    details: tuple[str, ...]
    seen: Mapping[str, Any]
    """The details that the reader may see, as codes."""
    is_of_plan: bool
    """Whether it was done to the whole plan."""


def rows_of(one: Deliverable, reader: Reader, things: Sequence[Thing]) -> list[Row]:
    """The rows of some events and steps, in their order. A fixed number of queries, however many."""
    told = [_told(one, each) for each in things]
    codes = {each.details["organisation"] for each in told if "organisation" in each.details}
    organisations = {each.code: each for each in Organisation.objects.filter(code__in=codes).prefetch_related("names")}
    names = Names.of(one, reader, organisations)
    people = people_of(one, {each.by_id for each in told}, organisations)
    return [_row(each, reader, names, people) for each in told]


def _row(told: Told, reader: Reader, names: Names, people: People) -> Row:
    seen = seen_details(told.act, told.details, names)
    return Row(
        told=told,
        who=people.who(told.by_id, told.by_name, told.at, told.details.get("organisation", ""), reader),
        what=names.act(told.act),
        details=tuple(details_in_words(told.act, seen, names)),
        seen=seen,
        is_of_plan=not (told.details.get("code") or told.details.get("deliverable")),
    )


def _told(one: Deliverable, thing: Thing) -> Told:
    if isinstance(thing, AuditEvent):
        return Told(thing.at, thing.act, thing.by_id, thing.by_name, thing.details, thing.number, thing.hash)
    details = {
        "plan": one.plan.code,
        "code": one.code,
        "period": thing.of.cycle.period.code,
        "organisation": thing.of.organisation.code,
        "before": thing.before,
        "after": thing.after,
    }
    return Told(thing.at, f"return.{thing.act}", thing.by_id, thing.by.name, details, None, "")
