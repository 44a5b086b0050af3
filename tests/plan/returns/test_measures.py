"""What is counted of returns, reminders and recommendations, against the records, and for whom."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from palermo.figures import measures
from palermo.figures.measures import MeasureSpan
from palermo.people.policies import Viewer
from palermo.people.queries import command_line
from palermo.plan.recommendations.actions.keep import Words, add_recommendation, link
from palermo.plan.recommendations.vocabulary import SourceKind
from palermo.plan.register.models import Account
from palermo.plan.reminders.actions.send import send_reminders
from palermo.plan.reminders.models import DigestItem
from palermo.plan.returns.models import Return
from palermo.plan.returns.queries.board import board
from tests.factories import DeliverableFactory, MembershipFactory, coordinator_of
from tests.plan.report.year import closed_year, open_year
from tests.plan.returns.factories import CycleFactory, ReturnFactory, focal_point_of

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
EVER = MeasureSpan(date.min, date.today())


def counted(code: str, viewer: Viewer = NOBODY) -> dict[frozenset[str], int]:
    """The cells of a measure by the values of their codes."""
    return {frozenset(cell.codes.values()): int(cell.value) for cell in measures.one(code).count(viewer, EVER)}


def test_returns_are_counted_once_their_period_is_closed() -> None:
    year = open_year()
    assert counted("returns_accepted") == {}
    year.close()
    year.correct("T2", status="in_progress")
    loops = Counter(
        (account.organisation.code, "not_reported" if account.status == "not_reported" else "accepted")
        for account in Account.objects.all()
        if account.is_current
    )
    found, where = counted("returns_accepted"), {"lantern", year.period.code}
    for (organisation, came), number in loops.items():
        assert found[frozenset({*where, organisation, came})] == number
    assert found[frozenset(where)] == sum(loops.values()) == 4


def test_the_public_page_of_a_period_shows_the_same(client: Client) -> None:
    year = closed_year()
    found, where = counted("returns_accepted"), {"lantern", year.period.code}
    page = client.get(reverse("cycle_public", args=["lantern", year.period.code])).content.decode()
    for organisation in ("police", "customs"):
        came, missed = (found.get(frozenset({*where, organisation, each}), 0) for each in ("accepted", "not_reported"))
        assert f'<td class="count">{came}</td><td class="count">{missed}</td>' in page


def test_open_returns_are_counted_for_those_who_run_the_period_alone() -> None:
    year = open_year()
    loops = Counter((one.organisation.code, one.state) for one in Return.objects.all())
    found, where = counted("returns_by_state", year.coordinator), {"lantern", year.period.code}
    for (organisation, state), number in loops.items():
        assert found[frozenset({*where, organisation, state})] == number
    assert found[frozenset(where)] == board(year.coordinator, year.cycle).total == sum(loops.values())
    for other in (NOBODY, MembershipFactory.create().user, focal_point_of(year.police)):
        assert counted("returns_by_state", other) == {}
    assert not measures.one("returns_by_state").is_public


def test_reminders_are_counted_by_what_they_asked_for() -> None:
    cycle = CycleFactory.create(due_on=date.today() + timedelta(days=3))
    for _ in range(2):
        focal_point_of(ReturnFactory.create(cycle=cycle).organisation)
    send_reminders(day=date.today(), by=command_line())
    code, sent = cycle.period.plan.code, list(DigestItem.objects.filter(digest__sent_at__isnull=False))
    assert counted("reminders_sent", coordinator_of(cycle.period.plan.owner)) == {
        frozenset({code}): len(sent),
        frozenset({code, "write"}): sum(item.task == "write" for item in sent),
    }
    assert len(sent) == 2
    assert counted("reminders_sent", MembershipFactory.create().user) == {}


def test_recommendations_are_counted_as_their_page_counts_them(client: Client) -> None:
    promised = DeliverableFactory.create()
    by = coordinator_of(promised.plan.owner)
    words = Words(SourceKind.GRETA, body_en="GRETA", document_en="Report", text_en="Say by when.")
    first, *_more = [add_recommendation(plan=promised.plan, words=words, by=by) for _ in range(3)]
    link(recommendation=first, deliverable=promised, by=by)
    found, code = counted("recommendations"), promised.plan.code
    assert (found[frozenset({code})], found[frozenset({code, "unanswered"})]) == (3, 2)
    assert found[frozenset({code, "greta", "answered"})] == 1
    assert "Nothing answers 2 of 3." in client.get(reverse("recommendations")).content.decode()
