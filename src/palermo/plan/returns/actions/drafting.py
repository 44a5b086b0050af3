"""Writing a return: its words, money and figures. What is incomplete may be saved; nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.foundation.bilingual import Language
from palermo.people.models import User
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.returns import policies
from palermo.plan.returns.actions.numbers import SeriesNumber, changed_numbers, write_numbers
from palermo.plan.returns.models import Figure, Question, Return


class ChangedMeanwhileError(Exception):
    """The return went on after the page was made. `current` is how it stands now; nothing was written.

    Somebody else saved it, or took it a step further, so that it is not with its writers any more.
    """

    def __init__(self, current: Return) -> None:
        super().__init__("The return went on meanwhile.")
        self.current = current


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a return, as one person writes them."""

    status: str = ""
    narrative_en: str = ""
    narrative_fr: str = ""
    reason_en: str = ""
    reason_fr: str = ""
    proof_en: str = ""
    proof_fr: str = ""
    new_due_on: date | None = None
    spent: Decimal | None = None
    currency: str = "CAD"

    @classmethod
    def of(cls, one: Return) -> Content:
        """What a return says."""
        return cls(**{field.name: getattr(one, field.name) for field in fields(cls)})


CONTENT_FIELDS = tuple(field.name for field in fields(Content))


def locked(of: Return) -> Return:
    """The return as it is now, for this transaction alone, with what the policies ask of it.

    Its period is locked first, as closing does: a step and a closing wait for each other and never cross.
    """
    ReportingPeriod.objects.select_for_update(of=("self",), no_key=True).get(cycle__returns=of.pk)
    mine = Return.objects.select_for_update(of=("self",))
    return mine.select_related("cycle__period__plan__owner", "deliverable", "organisation").get(pk=of.pk)


def tell(one: Return, act: str, by: User, **details: str | int) -> None:
    """Add an act on a return to the trail, with what the history of its deliverable is found by."""
    plan, code = one.cycle.period.plan.code, one.deliverable.code
    known = {"plan": plan, "code": code, "period": one.cycle.period.code, "organisation": one.organisation.code}
    record(by=by, act=act, about=one, **known, **details)


def _writable(of: Return, by: User) -> Return:
    one = locked(of)
    if not policies.is_writer(by, one):
        raise PermissionDenied
    if not policies.may_write(by, one):
        raise ChangedMeanwhileError(one)
    return one


@transaction.atomic
def save_draft(
    *,
    of: Return,
    version: int,
    content: Content,
    answers: Mapping[int, str] | None = None,
    numbers: Sequence[SeriesNumber] = (),
    language: Language = "en",
    by: User,
) -> Return:
    """Save what a return says so far. Saving what stands already changes nothing and leaves no trace.

    Args:
        of: the return.
        version: the version that the words were made from.
        content: the words; incomplete ones may be saved.
        answers: what is answered to the return's questions, by their keys; an empty text leaves what stands.
        numbers: what it says of series; those that are not named stay as they are.
        language: the language of the answers.
        by: a focal point or alternate of its organisation.

    Raises:
        ChangedMeanwhileError: it is not with its writers any more, or its version is another one by now and it says
            something else than these words.
        PermissionDenied: `by` does not write for the organisation.
    """
    one = _writable(of, by)
    changed, other_numbers = _changed_answers(one, answers or {}), changed_numbers(one, numbers)
    if Content.of(one) == content and not changed and not other_numbers:
        return one
    if one.version != version:
        raise ChangedMeanwhileError(one)
    _answer(changed, language, by)
    write_numbers(one, other_numbers)
    for name in CONTENT_FIELDS:
        setattr(one, name, getattr(content, name))
    one.version += 1
    one.save(update_fields=[*CONTENT_FIELDS, "version"])
    counted = {"answers": len(changed), "numbers": len(other_numbers)}
    tell(one, "return.save", by, version=one.version, **{name: count for name, count in counted.items() if count})
    return one


def _changed_answers(one: Return, answers: Mapping[int, str]) -> dict[Question, str]:
    """The questions of the return to which something else is answered than what stands."""
    given = {key: text.strip() for key, text in answers.items() if text.strip()}
    found = one.questions.filter(pk__in=given)
    return {each: given[each.pk] for each in found if each.answer != given[each.pk]}


def _answer(changed: Mapping[Question, str], language: Language, by: User) -> None:
    for question, text in changed.items():
        question.answer, question.answer_language = text, language
        question.answered_by, question.answered_at = by, timezone.now()
        question.save(update_fields=["answer", "answer_language", "answered_by", "answered_at"])


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as it is written down: what it counts, how many, in what unit."""

    label_en: str
    label_fr: str
    value: Decimal
    unit_en: str = ""
    unit_fr: str = ""


@transaction.atomic
def add_figure(*, of: Return, number: Number, by: User) -> Figure:
    """Give a return a figure.

    Raises:
        PermissionDenied: `by` does not write for the organisation.
        ChangedMeanwhileError: it is not with its writers any more.
        ValueError: it says in no language what it counts.
    """
    one = _writable(of, by)
    if not (number.label_en or number.label_fr):
        raise ValueError("A figure says what it counts.")
    made = Figure.objects.create(
        of=one,
        label_en=number.label_en,
        label_fr=number.label_fr,
        value=number.value,
        unit_en=number.unit_en,
        unit_fr=number.unit_fr,
    )
    tell(one, "return.add_figure", by, figure=made.pk)
    return made


@transaction.atomic
def remove_figure(*, figure: Figure, by: User) -> None:
    """Take a figure out of a return that is being written. What was submitted before keeps it in its step.

    Raises:
        PermissionDenied: `by` does not write for the organisation.
        ChangedMeanwhileError: it is not with its writers any more, or somebody else took the figure out.
    """
    one = _writable(figure.of, by)
    if not Figure.objects.filter(pk=figure.pk).delete()[0]:
        raise ChangedMeanwhileError(one)
    tell(one, "return.remove_figure", by, figure=figure.pk)
