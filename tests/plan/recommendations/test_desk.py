"""Keeping the register of recommendations on the site."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from palermo.audit.models import AuditEvent
from palermo.plan.recommendations.models import Answer, Recommendation
from tests.factories import DeliverableFactory, coordinator_of

pytestmark = pytest.mark.django_db

SAID = {
    "seen": "0",
    "source": "evaluation",
    "body_en": "Evaluators",
    "document_en": "Evaluation",
    "text_en": "Say what it cost.",
    "response": "not_answered",
    "do": "save",
}


def test_from_adding_to_an_answer_and_back() -> None:
    deliverable = DeliverableFactory.create()
    client = Client()
    client.force_login(coordinator_of(deliverable.plan.owner))
    client.post(reverse("recommendation_add", args=[deliverable.plan.code]), SAID)
    one = Recommendation.objects.get()
    address = reverse("recommendation_edit", args=[one.pk])
    client.post(address, {"do": "link", "link-deliverable": str(deliverable.pk)})
    answer = Answer.objects.get()
    assert deliverable.code in Client().get(reverse("recommendations")).content.decode()
    client.post(address, {"do": f"unlink:{answer.pk}"})
    answer.refresh_from_db()
    assert answer.ended_on is not None
    client.post(address, {"do": f"link_again:{answer.pk}"})
    answer.refresh_from_db()
    assert answer.ended_on is None
    told = AuditEvent.objects.filter(act__startswith="recommendation.").order_by("number")
    assert list(told.values_list("act", flat=True)) == [
        "recommendation.add",
        "recommendation.link",
        "recommendation.unlink",
        "recommendation.link_again",
    ]


def test_a_conflict_loses_neither_text() -> None:
    deliverable = DeliverableFactory.create()
    client = Client()
    client.force_login(coordinator_of(deliverable.plan.owner))
    client.post(reverse("recommendation_add", args=[deliverable.plan.code]), SAID)
    address = reverse("recommendation_edit", args=[Recommendation.objects.get().pk])
    client.post(address, {**SAID, "seen": "1", "text_en": "First."})
    told = client.post(address, {**SAID, "seen": "1", "text_en": "Second."}).content.decode()
    assert "First." in told
    assert "Second." in told
    assert Recommendation.objects.get().text_en == "First."
    client.post(address, {**SAID, "seen": "2", "text_en": "Both."})
    assert Recommendation.objects.get().text_en == "Both."


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text_en": ""}, "one language at least"),
        ({"response": "not_accepted"}, "why it is not accepted"),
        ({"url": "http://example.org/"}, "begins with https"),
        ({"source": "rumour"}, "error"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(wrong: dict[str, str], words: str) -> None:
    plan = DeliverableFactory.create().plan
    client = Client()
    client.force_login(coordinator_of(plan.owner))
    told = client.post(reverse("recommendation_add", args=[plan.code]), {**SAID, **wrong}).content.decode()
    assert words in told
    assert not Recommendation.objects.exists()
