"""What a return says to whoever reads it: what is being written, or what its organisation cleared last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from django.db.models import Q

from palermo.people.policies import Viewer
from palermo.plan.returns import policies
from palermo.plan.returns.models import Figure, Proof, Question, Return, Step
from palermo.plan.returns.queries.facts import SAID
from palermo.plan.returns.vocabulary import OUT, Act


@dataclass(frozen=True, slots=True)
class Said:
    """The words, figures, evidence and questions of a return that somebody may read."""

    words: Return
    figures: list[Figure]
    proofs: list[Proof]
    questions: list[Question]
    cleared_at: datetime | None
    """When it was cleared, where the organisation works on it again and this is what it said then."""


def said_to(viewer: Viewer, one: Return) -> Said:
    """What the viewer reads of a return. Who is over the plan reads nothing that was not cleared."""
    questions = one.questions.select_related("asked_by", "answered_by")
    if not policies.is_of_the_organisation(viewer, one):
        questions = questions.filter(is_inner=False)
    if policies.reads_drafts(viewer, one):
        proofs = one.proofs.filter(removed_at__isnull=True)
        return Said(one, list(one.figures.all()), list(proofs), list(questions), None)
    last = last_cleared(one)
    if last is None:
        return Said(Return(cycle=one.cycle, organisation=one.organisation), [], [], [], None)
    asked = _as_answered(questions, last.content)
    return Said(_words(one, last.content), _figures(last.content), proofs_then(one, last), asked, last.at)


def last_cleared(one: Return) -> Step | None:
    """The step by which the organisation cleared it last."""
    return one.steps.filter(act=Act.CLEAR).order_by("-pk").first()


def proofs_then(one: Return, step: Step) -> list[Proof]:
    """The evidence that belonged to a return at a step."""
    kept = Q(removed_at__isnull=True) | Q(removed_at__gt=step.at)
    return list(one.proofs.filter(kept, added_at__lte=step.at, destroyed_at__isnull=True))


def steps_to_read(viewer: Viewer, one: Return) -> list[Step]:
    """The steps of a return, the first one first. Those within its organisation are for that organisation alone."""
    steps = one.steps.select_related("by").order_by("pk")
    if policies.is_of_the_organisation(viewer, one):
        return list(steps)
    if not policies.may_read(viewer, one):
        return []
    outer = Q(act__in=[Act.CLEAR, Act.ACCEPT, Act.MARK_NOT_REPORTED, Act.REOPEN]) | Q(act=Act.SEND_BACK, before__in=OUT)
    found = list(steps.filter(outer))
    for step in found:
        step.content = {name: value for name, value in step.content.items() if name != "questions"}
    return found


def _as_answered(questions: Iterable[Question], content: Mapping[str, object]) -> list[Question]:
    """The questions with the answers that stood when the return was cleared; later ones have none yet."""
    rows = cast(list[dict[str, object]], content.get("questions", []))
    answers = {row.get("number"): str(row["answer"]) for row in rows}
    found = list(questions)
    for each in found:
        each.answer = answers.get(each.pk, "")
    return found


def _words(one: Return, content: Mapping[str, object]) -> Return:
    said = copy(one)
    for name in SAID:
        setattr(said, name, content[name])
    said.new_due_on = date.fromisoformat(str(content["new_due_on"])) if content["new_due_on"] else None
    said.spent = Decimal(str(content["spent"])) if content["spent"] is not None else None
    return said


def _figures(content: Mapping[str, object]) -> list[Figure]:
    rows = cast(list[dict[str, str]], content.get("figures", []))
    return [Figure(**{**row, "value": Decimal(row["value"])}) for row in rows]
