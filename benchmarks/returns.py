"""A year of returns: the coordinator's board, a focal point's list, and a run of reminders.

    python benchmarks/returns.py [returns ...]

Promised: with 200 organisations and 10,000 returns the board and a focal point's list stay under 100 ms in the server,
with a fixed number of queries, and a run of reminders is linear. `first` is the first request, `ms` the median of five
after it, `cpu` the same without waiting for other work on the machine. The reminders of the last lines go to a mail
server that takes everything at once, so that what is measured is ours.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from palermo.people.models import User
    from palermo.plan.register.models import Plan
    from palermo.plan.returns.models import Cycle

SIZES = (2_500, 10_000, 40_000)
RETURNS_EACH = 50
"""Returns of each organisation: 10,000 are owed by 200."""
REPEATS = 5
STATES = ("draft", "draft", "returned", "submitted", "cleared", "accepted", "accepted", "accepted")


def main(sizes: list[int]) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from benchmarks.fresh import in_a_fresh_house

    for size in sizes:
        in_a_fresh_house(_run, size)


def _run(size: int) -> None:
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    start = time.perf_counter()
    cycle, people = _gathered(size)
    organisations = size // RETURNS_EACH
    print(f"\n{size} returns of {organisations} organizations, made in {time.perf_counter() - start:.1f} s")
    print(f"{'page':28}{'queries':>8}{'first':>9}{'ms':>8}{'cpu':>8}")
    _pages(cycle, people)
    _reminders()


def _gathered(size: int) -> tuple[Cycle, dict[str, User]]:
    """A plan whose period is open, every return with words, in every state on its way."""
    from palermo.foundation.periods import Period
    from palermo.people.queries import command_line
    from palermo.plan.returns.actions.cycles import open_period
    from palermo.plan.returns.models import Return

    plan = _plan(size)
    people = _people(plan.owner_id)
    span = Period(date(2024, 4, 1), date(2025, 3, 31))
    cycle = open_period(plan=plan, span=span, due_on=date.today() + timedelta(days=2), by=command_line())
    returns = list(cycle.returns.all())
    for at, one in enumerate(returns):
        one.state = STATES[(at + at // RETURNS_EACH) % len(STATES)]
        one.status = "" if one.state == "draft" else "in_progress"
        one.was_cleared = one.state in {"cleared", "accepted"}
        one.narrative_en, one.narrative_fr = "What was done. " * 30, "Ce qui a été fait. " * 30
    Return.objects.bulk_update(returns, ["state", "status", "was_cleared", "narrative_en", "narrative_fr"], 200)
    return cycle, people


def _plan(size: int) -> Plan:
    from palermo.people.models import Organisation, OrganisationName
    from palermo.plan.register.models import Deliverable, ReportingPeriod, Responsibility, StatusRecord
    from palermo.plan.register.models import Plan as Plans

    offices = Organisation.objects.bulk_create(Organisation(code=f"office-{at}") for at in range(size // RETURNS_EACH))
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation=one, name_en=f"Office {one.code}", name_fr=f"Bureau {one.code}")
        for one in offices
    )
    plan = Plans.objects.create(code="made", title_en="Made plan", jurisdiction="XX", owner=offices[0])
    promised = Deliverable.objects.bulk_create(
        (
            Deliverable(
                plan=plan, position=at, row=at, code=f"D{at}", text_en=f"Promise {at}", text_fr=f"Promesse {at}"
            )
            for at in range(size)
        ),
        batch_size=500,
    )
    Responsibility.objects.bulk_create(
        (
            Responsibility(deliverable=one, organisation=offices[at // RETURNS_EACH], kind="lead")
            for at, one in enumerate(promised)
        ),
        batch_size=500,
    )
    before = ReportingPeriod.objects.create(plan=plan, starts_on=date(2023, 4, 1), ends_on=date(2024, 3, 31))
    by = _user("before@example.org")
    StatusRecord.objects.bulk_create(
        (StatusRecord(deliverable=one, period=before, value="ongoing", recorded_by=by) for one in promised),
        batch_size=500,
    )
    return plan


def _user(email: str) -> User:
    from palermo.people.models import User

    return User.objects.create(email=email, name=email.partition("@")[0])


def _people(owner: int) -> dict[str, User]:
    """A coordinator, and a focal point and a clearing officer in every organisation."""
    from palermo.people.models import Membership, Organisation

    coordinator = _user("coordinator@example.org")
    Membership.objects.create(user=coordinator, organisation_id=owner, role="coordinator")
    people = {"coordinator": coordinator}
    for one in Organisation.objects.all():
        for role in ("focal_point", "clearing_officer"):
            user = people[f"{role} {one.code}"] = _user(f"{role}-{one.code}@example.org")
            Membership.objects.create(user=user, organisation=one, role=role)
    return people


def _pages(cycle: Cycle, people: dict[str, User]) -> None:
    from palermo.plan.returns.models import Return

    board = f"/en/work/cycles/made/{cycle.period.code}/"
    one = Return.objects.filter(organisation__code="office-1", state="draft")[0]
    for name, who, address in (
        ("board", "coordinator", board),
        ("board, last page", "coordinator", f"{board}?page=99999"),
        ("to accept", "coordinator", f"{board}accept/"),
        ("before closing", "coordinator", f"{board}close/"),
        ("list", "focal_point office-1", "/en/work/returns/?show=to_write"),
        ("list, to clear", "clearing_officer office-1", "/en/work/returns/?show=to_clear"),
        ("one return", "focal_point office-1", f"/en/work/returns/{one.pk}/"),
        ("calendar", "coordinator", "/en/work/calendar.ics"),
        ("reminders ahead", "coordinator", "/en/work/reminders/ahead/"),
    ):
        print(_line(people[who], name, address), flush=True)


def _line(who: User, name: str, address: str) -> str:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(who)
    took, worked = [], []
    for _ in range(REPEATS + 1):
        start, start_work = time.perf_counter(), time.process_time()
        status = client.get(address).status_code
        took.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - start_work) * 1000)
        if status != 200:
            raise SystemExit(f"{address}: {status}")
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    ms, cpu = statistics.median(took[1:]), statistics.median(worked[1:])
    return f"{name:28}{len(captured):>8}{took[0]:>9.0f}{ms:>8.0f}{cpu:>8.0f}"


def _reminders() -> None:
    from palermo.people.queries import command_line
    from palermo.plan.reminders.actions.send import send_reminders

    for name in ("a run with mails", "a run with nothing new"):
        start, start_work = time.perf_counter(), time.process_time()
        outcome = send_reminders(by=command_line())
        took, worked = time.perf_counter() - start, time.process_time() - start_work
        each = f", {worked / outcome.sent * 1000:.1f} ms of work a mail" if outcome.sent else ""
        print(f"{name:28}{outcome.sent:>8} mails in {took:.2f} s{each}", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
