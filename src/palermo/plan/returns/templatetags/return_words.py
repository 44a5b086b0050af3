"""Words of returns for templates."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from babel.numbers import format_decimal
from django import template

from palermo.foundation.bilingual import reader_language
from palermo.plan.returns.models import Question
from palermo.plan.returns.queries.owed import Completeness
from palermo.plan.returns.vocabulary import Act, Needs, State, When

register = template.Library()

FIELD_OF = {
    Needs.NARRATIVE: "id_narrative_en",
    Needs.BOTH_LANGUAGES: "id_narrative_en",
    Needs.REASON: "id_reason_en",
    Needs.PROOF: "id_proof_en",
    Needs.EVIDENCE: "evidence",
    Needs.NEW_DATE: "id_new_due_on",
    Needs.MONEY: "id_spent",
}
"""Where on the page of a return each thing is told."""


@register.filter
def state_label(state: str) -> str:
    """Where a return is, in the reader's language."""
    return str(State(state).label)


@register.filter
def act_label(act: str) -> str:
    """A step, in the reader's language."""
    return str(Act(act).label)


@register.filter
def needs_label(needs: str) -> str:
    """What must be told, in the reader's language."""
    return str(Needs(needs).label)


@register.filter
def when_label(when: str) -> str:
    """What makes a rule hold, in the reader's language."""
    return str(When(when).label)


@register.filter
def field_of(needs: str) -> str:
    """The place on the page where it is told."""
    return FIELD_OF[Needs(needs)]


@register.filter
def decimal(value: Decimal) -> str:
    """A number as the reader's language writes it, without zeros that say nothing."""
    return format_decimal(value, locale=f"{reader_language()}_CA")


@register.filter
def count_of(counts: dict[str, int], state: str) -> int:
    """How many returns are in a state."""
    return counts.get(state, 0)


@register.filter
def typed(answers: Mapping[int, str], question: Question) -> str:
    """What was typed as an answer, or what is stored."""
    return answers.get(question.pk, question.answer)


@register.filter
def score_of(found: dict[int, Completeness], organisation: int) -> int | str:
    """The completeness of an organisation, where it owes anything."""
    return found[organisation].score if organisation in found else ""
