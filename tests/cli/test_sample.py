"""`palermo sample`: loads what is missing, leaves the rest, and says how to sign in only to whoever runs it."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import Q

from palermo import cli
from palermo.audit.models import AuditEvent
from palermo.audit.queries import faults
from palermo.commands import sample, sample_closed
from palermo.people.models import Role, User
from palermo.people.policies import is_coordinator
from palermo.plan.register.models import Deliverable, Plan
from palermo.plan.report.models import Edition, FilledPart, Narrative
from palermo.plan.returns.models import Assessment, Cycle, Rule
from palermo.protection.directory.actions.merging import find_likenesses
from palermo.protection.directory.models import Change, Intake, Likeness

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(database_of_module: None) -> str:
    """Load the sample for all of these tests; what is told to whoever runs it."""
    path = sample.sign_in_file()
    path.unlink(missing_ok=True)
    assert cli.main(["sample"]) == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path.read_text()


@pytest.fixture(autouse=True)
def sign_in_file(told: str, db: None) -> Iterator[Path]:
    """The file in which it was told, as it was."""
    path = sample.sign_in_file()
    path.write_text(told)
    yield path
    path.unlink(missing_ok=True)


def test_the_sample_holds_the_federal_plan_and_albertas() -> None:
    assert {"ca-2012", "ca-ab-2020"} <= set(Plan.objects.values_list("code", flat=True))
    assert Deliverable.objects.filter(plan__code="ca-2012").count() == 107
    assert Deliverable.objects.filter(plan__code="ca-ab-2020").count() == 9
    assert list(faults()) == []


def test_whoever_has_the_file_coordinates_every_sample_plan(told: str) -> None:
    said = dict(line.split(": ", 1) for line in told.splitlines())
    user = User.objects.get(email=said["E-mail"])
    assert user.check_password(said["Password"])
    assert all(is_coordinator(user, plan.owner) for plan in Plan.objects.all())


def test_the_year_of_the_invented_plan_is_half_done_and_every_role_signs_in(told: str) -> None:
    password = told.splitlines()[1].removeprefix("Password: ")
    roles = set()
    for user in User.objects.filter(is_active=True):
        assert user.email in told
        assert user.check_password(password)
        roles |= set(user.memberships.values_list("role", flat=True))
    assert roles == set(Role.values)
    cycle = Cycle.objects.get(period__gathering="open")
    assert cycle.period.code == "2025"
    states = set(cycle.returns.values_list("state", flat=True))
    assert states == {"draft", "submitted", "cleared", "accepted", "returned"}
    assert Assessment.objects.get(cycle=cycle).by.email == "assessor@example.ca"
    assert Deliverable.objects.filter(plan__code="example-country-2023", is_survivor_commitment=True).count() == 4


def test_the_year_before_is_closed_and_its_report_holds_what_organisations_said() -> None:
    cycle = Cycle.objects.get(period__gathering="closed")
    assert cycle.period.code == "2024"
    states = list(cycle.returns.values_list("state", flat=True))
    assert (states.count("accepted"), states.count("not_reported")) == (15, 1)
    edition = Edition.objects.get(period=cycle.period)
    assert edition.accounts.count() == 16
    assert set(FilledPart.objects.values_list("part", flat=True)) == {
        "prevention", "protection", "prosecution", "partnership", "empowerment",
    }  # fmt: skip
    assert not User.objects.get(email="predecessor@example.ca").is_active
    assert {rule.when for rule in Rule.objects.filter(plan=edition.plan)} >= {"late", "complete"}


def test_whoever_keeps_the_directory_finds_something_to_do() -> None:
    intake = Intake.objects.get()
    assert (intake.total, intake.aside) == (4, 2)
    assert "heading_unknown Shoe size" in intake.remarks
    waiting = Change.objects.get(state="proposed")
    assert set(waiting.patch) == {"eligibility_description", "eligibility_description_fr"}
    coordinator = User.objects.get(email=sample.EMAIL)
    find_likenesses(by=coordinator)
    pairs = Likeness.objects.filter(Q(first__source=intake.source) | Q(second__source=intake.source))
    assert [str(pair.first) for pair in pairs] == ["Help for workers"]


def test_a_sample_loaded_before_keeps_the_year_that_it_has() -> None:
    plan = Plan.objects.get(code="example-country-2023")
    known = AuditEvent.objects.count()
    assert sample_closed.load_closed_year(User.objects.get(email=sample.EMAIL)) == ""
    assert (AuditEvent.objects.count(), plan.periods.count()) == (known, 3)


def test_a_second_time_nothing_changes(sign_in_file: Path) -> None:
    Plan.objects.filter(code="ca-2012").update(title_en="Edited since")
    before = (AuditEvent.objects.count(), Narrative.objects.count(), sign_in_file.read_text())
    assert cli.main(["sample"]) == 0
    assert (AuditEvent.objects.count(), Narrative.objects.count(), sign_in_file.read_text()) == before
    assert Plan.objects.get(code="ca-2012").title_en == "Edited since"


def test_a_lost_file_gives_a_new_password(sign_in_file: Path) -> None:
    before = sign_in_file.read_text()
    sign_in_file.unlink()
    assert cli.main(["sample"]) == 0
    assert sign_in_file.read_text() != before
    password = sign_in_file.read_text().splitlines()[1].removeprefix("Password: ")
    assert User.objects.get(email=sample.EMAIL).check_password(password)
