"""`palermo remind`: what it does for tip desks beside the reminders of returns, and what it prints."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from palermo import cli, commands
from palermo.audit.models import AuditEvent
from palermo.audit.queries import faults
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.models import HourCount, Tip
from tests.prosecution.tips.desks import a_tip, closed_by, two_members

pytestmark = pytest.mark.django_db


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_what_is_due_at_desks_is_done_and_told_in_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    two, today = two_members(), timezone.localdate()
    desk = two[0].key.desk
    waits, soon, gone = a_tip(desk), closed_by(two, a_tip(desk), "other"), closed_by(two, a_tip(desk), "other")
    Tip.objects.filter(pk=waits.pk).update(urgency="now")
    Tip.objects.filter(pk=soon.pk).update(erase_on=today + timedelta(days=30))
    Tip.objects.filter(pk=gone.pk).update(erase_on=today, warned_on=today - timedelta(days=14))
    HourCount.objects.update(hour=timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=5))
    assert cli.main(["remind"]) == commands.DONE
    assert printed(capsys) == [
        "Sent: 2. Not sent, to be tried again: 0. Left for later: 0.",
        "Tips that are soon erased: 1. Tips erased: 1. Not erased: 0.",
    ]
    assert gone.slot_id is not None
    assert slots.is_destroyed(gone.slot_id)
    assert AuditEvent.objects.get(act="tips.came").details["count"] == 3
    assert len(mail.outbox) == 2
    assert cli.main(["remind"]) == commands.DONE
    assert printed(capsys) == ["Sent: 0. Not sent, to be tried again: 0. Left for later: 0."]
    assert list(faults()) == []


def test_a_server_that_is_down_keeps_nothing_else_from_being_done(
    capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "tests.prosecution.tips.actions.test_reminding.DownServer"
    two, today = two_members(), timezone.localdate()
    a_tip(two[0].key.desk)
    Tip.objects.update(urgency="now")
    gone = closed_by(two, a_tip(two[0].key.desk), "other")
    Tip.objects.filter(pk=gone.pk).update(erase_on=today, warned_on=today - timedelta(days=14))
    assert cli.main(["remind"]) == commands.FAILED
    assert printed(capsys)[0] == "Sent: 0. Not sent, to be tried again: 2. Left for later: 0."
    gone.refresh_from_db()
    assert gone.state == "erased"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert cli.main(["remind"]) == commands.DONE
    assert printed(capsys)[0] == "Sent: 2. Not sent, to be tried again: 0. Left for later: 0."
