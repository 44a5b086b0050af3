"""Members are reminded once a day of how much waits, and of nothing else."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.timezone import localdate
from pytest_django import Settings

from palermo.audit.models import AuditEvent
from palermo.people.models import Membership, User
from palermo.people.queries import command_line
from palermo.prosecution.tips.actions import reminding
from palermo.prosecution.tips.actions.filing import Filed, file_tip
from palermo.prosecution.tips.actions.keeping import keep
from palermo.prosecution.tips.actions.reminding import Reminded, remind_desks
from palermo.prosecution.tips.actions.sealing_here import seal_and_answer
from palermo.prosecution.tips.envelopes.bundle import Told
from palermo.prosecution.tips.models import DeskReminder, Tip
from palermo.prosecution.tips.queries.waiting import to_tell
from tests.prosecution.tips.desks import Member, a_desk, a_tip, closed_by, somebody_at, two_members

pytestmark = pytest.mark.django_db

HERE = "tests.prosecution.tips.actions.test_reminding"
TOMORROW = timedelta(days=1)


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


@pytest.fixture
def two() -> tuple[Member, Member]:
    """Two members of a desk at which a tip waits from tomorrow on."""
    found = two_members()
    a_tip(found[0].key.desk)
    return found


def sent_on(day: date) -> list[str]:
    """To whom a mail goes on a day."""
    mail.outbox.clear()
    outcome = remind_desks(by=command_line(), day=day)
    assert (outcome.sent, outcome.failed, outcome.left) == (len(mail.outbox), 0, 0)
    return sorted(one.to[0] for one in mail.outbox)


def addresses(two: tuple[Member, Member]) -> list[str]:
    return sorted(one.user.email for one in two)


def test_a_tip_that_nobody_looked_at_is_due_the_next_day_and_then_in_a_week(two: tuple[Member, Member]) -> None:
    first = localdate() + TOMORROW
    assert sent_on(localdate()) == []
    days = {day: sent_on(first + timedelta(days=day)) for day in range(16)}
    told = addresses(two)
    assert {day for day, who in days.items() if who} == {0, 7, 14}
    assert days[0] == days[7] == days[14] == told


def test_nobody_gets_two_mails_on_a_day(two: tuple[Member, Member]) -> None:
    day = localdate() + TOMORROW
    assert sent_on(day) == addresses(two)
    a_tip(two[0].key.desk)
    Tip.objects.update(urgency="now")
    assert sent_on(day) == []
    assert sent_on(day + TOMORROW) == addresses(two)
    assert DeskReminder.objects.count() == 4


def test_an_answer_after_the_mail_of_a_day_is_told_the_next_day(two: tuple[Member, Member]) -> None:
    tip, today = Tip.objects.get(), localdate()
    file_tip(by=two[0].user, tip=tip, filed=Filed("later", due_on=today + timedelta(days=300)), version=tip.version)
    other = a_tip(two[0].key.desk)
    Tip.objects.filter(pk=other.pk).update(due_on=today)
    assert sent_on(today) == addresses(two)
    assert sent_on(today + TOMORROW) == []
    seal_and_answer(box=tip.box, told=Told({"answer": "They move her tonight."}))
    assert Tip.objects.get(pk=tip.pk).due_on == today
    assert sent_on(today + TOMORROW) == addresses(two)


def test_what_becomes_due_later_is_told_on_its_day(two: tuple[Member, Member]) -> None:
    sent_on(localdate() + TOMORROW)
    tip = Tip.objects.get()
    by = localdate() + timedelta(days=4)
    file_tip(by=two[0].user, tip=tip, filed=Filed("later", due_on=by), version=tip.version)
    assert [day for day in range(2, 6) if sent_on(localdate() + timedelta(days=day))] == [4]


def test_whoever_is_in_danger_is_not_left_for_a_week(two: tuple[Member, Member]) -> None:
    Tip.objects.update(urgency="now")
    assert all(sent_on(localdate() + timedelta(days=day)) == addresses(two) for day in range(4))


def test_members_are_warned_in_time_of_what_is_erased(two: tuple[Member, Member]) -> None:
    tip = closed_by(two, Tip.objects.get(), "other")
    assert tip.erase_on is not None
    told = []
    for before in range(33, 0, -1):
        day = tip.erase_on - timedelta(days=before)
        keep(by=command_line(), day=day)
        if sent_on(day):
            told.append(before)
    assert told == [30, 23, 16, 9, 2]


def test_the_mail_says_numbers_and_where_to_look_and_nothing_else(two: tuple[Member, Member]) -> None:
    desk = two[0].key.desk
    User.objects.filter(pk=two[1].user.pk).update(language="fr")
    near = closed_by(two, a_tip(desk), "police")
    Tip.objects.filter(pk=near.pk).update(erase_on=localdate() + timedelta(days=9), warned_on=localdate())
    Tip.objects.exclude(pk=near.pk).update(urgency="now", form="labour", place="CA-NS")
    remind_desks(by=command_line())
    texts = {one.to[0]: f"{one.subject}\n{one.body}" for one in mail.outbox}
    english, french = texts[two[0].user.email], texts[two[1].user.email]
    assert "- to be looked at: 1\n- to be erased within a month: 1\n" in english
    assert "/en/work/tips/" in english
    assert "/fr/work/tips/" in french
    assert "Bonjour" in french
    for text in (english, french):
        assert re.findall(r"\d+", text.replace("8000", "")) == ["1", "1"]
        kept_back = [desk.code, *(one.code for one in Tip.objects.all()), *(str(one.pk) for one in Tip.objects.all())]
        kept_back += ["labour", "travail", "danger", "police", "CA-NS", "Nova", "cellar", two[0].user.name]
        assert [one for one in kept_back if one.lower() in text.lower()] == []
    assert all(one.extra_headers["Auto-Submitted"] == "auto-generated" for one in mail.outbox)
    events = AuditEvent.objects.filter(act="tips.reminded")
    assert [one.details for one in events] == [{"count": 2}, {"count": 2}]


def test_only_members_of_today_of_that_desk_are_told(two: tuple[Member, Member]) -> None:
    desk = two[0].key.desk
    without_key = somebody_at(desk)
    somebody_at(a_desk())
    Membership.objects.filter(user=two[1].user).update(to_date=localdate() - TOMORROW)
    assert sent_on(localdate() + TOMORROW) == sorted([two[0].user.email, without_key.email])


def test_a_member_of_several_desks_gets_one_mail(two: tuple[Member, Member]) -> None:
    other = two_members()
    a_tip(other[0].key.desk)
    membership = Membership.objects.get(user=other[0].user)
    Membership.objects.create(user=two[0].user, organisation=membership.organisation, role=membership.role)
    remind_desks(by=command_line(), day=localdate() + TOMORROW)
    [both] = [one for one in mail.outbox if one.to == [two[0].user.email]]
    assert "to be looked at: 2\n" in both.body


def test_what_a_server_did_not_take_is_tried_again(two: tuple[Member, Member], settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{HERE}.DownServer"
    day = localdate() + TOMORROW
    for _ in range(3):
        somebody_at(two[0].key.desk)
    assert remind_desks(by=command_line(), day=day) == Reminded(sent=0, failed=3, left=2)
    assert not DeskReminder.objects.exists()
    assert not AuditEvent.objects.filter(act="tips.reminded").exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert len(sent_on(day)) == 5


def test_one_bad_address_keeps_nobody_else_from_it(two: tuple[Member, Member], settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{HERE}.OneBadAddress"
    User.objects.filter(pk=two[0].user.pk).update(email="bad@example.org")
    assert remind_desks(by=command_line(), day=localdate() + TOMORROW) == Reminded(sent=1, failed=1, left=0)
    assert [one.user_id for one in DeskReminder.objects.all()] == [two[1].user.pk]


def test_two_processes_do_not_send_the_same_mail(two: tuple[Member, Member], monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one claims a mail between the look at what waits and the claim of this one."""
    day = localdate() + TOMORROW
    found = to_tell(command_line(), day)
    DeskReminder.objects.create(user=two[0].user, day=day)
    monkeypatch.setattr(reminding, "to_tell", lambda _by, _day: found)
    assert remind_desks(by=command_line(), day=day) == Reminded(sent=1, failed=0, left=1)
    assert [one.to for one in mail.outbox] == [[two[1].user.email]]


def test_without_a_mail_server_nothing_is_marked_as_sent(two: tuple[Member, Member], settings: Settings) -> None:
    settings.PRODUCTION, settings.MAIL_IS_SENT = True, False
    assert remind_desks(by=command_line(), day=localdate() + TOMORROW) == Reminded()
    assert not DeskReminder.objects.exists()
    with pytest.raises(PermissionDenied):
        remind_desks(by=two[0].user)
