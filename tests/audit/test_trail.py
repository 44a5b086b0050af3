"""The trail: written with the act or not at all, kept by the database itself, and one chain however many write."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from palermo.audit.actions import record
from palermo.audit.models import GENESIS, AuditEvent, AuditHead
from palermo.audit.queries import events_about, faults
from palermo.people.models import User
from palermo.people.queries import command_line
from tests.factories import MembershipFactory, UserFactory

WRITERS, EACH = 4, 5


@pytest.fixture
def user(db: None) -> User:
    return UserFactory.create(name="Ada")


def test_an_event_tells_who_what_and_about_what(user: User) -> None:
    with transaction.atomic():
        event = record(by=user, act="plan.create", about=user, rows=3)
    assert (event.number, event.by_id, event.by_name, event.act) == (1, user.pk, "Ada", "plan.create")
    assert (event.about_kind, event.about_id, event.details) == ("people.user", str(user.pk), {"rows": 3})
    assert event.previous_hash == GENESIS
    assert list(faults()) == []


def test_each_event_follows_from_the_one_before(user: User) -> None:
    with transaction.atomic():
        first, second = (record(by=user, act="act", about=user) for _ in range(2))
    assert second.previous_hash == first.hash
    assert (AuditHead.objects.get().count, AuditHead.objects.get().hash) == (2, second.hash)


def test_an_act_that_fails_leaves_no_event(user: User) -> None:

    def act() -> None:
        with transaction.atomic():
            record(by=user, act="act", about=user)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert not AuditEvent.objects.exists()
    assert list(faults()) == []


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction() -> None:
    user = UserFactory.create()
    with pytest.raises(transaction.TransactionManagementError):
        record(by=user, act="act", about=user)


def test_the_database_refuses_to_change_an_event(user: User) -> None:
    with transaction.atomic():
        record(by=user, act="act", about=user)
    with pytest.raises(DatabaseError, match="keeps what it holds"), transaction.atomic():
        AuditEvent.objects.update(by_name="Somebody else")
    assert AuditEvent.objects.get().by_name == "Ada"


def test_the_database_refuses_to_delete_an_event(user: User) -> None:
    with transaction.atomic():
        record(by=user, act="act", about=user)
    with pytest.raises(DatabaseError, match="keeps what it holds"), transaction.atomic():
        AuditEvent.objects.all().delete()
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain() -> None:
    by = command_line()

    def write(_number: int) -> None:
        for _ in range(EACH):
            with transaction.atomic():
                record(by=by, act="act", about=by)
        connection.close()

    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(write, range(WRITERS)))
    assert list(AuditEvent.objects.values_list("number", flat=True)) == list(range(1, WRITERS * EACH + 1))
    assert list(faults()) == []


@pytest.mark.django_db(transaction=True)
def test_the_triggers_are_back_after_a_test_that_emptied_the_tables() -> None:
    user = UserFactory.create()
    with transaction.atomic():
        record(by=user, act="act", about=user)
    with pytest.raises(DatabaseError, match="keeps what it holds"):
        AuditEvent.objects.all().delete()


def test_only_coordinators_see_what_was_done(user: User) -> None:
    with transaction.atomic():
        record(by=user, act="act", about=user)
    assert not events_about(user, user).exists()
    assert events_about(MembershipFactory.create().user, user).count() == 1
