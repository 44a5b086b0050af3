"""The pages of the coordinator and the assessor."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from palermo.people.models import Role
from palermo.plan.register.models import ReportingPeriod, StatusRecord
from palermo.plan.returns.models import Assessment, Cycle, Rule
from tests.factories import PeriodFactory, StatusFactory
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import ProofFactory

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

from tests.plan.returns.visiting import browser, page


class TestTheCoordinator:
    def _open(self, desk: Desk, **fields: object) -> Answer:
        data = {"starts_on": "2014-04-01", "ends_on": "2015-03-31", "due_on": "2015-05-31", "do": "open", **fields}
        return browser(desk["coordinator"]).post(reverse("cycle_open", args=[desk.plan.code]), data)

    def test_a_period_is_opened_after_a_look_at_who_owes_what(self, desk: Desk) -> None:
        told = page(desk, "coordinator", "cycle_open", desk.plan.code)
        assert "2014-04-01" in told
        assert desk["focal_point"].name in told
        answer = self._open(desk, note_en="Please tell us.", reminder_days=["-14", "1"])
        cycle = Cycle.objects.get(period__starts_on=date(2014, 4, 1))
        assert answer.headers["Location"].endswith(f"/{cycle.period.code}/")
        assert (cycle.reminder_days, cycle.note_en, cycle.returns.count()) == ([-14, 1], "Please tell us.", 1)

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"ends_on": "2014-03-31"}, "comes before the first"),
            ({"starts_on": "2013-04-01", "ends_on": "2014-03-31"}, "opened before"),
            ({"starts_on": "never"}, "date"),
        ],
    )
    def test_what_is_wrong_is_said(self, desk: Desk, fields: dict[str, object], words: str) -> None:
        assert words in self._open(desk, **fields).content.decode()
        assert Cycle.objects.count() == 1

    def test_the_board_says_who_is_late_and_what_is_stuck(self, desk: Desk) -> None:
        told = page(desk, "coordinator", "cycle", desk.plan.code, desk.cycle.period.code)
        assert "Late" in told
        assert "No clearing officer" not in told
        desk.organisation.memberships.filter(role=Role.CLEARING_OFFICER).delete()
        desk.organisation.memberships.filter(role__in=[Role.FOCAL_POINT, Role.ALTERNATE]).delete()
        told = page(desk, "coordinator", "cycle", desk.plan.code, desk.cycle.period.code)
        assert "No clearing officer" in told
        assert "Nobody to ask" in told

    def test_the_board_says_nothing_of_how_complete_a_draft_is(self, desk: Desk) -> None:
        desk.put(narrative_en="Done.")
        where = reverse("cycle", args=[desk.plan.code, desk.cycle.period.code])
        assert browser(desk["coordinator"]).get(where).context["completeness"] == {}
        desk.put(state="returned", was_cleared=True, status="complete")
        assert browser(desk["coordinator"]).get(where).context["completeness"] == {}
        desk.put(state="cleared")
        found = browser(desk["coordinator"]).get(where).context["completeness"]
        assert found[desk.organisation.pk].score == 20

    def test_the_board_shows_what_changed_and_why(self, desk: Desk) -> None:
        before = PeriodFactory.create(plan=desk.plan, first_year=2012)
        StatusFactory.create(deliverable=desk.one.deliverable, period=before, value="complete")
        desk.put(state="cleared", was_cleared=True, status="in_progress", reason_en="It began anew.")
        assert "It began anew." in page(desk, "coordinator", "cycle", desk.plan.code, desk.cycle.period.code)

    def test_closing_names_who_never_answered_and_the_public_reads_it(self, desk: Desk) -> None:
        where = [desk.plan.code, desk.cycle.period.code]
        assert Client().get(reverse("cycle_public", args=where)).status_code == 404
        told = page(desk, "coordinator", "cycle_close", *where)
        assert f"Ministry {desk.organisation.code}" in told
        browser(desk["coordinator"]).post(reverse("cycle_close", args=where), {"version": "1"})
        assert ReportingPeriod.objects.get().gathering == "closed"
        told = Client().get(reverse("cycle_public", args=where)).content.decode()
        assert f"Ministry {desk.organisation.code}" in told
        reason = {"due_on": "2015-06-30", "reason_en": "A date was wrong.", "reason_fr": ""}
        browser(desk["coordinator"]).post(reverse("cycle_reopen", args=where), reason)
        assert "A date was wrong." in Client().get(reverse("cycle_public", args=where)).content.decode()

    def test_closing_waits_for_an_answer(self, desk: Desk) -> None:
        desk.put(state="cleared", was_cleared=True, status="complete")
        where = [desk.plan.code, desk.cycle.period.code]
        assert "You owe an answer first" in page(desk, "coordinator", "cycle_close", *where)
        browser(desk["coordinator"]).post(reverse("cycle_close", args=where), {"version": "1"})
        assert ReportingPeriod.objects.get().gathering == "open"

    def test_several_are_accepted_at_once(self, desk: Desk) -> None:
        one = desk.put(state="cleared", was_cleared=True, status="complete", narrative_en="Done.")
        ProofFactory.create(of=one, title_en="Course outline")
        ProofFactory.create(of=one, title_en="Taken out", removed_at=now(), removed_by=desk["focal_point"])
        where = [desk.plan.code, desk.cycle.period.code]
        told = page(desk, "coordinator", "cycle_accept", *where)
        assert "Done." in told
        assert "Course outline" in told
        assert "Taken out" not in told
        browser(desk["coordinator"]).post(reverse("cycle_accept", args=where), {"tick": f"{desk.one.pk}:1"})
        assert desk.fresh().state == "accepted"

    def test_rules_are_set_as_data(self, desk: Desk) -> None:
        address = reverse("cycle_rules", args=[desk.plan.code])
        browser(desk["coordinator"]).post(address, {"complete": ["evidence", "money"], "always": ["both_languages"]})
        assert set(Rule.objects.values_list("when", "needs")) == {
            ("complete", "evidence"),
            ("complete", "money"),
            ("always", "both_languages"),
        }
        told = page(desk, "coordinator", "cycle_rules", desk.plan.code)
        assert told.count("checked") == 3


class TestTheAssessor:
    def _assess(self, desk: Desk, **fields: object) -> Answer:
        where = [desk.plan.code, desk.cycle.period.code, desk.one.deliverable.code]
        data = {"seen": "0", "status": "in_progress", "note_en": "Half of it.", "note_fr": "", **fields}
        return browser(desk["assessor"]).post(reverse("assess", args=where), data)

    def test_both_words_stand_side_by_side(self, desk: Desk) -> None:
        desk.put(state="accepted", was_cleared=True, status="complete")
        self._assess(desk)
        told = page(desk, "assessor", "assessment_list", desk.plan.code, desk.cycle.period.code)
        assert "Complete" in told
        assert "In progress" in told
        assert desk.fresh().status == "complete"
        assert not StatusRecord.objects.exists()

    def test_after_closing_it_is_public_at_once(self, desk: Desk) -> None:
        where = [desk.plan.code, desk.cycle.period.code]
        browser(desk["coordinator"]).post(reverse("cycle_close", args=where), {"version": "1"})
        self._assess(desk)
        assert dict(StatusRecord.objects.values_list("kind", "value")) == {
            "claimed": "not_reported",
            "assessed": "in_progress",
        }

    def test_a_second_assessor_overwrites_nothing(self, desk: Desk) -> None:
        self._assess(desk)
        told = self._assess(desk, note_en="None of it.").content.decode()
        assert "Half of it." in told
        assert "None of it." in told
        assert Assessment.objects.get().note_en == "Half of it."
        self._assess(desk, note_en="None of it.", seen=str(Assessment.objects.get().pk))
        assert list(Assessment.objects.order_by("pk").values_list("note_en", "is_current")) == [
            ("Half of it.", False),
            ("None of it.", True),
        ]

    def test_a_judgement_says_what_it_rests_on(self, desk: Desk) -> None:
        assert "Say in one language at least what you found" in self._assess(desk, note_en="").content.decode()
        assert not Assessment.objects.exists()
