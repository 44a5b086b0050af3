"""Keeping the register of recommendations: adding, changing, linking and unlinking."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.recommendations.models import Answer, Recommendation
from palermo.plan.recommendations.vocabulary import Response, SourceKind
from palermo.plan.register.models import Deliverable, Plan
from palermo.plan.register.policies import may_change_plan


class ChangedMeanwhileError(Exception):
    """Somebody saved it meanwhile. `current` is what they saved; nothing was written over it."""

    def __init__(self, current: Recommendation) -> None:
        super().__init__("The recommendation was saved by somebody else meanwhile.")
        self.current = current


class AlreadyLinkedError(Exception):
    """The deliverable already answers this recommendation. Nothing was written."""


class NotLinkedError(Exception):
    """The link was ended already, or a newer one stands in its place. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Words:
    """All that is said of a recommendation."""

    source: SourceKind
    body_en: str = ""
    body_fr: str = ""
    document_en: str = ""
    document_fr: str = ""
    url: str = ""
    issued_on: date | None = None
    code: str = ""
    text_en: str = ""
    text_fr: str = ""
    response: Response = Response.NOT_ANSWERED
    reason_en: str = ""
    reason_fr: str = ""


@transaction.atomic
def add_recommendation(*, plan: Plan, words: Words, by: User) -> Recommendation:
    """Add a recommendation that is addressed to whoever answers for a plan.

    Raises:
        PermissionDenied: `by` may not change this plan.
    """
    if not may_change_plan(by, plan):
        raise PermissionDenied
    added = Recommendation.objects.create(plan=plan, **asdict(words))
    record(by=by, act="recommendation.add", about=added, plan=plan.code)
    return added


@transaction.atomic
def change_recommendation(*, recommendation: Recommendation, version: int, words: Words, by: User) -> Recommendation:
    """Change what is said of a recommendation. `version` is the one that the change was made from.

    Raises:
        PermissionDenied: `by` may not change its plan.
        ChangedMeanwhileError: it was saved after the writer opened it.
    """
    one = _locked(recommendation, by)
    if one.version != version:
        raise ChangedMeanwhileError(one)
    said = asdict(words)
    for name, value in said.items():
        setattr(one, name, value)
    one.version += 1
    one.save(update_fields=[*said, "version"])
    record(by=by, act="recommendation.change", about=one, version=one.version)
    return one


@transaction.atomic
def link(
    *, recommendation: Recommendation, deliverable: Deliverable, note_en: str = "", note_fr: str = "", by: User
) -> Answer:
    """Say that a deliverable answers a recommendation, from today. It may be one of another plan.

    Raises:
        PermissionDenied: `by` may not change the plan that the recommendation is addressed to.
        AlreadyLinkedError: it answers it already.
    """
    one = _locked(recommendation, by)
    if one.answers.filter(deliverable=deliverable, ended_on__isnull=True).exists():
        raise AlreadyLinkedError
    made = one.answers.create(deliverable=deliverable, note_en=note_en, note_fr=note_fr, from_date=timezone.localdate())
    record(by=by, act="recommendation.link", about=one, deliverable=deliverable.code, plan=deliverable.plan.code)
    return made


@transaction.atomic
def unlink(*, answer: Answer, by: User) -> Answer:
    """End a link today; it stays in the history, and `link_again` undoes this.

    Raises:
        PermissionDenied: `by` may not change the plan that the recommendation is addressed to.
        NotLinkedError: it was ended already.
    """
    one = _locked(answer.recommendation, by)
    current = one.answers.select_related("deliverable__plan").get(pk=answer.pk)
    if current.ended_on is not None:
        raise NotLinkedError
    current.ended_on = timezone.localdate()
    current.save(update_fields=["ended_on"])
    told = {"deliverable": current.deliverable.code, "plan": current.deliverable.plan.code}
    record(by=by, act="recommendation.unlink", about=one, **told)
    return current


@transaction.atomic
def link_again(*, answer: Answer, by: User) -> Answer:
    """Undo `unlink`.

    Raises:
        PermissionDenied: `by` may not change the plan that the recommendation is addressed to.
        NotLinkedError: it is not ended, or the deliverable was linked anew since.
    """
    one = _locked(answer.recommendation, by)
    current = one.answers.select_related("deliverable__plan").get(pk=answer.pk)
    standing = one.answers.filter(deliverable=current.deliverable, ended_on__isnull=True)
    if standing.exists():
        raise NotLinkedError
    current.ended_on = None
    current.save(update_fields=["ended_on"])
    told = {"deliverable": current.deliverable.code, "plan": current.deliverable.plan.code}
    record(by=by, act="recommendation.link_again", about=one, **told)
    return current


def _locked(recommendation: Recommendation, by: User) -> Recommendation:
    found = Recommendation.objects.select_for_update(of=("self",)).select_related("plan__owner")
    one = found.get(pk=recommendation.pk)
    if not may_change_plan(by, one.plan):
        raise PermissionDenied
    return one
