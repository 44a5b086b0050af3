"""What the accounts of a period are made from, read once for both languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from palermo.people.models import OrganisationName
from palermo.people.policies import Viewer
from palermo.people.queries import organisations
from palermo.plan.register.models import Account, Evidence, Money, ReportingPeriod, StatusRecord
from palermo.plan.register.vocabulary import MoneyKind, StatusKind
from palermo.plan.returns.models import Proof
from palermo.plan.returns.queries.public import Answered, answered


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of evidence that was published."""

    title_en: str
    title_fr: str
    url: str
    seen_on: date | None
    file_code: UUID | None


@dataclass(frozen=True, slots=True)
class AccountSource:
    """Everything but the accounts themselves, which are streamed. Deliverables and organisations are keys."""

    names: Mapping[int, OrganisationName | None]
    """What organisations were called at the end of the period."""
    notes: Mapping[int, tuple[str, str]]
    """What the assessor noted of a deliverable, in both languages."""
    evidence: Mapping[tuple[int, int], Sequence[Shown]]
    """What was published, by the deliverable and the number of the return that gave it."""
    spent: Mapping[tuple[int, str, str], tuple[Decimal, str]]
    """Amount and currency, by the deliverable and the two names of the organisation that spent it."""
    numbers: Mapping[int, Sequence[int]]
    """The returns on each deliverable."""
    reporting: Sequence[Answered]
    """On how much each organisation reported, who owed answers first."""


def account_source(viewer: Viewer, period: ReportingPeriod) -> AccountSource | None:
    """Read it, or None where nobody gave an account of the period: a fixed number of queries."""
    numbers = _numbers(period)
    if not numbers:
        return None
    spoke = organisations(viewer).filter(accounts__period=period).distinct()
    return AccountSource(
        names={one.pk: one.named_on(period.ends_on) for one in spoke},
        notes=_notes(period),
        evidence=_evidence(period),
        spent=_spent(period),
        numbers=numbers,
        reporting=answered(viewer, [period.pk]),
    )


def _numbers(period: ReportingPeriod) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    accounts = Account.objects.filter(period=period, is_current=True).order_by("organisation__code")
    for one, number in accounts.values_list("deliverable_id", "return_number"):
        found[one].append(number)
    return dict(found)


def _notes(period: ReportingPeriod) -> dict[int, tuple[str, str]]:
    assessed = StatusRecord.objects.filter(period=period, kind=StatusKind.ASSESSED, is_current=True).order_by()
    return {one: (en, fr) for one, en, fr in assessed.values_list("deliverable_id", "note_en", "note_fr")}


def _evidence(period: ReportingPeriod) -> dict[tuple[int, int], list[Shown]]:
    """What was published, under each return that gave it."""
    givers: dict[tuple[int, str, UUID | None], list[int]] = defaultdict(list)
    proofs = Proof.objects.filter(of__cycle__period=period, is_public=True, removed_at__isnull=True)
    for number, one, url, code in proofs.order_by("pk").values_list("of_id", "of__deliverable_id", "url", "code"):
        givers[one, url, None if url else code].append(number)
    columns = ("title_en", "title_fr", "url", "seen_on", "file_code")
    found: dict[tuple[int, int], list[Shown]] = defaultdict(list)
    for one, *told in Evidence.objects.filter(period=period).order_by("pk").values_list("deliverable_id", *columns):
        shown = Shown(*told)
        for number in dict.fromkeys(givers[one, shown.url, shown.file_code]):
            found[one, number].append(shown)
    return dict(found)


def _spent(period: ReportingPeriod) -> dict[tuple[int, str, str], tuple[Decimal, str]]:
    money = Money.objects.filter(deliverable__plan=period.plan_id, kind=MoneyKind.SPENT, fiscal_year=period.code)
    columns = ("deliverable_id", "note_en", "note_fr", "amount", "currency")
    return {
        (one, en, fr): (amount, currency)
        for one, en, fr, amount, currency in money.order_by().values_list(*columns)
        if amount is not None
    }
