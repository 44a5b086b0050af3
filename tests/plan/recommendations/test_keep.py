"""Recommendations are added, changed and linked by coordinators alone, and nothing is written over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from palermo.audit.models import AuditEvent
from palermo.people.models import User
from palermo.plan.recommendations.actions.keep import (
    AlreadyLinkedError,
    ChangedMeanwhileError,
    NotLinkedError,
    Words,
    add_recommendation,
    change_recommendation,
    link,
    link_again,
    unlink,
)
from palermo.plan.recommendations.models import Recommendation
from palermo.plan.recommendations.queries import recommendation, recommendations_answered_by
from palermo.plan.recommendations.vocabulary import Response, SourceKind
from palermo.plan.register.models import Deliverable
from tests.factories import DeliverableFactory, UserFactory, coordinator_of
from tests.raising import assert_all_or_nothing

WORDS = Words(SourceKind.EVALUATION, body_en="Auditors", document_en="Review", text_en="Say by when.")


@pytest.fixture
def promised(db: None) -> Deliverable:
    return DeliverableFactory.create()


@pytest.fixture
def by(promised: Deliverable) -> User:
    return coordinator_of(promised.plan.owner)


@pytest.fixture
def one(promised: Deliverable, by: User) -> Recommendation:
    return add_recommendation(plan=promised.plan, words=WORDS, by=by)


def test_a_change_from_an_older_version_loses_nothing(one: Recommendation, by: User) -> None:
    theirs = replace(WORDS, text_en="Theirs")
    change_recommendation(recommendation=one, version=1, words=theirs, by=by)
    with pytest.raises(ChangedMeanwhileError) as refusal:
        change_recommendation(recommendation=one, version=1, words=replace(WORDS, text_en="Mine"), by=by)
    assert refusal.value.current.text_en == "Theirs"
    assert Recommendation.objects.get().text_en == "Theirs"


def test_linking_unlinking_and_its_undo(one: Recommendation, promised: Deliverable, by: User) -> None:
    made = link(recommendation=one, deliverable=promised, by=by)
    assert list(recommendations_answered_by(by, promised)) == [one]
    with pytest.raises(AlreadyLinkedError):
        link(recommendation=one, deliverable=promised, by=by)
    unlink(answer=made, by=by)
    assert not recommendations_answered_by(by, promised).exists()
    with pytest.raises(NotLinkedError):
        unlink(answer=made, by=by)
    link_again(answer=made, by=by)
    found = recommendation(by, one.pk)
    assert found is not None
    assert [answer.deliverable for answer in found.answers.all()] == [promised]
    acts = AuditEvent.objects.order_by("number").values_list("act", flat=True)
    wanted = ["add", "link", "unlink", "link_again"]
    assert [act for act in acts if act.startswith("recommendation.")] == [f"recommendation.{act}" for act in wanted]


def test_strangers_change_nothing(one: Recommendation, promised: Deliverable, by: User) -> None:
    made = link(recommendation=one, deliverable=promised, by=by)
    stranger = UserFactory.create()
    with pytest.raises(PermissionDenied):
        add_recommendation(plan=promised.plan, words=WORDS, by=stranger)
    with pytest.raises(PermissionDenied):
        change_recommendation(recommendation=one, version=1, words=WORDS, by=stranger)
    with pytest.raises(PermissionDenied):
        unlink(answer=made, by=stranger)
    assert Recommendation.objects.get().version == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"text_en": ""},
        {"body_en": ""},
        {"document_en": ""},
        {"url": "http://example.org/"},
        {"response": Response.NOT_ACCEPTED},
    ],
)
def test_the_database_refuses_what_says_too_little(one: Recommendation, wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.update(**wrong)


def test_linking_leaves_all_or_nothing(one: Recommendation, promised: Deliverable, by: User) -> None:
    assert_all_or_nothing(
        lambda: link(recommendation=one, deliverable=promised, by=by),
        lambda: (one.answers.count(), AuditEvent.objects.count()),
    )
