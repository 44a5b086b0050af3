"""Two processes at once on the same return, the same acceptance and the same reminders."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from palermo.audit.models import AuditEvent
from palermo.plan.reminders.models import Digest
from palermo.plan.returns.models import Cycle, Step
from tests.plan.returns.conftest import Desk, made_desk

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def desk() -> Desk:
    """One return, stored for other processes to see."""
    return made_desk()


def database_url() -> str:
    """The address of the database of this test."""
    its = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{its['NAME']}"
    password = f":{its['PASSWORD']}" if its["PASSWORD"] else ""
    return f"postgres://{its['USER']}{password}@{its['HOST']}:{its['PORT'] or 5432}/{its['NAME']}"


def race(*racers: tuple[object, ...], **settings: str) -> list[str]:
    """Start a process for each, let them go at the same moment, and gather what each was told, "done" first."""
    environ = {**os.environ, "DATABASE_URL": database_url(), **settings}
    with ExitStack() as running:
        started = [running.enter_context(_started(racer, environ)) for racer in racers]
        assert [process.stdout.readline() for process in started if process.stdout] == ["ready\n"] * len(racers)
        for process in started:
            assert process.stdin
            process.stdin.write("\n")
            process.stdin.flush()
        told = [process.communicate(timeout=60)[0].strip() for process in started]
    assert [process.returncode for process in started] == [0] * len(started)
    return sorted(told, key=lambda outcome: outcome != "done")


def _started(racer: tuple[object, ...], environ: dict[str, str]) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.plan.returns.racer", *map(str, racer)]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environ)


def test_two_save_the_same_return(desk: Desk) -> None:
    people = desk["focal_point"].pk, desk["alternate"].pk
    outcomes = race(*(("save", desk.one.pk, 1, person) for person in people))
    assert outcomes == ["done", "ChangedMeanwhileError"]
    assert desk.fresh().narrative_en in {f"By {person}." for person in people}
    assert desk.fresh().version == 2
    assert AuditEvent.objects.filter(act="return.save").count() == 1


def test_two_accept_the_same_return(desk: Desk) -> None:
    one = desk.put(state="cleared", was_cleared=True, status="complete")
    racer = ("accept", one.pk, one.version, desk["coordinator"].pk)
    assert race(racer, racer) == ["done", "WrongStateError"]
    assert Step.objects.filter(act="accept").count() == 1
    assert AuditEvent.objects.filter(act="return.accept").count() == 1


def test_two_send_the_same_reminders(desk: Desk, tmp_path: Path) -> None:
    Cycle.objects.update(due_on=date.today() + timedelta(days=3))
    racer = ("remind", 0, 0, 0)
    assert race(racer, racer, MAIL_FOLDER=str(tmp_path)) == ["done", "done"]
    told = sorted(line for mail in tmp_path.iterdir() for line in mail.read_text().splitlines() if line[:4] == "To: ")
    writers = sorted(f"To: {desk[who].email}" for who in ("focal_point", "alternate"))
    assert told == writers
    assert Digest.objects.filter(sent_at__isnull=False).count() == len(writers)
    assert AuditEvent.objects.filter(act="reminder.send").count() == len(writers)
