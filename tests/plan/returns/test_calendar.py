"""Calendars, read back by a reader that knows nothing of how they are written."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from palermo.foundation.bilingual import Shown
from palermo.people.models import User
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.returns.icalendar import Entry, calendar_file
from tests.factories import DeliverableFactory, DueDateFactory, OrganisationFactory, PlanFactory
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import ReturnFactory

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def events(file: bytes) -> list[dict[str, str]]:
    """Read a calendar as RFC 5545 says: unfold, split at the first colon, undo the escapes."""
    assert file.endswith(b"\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    lines = file.split(b"\r\n")[:-1]
    assert max(len(line) for line in lines) <= 75
    for each in lines:
        each.decode()  # A sign that is cut in two fails here.
    whole = re.sub(rb"\r\n[ \t]", b"", file).decode().split("\r\n")[:-1]
    assert (whole[0], whole[-1], whole[1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "VERSION:2.0")
    found: list[dict[str, str]] = []
    for line in whole[1:-1]:
        name, value = line.split(":", 1)
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT":
            found[-1][name.split(";")[0]] = _plain(value)
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == len(found)
    return found


def _plain(value: str) -> str:
    assert not re.search(r"(?<!\\)(\\\\)*[;,]", value) or value.startswith("http"), "an unescaped sign"
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def written(title: str, text: str = "") -> bytes:
    said = (Shown(title, "fr", is_other=False), Shown(text, "en", is_other=True))
    entry = Entry("due-1", date(2014, 3, 31), *said, "https://example.org/a")
    return calendar_file("Plan", "en", [entry], host="example.org", made_at=NOON)


def read(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return events(answer.content)


def reader(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_day_has_what_a_program_needs() -> None:
    assert events(written("Former des agents", "Train officers")) == [
        {
            "UID": "due-1@example.org",
            "DTSTAMP": "20261124T120000Z",
            "DTSTART": "20140331",
            "SUMMARY": "Former des agents",
            "DESCRIPTION": "Train officers",
            "URL": "https://example.org/a",
            "TRANSP": "TRANSPARENT",
        }
    ]
    assert b"SUMMARY;LANGUAGE=fr:" in written("Former des agents")
    assert b"DTSTART;VALUE=DATE:20140331\r\n" in written("Former des agents")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from('\n;,\\:"éœ🙂'), max_size=300))
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert events(written("T", text))[0]["DESCRIPTION"] == text


def test_signs_that_no_calendar_may_hold_are_left_out() -> None:
    assert events(written("a\x00b\x0bc\r\nd\x7f"))[0]["SUMMARY"] == "abc\nd"


@pytest.mark.django_db
def test_the_date_that_stands_is_the_one_in_the_calendar(client: Client) -> None:
    plan = PlanFactory.create()
    one = DeliverableFactory.create(plan=plan, text_en="Train; then, test")
    DueDateFactory.create(deliverable=one, due_on=date(2014, 3, 31))
    DueDateFactory.create(deliverable=one, due_on=date(2016, 3, 31), revision=1)
    DeliverableFactory.create(plan=plan)
    DueDateFactory.create(deliverable=DeliverableFactory.create())
    (event,) = read(client, reverse("plan_calendar", args=[plan.code]))
    assert (event["DTSTART"], event["SUMMARY"]) == ("20160331", f"{one.code} Train; then, test")
    assert event["URL"] == f"http://testserver{reverse('deliverable', args=[plan.code, one.code])}"


@pytest.mark.django_db
def test_an_unknown_plan_has_no_calendar(client: Client) -> None:
    assert client.get(reverse("plan_calendar", args=["none"])).status_code == 404


@pytest.mark.django_db
def test_a_long_plan_asks_no_more_questions(client: Client) -> None:
    plan = PlanFactory.create()

    def questions() -> int:
        DueDateFactory.create(deliverable=DeliverableFactory.create(plan=plan))
        with CaptureQueriesContext(connection) as asked:
            read(client, reverse("plan_calendar", args=[plan.code]))
        return len(asked)

    assert questions() == questions()


def test_staff_see_when_their_own_returns_are_due(desk: Desk) -> None:
    ReturnFactory.create(cycle=desk.cycle, organisation=desk.organisation)
    ReturnFactory.create(cycle=desk.cycle, organisation=desk.organisation, state="accepted", status="complete")
    ReturnFactory.create(cycle=desk.cycle, organisation=OrganisationFactory.create())
    (own,) = read(reader(desk["focal_point"]), reverse("work_calendar"))
    assert own["DTSTART"] == "20140531"
    assert "2 returns are still open" in own["DESCRIPTION"]
    (all_of_them,) = read(reader(desk["coordinator"]), reverse("work_calendar"))
    assert "3 returns are still open" in all_of_them["DESCRIPTION"]
    assert read(reader(desk["other_focal_point"]), reverse("work_calendar")) == []


def test_what_is_closed_is_due_no_more(desk: Desk) -> None:
    ReportingPeriod.objects.update(gathering="closed")
    for who in ("focal_point", "coordinator"):
        assert read(reader(desk[who]), reverse("work_calendar")) == []
