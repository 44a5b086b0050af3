"""Writing the words of a report: each save has a version, and of two at once neither is lost."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.people.models import User
from palermo.people.queries import command_line
from palermo.plan import planfile_models as files
from palermo.plan.planfile_values import Bilingual
from palermo.plan.register.models import Plan
from palermo.plan.report.actions import narrative as actions
from palermo.plan.report.actions.narrative import NarrativeConflictError, load_narratives, write_narrative
from palermo.plan.report.models import Narrative, NarrativePart
from tests.factories import UserFactory

from ..conftest import newest


def write(by: User, plan: Plan, text: str, version: int) -> Narrative:
    return write_narrative(
        by=by,
        period=newest(plan),
        part=NarrativePart.FOREWORD,
        text_en=text,
        text_fr=f"{text} (fr)",
        version=version,
    )


def foreword(plan: Plan) -> Narrative:
    return Narrative.objects.get(period=newest(plan), part="foreword")


def test_each_save_goes_up_one_version_and_names_its_writer(city: Plan, coordinator: User) -> None:
    assert write(coordinator, city, "First", 1).version == 2
    saved = write(coordinator, city, "Second", 2)
    assert (saved.version, saved.written_by, foreword(city).text_fr) == (3, coordinator, "Second (fr)")


def test_a_save_is_one_event_that_holds_no_words(city: Plan, coordinator: User) -> None:
    before = AuditEvent.objects.count()
    saved = write(coordinator, city, "Words", 1)
    event = AuditEvent.objects.order_by("-number")[0]
    assert AuditEvent.objects.count() == before + 1
    assert (event.act, event.by_id, event.about_id) == ("narrative.write", coordinator.pk, str(saved.pk))
    assert event.details == {"part": "foreword", "version": 2}


def test_of_two_writers_the_second_is_told_what_the_first_saved(city: Plan, coordinator: User) -> None:
    write(coordinator, city, "Mine", 1)
    with pytest.raises(NarrativeConflictError) as conflict:
        write(coordinator, city, "Theirs", 1)
    assert (conflict.value.current.text_en, conflict.value.current.version) == ("Mine", 2)
    assert foreword(city).text_en == "Mine"


def test_two_first_texts_conflict_too(city: Plan, coordinator: User) -> None:
    Narrative.objects.all().delete()
    assert write(coordinator, city, "Mine", 0).version == 1
    with pytest.raises(NarrativeConflictError):
        write(coordinator, city, "Theirs", 0)


def test_nothing_is_saved_where_the_trail_cannot_be_written(
    city: Plan, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_said: object) -> None:
        raise RuntimeError("no trail")

    before = foreword(city)
    monkeypatch.setattr(actions, "record", broken)
    with pytest.raises(RuntimeError):
        write(coordinator, city, "Words", 1)
    assert (foreword(city).text_en, foreword(city).version) == (before.text_en, 1)


@pytest.mark.parametrize("who", ["outsider", "elsewhere"])
def test_only_coordinators_of_the_plan_write(city: Plan, elsewhere: User, who: str) -> None:
    writer = elsewhere if who == "elsewhere" else UserFactory.create()
    with pytest.raises(PermissionDenied):
        write(writer, city, "Words", 1)
    assert foreword(city).version == 1


def test_loading_a_file_again_saves_only_what_differs(city: Plan) -> None:
    standing = foreword(city)
    same = {"period": "2024-2025", "part": "foreword", "text": Bilingual(en=standing.text_en, fr=standing.text_fr)}
    other = {"period": "2024-2025", "part": "resources", "text": Bilingual(en="Elsewhere")}
    given = [files.Narrative.model_validate(each) for each in (same, other)]
    assert load_narratives(by=command_line(), plan=city, narratives=given) == 1
    assert foreword(city).version == 1
    assert Narrative.objects.get(period=newest(city), part="resources").text_en == "Elsewhere"
