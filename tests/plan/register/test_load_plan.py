"""A plan file loaded, asked for again, loaded anew."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.people.models import Organisation, User
from palermo.people.queries import command_line
from palermo.plan import planfile_models as files
from palermo.plan.planfile_values import Bilingual
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.models import Deliverable, StatusRecord
from palermo.plan.register.queries.deliverables import deliverables
from palermo.plan.register.queries.plan_file import plan_file
from palermo.plan.register.queries.plans import latest_period

pytestmark = pytest.mark.django_db


def both(en: str, fr: str = "") -> Bilingual:
    return Bilingual(en=en, fr=fr)


def status(value: str, period: str = "2021-2022", **rest: object) -> files.Status:
    return files.Status.model_validate({"period": period, "kind": "claimed", "value": value, **rest})


def small_plan(*deliverables: files.Deliverable, title: str = "A plan") -> files.PlanFile:
    return files.PlanFile(
        plan=files.PlanHead(
            code="small",
            title=both(title, "Un plan"),
            jurisdiction="XX",
            owner="ministry",
            levels=(files.Level(name=both("Pillar", "Pilier")), files.Level(name=both("Task", "Tâche"))),
        ),
        organisations=(
            files.Organisation(code="ministry", names=(files.DatedName(name=both("Ministry", "Ministère")),)),
            files.Organisation(
                code="police",
                parent="ministry",
                names=(
                    files.DatedName(name=both("Old Police"), to_on=date(2022, 1, 1)),
                    files.DatedName(name=both("New Police"), from_on=date(2022, 1, 2)),
                ),
            ),
        ),
        documents=(files.Document(code="report", title=both("Report")),),
        periods=(
            files.Period(code="2021-2022", starts_on=date(2021, 4, 1), ends_on=date(2022, 3, 31)),
            files.Period(code="2022-2023", starts_on=date(2022, 4, 1), ends_on=date(2023, 3, 31)),
        ),
        sections=(
            files.Section(code="1.1", parent="1", title=both("Task one")),
            files.Section(code="1", title=both("Prevention"), p="prevention"),
        ),
        deliverables=deliverables,
    )


def one(code: str = "1.1-01", **rest: object) -> files.Deliverable:
    values = {
        "code": code,
        "section": "1.1",
        "row": 1,
        "text": both("Train officers", "Former les agents"),
        "start": files.Start(printed="2021/22", on=date(2021, 4, 1)),
        "due": (files.Due(on=date(2022, 3, 31)), files.Due(on=date(2023, 3, 31), reason=both("Late vendor"))),
        "added_in": "2021-2022",
        "responsibilities": (
            files.Responsibility(organisation="police", kind="lead", printed="OP"),
            files.Responsibility(organisation="ministry", kind="support"),
        ),
        "money": (files.Money(kind="earmarked", amount=Decimal("10.50"), fiscal_year="2021-2022"),),
        "statuses": (status("in_progress", printed="Under way", document="report", place="p. 3"),),
        "evidence": (files.Evidence(period="2021-2022", title=both("Course outline")),),
        "lineage": (files.Lineage(plan="later", code="9", kind="split"),),
    }
    return files.Deliverable.model_validate(values | rest)


def test_a_loaded_plan_comes_back_as_the_same_file() -> None:
    file = small_plan(one(), one("1.1-02", p="protection"))
    loaded = load_plan(file=file, by=command_line())
    again = plan_file(command_line(), loaded.plan)
    assert again.deliverables == file.deliverables
    assert again.organisations == file.organisations
    assert again.plan == file.plan
    assert sorted(again.sections, key=lambda each: each.code) == sorted(file.sections, key=lambda each: each.code)


def test_loading_the_same_file_twice_changes_nothing() -> None:
    file = small_plan(one())
    load_plan(file=file, by=command_line())
    second = load_plan(file=file, by=command_line())
    assert (second.is_new, second.added, second.changed, second.statuses) == (False, 0, 0, 0)
    assert StatusRecord.objects.count() == 1


def test_a_changed_status_keeps_the_earlier_one() -> None:
    load_plan(file=small_plan(one()), by=command_line())
    changed = load_plan(file=small_plan(one(statuses=(status("complete"),))), by=command_line())
    assert (changed.changed, changed.statuses) == (1, 1)
    kept = StatusRecord.objects.order_by("pk").values_list("value", "is_current")
    assert list(kept) == [("in_progress", False), ("complete", True)]


def test_what_a_later_file_lacks_stays() -> None:
    load_plan(file=small_plan(one(), one("1.1-02")), by=command_line())
    load_plan(file=small_plan(one("1.1-02")), by=command_line())
    assert set(Deliverable.objects.values_list("code", flat=True)) == {"1.1-01", "1.1-02"}


def test_the_p_comes_from_the_nearest_section_above() -> None:
    plan = load_plan(file=small_plan(one(), one("1.1-02", p="protection")), by=command_line()).plan
    assert [each.p for each in deliverables(command_line(), plan)] == ["prevention", "protection"]


def test_lineage_is_linked_when_the_later_plan_comes() -> None:
    load_plan(file=small_plan(one()), by=command_line())
    later = small_plan(one("9", lineage=()))
    later = later.model_copy(update={"plan": later.plan.model_copy(update={"code": "later"})})
    load_plan(file=later, by=command_line())
    before = Deliverable.objects.get(code="1.1-01").became.get()
    assert before.after == Deliverable.objects.get(code="9")


def test_a_load_is_one_audit_event() -> None:
    load_plan(file=small_plan(one()), by=command_line())
    event = AuditEvent.objects.get()
    assert (event.act, event.details["added"]) == ("plan.load", 1)


def test_a_stranger_may_not_load_and_nothing_is_left() -> None:
    stranger = User.objects.create_user("nobody@example.org", name="Nobody")
    with pytest.raises(PermissionDenied):
        load_plan(file=small_plan(one()), by=stranger)
    assert not Organisation.objects.exists()


def test_the_status_shown_is_that_of_the_period() -> None:
    plan = load_plan(file=small_plan(one()), by=command_line()).plan
    period = latest_period(command_line(), plan)
    found = deliverables(command_line(), plan, period).get()
    assert period is not None
    assert (period.code, found.status, found.first_due_on, found.due_on) == (
        "2021-2022",
        "in_progress",
        date(2022, 3, 31),
        date(2023, 3, 31),
    )
