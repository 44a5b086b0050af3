"""Filling a report from returns: one act that overwrites nothing that somebody wrote, and that can be undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from palermo.audit.models import AuditEvent
from palermo.people.models import Role, User
from palermo.plan.report.actions.fill import NotFillableError, fill_from_returns, undo_filling
from palermo.plan.report.actions.narrative import NarrativeConflictError, write_narrative
from palermo.plan.report.build.filling import part_plans
from palermo.plan.report.models import FilledPart, Filling, Narrative, NarrativePart
from tests.factories import UserFactory
from tests.plan.returns.factories import holding_role
from tests.raising import assert_all_or_nothing

from ..year import Year, open_year

NBSP = "\N{NO-BREAK SPACE}"


def text(part: str) -> tuple[str, str]:
    one = Narrative.objects.get(part=part)
    return one.text_en, one.text_fr


def write(year: Year, part: str, en: str = "Mine.", fr: str = "", by: User | None = None) -> Narrative:
    known = Narrative.objects.filter(period=year.cycle.period_id, part=part).first()
    return write_narrative(
        by=by or year.coordinator,
        period=year.period,
        part=NarrativePart(part),
        text_en=en,
        text_fr=fr,
        version=known.version if known else 0,
    )


def stored() -> object:
    tables = (Narrative, Filling, FilledPart, AuditEvent)
    return [list(model.objects.order_by("pk").values()) for model in tables]


def test_each_part_for_a_p_gets_the_words_of_its_accounts(year: Year) -> None:
    fill_from_returns(by=year.coordinator, period=year.period)
    customs, first, second, third = (
        year.number("T1", "customs"), year.number("T1"), year.number("T2"), year.number("T3"),
    )  # fmt: skip
    assert text("prevention") == (
        f"**T1, Customs Office:** Did not report. [return {customs}]\n\n"
        f"**T1, Harbour Police:** We trained 40 officers. Survivors taught half of the courses. [return {first}]\n\n"
        f"**T2, Harbour Police:** The handbook \\[return 1\\] is \\*printed\\*. [return {second}]",
        f"**T1, Customs Office (fr){NBSP}:** N’a pas rendu compte. [compte rendu {customs}]\n\n"
        f"**T1, Harbour Police (fr){NBSP}:** Nous avons formé 40 agents. "
        f"Des survivantes ont donné la moitié des cours. [compte rendu {first}]\n\n"
        f"**T2, Harbour Police (fr){NBSP}:** [en] The handbook \\[return 1\\] is \\*printed\\*. "
        f"[compte rendu {second}]",
    )
    assert text("protection") == (
        f"**T3, Harbour Police:** [fr] La ligne répond la nuit. [return {third}]\n\n"
        f"[fr] En neuf langues. [return {third}]",
        f"**T3, Harbour Police (fr){NBSP}:** La ligne répond la nuit. [compte rendu {third}]\n\n"
        f"En neuf langues. [compte rendu {third}]",
    )
    assert set(Narrative.objects.values_list("part", flat=True)) == {"prevention", "protection"}


def test_it_is_one_event_that_holds_no_words(year: Year) -> None:
    before = AuditEvent.objects.count()
    filling = fill_from_returns(by=year.coordinator, period=year.period)
    event = AuditEvent.objects.order_by("-number")[0]
    assert AuditEvent.objects.count() == before + 1
    assert (event.act, event.by_id, event.about_id) == ("narrative.fill", year.coordinator.pk, str(filling.pk))
    assert event.details == {"plan": "lantern", "period": "2013-2014", "parts": ["prevention", "protection"]}


def test_all_of_it_or_nothing(year: Year) -> None:
    assert_all_or_nothing(lambda: fill_from_returns(by=year.coordinator, period=year.period), stored)
    assert_all_or_nothing(lambda: undo_filling(by=year.coordinator, period=year.period), stored)


@pytest.mark.parametrize(("en", "fr"), [("Mine.", ""), ("", "À moi.")])
def test_what_somebody_wrote_is_left(year: Year, en: str, fr: str) -> None:
    write(year, "prevention", en, fr)
    filling = fill_from_returns(by=year.coordinator, period=year.period)
    assert text("prevention") == (en, fr)
    assert [part.part for part in filling.parts.all()] == ["protection"]
    assert [(plan.draft.part, plan.fate) for plan in part_plans(year.coordinator, year.period)] == [
        ("prevention", "left"),
        ("protection", "same"),
    ]


def test_a_filled_part_that_somebody_touched_is_left_from_then_on(year: Year) -> None:
    fill_from_returns(by=year.coordinator, period=year.period)
    write(year, "prevention", f"{text('prevention')[0]} And more.", text("prevention")[1])
    year.correct("T2", narrative_en="The handbook is at the printer.")
    with pytest.raises(NotFillableError) as refusal:
        fill_from_returns(by=year.coordinator, period=year.period)
    assert refusal.value.code == "nothing_to_fill"
    assert text("prevention")[0].endswith("And more.")


def test_a_filled_part_that_nobody_touched_is_filled_anew(year: Year) -> None:
    fill_from_returns(by=year.coordinator, period=year.period)
    year.correct("T2", narrative_en="The handbook is at the printer.")
    filling = fill_from_returns(by=year.coordinator, period=year.period)
    assert [part.part for part in filling.parts.all()] == ["prevention"]
    assert "at the printer" in text("prevention")[0]
    undo_filling(by=year.coordinator, period=year.period)
    assert "\\*printed\\*" in text("prevention")[0]
    undo_filling(by=year.coordinator, period=year.period)
    assert text("prevention") == text("protection") == ("", "")


def test_a_part_that_was_emptied_is_filled_again(year: Year) -> None:
    fill_from_returns(by=year.coordinator, period=year.period)
    write(year, "protection", " ", "")
    filling = fill_from_returns(by=year.coordinator, period=year.period)
    assert [(part.part, part.before_en) for part in filling.parts.all()] == [("protection", " ")]


def test_undoing_leaves_what_was_changed_since(year: Year) -> None:
    fill_from_returns(by=year.coordinator, period=year.period)
    write(year, "prevention", "Mine.")
    assert undo_filling(by=year.coordinator, period=year.period) == ["protection"]
    assert (text("prevention"), text("protection")) == (("Mine.", ""), ("", ""))
    event = AuditEvent.objects.order_by("-number")[0]
    assert (event.act, event.details["parts"]) == ("narrative.undo_fill", ["protection"])


def test_an_earlier_filling_can_be_undone_where_the_later_one_was_changed(year: Year) -> None:
    write(year, "protection")
    fill_from_returns(by=year.coordinator, period=year.period)
    write(year, "protection", "", "")
    fill_from_returns(by=year.coordinator, period=year.period)
    write(year, "protection", "Mine again.")
    assert undo_filling(by=year.coordinator, period=year.period) == ["prevention"]
    assert (text("prevention"), text("protection")) == (("", ""), ("Mine again.", ""))


def test_there_must_be_something_to_undo(year: Year) -> None:
    with pytest.raises(NotFillableError, match="nothing_to_undo"):
        undo_filling(by=year.coordinator, period=year.period)
    fill_from_returns(by=year.coordinator, period=year.period)
    write(year, "prevention")
    write(year, "protection")
    with pytest.raises(NotFillableError, match="nothing_to_undo"):
        undo_filling(by=year.coordinator, period=year.period)
    assert Filling.objects.get().undone_at is None


def test_whoever_is_writing_meanwhile_is_told(year: Year) -> None:
    opened = write(year, "protection", "", "").version
    fill_from_returns(by=year.coordinator, period=year.period)
    with pytest.raises(NarrativeConflictError):
        write_narrative(
            by=year.coordinator,
            period=year.period,
            part=NarrativePart.PROTECTION,
            text_en="Mine.",
            text_fr="",
            version=opened,
        )


@pytest.mark.parametrize("reopened", [True, False])
@pytest.mark.django_db
def test_only_a_closed_period_is_filled_from(reopened: bool) -> None:
    year = open_year()
    if reopened:
        year.close()
        year.reopen()
    with pytest.raises(NotFillableError, match="not_closed"):
        fill_from_returns(by=year.coordinator, period=year.period)
    assert not Narrative.objects.exists()


@pytest.mark.parametrize("act", [fill_from_returns, undo_filling])
def test_only_coordinators_of_the_plan_may(year: Year, act: Callable[..., object]) -> None:
    fill_from_returns(by=year.coordinator, period=year.period)
    others = [holding_role(year.plan.owner, role) for role in Role if role != Role.COORDINATOR]
    others += [holding_role(year.police, role) for role in Role] + [UserFactory.create()]
    before = stored()
    for person in others:
        with pytest.raises(PermissionDenied):
            act(by=person, period=year.period)
    assert stored() == before


def test_a_part_holds_no_more_than_can_be_edited(year: Year) -> None:
    year.correct("T1", narrative_en="word " * 19_990, narrative_fr="")
    prevention = part_plans(year.coordinator, year.period)[0].draft
    assert (prevention.accounts, prevention.left_out) == (1, 2)
    assert len(prevention.text("en")) <= 100_000


def test_an_undoing_names_who_did_it(year: Year) -> None:
    filling = fill_from_returns(by=year.coordinator, period=year.period)
    with pytest.raises(IntegrityError), transaction.atomic():
        Filling.objects.filter(pk=filling.pk).update(undone_by=year.coordinator)
