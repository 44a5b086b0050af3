"""The rows of the tracker: one for each deliverable and organisation that leads it, of one period that is public."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from palermo.people.models import Organisation
from palermo.people.policies import Viewer
from palermo.plan.register.models import (
    Account,
    Deliverable,
    DueDate,
    Evidence,
    Responsibility,
    Section,
    StatusRecord,
)
from palermo.plan.register.queries.deliverables import as_known
from palermo.plan.register.queries.kept import kept
from palermo.plan.register.queries.plan_at import PlanAt
from palermo.plan.register.queries.plans import sections
from palermo.plan.register.queries.rows import holds_on
from palermo.plan.register.vocabulary import Part, StatusKind
from palermo.plan.tracker.queries.beside import CHUNK, Beside
from palermo.plan.tracker.queries.cells import Link, Row, Said, Shared, row_of

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownDeliverable


@dataclass(frozen=True, slots=True)
class _Known:
    """All that hangs on the deliverables of a plan, each read in one query beside them."""

    accounts: Beside[Account]
    leads: Beside[Responsibility]
    claims: Beside[StatusRecord]
    evidence: Beside[Evidence]
    revised: Beside[DueDate]
    """The due dates that were set within the period."""


def tracker_rows(viewer: Viewer, at: PlanAt, link: Link, only: Collection[int] | None = None) -> Iterator[Row]:
    """The rows in the order of the plan. A fixed number of queries, and never more than some hundred rows in memory.

    Args:
        viewer: whoever asks.
        at: the plan in the period that is told of; without a period there are no rows.
        link: the address of a piece of evidence.
        only: the keys of the deliverables to tell of; None for all of the plan.
    """
    if at.period is None:
        return
    known = _known(at, only)
    above = {section.pk: section for section in sections(viewer, at.plan)}
    named = {one.pk: one for one in Organisation.objects.prefetch_related("names")}
    found = as_known(Deliverable.objects.filter(plan=at.plan), [at.period])
    wanted = found if only is None else found.filter(pk__in=only)
    for one in wanted.order_by("position", "pk").iterator(CHUNK):
        shared = _shared(at, one, above, known.evidence.of(one.pk), link)
        for organisation, said in _said(one, known, at.moment.day):
            yield row_of(shared, named.get(organisation), said)


def keys_in_order(viewer: Viewer, at: PlanAt) -> list[int]:
    """The keys of all deliverables of the plan, from top to bottom."""
    found = Deliverable.objects.filter(plan=at.plan).order_by("position", "pk")
    return list(found.values_list("pk", flat=True))


def lacking_reason(viewer: Viewer, at: PlanAt) -> list[int]:
    """The keys of the deliverables that must have a reason and have none; kept until anybody does anything."""

    def look() -> list[int]:
        rows = tracker_rows(viewer, at, lambda evidence, _language: evidence.url)
        return list(dict.fromkeys(row.deliverable for row in rows if row.lacks_reason))

    return kept(f"tracker {at.plan.pk}/{at.period.pk if at.period else 0}/{at.moment.day}", look)


def _known(at: PlanAt, only: Collection[int] | None) -> _Known:
    period = at.period
    revised = DueDate.objects.filter(revision__gt=0)
    if period:
        revised = revised.filter(set_on__gte=period.starts_on, set_on__lte=period.ends_on)
    claims = StatusRecord.objects.filter(period=period, kind=StatusKind.CLAIMED, is_current=True)
    accounts = Account.objects.filter(period=period, is_current=True)
    return _Known(
        accounts=Beside(accounts.order_by("organisation__code"), at.plan, only),
        leads=Beside(Responsibility.objects.filter(kind=Part.LEAD).order_by("position", "pk"), at.plan, only),
        claims=Beside(claims.order_by("pk"), at.plan, only),
        evidence=Beside(Evidence.objects.filter(period=period).order_by("pk"), at.plan, only),
        revised=Beside(revised.order_by("revision"), at.plan, only),
    )


def _said(one: KnownDeliverable, known: _Known, day: date) -> list[tuple[int, Said]]:
    """Who answers for it, by key, and what each said; where nobody leads, one row without an organisation.

    Where organisations answered by returns, what each said; else what the register read of it, which is the same for
    all who lead it on the day.
    """
    claims, revised = known.claims.of(one.pk), known.revised.of(one.pk)
    accounts, leads = known.accounts.of(one.pk), known.leads.of(one.pk)
    if accounts:
        return [(account.organisation_id, Said.by_account(account)) for account in accounts]
    said = Said.by_register(one.status, claims, revised)
    answering = dict.fromkeys(its.organisation_id for its in leads if holds_on(its, day))
    return [(key, said) for key in answering] or [(0, said)]


def _shared(
    at: PlanAt, one: KnownDeliverable, above: dict[int, Section], evidence: list[Evidence], link: Link
) -> Shared:
    section = above.get(one.section_id or 0)
    top = section
    while top and top.parent_id:
        top = above[top.parent_id]
    return Shared(
        at=at,
        one=one,
        top=top,
        section=section,
        evidence=evidence,
        link=link,
        day=at.moment.day,
    )
