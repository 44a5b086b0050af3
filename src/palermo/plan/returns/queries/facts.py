"""What rules look at in a return, what it still lacks, and what it said at one moment."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from django.utils import timezone

from palermo.plan.register.models import Plan
from palermo.plan.returns.models import Return, Rule
from palermo.plan.returns.rules import Facts, Missing, missing
from palermo.plan.returns.vocabulary import Needs, When

Json: TypeAlias = "str | int | list[Json] | dict[str, Json] | None"

SAID = (
    "status",
    "narrative_en",
    "narrative_fr",
    "reason_en",
    "reason_fr",
    "proof_en",
    "proof_fr",
    "new_due_on",
    "spent",
    "currency",
)
"""The fields of a return that somebody writes."""


def rules_of(plan: Plan) -> tuple[tuple[When, Needs], ...]:
    """What the plan demands, in the order of the rules."""
    found = Rule.objects.filter(plan=plan).order_by("pk").values_list("when", "needs")
    return tuple((When(when), Needs(needs)) for when, needs in found)


def facts_of(one: Return, today: date | None = None) -> Facts:
    """What the rules look at. Reads figures, evidence and due dates where they were not prefetched."""
    dates = sorted(one.deliverable.due_dates.all(), key=lambda due: due.revision)
    return Facts(
        status=one.status,
        due_on=dates[-1].due_on if dates else None,
        new_due_on=one.new_due_on,
        today=today or timezone.localdate(),
        narrative_en=one.narrative_en,
        narrative_fr=one.narrative_fr,
        has_reason=bool(one.reason_en or one.reason_fr),
        has_proof=bool(one.proof_en or one.proof_fr),
        has_evidence=any(proof.removed_at is None for proof in one.proofs.all()),
        has_money=one.spent is not None,
    )


def missing_from(one: Return, today: date | None = None) -> tuple[Missing, ...]:
    """What a return must still have before it can be submitted."""
    return missing(facts_of(one, today), rules_of(one.cycle.period.plan))


def content_of(one: Return) -> dict[str, Json]:
    """Everything that a return says at this moment, as JSON: its words, figures, evidence and questions."""
    words: dict[str, Json] = {name: _text(getattr(one, name)) for name in SAID}
    proofs: list[Json] = [
        {"title_en": each.title_en, "title_fr": each.title_fr, "url": each.url, "sha256": each.sha256}
        for each in one.proofs.filter(removed_at__isnull=True)
    ]
    questions: list[Json] = [
        {"number": each.pk, "text": each.text, "answer": each.answer} for each in one.questions.all()
    ]
    return {**words, "figures": figures_of(one), "proofs": proofs, "questions": questions}


def figures_of(one: Return) -> list[Json]:
    """The figures of a return as JSON; values are text, so that no digit is lost."""
    return [
        {
            "label_en": each.label_en,
            "label_fr": each.label_fr,
            "value": str(each.value),
            "unit_en": each.unit_en,
            "unit_fr": each.unit_fr,
        }
        for each in one.figures.all()
    ]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
