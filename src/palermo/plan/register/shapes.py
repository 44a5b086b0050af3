"""From records to what the API says of them. Every record comes with what is read here already loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palermo.foundation.api import both
from palermo.people.models import Organisation
from palermo.plan.register import schemas
from palermo.plan.register.models import Account, DueDate, Lineage, Money, Plan, ReportingPeriod, Section, StatusRecord

if TYPE_CHECKING:
    from palermo.plan.register.queries.known import KnownDeliverable


def plan_out(plan: Plan) -> schemas.PlanOut:
    """A plan."""
    return schemas.PlanOut(
        code=plan.code,
        title=both(plan, "title"),
        summary=both(plan, "summary"),
        jurisdiction=plan.jurisdiction,
        owner=plan.owner.code,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        is_invented=plan.is_invented,
        predecessor=plan.predecessor_code or None,
        deliverable_name=both(plan, "deliverable_name"),
        levels=[
            schemas.LevelOut(depth=level.depth, name=both(level, "name"), plural=both(level, "plural"))
            for level in plan.levels.all()
        ],
    )


def period_out(period: ReportingPeriod) -> schemas.PeriodOut:
    """A period."""
    return schemas.PeriodOut(code=period.code, starts_on=period.starts_on, ends_on=period.ends_on)


def section_out(section: Section) -> schemas.SectionOut:
    """A section."""
    return schemas.SectionOut.model_validate(
        {
            "code": section.code,
            "level": section.level.depth,
            "parent": section.parent.code if section.parent else None,
            "title": both(section, "title"),
            "text": both(section, "text"),
            "p": section.p or None,
        }
    )


def deliverable_out(one: KnownDeliverable, period: ReportingPeriod | None) -> schemas.DeliverableOut:
    """A deliverable as `queries.deliverables` gives it."""
    return schemas.DeliverableOut.model_validate(_deliverable(one, period))


def deliverable_with_history(one: KnownDeliverable, period: ReportingPeriod | None) -> schemas.DeliverableWithHistory:
    """A deliverable as `queries.deliverable` gives it."""
    return schemas.DeliverableWithHistory.model_validate(
        {
            **_deliverable(one, period),
            "due_dates": [_due_date(due) for due in one.due_dates.all()],
            "statuses": [status_out(record, one.code) for record in one.statuses.all()],
            "money": [_money(money) for money in one.money.all()],
            "evidence": [
                {
                    "period": its.period.code,
                    "title": both(its, "title"),
                    "url": its.url,
                    "seen_on": its.seen_on,
                    "file": its.file_code,
                }
                for its in one.evidence.all()
            ],
            "accounts": [_account(account) for account in one.accounts.all()],
            "became": [_lineage(each, each.after_plan, each.after_code) for each in one.became.all()],
            "came_from": [_lineage(each, each.before.plan.code, each.before.code) for each in one.came_from.all()],
        }
    )


def _due_date(due: DueDate) -> dict[str, object]:
    reason = both(due, "reason")
    return {
        "revision": due.revision,
        "due_on": due.due_on,
        "printed": due.printed,
        "reason": reason,
        "set_on": due.set_on,
    }


def _account(account: Account) -> dict[str, object]:
    return {
        "period": account.period.code,
        "organisation": account.organisation.code,
        "status": account.status,
        "narrative": both(account, "narrative"),
        "reason": both(account, "reason"),
        "proof": both(account, "proof"),
        "figures": account.figures,
        "return_number": account.return_number,
        "recorded_at": account.recorded_at,
        "is_current": account.is_current,
    }


def _money(money: Money) -> dict[str, object]:
    note = both(money, "note")
    return {
        "kind": money.kind,
        "amount": money.amount,
        "currency": money.currency,
        "fiscal_year": money.fiscal_year,
        "note": note,
    }


def _lineage(lineage: Lineage, plan: str, code: str) -> dict[str, object]:
    return {"plan": plan, "code": code, "kind": lineage.kind, "note": both(lineage, "note")}


def _deliverable(one: KnownDeliverable, period: ReportingPeriod | None) -> dict[str, object]:
    return {
        "code": one.code,
        "code_is_printed": one.code_is_printed,
        "section": one.section.code if one.section else None,
        "p": one.p or None,
        "lead_in": both(one, "lead_in"),
        "text": both(one, "text"),
        "printed_start": one.printed_start,
        "start_on": one.start_on,
        "first_due_on": one.first_due_on,
        "due_on": one.due_on,
        "added_in": one.added_in.code if one.added_in else None,
        "responsibilities": [
            schemas.ResponsibilityOut.model_validate(
                {
                    "organisation": its.organisation.code,
                    "kind": its.kind,
                    "from_date": its.from_date,
                    "to_date": its.to_date,
                    "printed": its.printed,
                }
            )
            for its in one.responsibilities.all()
        ],
        "period": period.code if period else None,
        "status": one.status,
        "printed_status": one.printed_status,
        "assessed_status": one.assessed_status,
    }


def status_out(record: StatusRecord, code: str) -> schemas.StatusOut:
    """A status of the deliverable with this code."""
    return schemas.StatusOut.model_validate(
        {
            "deliverable": code,
            "period": record.period.code,
            "kind": record.kind,
            "value": record.value,
            "printed": record.printed,
            "note": both(record, "note"),
            "document": record.document.code if record.document else None,
            "place": record.place,
            "recorded_at": record.recorded_at,
            "is_current": record.is_current,
        }
    )


def organisation_out(one: Organisation) -> schemas.OrganisationOut:
    """An organisation with its names."""
    return schemas.OrganisationOut(
        code=one.code,
        parent=one.parent.code if one.parent else None,
        names=[
            schemas.NameOut(
                name=both(name, "name"),
                acronym=both(name, "acronym"),
                from_date=name.from_date,
                to_date=name.to_date,
            )
            for name in one.names.all()
        ],
    )
