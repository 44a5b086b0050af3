"""A plan as a plan file: what the export writes and what an import compares with."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet

from palermo.people.models import Organisation
from palermo.people.policies import Viewer
from palermo.plan import planfile_models as files
from palermo.plan.planfile_values import Bilingual
from palermo.plan.register.models import (
    Deliverable,
    Evidence,
    Money,
    Plan,
    Responsibility,
    SourceDocument,
    StatusRecord,
)
from palermo.plan.register.queries.plans import periods, sections


def plan_file(viewer: Viewer, plan: Plan, narratives: Sequence[files.Narrative] = ()) -> files.PlanFile:
    """The whole plan. Loading it into an empty register and asking again gives the same file."""
    found = list(_deliverables(plan))
    return files.PlanFile(
        plan=_head(plan),
        organisations=tuple(organisation_part(one) for one in _organisations(plan, found)),
        documents=tuple(_document(one) for one in SourceDocument.objects.filter(plan=plan).order_by("code")),
        periods=period_parts(viewer, plan),
        sections=section_parts(viewer, plan),
        deliverables=tuple(_deliverable(one) for one in found),
        narratives=tuple(narratives),
    )


def period_parts(viewer: Viewer, plan: Plan) -> tuple[files.Period, ...]:
    """The periods of a plan, as plan files hold them."""
    return tuple(
        files.Period(code=one.code, starts_on=one.starts_on, ends_on=one.ends_on) for one in periods(viewer, plan)
    )


def section_parts(viewer: Viewer, plan: Plan) -> tuple[files.Section, ...]:
    """The sections of a plan from top to bottom, as plan files hold them."""
    return tuple(
        files.Section.model_validate(
            {
                "code": one.code,
                "parent": one.parent.code if one.parent else None,
                "title": _both(one, "title"),
                "text": _both(one, "text"),
                "p": one.p or None,
            }
        )
        for one in sections(viewer, plan)
    )


def _both(thing: object, field: str) -> Bilingual:
    return Bilingual(en=getattr(thing, f"{field}_en"), fr=getattr(thing, f"{field}_fr"))


def _head(plan: Plan) -> files.PlanHead:
    return files.PlanHead(
        code=plan.code,
        title=_both(plan, "title"),
        summary=_both(plan, "summary"),
        jurisdiction=plan.jurisdiction,
        owner=plan.owner.code,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        is_invented=plan.is_invented,
        levels=tuple(
            files.Level(name=_both(level, "name"), plural=_both(level, "plural"))
            for level in plan.levels.order_by("depth")
        ),
        deliverable_name=_both(plan, "deliverable_name"),
        deliverable_plural=_both(plan, "deliverable_plural"),
        predecessor=plan.predecessor_code or None,
    )


def _organisations(plan: Plan, found: Sequence[Deliverable]) -> list[Organisation]:
    """The owner, whoever does something, and the parents of all of these, by code."""
    every = Organisation.objects.select_related("parent").prefetch_related("names").order_by("code")
    known = {one.pk: one for one in every}
    wanted = {plan.owner_id} | {its.organisation_id for one in found for its in one.responsibilities.all()}
    for pk in list(wanted):
        parent = known[pk].parent_id
        while parent is not None and parent not in wanted:
            wanted.add(parent)
            parent = known[parent].parent_id
    return [one for pk, one in known.items() if pk in wanted]


def organisation_part(one: Organisation) -> files.Organisation:
    """An organisation with all its names, as plan files hold it."""
    return files.Organisation(
        code=one.code,
        parent=one.parent.code if one.parent else None,
        names=tuple(
            files.DatedName(
                name=_both(name, "name"), acronym=_both(name, "acronym"), from_on=name.from_date, to_on=name.to_date
            )
            for name in one.names.all()
        ),
    )


def _document(one: SourceDocument) -> files.Document:
    return files.Document(
        code=one.code,
        title=_both(one, "title"),
        publisher=_both(one, "publisher"),
        published_on=one.published_on,
        url=one.url,
    )


def _deliverables(plan: Plan) -> QuerySet[Deliverable]:
    statuses = StatusRecord.objects.filter(is_current=True).select_related("period", "document")
    return (
        Deliverable.objects.filter(plan=plan)
        .select_related("section", "added_in")
        .prefetch_related(
            Prefetch("responsibilities", Responsibility.objects.select_related("organisation")),
            Prefetch("statuses", statuses.order_by("period__starts_on", "kind", "pk")),
            Prefetch("evidence", Evidence.objects.select_related("period").order_by("pk")),
            "due_dates",
            "money",
            "became",
        )
        .order_by("position")
    )


def _deliverable(one: Deliverable) -> files.Deliverable:
    return files.Deliverable.model_validate(
        {
            "code": one.code,
            "code_is_printed": one.code_is_printed,
            "section": one.section.code if one.section else None,
            "row": one.row,
            "p": one.own_p or None,
            "lead_in": _both(one, "lead_in"),
            "text": _both(one, "text"),
            "start": files.Start(printed=one.printed_start, on=one.start_on),
            "due": tuple(
                files.Due(on=due.due_on, printed=due.printed, reason=_both(due, "reason"), set_on=due.set_on)
                for due in one.due_dates.all()
            ),
            "added_in": one.added_in.code if one.added_in else None,
            "added_printed": one.printed_added,
            "for_survivors": one.is_survivor_commitment,
            "responsibilities": tuple(_responsibility(its) for its in one.responsibilities.all()),
            "money": tuple(_money(money) for money in one.money.all()),
            "statuses": tuple(_status(its) for its in one.statuses.all()),
            "evidence": tuple(
                files.Evidence(
                    period=its.period.code,
                    title=_both(its, "title"),
                    url=its.url,
                    seen_on=its.seen_on,
                    file=its.file_code,
                )
                for its in one.evidence.all()
            ),
            "lineage": tuple(
                files.Lineage.model_validate(
                    {"plan": its.after_plan, "code": its.after_code, "kind": its.kind, "note": _both(its, "note")}
                )
                for its in one.became.all()
            ),
        }
    )


def _responsibility(its: Responsibility) -> files.Responsibility:
    return files.Responsibility.model_validate(
        {
            "organisation": its.organisation.code,
            "kind": its.kind,
            "from_on": its.from_date,
            "to_on": its.to_date,
            "printed": its.printed,
        }
    )


def _money(money: Money) -> files.Money:
    return files.Money.model_validate(
        {
            "kind": money.kind,
            "amount": money.amount,
            "currency": money.currency,
            "fiscal_year": money.fiscal_year or None,
            "note": _both(money, "note"),
        }
    )


def _status(its: StatusRecord) -> files.Status:
    return files.Status.model_validate(
        {
            "period": its.period.code,
            "kind": its.kind,
            "value": its.value,
            "printed": its.printed,
            "note": _both(its, "note"),
            "document": its.document.code if its.document else None,
            "place": its.place,
        }
    )
