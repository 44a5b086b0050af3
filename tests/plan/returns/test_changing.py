"""Changing what is asked for an open period."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from palermo.audit.models import AuditEvent
from palermo.plan.returns.actions import cycles
from palermo.plan.returns.models import Cycle
from tests.plan.returns.closing import DUE, close, everything
from tests.plan.returns.conftest import Desk
from tests.plan.returns.visiting import browser
from tests.raising import assert_all_or_nothing


class TestChanging:
    def _change(self, desk: Desk, version: int = 1) -> Cycle:
        return cycles.change_period(
            cycle=desk.cycle,
            version=version,
            due_on=date(2030, 5, 31),
            note_en="Later.",
            note_fr="",
            reminder_days=[7, -7, 7],
            by=desk["coordinator"],
        )

    def test_another_day_note_and_reminders(self, desk: Desk) -> None:
        self._change(desk)
        one = Cycle.objects.get()
        assert (one.due_on, one.note_en, one.reminder_days) == (date(2030, 5, 31), "Later.", [-7, 7])
        assert AuditEvent.objects.filter(act="period.change").count() == 1
        with pytest.raises(cycles.CycleStateError):
            self._change(desk)

    def test_only_while_it_is_open_and_only_by_its_coordinator(self, desk: Desk) -> None:
        for who in set(desk.people) - {"coordinator"}:
            with pytest.raises(PermissionDenied):
                cycles.change_period(
                    cycle=desk.cycle, version=1, due_on=DUE, note_en="", note_fr="", reminder_days=[], by=desk[who]
                )
        close(desk)
        with pytest.raises(cycles.CycleStateError):
            self._change(desk, version=2)

    def test_all_or_nothing(self, desk: Desk) -> None:
        assert_all_or_nothing(lambda: self._change(desk), everything)

    def test_through_the_page(self, desk: Desk) -> None:
        client, where = browser(desk["coordinator"]), reverse("cycle_change", args=[desk.plan.code, "2013-2014"])
        assert 'value="2014-05-31"' in client.get(where).content.decode()
        said = {"due_on": "2030-06-30", "note_en": "Later.", "note_fr": "", "reminder_days": ["7"]}
        assert client.post(where, said | {"version": "1"}).status_code == 302
        told = client.post(where, said | {"version": "1", "note_en": "Mine."}).content.decode()
        assert "It was changed meanwhile" in told
        assert "Mine." in told
        assert 'name="version" value="2"' in told
        assert Cycle.objects.get().note_en == "Later."
