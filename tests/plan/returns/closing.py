"""What tests of opening, closing and reopening share."""

from __future__ import annotations

from datetime import date

from palermo.audit.models import AuditEvent
from palermo.figures.series.models import Observation
from palermo.plan.register.models import Account, DueDate, Evidence, Money, ReportingPeriod, StatusRecord
from palermo.plan.returns.actions import cycles
from palermo.plan.returns.models import Cycle, Figure, Reopening, Return, Rule, Step
from tests.plan.returns.conftest import Desk

DUE = date(2015, 5, 31)


def everything() -> object:
    """What opening, closing and reopening may touch."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (
            ReportingPeriod,
            Cycle,
            Rule,
            Return,
            Step,
            Reopening,
            Account,
            StatusRecord,
            DueDate,
            Evidence,
            Money,
            Figure,
            Observation,
            AuditEvent,
        )
    ]


def close(desk: Desk) -> Cycle:
    cycle = Cycle.objects.get(pk=desk.cycle.pk)
    return cycles.close_period(cycle=cycle, version=cycle.version, by=desk["coordinator"])


def accepted(desk: Desk, **fields: object) -> Return:
    return desk.put(**{"state": "accepted", "was_cleared": True, "status": "in_progress", **fields})
