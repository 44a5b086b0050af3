"""Every step, from every state, by everybody: what is allowed is written down here by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from palermo.audit.models import AuditEvent
from palermo.people.models import User
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.returns.actions import steps
from palermo.plan.returns.actions.drafting import ChangedMeanwhileError, Content, save_draft
from palermo.plan.returns.models import Return, Rule, Step
from palermo.plan.returns.vocabulary import Needs, State, When
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import QuestionFactory, ReturnFactory
from tests.raising import assert_all_or_nothing

DO: dict[str, Callable[[Return, User], Return]] = {
    "submit": lambda one, by: steps.submit(of=one, version=one.version, by=by),
    "take_back": lambda one, by: steps.take_back(of=one, version=one.version, by=by),
    "clear": lambda one, by: steps.clear(of=one, version=one.version, by=by),
    "send_back": lambda one, by: steps.send_back(of=one, version=one.version, questions=["Why?"], language="en", by=by),
    "accept": lambda one, by: steps.accept(of=one, version=one.version, by=by),
}

ALLOWED = {
    ("draft", "submit", "focal_point"): "submitted",
    ("draft", "submit", "alternate"): "submitted",
    ("returned", "submit", "focal_point"): "submitted",
    ("returned", "submit", "alternate"): "submitted",
    ("submitted", "take_back", "focal_point"): "draft",
    ("submitted", "take_back", "alternate"): "draft",
    ("submitted", "clear", "clearing_officer"): "cleared",
    ("submitted", "send_back", "clearing_officer"): "returned",
    ("cleared", "take_back", "clearing_officer"): "submitted",
    ("cleared", "send_back", "coordinator"): "returned",
    ("cleared", "accept", "coordinator"): "accepted",
    ("accepted", "send_back", "coordinator"): "returned",
}
"""From which state, by which step, by whom, and where it leads. Everything else is refused."""

REFUSALS = (PermissionDenied, steps.WrongStateError)


def _in_state(desk: Desk, state: str) -> Return:
    return desk.put(state=state, status="in_progress", was_cleared=state in {"cleared", "accepted"})


@pytest.mark.parametrize("act", DO)
@pytest.mark.parametrize("state", State.values)
def test_who_may_take_which_step_from_where(desk: Desk, state: str, act: str) -> None:
    for who, user in desk.people.items():
        one = _in_state(desk, state)
        wanted = ALLOWED.get((state, act, who))
        if wanted is None:
            with pytest.raises(REFUSALS):
                DO[act](one, user)
            assert desk.fresh().state == state, who
        else:
            assert DO[act](one, user).state == wanted, who
            assert desk.fresh().state == wanted


@pytest.mark.parametrize(("state", "act", "who"), ALLOWED)
def test_nothing_moves_in_a_closed_period(desk: Desk, state: str, act: str, who: str) -> None:
    one = _in_state(desk, state)
    ReportingPeriod.objects.update(gathering="closed")
    with pytest.raises(REFUSALS):
        DO[act](one, desk[who])
    assert desk.fresh().state == state


@pytest.mark.parametrize(("state", "act", "who"), ALLOWED)
def test_a_step_is_all_or_nothing(desk: Desk, state: str, act: str, who: str) -> None:
    one = _in_state(desk, state)

    def stored() -> object:
        said = list(Return.objects.values_list("state", "version", "was_cleared"))
        return said, Step.objects.count(), AuditEvent.objects.count(), one.questions.count()

    assert_all_or_nothing(lambda: DO[act](one, desk[who]), stored)
    step = Step.objects.get()
    assert (step.before, step.after, step.by) == (state, ALLOWED[state, act, who], desk[who])
    assert AuditEvent.objects.filter(act=f"return.{act}").count() == 1


@pytest.mark.parametrize(("state", "act", "who"), ALLOWED)
def test_a_step_from_an_older_version_is_refused(desk: Desk, state: str, act: str, who: str) -> None:
    one = _in_state(desk, state)
    desk.put(version=one.version + 1)
    with pytest.raises(ChangedMeanwhileError):
        DO[act](one, desk[who])
    assert desk.fresh().state == state


def test_a_return_without_a_status_is_not_submitted(desk: Desk) -> None:
    with pytest.raises(steps.NotReadyError):
        DO["submit"](desk.fresh(), desk["focal_point"])


def test_a_return_that_breaks_a_rule_is_not_submitted(desk: Desk) -> None:
    Rule.objects.create(plan=desk.plan, when=When.COMPLETE, needs=Needs.EVIDENCE)
    one = desk.put(status="complete")
    with pytest.raises(steps.NotReadyError) as refused:
        DO["submit"](one, desk["focal_point"])
    assert [each.needs for each in refused.value.missing] == [Needs.EVIDENCE]
    assert DO["submit"](desk.put(status="in_progress"), desk["focal_point"]).state == "submitted"


def test_questions_are_answered_before_it_is_submitted_again(desk: Desk) -> None:
    one = desk.put(state="returned", status="in_progress")
    question = QuestionFactory.create(of=one)
    with pytest.raises(steps.NotReadyError) as refused:
        DO["submit"](one, desk["focal_point"])
    assert refused.value.questions == 1
    one = save_draft(
        of=one, version=one.version, content=Content.of(one), answers={question.pk: "Forty."}, by=desk["alternate"]
    )
    assert DO["submit"](one, desk["focal_point"]).state == "submitted"
    assert DO["take_back"](desk.fresh(), desk["focal_point"]).state == "returned"


def test_a_return_is_not_sent_back_without_a_question(desk: Desk) -> None:
    one = _in_state(desk, "submitted")
    with pytest.raises(ValueError, match="question"):
        steps.send_back(of=one, version=one.version, questions=["  "], language="en", by=desk["clearing_officer"])
    assert desk.fresh().state == "submitted"


def test_the_step_keeps_what_was_said(desk: Desk) -> None:
    one = desk.put(status="in_progress", narrative_en="Forty officers were trained.")
    question = QuestionFactory.create(
        of=one, text="How many?", answer="Forty.", answered_by=desk["alternate"], answered_at=now()
    )
    DO["submit"](one, desk["focal_point"])
    desk.put(narrative_en="Something else.")
    said = Step.objects.get().content
    assert said["narrative_en"] == "Forty officers were trained."
    assert said["questions"] == [{"number": question.pk, "text": "How many?", "answer": "Forty."}]


def test_all_are_cleared_or_none(desk: Desk) -> None:
    first = _in_state(desk, "submitted")
    second = ReturnFactory.create(
        cycle=desk.cycle, organisation=desk.organisation, state="submitted", status="complete"
    )
    seen = {first.pk: first.version, second.pk: second.version + 1}
    with pytest.raises(ChangedMeanwhileError):
        steps.clear_all(seen=seen, by=desk["clearing_officer"])
    assert set(Return.objects.values_list("state", flat=True)) == {"submitted"}
    assert steps.clear_all(seen={first.pk: first.version, second.pk: second.version}, by=desk["clearing_officer"]) == 2
    assert set(Return.objects.values_list("state", flat=True)) == {"cleared"}
    assert AuditEvent.objects.filter(act="return.clear").count() == 2
    assert steps.accept_all(seen=dict(Return.objects.values_list("pk", "version")), by=desk["coordinator"]) == 2
