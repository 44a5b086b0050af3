"""Deliverables of a plan file: what is known of them over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from django.db import models

from palermo.people.models import Organisation, User
from palermo.plan import planfile_models as files
from palermo.plan.register.models import (
    Deliverable,
    DueDate,
    Evidence,
    Lineage,
    Money,
    Plan,
    ReportingPeriod,
    Responsibility,
    SourceDocument,
    StatusRecord,
)
from palermo.plan.register.policies import PeriodLockedError
from palermo.plan.register.vocabulary import Gathering, MoneyKind

BATCH = 500
M = TypeVar("M", bound=models.Model)


def load_progress(
    wanted: Sequence[files.Deliverable],
    deliverables: Mapping[str, Deliverable],
    organisations: Mapping[str, Organisation],
    periods: Mapping[str, ReportingPeriod],
    documents: Mapping[str, SourceDocument],
    by: User,
) -> tuple[int, set[str]]:
    """Write everything that hangs on the deliverables; returns the statuses recorded and the codes touched.

    What the file cannot know stays as it is: the evidence of a gathered period and what was spent in it, revisions of a
    due date after those that the file has, and links with promises of a plan in the register that it does not name.
    """
    pairs = [(deliverables[each.code], each) for each in wanted]
    gathered = [one for one in periods.values() if one.gathering != Gathering.NONE]
    keys, codes = {one.pk for one in gathered}, {one.code for one in gathered}
    later, named = _dates_after_the_file(pairs), _lineage_named(pairs)
    touched = _replace(pairs, Responsibility, lambda one, each: _responsibilities(one, each, organisations))
    touched |= _replace(pairs, DueDate, lambda one, each: _due_dates(one, each) + later.get(one.pk, []))
    touched |= _replace(pairs, Money, _money, lambda row: row.kind == MoneyKind.SPENT and row.fiscal_year in codes)
    touched |= _replace(
        pairs, Evidence, lambda one, each: _evidence(one, each, periods), lambda row: row.period_id in keys
    )
    touched |= _replace(
        pairs,
        Lineage,
        _lineage,
        lambda row: row.after_id is not None and (row.before_id, row.after_plan, row.after_code) not in named,
    )
    recorded = _statuses(pairs, periods, documents, by)
    return len(recorded), touched | {one.deliverable.code for one in recorded}


def link_lineage(plan: Plan) -> None:
    """Point lineages at the later deliverable where both plans are in the register."""
    open_ends = Lineage.objects.filter(after__isnull=True).filter(
        models.Q(after_plan=plan.code) | models.Q(before__plan=plan)
    )
    plans = {lineage.after_plan for lineage in open_ends}
    found = {
        (code_of_plan, code): pk
        for code_of_plan, code, pk in Deliverable.objects.filter(plan__code__in=plans).values_list(
            "plan__code", "code", "pk"
        )
    }
    for lineage in open_ends:
        lineage.after_id = found.get((lineage.after_plan, lineage.after_code))
    Lineage.objects.bulk_update(open_ends, ["after"], BATCH)


def _replace(
    pairs: Sequence[tuple[Deliverable, files.Deliverable]],
    model: type[M],
    make: Callable[[Deliverable, files.Deliverable], list[M]],
    is_kept: Callable[[M], bool] | None = None,
) -> set[str]:
    """Rewrite the rows of each deliverable whose rows differ from the file's; returns their codes.

    Rows that `is_kept` names are left alone, in the register and in the file.
    """
    columns = [field.attname for field in model._meta.concrete_fields if field.attname not in _NOT_COMPARED]
    owner = "before_id" if model is Lineage else "deliverable_id"
    key = owner.removesuffix("_id") + "__plan"
    kept: dict[int, list[M]] = defaultdict(list)
    plans = {one.plan_id for one, _ in pairs}
    for row in model._default_manager.filter(**{f"{key}__in": plans}).order_by("pk"):
        if not (is_kept and is_kept(row)):
            kept[getattr(row, owner)].append(row)
    differing = []
    for one, each in pairs:
        rows = [row for row in make(one, each) if not (is_kept and is_kept(row))]
        if [_compared(row, columns) for row in kept[one.pk]] != [_compared(row, columns) for row in rows]:
            differing.append((one, rows))
    _delete(model, [row.pk for one, _ in differing for row in kept[one.pk]])
    model._default_manager.bulk_create([row for _, rows in differing for row in rows], batch_size=BATCH)
    return {one.code for one, _ in differing}


_NOT_COMPARED = {"id", "after_id"}


def _compared(row: models.Model, columns: Iterable[str]) -> tuple[object, ...]:
    return tuple(getattr(row, column) for column in columns)


def _delete(model: type[M], keys: Sequence[int]) -> None:
    for at in range(0, len(keys), BATCH):
        model._default_manager.filter(pk__in=keys[at : at + BATCH]).delete()


def _dates_after_the_file(pairs: Sequence[tuple[Deliverable, files.Deliverable]]) -> dict[int, list[DueDate]]:
    """The revisions of each due date that come after those of the file, made anew as they stand."""
    known = {one.pk: len(each.due) for one, each in pairs}
    later: dict[int, list[DueDate]] = defaultdict(list)
    for row in DueDate.objects.filter(deliverable__plan__in={one.plan_id for one, _ in pairs}).order_by("revision"):
        if row.revision >= known.get(row.deliverable_id, row.revision + 1):
            row.pk = None
            later[row.deliverable_id].append(row)
    return later


def _lineage_named(pairs: Sequence[tuple[Deliverable, files.Deliverable]]) -> set[tuple[int, str, str]]:
    """The later promises that the file names, by the key of the earlier one."""
    return {(one.pk, its.plan, its.code) for one, each in pairs for its in each.lineage}


def _responsibilities(
    one: Deliverable, each: files.Deliverable, organisations: Mapping[str, Organisation]
) -> list[Responsibility]:
    return [
        Responsibility(
            deliverable=one,
            organisation=organisations[its.organisation],
            kind=its.kind,
            position=position,
            from_date=its.from_on,
            to_date=its.to_on,
            printed=its.printed,
        )
        for position, its in enumerate(each.responsibilities)
    ]


def _due_dates(one: Deliverable, each: files.Deliverable) -> list[DueDate]:
    return [
        DueDate(
            deliverable=one,
            revision=revision,
            due_on=due.on,
            printed=due.printed,
            reason_en=due.reason.en,
            reason_fr=due.reason.fr,
            set_on=due.set_on,
        )
        for revision, due in enumerate(each.due)
    ]


def _money(one: Deliverable, each: files.Deliverable) -> list[Money]:
    return [
        Money(
            deliverable=one,
            kind=money.kind,
            amount=money.amount,
            currency=money.currency,
            fiscal_year=money.fiscal_year or "",
            note_en=money.note.en,
            note_fr=money.note.fr,
        )
        for money in each.money
    ]


def _evidence(one: Deliverable, each: files.Deliverable, periods: Mapping[str, ReportingPeriod]) -> list[Evidence]:
    return [
        Evidence(
            deliverable=one,
            period=periods[its.period],
            title_en=its.title.en,
            title_fr=its.title.fr,
            url=its.url,
            seen_on=its.seen_on,
            file_code=its.file,
        )
        for its in each.evidence
    ]


def _lineage(one: Deliverable, each: files.Deliverable) -> list[Lineage]:
    return [
        Lineage(
            before=one,
            after_plan=its.plan,
            after_code=its.code,
            kind=its.kind,
            note_en=its.note.en,
            note_fr=its.note.fr,
        )
        for its in each.lineage
    ]


_STATUS_COLUMNS = ("value", "printed", "note_en", "note_fr", "document_id", "place")


def _statuses(
    pairs: Sequence[tuple[Deliverable, files.Deliverable]],
    periods: Mapping[str, ReportingPeriod],
    documents: Mapping[str, SourceDocument],
    by: User,
) -> list[StatusRecord]:
    """Record each status that differs from the current one, which then is current no more.

    Raises:
        PeriodLockedError: a status would change in a period that organisations answer for by returns.
    """
    plans = {one.plan_id for one, _ in pairs}
    current = {
        (row.deliverable_id, row.period_id, row.kind): row
        for row in StatusRecord.objects.filter(deliverable__plan__in=plans, is_current=True)
    }
    fresh: list[StatusRecord] = []
    past: list[int] = []
    for one, each in pairs:
        for its in each.statuses:
            row = _status(one, its, periods, documents, by)
            before = current.get((one.pk, row.period_id, row.kind))
            if before and _compared(before, _STATUS_COLUMNS) == _compared(row, _STATUS_COLUMNS):
                continue
            if (period := periods[its.period]).gathering != Gathering.NONE:
                raise PeriodLockedError(period)
            fresh.append(row)
            past += [before.pk] if before else []
    for at in range(0, len(past), BATCH):
        StatusRecord.objects.filter(pk__in=past[at : at + BATCH]).update(is_current=False)
    StatusRecord.objects.bulk_create(fresh, batch_size=BATCH)
    return fresh


def _status(
    one: Deliverable,
    its: files.Status,
    periods: Mapping[str, ReportingPeriod],
    documents: Mapping[str, SourceDocument],
    by: User,
) -> StatusRecord:
    return StatusRecord(
        deliverable=one,
        period=periods[its.period],
        kind=its.kind,
        value=its.value,
        printed=its.printed,
        note_en=its.note.en,
        note_fr=its.note.fr,
        document=documents[its.document] if its.document else None,
        place=its.place,
        recorded_by=by,
    )
