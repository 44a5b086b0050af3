"""What changed in a return from one step to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from palermo.foundation.days import long_date
from palermo.foundation.money import written_amount
from palermo.plan.register.vocabulary import Status
from palermo.plan.returns.models import Step

LABELS = {
    "status": _("Status claimed"),
    "narrative_en": _("What was done, in English"),
    "narrative_fr": _("What was done, in French"),
    "reason_en": _("Reason, in English"),
    "reason_fr": _("Reason, in French"),
    "proof_en": _("What would show that it works, in English"),
    "proof_fr": _("What would show that it works, in French"),
    "new_due_on": _("New due date"),
    "spent": _("Money spent"),
    "figures": _("Figures"),
    "proofs": _("Evidence"),
    "questions": _("Questions and answers"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that says something else than at the step before."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """A step, how long the return had waited for it, and what had changed since the step before."""

    step: Step
    waited: timedelta | None
    changes: tuple[Change, ...]


def versions(steps: Sequence[Step]) -> list[Version]:
    """The steps of a return, the first one first. Steps without words of their own change nothing."""
    found: list[Version] = []
    said: Mapping[str, object] = {}
    before: Step | None = None
    for step in steps:
        changes = tuple(_changes(said, step.content)) if step.content else ()
        found.append(Version(step, step.at - before.at if before else None, changes))
        said, before = step.content or said, step
    return found


def _changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[Change]:
    return [
        Change(str(label), _shown(name, before), _shown(name, after))
        for name, label in LABELS.items()
        if _shown(name, before) != _shown(name, after)
    ]


def _shown(name: str, content: Mapping[str, object]) -> str:
    """A value of the snapshot as a line of text; nothing where it says nothing."""
    value = content.get(name)
    if not value:
        return ""
    if isinstance(value, list):
        return " · ".join(_item(each) for each in value if isinstance(each, dict))
    if name == "status" and value in Status.values:
        return str(Status(str(value)).label)
    if name == "new_due_on":
        return long_date(date.fromisoformat(str(value)))
    if name == "spent":
        return written_amount(Decimal(str(value)), str(content.get("currency", "")))
    return str(value)


def _item(each: Mapping[str, object]) -> str:
    title = each.get("label_en") or each.get("label_fr") or each.get("title_en") or each.get("title_fr")
    parts = (title, each.get("value"), each.get("url"), each.get("text"), each.get("answer"))
    return " ".join(str(part) for part in parts if part)
