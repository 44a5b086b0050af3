"""Sending: once, to everybody, and again where the server was down."""

from __future__ import annotations

import smtplib
import threading
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from palermo.audit.models import AuditEvent
from palermo.people.models import User
from palermo.people.queries import command_line
from palermo.plan.reminders.actions.send import send_reminders
from palermo.plan.reminders.models import Digest, DigestItem
from palermo.plan.returns.models import Cycle, Return
from tests.factories import OrganisationFactory
from tests.plan.returns.factories import CycleFactory, ReturnFactory, clearing_officer_of, focal_point_of
from tests.raising import PowerCutError, writes_counted

pytestmark = pytest.mark.django_db


class DownServer(BaseEmailBackend):
    """A server that is not there."""

    def open(self) -> bool:
        raise ConnectionRefusedError


class OneBadAddress(BaseEmailBackend):
    """A server that refuses everybody called `bad`."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if message.to[0].startswith("bad"):
                raise smtplib.SMTPRecipientsRefused({})
            mail.outbox.append(message)
        return len(email_messages)


def due_cycle(days: int = 3) -> Cycle:
    """A period that is due in so many days."""
    return CycleFactory.create(due_on=date.today() + timedelta(days=days))


def waiting(cycle: Cycle | None = None, **fields: str) -> tuple[Return, User]:
    """A return that fell due for reminding, and its focal point."""
    one = ReturnFactory.create(cycle=cycle or due_cycle(), **fields)
    return one, focal_point_of(one.organisation)


def test_one_mail_for_all_of_a_persons_returns_and_none_again() -> None:
    cycle, organisation = due_cycle(), OrganisationFactory.create()
    writer = focal_point_of(organisation)
    ReturnFactory.create_batch(3, cycle=cycle, organisation=organisation)
    assert send_reminders(by=command_line()).sent == 1
    assert send_reminders(by=command_line()).sent == 0
    assert [message.to for message in mail.outbox] == [[writer.email]]
    assert "3 returns are due soon" in mail.outbox[0].subject
    assert AuditEvent.objects.filter(act="reminder.send").count() == 1
    assert writer.name not in mail.outbox[0].body


def test_who_is_reminded_follows_the_state() -> None:
    one, writer = waiting(state="submitted", status="ongoing")
    officer = clearing_officer_of(one.organisation)
    send_reminders(by=command_line())
    assert [message.to for message in mail.outbox] == [[officer.email]]
    assert writer.email != officer.email


def test_the_holder_alone_while_they_still_write() -> None:
    one, writer = waiting()
    other = focal_point_of(one.organisation)
    Return.objects.filter(pk=one.pk).update(holder=other)
    send_reminders(by=command_line())
    assert [message.to for message in mail.outbox] == [[other.email]]
    assert writer != other


def test_in_the_readers_language() -> None:
    one, writer = waiting()
    User.objects.filter(pk=writer.pk).update(language="fr")
    send_reminders(by=command_line())
    assert "/fr/" in mail.outbox[0].body
    assert one.deliverable.text_fr in mail.outbox[0].body


def test_server_down_then_up(settings: Settings) -> None:
    waiting()
    settings.EMAIL_BACKEND = f"{__name__}.DownServer"
    assert send_reminders(by=command_line()).failed == 1
    digest = Digest.objects.get()
    assert (digest.sent_at, digest.last_error, digest.claimed_until) == (None, "ConnectionRefusedError", None)
    assert not AuditEvent.objects.filter(act="reminder.send").exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_reminders(by=command_line()).left == 1, "its time has not come again"
    Digest.objects.update(retry_at=timezone.now())
    assert send_reminders(by=command_line()).sent == 1
    assert len(mail.outbox) == 1


def test_a_bad_address_stops_nobody_else(settings: Settings) -> None:
    cycle = due_cycle()
    _one, bad = waiting(cycle)
    waiting(cycle)
    User.objects.filter(pk=bad.pk).update(email="bad@example.org")
    settings.EMAIL_BACKEND = f"{__name__}.OneBadAddress"
    outcome = send_reminders(by=command_line())
    assert (outcome.sent, outcome.failed) == (1, 1)
    assert Digest.objects.get(person=bad).last_error == "SMTPRecipientsRefused"


def test_killed_at_any_write_nothing_is_lost_or_marked_unsent() -> None:
    waiting()
    by, cut = command_line(), 0
    while True:
        cut += 1
        with writes_counted(fail_at=cut):
            try:
                send_reminders(by=by)
            except PowerCutError:
                assert not Digest.objects.filter(sent_at__isnull=False).exists()
                assert not AuditEvent.objects.filter(act="reminder.send").exists()
                Digest.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
                continue
        break
    assert cut > 4
    assert Digest.objects.get().sent_at
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1
    assert DigestItem.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_processes_racing_send_once() -> None:
    for _ in range(5):
        waiting()
    by = command_line()
    start, raised = threading.Barrier(2), []

    def race() -> None:
        try:
            start.wait()
            send_reminders(by=by)
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    racers = [threading.Thread(target=race) for _ in range(2)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert raised == []
    assert len(mail.outbox) == 5
    assert len({message.to[0] for message in mail.outbox}) == 5
    assert AuditEvent.objects.filter(act="reminder.send").count() == 5
