"""What a plan's rules find missing in a return. Plain Python over facts, so that pages and spreadsheets share it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from palermo.plan.register.vocabulary import Status
from palermo.plan.returns.vocabulary import Needs, When


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules look at."""

    status: str
    due_on: date | None
    """The due date that stands in the plan, before what this return says."""
    new_due_on: date | None
    today: date
    narrative_en: str
    narrative_fr: str
    has_reason: bool
    has_proof: bool
    has_evidence: bool
    has_money: bool

    @property
    def is_late(self) -> bool:
        """Whether the due date has passed and there is still something to do."""
        open_still = self.status in {Status.NOT_STARTED, Status.IN_PROGRESS}
        return open_still and self.due_on is not None and self.due_on < self.today


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that must still be told, and why."""

    needs: Needs
    when: When


def missing(facts: Facts, rules: Iterable[tuple[When, Needs]]) -> tuple[Missing, ...]:
    """Every rule that holds and is not kept, in the order of the rules, each need once."""
    found: dict[Needs, Missing] = {}
    for when, needs in rules:
        if _holds(when, facts) and not _has(needs, facts):
            found.setdefault(needs, Missing(needs, when))
    return tuple(found.values())


def _holds(when: When, facts: Facts) -> bool:
    if when == When.ALWAYS:
        return True
    if when == When.LATE:
        return facts.is_late
    if when == When.DATE_MOVED:
        return facts.new_due_on is not None and facts.due_on is not None and facts.new_due_on != facts.due_on
    return facts.status == when.value


def _has(needs: Needs, facts: Facts) -> bool:
    return {
        Needs.NARRATIVE: bool(facts.narrative_en or facts.narrative_fr),
        Needs.BOTH_LANGUAGES: bool(facts.narrative_en and facts.narrative_fr),
        Needs.REASON: facts.has_reason,
        Needs.PROOF: facts.has_proof,
        Needs.EVIDENCE: facts.has_evidence,
        Needs.NEW_DATE: facts.new_due_on is not None and facts.new_due_on >= facts.today,
        Needs.MONEY: facts.has_money,
    }[needs]
