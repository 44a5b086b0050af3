"""`palermo audit verify` finds every way to tamper with the trail, even for whoever may drop its triggers."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from palermo import cli
from palermo.audit.actions import record
from palermo.audit.chain import event_hash
from palermo.audit.models import AuditEvent, AuditSubject
from palermo.audit.queries import faults
from palermo.foundation.append_only import thaw_statements
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def thawed() -> None:
    """Five events in a table that no trigger keeps. The test's own rollback freezes it again."""
    user = UserFactory.create()
    with transaction.atomic():
        for number in range(5):
            record(by=user, act=f"act.{number}", about=user, **({"plan": "made", "code": "1"} if number == 2 else {}))
    with connection.cursor() as cursor:
        for model in (AuditEvent, AuditSubject):
            for statement in thaw_statements(connection.vendor, model._meta.db_table):
                cursor.execute(statement)


def tamper(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0


def test_an_unbroken_trail_is_whole(thawed: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", "verify"]) == 0
    last = AuditEvent.objects.get(number=5)
    assert capsys.readouterr().out == f"The trail is whole. Its last event is 5, {last.hash}.\n"


def test_a_trail_that_was_never_written_is_empty_and_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", "verify"]) == 0
    assert capsys.readouterr().out == "The trail is empty.\n"


def test_one_event_is_said_with_its_hash(thawed: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", "verify", "--event", "3"]) == 0
    event = AuditEvent.objects.get(number=3)
    told = f"Event 3: act.2 on {event.at.isoformat(timespec='seconds')}, {event.hash}.\n"
    assert capsys.readouterr().out.endswith(told)
    assert cli.main(["audit", "verify", "--event", "6"]) == 1
    assert capsys.readouterr().out.endswith("There is no event 6.\n")


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_auditevent SET by_name = 'Eve' WHERE number = 3", "Event 3 was changed"),
        ("UPDATE audit_auditevent SET details = '{\"a\": 1}' WHERE number = 5", "Event 5 was changed"),
        ("DELETE FROM audit_auditevent WHERE number = 3", "Events 3 to 3 are missing"),
        ("DELETE FROM audit_auditevent WHERE number = 1", "Events 1 to 1 are missing"),
        ("DELETE FROM audit_auditevent WHERE number > 3", "should end with event 5, but ends with 3"),
        ("DELETE FROM audit_auditevent", "should end with event 5, but ends with 0"),
        ("DELETE FROM audit_auditsubject", "Event 3 is not listed under made/1."),
        ("UPDATE audit_auditsubject SET key = 'made/2'", "Event 3 is listed under made/2, which it does not name."),
        ("UPDATE audit_auditsubject SET number = 2", "Event 2 is listed under made/1, which it does not name."),
        ("UPDATE audit_auditsubject SET number = 9", "made/1 lists event 9, which is missing."),
        ("DELETE FROM audit_audithead", "should end with event 0, but ends with 5"),
    ],
)
def test_tampering_is_found(thawed: None, capsys: pytest.CaptureFixture[str], statement: str, fault: str) -> None:
    tamper(statement)
    assert cli.main(["audit", "verify"]) == 1
    assert fault in capsys.readouterr().out


def test_the_list_of_what_events_speak_of_refuses_to_change() -> None:
    user = UserFactory.create()
    with transaction.atomic():
        record(by=user, act="act", about=user, plan="made", code="1")
    for act in (AuditSubject.objects.all().delete, lambda: AuditSubject.objects.update(key="made/2")):
        with pytest.raises(DatabaseError, match="keeps what it holds"), transaction.atomic():
            act()
    assert AuditSubject.objects.get().key == "made/1"


def test_a_row_rewritten_with_a_fitting_hash_breaks_the_chain_after_it(thawed: None) -> None:
    event = AuditEvent.objects.get(number=3)
    event.by_name = "Eve"
    event.hash = event_hash(event)
    event.save()
    assert list(faults()) == ["Event 4 does not follow from the one before."]


def forged(number: int) -> AuditEvent:
    """A row that nobody's act wrote, whose hash fits itself and the row before."""
    before = AuditEvent.objects.get(number=number - 1)
    made = AuditEvent(number=number, at=before.at, by_id=1, by_name="Eve", act="act.9", previous_hash=before.hash)
    made.hash = event_hash(made)
    return made


def test_a_row_put_after_the_end_is_found(thawed: None) -> None:
    forged(6).save(force_insert=True)
    assert list(faults()) == ["The trail should end with event 5, but ends with 6."]


def test_a_row_put_in_between_is_found(thawed: None) -> None:
    row = forged(4)
    tamper("UPDATE audit_auditevent SET number = 6 WHERE number = 5")
    tamper("UPDATE audit_auditevent SET number = 5 WHERE number = 4")
    row.save(force_insert=True)
    assert list(faults()) == [
        "Event 5 does not follow from the one before.",
        "Event 5 was changed after it was written.",
        "Event 6 was changed after it was written.",
        "The trail should end with event 5, but ends with 6.",
    ]


def test_events_from_before_the_list_are_put_on_it(thawed: None) -> None:
    AuditSubject.objects.all().delete()
    assert list(faults()) == ["Event 3 is not listed under made/1."]
    import_module("palermo.audit.migrations.0003_subjects").list_events(apps, None)
    assert list(faults()) == []
