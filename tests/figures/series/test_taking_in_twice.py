"""Two processes at once take the same file in: one does, and the other is told."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from palermo.audit.models import AuditEvent
from palermo.figures.series.models import Observation
from palermo.people.models import Role
from tests.factories import MembershipFactory
from tests.figures.series.factories import SeriesFactory, entered, row
from tests.figures.series.handling import csv_of, kept, line, looked
from tests.plan.returns.test_two_processes import database_url

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]


def test_only_one_of_two_takes_it_in() -> None:
    series = SeriesFactory.create(cut={"sex": ("F", "M")})
    by = MembershipFactory.create(organisation=series.owner, role=Role.FOCAL_POINT).user
    entered(series, row(10))
    upload = kept(series, csv_of(line("12"), line("4", sex="F")), by)
    words = [sys.executable, "-m", "tests.figures.series.racer", str(upload.pk), looked(upload).fingerprint]
    environ = {**os.environ, "DATABASE_URL": database_url()}
    with ExitStack() as running:
        started = [
            running.enter_context(
                subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environ)
            )
            for _each in range(2)
        ]
        assert [one.stdout.readline() for one in started if one.stdout] == ["ready\n", "ready\n"]
        for one in started:
            assert one.stdin
            one.stdin.write("\n")
            one.stdin.flush()
        told = [one.communicate(timeout=60)[0].strip() for one in started]
    assert sorted(told) == ["OtherPreviewError", "done"]
    assert Observation.objects.count() == 3
    assert AuditEvent.objects.filter(act="series.take_in").count() == 1
