"""What the register stores."""

from palermo.plan.register.models.account import Account
from palermo.plan.register.models.deliverable import Deliverable, Section
from palermo.plan.register.models.plan import Plan, PlanLevel, ReportingPeriod, SourceDocument
from palermo.plan.register.models.progress import (
    DueDate,
    Evidence,
    Lineage,
    Money,
    Responsibility,
    StatusRecord,
)

__all__ = [
    "Account",
    "Deliverable",
    "DueDate",
    "Evidence",
    "Lineage",
    "Money",
    "Plan",
    "PlanLevel",
    "ReportingPeriod",
    "Responsibility",
    "Section",
    "SourceDocument",
    "StatusRecord",
]
