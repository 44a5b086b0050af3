"""The board when there are more organisations than a page holds, and the page before closing."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from palermo.foundation.pagination import PAGE_SIZE
from palermo.plan.returns.models import Return
from palermo.plan.returns.queries.board import board
from palermo.plan.returns.queries.cycles import WAITING_SHOWN, closing
from tests.factories import OrganisationFactory
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import ReturnFactory


def test_who_owes_most_stands_first_and_every_organisation_once(desk: Desk) -> None:
    done = OrganisationFactory.create(code="a-done")
    ReturnFactory.create_batch(2, cycle=desk.cycle, organisation=done, state="accepted", status="complete")
    most = OrganisationFactory.create(code="z-most")
    ReturnFactory.create_batch(3, cycle=desk.cycle, organisation=most)
    for _ in range(PAGE_SIZE):
        ReturnFactory.create(cycle=desk.cycle, organisation=OrganisationFactory.create())
    first, second = (board(desk["coordinator"], desk.cycle, number) for number in ("1", "2"))
    assert first.rows[0].organisation == most
    assert second.rows[-1].organisation == done
    seen = [row.organisation.pk for each in (first, second) for row in each.rows]
    assert len(seen) == len(set(seen)) == PAGE_SIZE + 3
    assert first.total == second.total == Return.objects.count()
    assert first.done == 2


def test_the_board_counts_nothing_of_another_period(desk: Desk) -> None:
    ReturnFactory.create_batch(2, organisation=desk.organisation)
    found = board(desk["coordinator"], desk.cycle)
    assert (found.total, [row.total for row in found.rows]) == (1, [1])


def test_the_page_before_closing_stays_short(desk: Desk, client: Client) -> None:
    ReturnFactory.create_batch(WAITING_SHOWN + 1, cycle=desk.cycle, state="cleared", status="complete")
    found = closing(desk["coordinator"], desk.cycle)
    assert (found.waiting, len(found.first_waiting)) == (WAITING_SHOWN + 1, WAITING_SHOWN)
    assert [(organisation, n) for organisation, n in found.never_came] == [(desk.organisation, 1)]
    client.force_login(desk["coordinator"])
    shown = client.get(reverse("cycle_close", args=[desk.plan.code, desk.cycle.period.code])).content.decode()
    assert f"Read and answer all {WAITING_SHOWN + 1} that wait" in shown
    assert 'name="version"' not in shown
