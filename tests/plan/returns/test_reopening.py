"""Reopening a closed period, and closing it once more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from palermo.people.models import OrganisationName
from palermo.plan.register.models import Account, DueDate, Evidence, Money, ReportingPeriod, StatusRecord
from palermo.plan.returns.actions import cycles
from palermo.plan.returns.models import Reopening
from tests.factories import DueDateFactory
from tests.plan.returns.closing import DUE, accepted, close, everything
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import ProofFactory
from tests.raising import assert_all_or_nothing


class TestReopening:
    def _reopened(self, desk: Desk) -> None:
        cycles.reopen_period(
            cycle=desk.cycle, due_on=DUE, reason_en="A date was wrong.", reason_fr="", by=desk["coordinator"]
        )

    def test_the_reason_stays_and_what_never_came_may_come(self, desk: Desk) -> None:
        close(desk)
        self._reopened(desk)
        assert desk.fresh().state == "draft"
        assert ReportingPeriod.objects.get().gathering == "open"
        assert Account.objects.get().status == "not_reported"
        with pytest.raises(DatabaseError), transaction.atomic():
            Reopening.objects.update(reason_en="No reason.")
        with pytest.raises(DatabaseError), transaction.atomic():
            Reopening.objects.all().delete()

    def test_closing_again_corrects_and_keeps(self, desk: Desk) -> None:
        close(desk)
        self._reopened(desk)
        accepted(desk, status="complete", narrative_en="Done after all.")
        close(desk)
        assert list(Account.objects.order_by("pk").values_list("status", "is_current")) == [
            ("not_reported", False),
            ("complete", True),
        ]
        assert list(StatusRecord.objects.order_by("pk").values_list("value", "is_current")) == [
            ("not_reported", False),
            ("complete", True),
        ]

    def test_closing_again_without_a_change_writes_nothing_new(self, desk: Desk) -> None:
        one = accepted(desk, spent=Decimal(5), new_due_on=date(2016, 3, 31))
        ProofFactory.create(of=one, is_public=True, names_nobody=True)
        close(desk)

        def public() -> Iterable[int]:
            return [model.objects.count() for model in (Account, StatusRecord, DueDate, Evidence, Money)]

        before = public()
        self._reopened(desk)
        close(desk)
        assert public() == before == [1, 1, 1, 1, 1]

    def test_a_sum_is_known_again_after_a_new_name(self, desk: Desk) -> None:
        accepted(desk, spent=Decimal(5))
        close(desk)
        OrganisationName.objects.update(to_date=date(2013, 12, 31))
        OrganisationName.objects.create(
            organisation=desk.organisation, name_en="New name", name_fr="Nouveau nom", from_date=date(2014, 1, 1)
        )
        self._reopened(desk)
        accepted(desk, spent=Decimal(7))
        close(desk)
        assert list(Money.objects.values_list("amount", "note_en")) == [(Decimal(7), "New name")]

    def test_a_date_that_was_moved_since_is_not_set_back(self, desk: Desk) -> None:
        accepted(desk, new_due_on=date(2015, 1, 1))
        close(desk)
        DueDateFactory.create(deliverable=desk.one.deliverable, revision=1, due_on=date(2017, 1, 1))
        self._reopened(desk)
        close(desk)
        assert list(DueDate.objects.values_list("due_on", flat=True)) == [date(2015, 1, 1), date(2017, 1, 1)]
        self._reopened(desk)
        accepted(desk, new_due_on=date(2018, 1, 1), state_since=timezone.now())
        close(desk)
        assert DueDate.objects.count() == 3

    def test_a_corrected_sum_is_not_added_to_the_earlier_one(self, desk: Desk) -> None:
        accepted(desk, spent=Decimal(5))
        close(desk)
        self._reopened(desk)
        accepted(desk, spent=Decimal(7))
        close(desk)
        assert list(Money.objects.values_list("amount", flat=True)) == [Decimal(7)]
        self._reopened(desk)
        accepted(desk, spent=None)
        close(desk)
        assert not Money.objects.exists()

    @pytest.mark.parametrize("is_removed", [False, True])
    def test_evidence_that_is_cleared_no_more_goes(self, desk: Desk, is_removed: bool) -> None:
        one = accepted(desk)
        proof = ProofFactory.create(of=one, is_public=True, names_nobody=True)
        ProofFactory.create(
            of=one, is_public=True, names_nobody=True, url="https://example.org/stays", title_en="Stays"
        )
        close(desk)
        self._reopened(desk)
        removed = {"removed_at": timezone.now(), "removed_by": desk["focal_point"]} if is_removed else {}
        type(proof).objects.filter(pk=proof.pk).update(is_public=False, **removed)
        close(desk)
        assert Evidence.objects.get().title_en == "Stays"

    def test_evidence_stays_where_the_return_does_not_come_again(self, desk: Desk) -> None:
        one = accepted(desk)
        ProofFactory.create(of=one, is_public=True, names_nobody=True)
        close(desk)
        self._reopened(desk)
        desk.put(state="returned")
        close(desk)
        assert Account.objects.get(is_current=True).status == "not_reported"
        assert Evidence.objects.count() == 1

    def test_it_takes_a_reason_and_a_closed_period(self, desk: Desk) -> None:
        with pytest.raises(cycles.CycleStateError):
            self._reopened(desk)
        close(desk)
        with pytest.raises(ValueError, match="reason"):
            cycles.reopen_period(cycle=desk.cycle, due_on=DUE, reason_en=" ", reason_fr="", by=desk["coordinator"])
        with pytest.raises(cycles.CycleStateError):
            close(desk)

    def test_all_or_nothing(self, desk: Desk) -> None:
        close(desk)
        assert_all_or_nothing(lambda: self._reopened(desk), everything)
