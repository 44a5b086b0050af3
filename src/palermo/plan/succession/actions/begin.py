"""Beginning the plan that follows: what is not done is carried forward, and shows where it comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.register.actions.load_progress import link_lineage
from palermo.plan.register.models import Deliverable, Lineage, Plan, PlanLevel, Responsibility, Section
from palermo.plan.register.policies import may_change_plan
from palermo.plan.register.queries.rows import holds_on
from palermo.plan.register.vocabulary import LineageKind

_BATCH = 500
_OF_THE_PLAN = (
    "jurisdiction",
    "owner",
    "deliverable_name_en",
    "deliverable_name_fr",
    "deliverable_plural_en",
    "deliverable_plural_fr",
    "is_invented",
)
_OF_A_SECTION = ("position", "code", "title_en", "title_fr", "text_en", "text_fr", "p")
_OF_A_DELIVERABLE = (
    "code",
    "row",
    "lead_in_en",
    "lead_in_fr",
    "text_en",
    "text_fr",
    "own_p",
    "p",
    "is_survivor_commitment",
    "search_en",
    "search_fr",
)
"""What a promise keeps when it is carried forward. Its due date is not among it: the new plan gives its own, and the
first one shows beside it through the lineage."""


class CodeTakenError(Exception):
    """Another plan has the code. Nothing was written."""


class TooEarlyError(Exception):
    """The plan would begin no later than the one that it follows, or end before it begins. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of the plan that follows."""

    code: str
    title_en: str
    title_fr: str
    starts_on: date
    ends_on: date | None = None


@transaction.atomic
def begin_successor(*, plan: Plan, head: Head, carry: Collection[int], by: User) -> Plan:
    """Make the plan that follows another, with the deliverables that are carried forward and all sections.

    Each goes back by lineage to the one that it was, and has no due date yet. Who leads or supports it today does so
    from the first day of the new plan.

    Args:
        plan: the plan that is followed.
        head: what is said of the new one; a title in one language at least.
        carry: the keys of deliverables of `plan`.
        by: who acts.

    Raises:
        PermissionDenied: `by` may not change the plan.
        CodeTakenError, TooEarlyError: see there.
        ValueError: there is no title, or something else than deliverables of the plan is to be carried forward.
    """
    before = Plan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    if not may_change_plan(by, before):
        raise PermissionDenied
    _check(before, head)
    carried = list(before.deliverables.filter(pk__in=carry).order_by("position").prefetch_related("responsibilities"))
    if len(carried) != len(set(carry)):
        raise ValueError("Only deliverables of the plan are carried forward.")
    after = _plan(before, head)
    made = _deliverables(after, carried, _sections(before, after))
    _responsibilities(carried, made, head.starts_on)
    _lineage(after, carried, made)
    left = before.deliverables.count() - len(carried)
    record(
        by=by,
        act="plan.succeed",
        about=after,
        plan=after.code,
        successor=after.code,
        earlier_plan=before.code,
        carried=len(carried),
        left=left,
        also=[{"plan": before.code}],
    )
    return after


def _check(before: Plan, head: Head) -> None:
    if not (head.title_en or head.title_fr):
        raise ValueError("A plan has a title.")
    is_early = before.starts_on is not None and head.starts_on <= before.starts_on
    if is_early or (head.ends_on is not None and head.ends_on < head.starts_on):
        raise TooEarlyError
    if Plan.objects.filter(code=head.code).exists():
        raise CodeTakenError


def _plan(before: Plan, head: Head) -> Plan:
    after = Plan(code=head.code, title_en=head.title_en, title_fr=head.title_fr, predecessor_code=before.code)
    after.starts_on, after.ends_on = head.starts_on, head.ends_on
    for name in _OF_THE_PLAN:
        setattr(after, name, getattr(before, name))
    after.save(force_insert=True)
    names = ("depth", "name_en", "name_fr", "plural_en", "plural_fr")
    PlanLevel.objects.bulk_create(PlanLevel(plan=after, **_copied(level, names)) for level in before.levels.all())
    return after


def _sections(before: Plan, after: Plan) -> dict[int, Section]:
    """The sections of the new plan by the key of the one that each was: from the top level down."""
    levels = {level.depth: level for level in after.levels.all()}
    found = before.sections.select_related("level").order_by("level__depth", "position")
    made: dict[int, Section] = {}
    for section in found:
        parent = made[section.parent_id] if section.parent_id else None
        level = levels[section.level.depth]
        made[section.pk] = Section.objects.create(
            plan=after, parent=parent, level=level, **_copied(section, _OF_A_SECTION)
        )
    return made


def _deliverables(
    after: Plan, carried: Sequence[Deliverable], sections: Mapping[int, Section]
) -> dict[int, Deliverable]:
    """The new deliverables by the key of the one that each was."""
    new = [
        Deliverable(
            plan=after,
            section=sections.get(one.section_id or 0),
            position=position,
            code_is_printed=False,
            **_copied(one, _OF_A_DELIVERABLE),
        )
        for position, one in enumerate(carried)
    ]
    Deliverable.objects.bulk_create(new, batch_size=_BATCH)
    by_code = {one.code: one for one in after.deliverables.all()}
    return {one.pk: by_code[one.code] for one in carried}


def _responsibilities(carried: Iterable[Deliverable], made: Mapping[int, Deliverable], start: date) -> None:
    today = timezone.localdate()
    held: dict[tuple[int, int, str], int] = {}
    for one in carried:
        for its in one.responsibilities.all():
            if holds_on(its, today):
                held.setdefault((made[one.pk].pk, its.organisation_id, its.kind), its.position)
    Responsibility.objects.bulk_create(
        (
            Responsibility(
                deliverable_id=key, organisation_id=organisation, kind=kind, position=position, from_date=start
            )
            for (key, organisation, kind), position in held.items()
        ),
        batch_size=_BATCH,
    )


def _lineage(after: Plan, carried: Sequence[Deliverable], made: Mapping[int, Deliverable]) -> None:
    """Each goes back to what it was; what a document foretold already is kept as it was said there."""
    told = set(Lineage.objects.filter(before__in=carried, after_plan=after.code).values_list("before", "after_code"))
    Lineage.objects.bulk_create(
        (
            Lineage(
                before=one,
                after_plan=after.code,
                after_code=one.code,
                after=made[one.pk],
                kind=LineageKind.CARRIED_FORWARD,
            )
            for one in carried
            if (one.pk, one.code) not in told
        ),
        batch_size=_BATCH,
    )
    link_lineage(after)


def _copied(one: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}
