"""What closing a period carries into the register: what was accepted becomes what the public reads.

Where several organisations lead one deliverable, its status is the least advanced that any of them claims, and the
account of each stands beside it under its own name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from palermo.foundation.bilingual import Language
from palermo.people.models import User
from palermo.plan.register.models import Account, DueDate, Evidence, Money, ReportingPeriod, StatusRecord
from palermo.plan.register.vocabulary import MoneyKind, Status, StatusKind
from palermo.plan.returns.actions.numbers import carry_numbers
from palermo.plan.returns.models import Assessment, Cycle, Proof, Return
from palermo.plan.returns.queries.facts import figures_of
from palermo.plan.returns.vocabulary import State

_BATCH = 500
_LEAST_ADVANCED_FIRST = (
    Status.NOT_STARTED,
    Status.IN_PROGRESS,
    Status.ONGOING,
    Status.COMPLETE,
    Status.NO_LONGER_PURSUED,
)


def carry_to_register(cycle: Cycle, by: User, *, closed_before: datetime | None) -> int:
    """Write accounts, statuses, dates, evidence, money and numbers of a period that was just closed.

    What an earlier closing of the same period wrote stays; where it says something else now, it is current no more.

    Args:
        cycle: the period.
        by: who closed it.
        closed_before: when it was closed the time before, if it was. Dates that were carried then are not carried
            again: a later period, or a person, may have moved them since.

    Returns:
        How many returns were accepted.
    """
    related = ("deliverable", "organisation", "cycle__period")
    found = cycle.returns.select_related(*related).prefetch_related("figures", "proofs", "organisation__names")
    returns = list(found.order_by("deliverable__position", "deliverable_id", "organisation__code"))
    _accounts(returns)
    _claimed(cycle.period, returns, by)
    _dates([one for one in returns if closed_before is None or one.state_since > closed_before])
    _evidence(cycle.period, returns)
    _money(cycle.period, returns)
    carry_numbers(returns, by)
    _assessed(cycle)
    return sum(one.state == State.ACCEPTED for one in returns)


def status_of(claims: Iterable[str]) -> str:
    """One status of what several organisations claim: the least advanced of those that reported.

    `no_longer_pursued` only where all who reported say so; `not_reported` only where nobody did.
    """
    said = [claim for claim in claims if claim != Status.NOT_REPORTED]
    return min(said, key=lambda claim: _LEAST_ADVANCED_FIRST.index(Status(claim)), default=Status.NOT_REPORTED)


def _claim(one: Return) -> str:
    return one.status if one.state == State.ACCEPTED else Status.NOT_REPORTED


def _accounts(returns: Sequence[Return]) -> None:
    current = {(one.deliverable_id, one.organisation_id): one for one in _current_accounts(returns)}
    outdated, made = [], []
    for one in returns:
        account = _account(one)
        known = current.get((one.deliverable_id, one.organisation_id))
        if known and _same(known, account):
            continue
        outdated += [known.pk] if known else []
        made.append(account)
    Account.objects.filter(pk__in=outdated).update(is_current=False)
    Account.objects.bulk_create(made, batch_size=_BATCH)


def _current_accounts(returns: Sequence[Return]) -> Iterable[Account]:
    return Account.objects.filter(period=returns[0].cycle.period, is_current=True) if returns else ()


_SAID = ("status", "narrative_en", "narrative_fr", "reason_en", "reason_fr", "proof_en", "proof_fr", "figures")


def _account(one: Return) -> Account:
    account = Account(
        deliverable=one.deliverable,
        period=one.cycle.period,
        organisation=one.organisation,
        return_number=one.pk,
        status=_claim(one),
    )
    if one.state == State.ACCEPTED:
        for name in _SAID[1:-1]:
            setattr(account, name, getattr(one, name))
        account.figures = figures_of(one)
    return account


def _same(known: Account, account: Account) -> bool:
    return all(getattr(known, name) == getattr(account, name) for name in _SAID)


def _claimed(period: ReportingPeriod, returns: Sequence[Return], by: User) -> None:
    records = [
        StatusRecord(
            deliverable_id=key,
            period=period,
            kind=StatusKind.CLAIMED,
            value=status_of(_claim(one) for one in those),
            note_en=_note(those, period, "en"),
            note_fr=_note(those, period, "fr"),
            recorded_by=by,
        )
        for key, those in ((key, list(group)) for key, group in groupby(returns, lambda one: one.deliverable_id))
    ]
    write_statuses(period, StatusKind.CLAIMED, records)


def write_statuses(period: ReportingPeriod, kind: StatusKind, records: Sequence[StatusRecord]) -> None:
    """Add statuses of a period; those that say the same as the current ones are left out."""
    known = {one.deliverable_id: one for one in StatusRecord.objects.filter(period=period, kind=kind, is_current=True)}
    new = [
        one
        for one in records
        if (before := known.get(one.deliverable_id)) is None
        or (before.value, before.note_en, before.note_fr) != (one.value, one.note_en, one.note_fr)
    ]
    replaced = [known[one.deliverable_id].pk for one in new if one.deliverable_id in known]
    StatusRecord.objects.filter(pk__in=replaced).update(is_current=False)
    StatusRecord.objects.bulk_create(new, batch_size=_BATCH)


def _note(those: Sequence[Return], period: ReportingPeriod, language: Language) -> str:
    """What was done; with a name in front of each where several organisations lead."""
    told = [(one, getattr(one, f"narrative_{language}")) for one in those if one.state == State.ACCEPTED]
    if len(those) == 1:
        return told[0][1] if told else ""
    return "\n\n".join(f"{_name(one, period, language)}\n{words}" for one, words in told if words)


def _name(one: Return, period: ReportingPeriod, language: Language) -> str:
    name = one.organisation.named_on(period.ends_on)
    return name.full(language).text if name else one.organisation.code


def _dates(returns: Sequence[Return]) -> None:
    """The latest new date that anybody gives becomes the due date, unless it is that already."""
    moved = [one for one in returns if one.state == State.ACCEPTED and one.new_due_on]
    known: dict[int, DueDate] = {}
    for due in DueDate.objects.filter(deliverable__in={one.deliverable_id for one in moved}).order_by("revision"):
        known[due.deliverable_id] = due
    made = []
    for key, group in groupby(moved, lambda one: one.deliverable_id):
        latest = max(group, key=lambda one: one.new_due_on or one.cycle.period.ends_on)
        before = known.get(key)
        if latest.new_due_on is None or (before and before.due_on == latest.new_due_on):
            continue
        made.append(
            DueDate(
                deliverable_id=key,
                revision=before.revision + 1 if before else 0,
                due_on=latest.new_due_on,
                reason_en=latest.reason_en,
                reason_fr=latest.reason_fr,
                set_on=timezone.localdate(),
            )
        )
    DueDate.objects.bulk_create(made, batch_size=_BATCH)


def _evidence(period: ReportingPeriod, returns: Sequence[Return]) -> None:
    """What is cleared for publication, each piece once, however often the period is closed.

    What an earlier closing published and is cleared no more goes: somebody may have found that it names a person.
    """
    proofs = [(one, proof, _place(one.deliverable_id, proof)) for one in returns for proof in one.proofs.all()]
    public = {place: proof for one, proof, place in proofs if one.state == State.ACCEPTED and _is_cleared(proof)}
    withdrawn = {place for _one, proof, place in proofs if not _is_cleared(proof)} - set(public)
    known = {(one.deliverable_id, one.url, one.file_code): one.pk for one in Evidence.objects.filter(period=period)}
    Evidence.objects.filter(pk__in=[known[place] for place in withdrawn & set(known)]).delete()
    made = [
        Evidence(
            deliverable_id=place[0],
            period=period,
            title_en=proof.title_en,
            title_fr=proof.title_fr,
            url=proof.url,
            seen_on=proof.seen_on,
            file_code=place[2],
        )
        for place, proof in public.items()
        if place not in known
    ]
    Evidence.objects.bulk_create(made, batch_size=_BATCH)


def _place(deliverable: int, proof: Proof) -> tuple[int, str, UUID | None]:
    """What makes a piece of evidence the same as one that is published already."""
    return deliverable, proof.url, proof.code if proof.file else None


def _is_cleared(proof: Proof) -> bool:
    return proof.is_public and proof.removed_at is None


def _money(period: ReportingPeriod, returns: Sequence[Return]) -> None:
    """What was spent, each sum under the name of who spent it, and each organisation's sum once.

    A correction takes the place of the sum that an earlier closing wrote, or the two would be added up as if both had
    been spent. The earlier sum stays in the steps of the return.
    """
    spent = Money.objects.filter(deliverable__plan=period.plan_id, kind=MoneyKind.SPENT, fiscal_year=period.code)
    known = {(money.deliverable_id, money.note_en, money.note_fr): money for money in spent}
    made, outdated = [], []
    for one in returns:
        note_en, note_fr = _name(one, period, "en"), _name(one, period, "fr")
        before = next((known[key] for key in _sums_of(one) if key in known), None)
        amount = one.spent if one.state == State.ACCEPTED else None
        if before and (before.amount, before.currency) == (amount, one.currency):
            continue
        outdated += [before.pk] if before else []
        if amount is not None:
            made.append(
                Money(
                    deliverable=one.deliverable,
                    kind=MoneyKind.SPENT,
                    amount=amount,
                    currency=one.currency,
                    fiscal_year=period.code,
                    note_en=note_en,
                    note_fr=note_fr,
                )
            )
    Money.objects.filter(pk__in=outdated).delete()
    Money.objects.bulk_create(made, batch_size=_BATCH)


def _sums_of(one: Return) -> list[tuple[int, str, str]]:
    """Under what a sum of this organisation may stand: its names at any time, since it may have been renamed since."""
    names = [(name.full("en").text, name.full("fr").text) for name in one.organisation.names.all()]
    return [(one.deliverable_id, *name) for name in [*names, (one.organisation.code, one.organisation.code)]]


def _assessed(cycle: Cycle) -> None:
    current = Assessment.objects.filter(cycle=cycle, is_current=True).select_related("by")
    write_statuses(cycle.period, StatusKind.ASSESSED, [assessed_record(cycle.period, one) for one in current])


def assessed_record(period: ReportingPeriod, one: Assessment) -> StatusRecord:
    """An assessment as the register keeps it, in the name of the assessor."""
    return StatusRecord(
        deliverable_id=one.deliverable_id,
        period=period,
        kind=StatusKind.ASSESSED,
        value=one.status,
        note_en=one.note_en,
        note_fr=one.note_fr,
        recorded_by=one.by,
    )
