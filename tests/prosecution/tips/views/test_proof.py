"""The proof that a tip was erased, and how members see what waits, what is kept and for how long."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import override

from palermo.audit.models import AuditEvent
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.models import Erasure, Tip
from tests.factories import coordinator_of
from tests.prosecution.tips.desks import (
    Member,
    a_desk,
    a_member,
    a_tip,
    closed_by,
    erased_by,
    somebody_at,
    two_members,
    window_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Member, Member]:
    """Two members of a desk."""
    return two_members()


def page(member: Member, tip: Tip, name: str = "tips_one") -> str:
    return unescape(window_of(member.user).get(reverse(name, args=[tip.pk])).content.decode())


def done(member: Member, tip: Tip, **said: object) -> str:
    tip.refresh_from_db()
    answer = window_of(member.user).post(
        reverse("tips_end", args=[tip.pk]), {"version": tip.version, **said}, follow=True
    )
    return unescape(answer.content.decode())


def test_the_proof_tells_everything_but_what_was_told(two: tuple[Member, Member]) -> None:
    tip = a_tip(two[0].key.desk, "They sleep in the cellar.")
    erased = erased_by(two, tip)
    found, shown = Erasure.objects.get(), page(two[1], erased, "tips_erased")
    event = AuditEvent.objects.get(act="tips.erased")
    for said in (str(tip.pk), tip.code, found.sha256, event.hash, two[0].user.name, two[1].user.name):
        assert said in shown
    assert "Its key is destroyed" in shown
    assert "The trail says the same" in shown
    assert "notice danger" not in shown
    assert "cellar" not in shown
    assert reverse("tips_erased", args=[tip.pk]) in page(two[0], erased)
    with override("fr"):
        assert "Sa clé est détruite" in page(two[1], erased, "tips_erased")


def test_it_says_so_where_something_lies_in_the_place_of_the_key(two: tuple[Member, Member]) -> None:
    erased = erased_by(two, a_tip(two[0].key.desk))
    slots.make(Erasure.objects.get().slot)
    Erasure.objects.update(messages=9)
    shown = page(two[1], erased, "tips_erased")
    assert "It cannot be seen here that its key is destroyed" in shown
    assert "The trail does not say the same" in shown
    assert "Its key is destroyed" not in shown


def test_a_tip_that_is_not_erased_has_no_proof_and_strangers_see_none(two: tuple[Member, Member]) -> None:
    desk = two[0].key.desk
    tip, closed, erased = a_tip(desk), closed_by(two, a_tip(desk)), erased_by(two, a_tip(desk))
    for one in (tip, closed):
        assert window_of(two[0].user).get(reverse("tips_erased", args=[one.pk])).status_code == 404
        assert reverse("tips_erased", args=[one.pk]) not in page(two[0], one)
    expected = [(a_member(a_desk()).user, 404), (coordinator_of(desk.organisation), 403), (somebody_at(desk), 200)]
    for user, status in expected:
        assert window_of(user).get(reverse("tips_erased", args=[erased.pk])).status_code == status


def test_who_erased_it_is_the_site_where_its_day_had_come(two: tuple[Member, Member]) -> None:
    from palermo.people.queries import command_line

    erased = erased_by(two, a_tip(two[0].key.desk))
    assert "this site by itself" not in page(two[0], erased, "tips_erased")
    Erasure.objects.update(by=command_line())
    assert "this site by itself" in page(two[0], erased, "tips_erased")


def test_the_page_of_a_tip_says_when_it_is_erased_and_why(two: tuple[Member, Member]) -> None:
    tip = a_tip(two[0].key.desk)
    assert "Is erased on" not in page(two[0], tip)
    closed = closed_by(two, tip, "known")
    shown = " ".join(page(two[0], closed).split())
    assert "Is erased on" in shown
    assert "It is kept for 12 months after it was closed, because it was known already" in shown
    with override("fr"):
        assert "12 mois après sa fermeture\N{NO-BREAK SPACE}: c’était déjà connu" in page(two[0], closed)


def test_a_tip_is_put_on_hold_and_the_hold_ended_on_its_page(two: tuple[Member, Member]) -> None:
    tip = closed_by(two, a_tip(two[0].key.desk))
    assert "On hold. Nobody can erase it until that is ended." in done(two[0], tip, do="hold", reason="court")
    shown = page(two[1], tip)
    assert f"an order of a court (set by {two[0].user.name})" in shown
    assert "Is erased on" not in shown
    assert "Erase it for good" not in shown
    assert "End the hold first." in done(two[1], tip, do="erase", is_sure="1")
    assert "End the hold first." in done(two[1], tip, do="hold", reason="access")
    assert "The hold is ended." in done(two[1], tip, do="release")
    assert "Choose one of the list" in done(two[1], tip, do="hold", reason="because")
    tip.refresh_from_db()
    assert tip.hold == ""


def test_the_list_marks_what_waits_and_can_be_narrowed(two: tuple[Member, Member]) -> None:
    desk, window = two[0].key.desk, window_of(two[0].user)
    due, held, near, far = (a_tip(desk) for _ in range(4))
    done(two[0], held, do="hold", reason="access")
    for tip in (near, far):
        closed_by(two, tip, "police")
    Tip.objects.filter(pk=near.pk).update(erase_on=localdate() + timedelta(days=20), warned_on=localdate())
    Tip.objects.filter(pk=due.pk).update(due_on=localdate())
    shown = unescape(window.get(reverse("tips")).content.decode())
    assert "1 tip is to be looked at" in shown
    assert "1 tip is erased within a month" in shown
    rows = {tip.pk: row for row in shown.split("<tr>") for tip in (due, held, near, far) if str(tip.pk) in row}
    marks = ("to be looked at", "on hold", "erased on")
    assert {pk: [mark for mark in marks if mark in row] for pk, row in rows.items()} == {
        due.pk: ["to be looked at"], held.pk: ["on hold"], near.pk: ["erased on"], far.pk: [],
    }  # fmt: skip
    for show, tips in {"due": [due], "erasing": [near], "open": [due, held], "closed": [near, far]}.items():
        narrowed = window.get(reverse("tips"), {"show": show}).content.decode()
        assert {one.pk for one in (due, held, near, far) if str(one.pk) in narrowed} == {one.pk for one in tips}
    assert window.get(reverse("tips"), {"show": "else"}).content.decode().count("<tr>") == 5
    Tip.objects.filter(pk=due.pk).update(due_on=localdate() + timedelta(days=1))
    assert "There are none of this kind." in window.get(reverse("tips"), {"show": "due"}).content.decode()


def test_the_list_costs_the_same_however_long_it_is(two: tuple[Member, Member]) -> None:
    desk, window, costs = two[0].key.desk, window_of(two[0].user), []
    for more in (2, 20):
        for number in range(more):
            tip = a_tip(desk)
            if number % 2:
                done(two[0], tip, do="hold", reason="court")
            else:
                closed_by(two, tip)
        with CaptureQueriesContext(connection) as asked:
            window.get(reverse("tips"))
        costs.append(len(asked))
    assert costs[0] == costs[1]
