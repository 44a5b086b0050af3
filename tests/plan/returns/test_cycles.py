"""Opening, closing and reopening a period, and what that carries into the register."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations_with_replacement

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from palermo.audit.models import AuditEvent
from palermo.foundation.periods import Period as Span
from palermo.people.models import Organisation
from palermo.people.queries import command_line
from palermo.plan.planfile import dump, load
from palermo.plan.register.models import Account, DueDate, Evidence, Money, ReportingPeriod, StatusRecord
from palermo.plan.register.queries.plan_file import plan_file
from palermo.plan.returns.actions import cycles
from palermo.plan.returns.actions.carry import status_of
from palermo.plan.returns.models import Assessment, Figure, Return, Rule, Step
from palermo.plan.returns.vocabulary import DEFAULT_RULES, State
from tests.factories import (
    DeliverableFactory,
    DueDateFactory,
    OrganisationFactory,
    PeriodFactory,
    ResponsibilityFactory,
    StatusFactory,
    coordinator_of,
)
from tests.plan.returns.closing import DUE, accepted, close, everything
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import ProofFactory, ReturnFactory, focal_point_of
from tests.raising import assert_all_or_nothing

YEAR = Span(date(2014, 4, 1), date(2015, 3, 31))


class TestOpening:
    def test_each_lead_of_the_day_owes_one_return(self, desk: Desk) -> None:
        today = date.today()
        gone, coming, helping = (OrganisationFactory.create() for _ in range(3))
        one = desk.one.deliverable
        ResponsibilityFactory.create(deliverable=one, organisation=gone, to_date=today - timedelta(days=1))
        ResponsibilityFactory.create(deliverable=one, organisation=coming, from_date=today + timedelta(days=1))
        ResponsibilityFactory.create(deliverable=one, organisation=helping, kind="support")
        other = DeliverableFactory.create(plan=desk.plan)
        ResponsibilityFactory.create(deliverable=other, organisation=helping, from_date=today, to_date=today)
        DeliverableFactory.create(plan=desk.plan)
        cycle = cycles.open_period(plan=desk.plan, span=YEAR, due_on=DUE, by=desk["coordinator"])
        owed = set(cycle.returns.values_list("deliverable", "organisation", "state"))
        assert owed == {(one.pk, desk.organisation.pk, "draft"), (other.pk, helping.pk, "draft")}
        assert cycle.period.gathering == "open"
        assert AuditEvent.objects.filter(act="period.open").count() == 1

    def test_the_only_focal_point_holds_it(self, desk: Desk) -> None:
        cycle = cycles.open_period(plan=desk.plan, span=YEAR, due_on=DUE, by=desk["coordinator"])
        assert cycle.returns.get().holder == desk["focal_point"]
        focal_point_of(desk.organisation)
        later = Span(date(2015, 4, 1), date(2016, 3, 31))
        cycle = cycles.open_period(plan=desk.plan, span=later, due_on=DUE, by=desk["coordinator"])
        assert cycle.returns.get().holder is None

    def test_a_plan_gets_the_usual_rules_once(self, desk: Desk) -> None:
        cycles.open_period(plan=desk.plan, span=YEAR, due_on=DUE, by=desk["coordinator"])
        assert set(Rule.objects.values_list("when", "needs")) == {(str(a), str(b)) for a, b in DEFAULT_RULES}
        Rule.objects.exclude(when="complete").delete()
        later = Span(date(2015, 4, 1), date(2016, 3, 31))
        cycles.open_period(plan=desk.plan, span=later, due_on=DUE, by=desk["coordinator"])
        assert Rule.objects.get().when == "complete"

    @pytest.mark.parametrize(
        ("span", "code"),
        [
            (Span(date(2013, 4, 1), date(2014, 3, 31)), "gathered_already"),
            (Span(date(2014, 1, 1), date(2014, 12, 31)), "overlaps"),
            (Span(date(2011, 4, 1), date(2012, 3, 31)), "reported_already"),
        ],
    )
    def test_what_cannot_be_opened(self, desk: Desk, span: Span, code: str) -> None:
        known = PeriodFactory.create(plan=desk.plan, first_year=2011)
        StatusFactory.create(deliverable=desk.one.deliverable, period=known)
        before = everything()
        with pytest.raises(cycles.NotOpenableError) as refused:
            cycles.open_period(plan=desk.plan, span=span, due_on=DUE, by=desk["coordinator"])
        assert refused.value.code == code
        assert everything() == before

    def test_a_period_without_statuses_is_taken(self, desk: Desk) -> None:
        known = PeriodFactory.create(plan=desk.plan, first_year=2014)
        assert cycles.open_period(plan=desk.plan, span=YEAR, due_on=DUE, by=desk["coordinator"]).period == known

    def test_nobody_owes_anything(self, desk: Desk) -> None:
        desk.one.deliverable.responsibilities.all().delete()
        with pytest.raises(cycles.NotOpenableError, match="nobody_owes"):
            cycles.open_period(plan=desk.plan, span=YEAR, due_on=DUE, by=desk["coordinator"])

    def test_only_its_coordinator_opens(self, desk: Desk) -> None:
        for who in set(desk.people) - {"coordinator"}:
            with pytest.raises(PermissionDenied):
                cycles.open_period(plan=desk.plan, span=YEAR, due_on=DUE, by=desk[who])

    def test_all_or_nothing(self, desk: Desk) -> None:
        assert_all_or_nothing(
            lambda: cycles.open_period(plan=desk.plan, span=YEAR, due_on=DUE, by=desk["coordinator"]), everything
        )

    def test_who_leads_twice_over_owes_once(self, desk: Desk) -> None:
        lead = {"deliverable": desk.one.deliverable, "organisation": desk.organisation}
        ResponsibilityFactory.create(**lead, from_date=date(2013, 4, 1))
        cycle = cycles.open_period(plan=desk.plan, span=YEAR, due_on=DUE, by=desk["coordinator"])
        assert cycle.returns.count() == 1

    def test_two_periods_of_one_name_are_refused(self, desk: Desk) -> None:
        spring, summer = Span(date(2016, 4, 1), date(2016, 6, 30)), Span(date(2016, 7, 1), date(2016, 9, 30))
        cycles.open_period(plan=desk.plan, span=spring, due_on=DUE, by=desk["coordinator"])
        with pytest.raises(cycles.NotOpenableError) as refused:
            cycles.open_period(plan=desk.plan, span=summer, due_on=DUE, by=desk["coordinator"])
        assert refused.value.code == "same_years"


class TestClosing:
    def test_what_was_accepted_becomes_public(self, desk: Desk) -> None:
        one = accepted(
            desk,
            narrative_en="Forty officers were trained.",
            narrative_fr="Quarante agents ont été formés.",
            reason_en="The course began late.",
            proof_en="Fewer go unseen.",
            spent=Decimal("12.50"),
        )
        Figure.objects.create(of=one, label_en="People trained", value=Decimal("40"))
        close(desk)
        account = Account.objects.get()
        assert (account.status, account.narrative_fr) == ("in_progress", "Quarante agents ont été formés.")
        assert (account.return_number, account.organisation) == (one.pk, desk.organisation)
        assert [(each["label_en"], Decimal(each["value"])) for each in account.figures] == [
            ("People trained", Decimal(40))
        ]
        status = StatusRecord.objects.get()
        assert (status.value, status.kind, status.note_en) == ("in_progress", "claimed", "Forty officers were trained.")
        money = Money.objects.get()
        assert (money.kind, money.amount, money.fiscal_year) == ("spent", Decimal("12.50"), "2013-2014")
        assert ReportingPeriod.objects.get().gathering == "closed"

    def test_the_plan_can_be_given_out_as_a_file_and_taken_back(self, desk: Desk) -> None:
        accepted(desk, spent=Decimal("12.50"), new_due_on=date(2016, 3, 31), narrative_en="Done.")
        close(desk)
        file = plan_file(command_line(), desk.plan)
        assert [money.fiscal_year for money in file.deliverables[0].money] == ["2013-2014"]
        assert load(dump(file)) == file

    @pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
    def test_what_never_came_is_not_reported(self, desk: Desk, state: str) -> None:
        desk.put(state=state, status="complete", narrative_en="Not cleared by anybody.")
        close(desk)
        assert desk.fresh().state == State.NOT_REPORTED
        account = Account.objects.get()
        assert (account.status, account.narrative_en, account.organisation) == ("not_reported", "", desk.organisation)
        assert StatusRecord.objects.get().value == "not_reported"
        assert Step.objects.get().act == "mark_not_reported"

    def test_nothing_is_closed_while_an_answer_is_owed(self, desk: Desk) -> None:
        desk.put(state="cleared", was_cleared=True, status="complete")
        before = everything()
        with pytest.raises(cycles.NotClosableError) as refused:
            close(desk)
        assert refused.value.waiting == 1
        assert everything() == before

    def test_only_its_coordinator_closes_and_reopens(self, desk: Desk) -> None:
        for who in set(desk.people) - {"coordinator"}:
            with pytest.raises(PermissionDenied):
                cycles.close_period(cycle=desk.cycle, version=1, by=desk[who])
            with pytest.raises(PermissionDenied):
                cycles.reopen_period(cycle=desk.cycle, due_on=DUE, reason_en="So.", reason_fr="", by=desk[who])

    def test_a_date_that_moved_shows_beside_the_first(self, desk: Desk) -> None:
        DueDateFactory.create(deliverable=desk.one.deliverable, due_on=date(2014, 3, 31))
        accepted(desk, new_due_on=date(2015, 3, 31), reason_en="The course began late.")
        close(desk)
        dates = DueDate.objects.order_by("revision").values_list("revision", "due_on", "reason_en")
        assert list(dates) == [(0, date(2014, 3, 31), ""), (1, date(2015, 3, 31), "The course began late.")]

    def test_a_date_that_is_the_same_did_not_move(self, desk: Desk) -> None:
        DueDateFactory.create(deliverable=desk.one.deliverable, due_on=date(2014, 3, 31))
        accepted(desk, new_due_on=date(2014, 3, 31))
        close(desk)
        assert DueDate.objects.count() == 1

    def test_evidence_is_public_only_once_cleared_for_publication(self, desk: Desk) -> None:
        one = accepted(desk)
        ProofFactory.create(of=one, title_en="Internal")
        ProofFactory.create(of=one, title_en="Public", is_public=True, names_nobody=True, url="https://example.org/p")
        close(desk)
        assert Evidence.objects.get().title_en == "Public"

    def test_the_assessment_stands_beside_the_claim(self, desk: Desk) -> None:
        one = accepted(desk, status="complete")
        Assessment.objects.create(
            cycle=desk.cycle, deliverable=one.deliverable, status="in_progress", note_en="Half.", by=desk["assessor"]
        )
        close(desk)
        assert dict(StatusRecord.objects.values_list("kind", "value")) == {
            "claimed": "complete",
            "assessed": "in_progress",
        }
        assert StatusRecord.objects.get(kind="assessed").recorded_by == desk["assessor"]

    def test_it_asks_the_same_number_of_questions_whatever_is_accepted(self, desk: Desk) -> None:
        def questions() -> int:
            Return.objects.update(state="accepted", was_cleared=True, status="complete", spent=Decimal(5))
            with CaptureQueriesContext(connection) as asked, transaction.atomic():
                close(desk)
                transaction.set_rollback(True)
            return len(asked)

        before = questions()
        for one in ReturnFactory.create_batch(4, cycle=desk.cycle, organisation=desk.organisation):
            Figure.objects.create(of=one, label_en="People", value=Decimal(4))
        assert questions() == before

    def test_all_or_nothing(self, desk: Desk) -> None:
        DueDateFactory.create(deliverable=desk.one.deliverable)
        one = accepted(desk, new_due_on=date(2016, 3, 31), reason_en="Late.", spent=Decimal(5))
        ProofFactory.create(of=one, is_public=True, names_nobody=True)
        ReturnFactory.create(cycle=desk.cycle, organisation=desk.organisation)
        Assessment.objects.create(
            cycle=desk.cycle, deliverable=one.deliverable, status="in_progress", note_en="Half.", by=desk["assessor"]
        )
        assert_all_or_nothing(lambda: close(desk), everything)


class TestJointLeads:
    def _second(self, desk: Desk, **fields: object) -> Organisation:
        other: Organisation = OrganisationFactory.create(named="Second Ministry")
        said = {"state": "accepted", "status": "complete", **fields}
        ReturnFactory.create(cycle=desk.cycle, deliverable=desk.one.deliverable, organisation=other, **said)
        return other

    def test_the_least_advanced_claim_counts_and_both_are_heard(self, desk: Desk) -> None:
        accepted(desk, status="in_progress", narrative_en="We are half way.")
        self._second(desk, narrative_en="We are done.")
        close(desk)
        status = StatusRecord.objects.get()
        assert status.value == "in_progress"
        assert "We are half way." in status.note_en
        assert "Second Ministry\nWe are done." in status.note_en
        assert sorted(Account.objects.values_list("status", flat=True)) == ["complete", "in_progress"]

    def test_one_of_two_did_not_report(self, desk: Desk) -> None:
        self._second(desk)
        close(desk)
        assert StatusRecord.objects.get().value == "complete"
        assert Account.objects.get(status="not_reported").organisation == desk.organisation

    def test_the_latest_date_counts(self, desk: Desk) -> None:
        accepted(desk, new_due_on=date(2015, 3, 31), reason_en="Ours.")
        self._second(desk, new_due_on=date(2016, 3, 31), reason_en="Theirs.")
        close(desk)
        assert list(DueDate.objects.values_list("due_on", "reason_en")) == [(date(2016, 3, 31), "Theirs.")]

    def test_deliverables_that_share_a_place_stay_apart(self, desk: Desk) -> None:
        twin = DeliverableFactory.create(plan=desk.plan, position=desk.one.deliverable.position)
        offices = [OrganisationFactory.create(), OrganisationFactory.create()]
        for office in offices:
            for one in (desk.one.deliverable, twin):
                said = {"state": "accepted", "status": "complete"}
                ReturnFactory.create(cycle=desk.cycle, deliverable=one, organisation=office, **said)
        close(desk)
        assert StatusRecord.objects.filter(is_current=True).count() == 2

    def test_every_pair_of_claims(self) -> None:
        order = ["not_started", "in_progress", "ongoing", "complete", "no_longer_pursued"]
        for first, second in combinations_with_replacement(order, 2):
            assert status_of([second, first]) == first
            assert status_of([first, "not_reported"]) == first
        assert status_of(["not_reported", "not_reported"]) == "not_reported"


def test_a_coordinator_of_another_plan_has_no_say(desk: Desk) -> None:
    with pytest.raises(PermissionDenied):
        cycles.close_period(cycle=desk.cycle, version=1, by=coordinator_of(OrganisationFactory.create()))
