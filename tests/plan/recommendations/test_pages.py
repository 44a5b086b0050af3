"""The public page of recommendations says what answers them, and plainly what nothing answers."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palermo.plan.recommendations.actions.keep import Words, add_recommendation, link
from palermo.plan.recommendations.vocabulary import SourceKind
from palermo.plan.register.models import Deliverable
from tests.factories import DeliverableFactory, DueDateFactory, StatusFactory, coordinator_of

pytestmark = pytest.mark.django_db
WORDS = Words(SourceKind.GRETA, body_en="GRETA", document_en="Report", text_en="Say by when.")


def recommended(linked: bool = True) -> Deliverable:
    promised = DeliverableFactory.create()
    by = coordinator_of(promised.plan.owner)
    one = add_recommendation(plan=promised.plan, words=WORDS, by=by)
    if linked:
        link(recommendation=one, deliverable=promised, by=by)
    return promised


def page(client: Client, **query: str) -> str:
    return client.get(reverse("recommendations"), query).content.decode()


def test_what_nothing_answers_is_said(client: Client) -> None:
    recommended(linked=False)
    assert "No deliverable answers it." in page(client)


def test_what_is_answered_shows_claimed_beside_assessed(client: Client) -> None:
    promised = recommended()
    record = StatusFactory.create(deliverable=promised, value="complete")
    StatusFactory.create(deliverable=promised, period=record.period, kind="assessed", value="not_started")
    shown = page(client)
    assert "Complete" in shown
    assert "Not started" in shown
    assert "answers it" not in shown


def test_an_answer_that_is_late_is_none(client: Client) -> None:
    promised = recommended()
    StatusFactory.create(deliverable=promised, value="in_progress")
    DueDateFactory.create(deliverable=promised, due_on=date(2013, 1, 1))
    assert "Everything that answers it is late or no longer pursued." in page(client)


def test_what_nothing_answers_can_be_asked_for_alone(client: Client) -> None:
    promised = recommended()
    StatusFactory.create(deliverable=promised, value="in_progress")
    recommended(linked=False)
    assert "Nothing answers 1 of 2." in page(client)
    alone = client.get(reverse("recommendations"), {"show": "unanswered"})
    assert [each.recommendation.answers.count() for each in alone.context["standings"]] == [0]
    assert page(client, plan=promised.plan.code).count("Addressed to") == 1


def test_the_page_of_a_deliverable_names_what_it_answers(client: Client) -> None:
    promised, other = recommended(), DeliverableFactory.create()
    shown = client.get(reverse("deliverable", args=[promised.plan.code, promised.code])).content.decode()
    assert "Say by when." in shown
    shown = client.get(reverse("deliverable", args=[other.plan.code, other.code])).content.decode()
    assert "Recommendations that it answers" not in shown


def test_a_source_leaves_the_others_out(client: Client) -> None:
    recommended()
    assert "Say by when." in page(client, source="greta")
    assert "No recommendation is recorded here" in page(client, source="parliament")


def test_the_page_takes_as_many_queries_for_more(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            page(client)
        return len(found)

    recommended()
    before = asked()
    for _ in range(3):
        recommended()
    assert asked() == before
