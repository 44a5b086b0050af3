"""Writing: by whom, when, and what happens where two people write at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.plan.returns.actions.drafting import (
    ChangedMeanwhileError,
    Content,
    Number,
    add_figure,
    remove_figure,
    save_draft,
)
from palermo.plan.returns.models import Figure, Return
from palermo.plan.returns.vocabulary import State
from tests.plan.returns.conftest import Desk
from tests.plan.returns.factories import QuestionFactory
from tests.raising import assert_all_or_nothing

MINE = Content(
    status="in_progress",
    narrative_en="Forty officers were trained.",
    narrative_fr="Quarante agents ont été formés.",
    reason_en="The course began late.",
    reason_fr="Le cours a commencé tard.",
    proof_en="Fewer victims go unseen.",
    proof_fr="Moins de victimes passent inaperçues.",
    new_due_on=date(2015, 3, 31),
    spent=Decimal("12.50"),
    currency="CAD",
)


def test_every_word_is_kept(desk: Desk) -> None:
    save_draft(of=desk.one, version=1, content=MINE, by=desk["focal_point"])
    assert Content.of(desk.fresh()) == MINE
    assert desk.fresh().version == 2


def test_only_its_writers_write_and_only_while_it_is_with_them(desk: Desk) -> None:
    for state in State.values:
        for who, user in desk.people.items():
            one = desk.put(state=state, status="complete", was_cleared=state in {"cleared", "accepted"})
            content = replace(MINE, narrative_en=f"{who} in {state}")
            if who in {"focal_point", "alternate"} and state in {"draft", "returned"}:
                assert (
                    save_draft(of=one, version=one.version, content=content, by=user).narrative_en
                    == f"{who} in {state}"
                )
            else:
                refusal = ChangedMeanwhileError if who in {"focal_point", "alternate"} else PermissionDenied
                with pytest.raises(refusal):
                    save_draft(of=one, version=one.version, content=content, by=user)


def test_the_second_of_two_writers_overwrites_nothing(desk: Desk) -> None:
    save_draft(of=desk.one, version=1, content=MINE, by=desk["focal_point"])
    theirs = replace(MINE, narrative_en="Fifty.")
    with pytest.raises(ChangedMeanwhileError) as refused:
        save_draft(of=desk.one, version=1, content=theirs, by=desk["alternate"])
    assert refused.value.current.narrative_en == MINE.narrative_en
    assert desk.fresh().narrative_en == MINE.narrative_en


def test_what_stands_already_leaves_no_trace(desk: Desk) -> None:
    one = save_draft(of=desk.one, version=1, content=MINE, by=desk["focal_point"])
    save_draft(of=one, version=one.version, content=MINE, by=desk["focal_point"])
    assert AuditEvent.objects.filter(act="return.save").count() == 1
    assert desk.fresh().version == 2


def test_the_same_words_from_an_older_page_are_no_conflict(desk: Desk) -> None:
    save_draft(of=desk.one, version=1, content=MINE, by=desk["focal_point"])
    assert save_draft(of=desk.one, version=1, content=MINE, by=desk["focal_point"]).version == 2


def test_saving_is_all_or_nothing(desk: Desk) -> None:
    def stored() -> object:
        return list(Return.objects.values_list("version", "narrative_en")), AuditEvent.objects.count()

    assert_all_or_nothing(lambda: save_draft(of=desk.one, version=1, content=MINE, by=desk["focal_point"]), stored)


def test_the_trail_holds_no_words_of_it(desk: Desk) -> None:
    save_draft(of=desk.one, version=1, content=MINE, by=desk["focal_point"])
    told = str(AuditEvent.objects.get(act="return.save").details)
    assert "officers" not in told
    assert desk.one.deliverable.code in told


def test_answers_are_saved_with_the_words(desk: Desk) -> None:
    question, other = QuestionFactory.create(of=desk.one), QuestionFactory.create()
    desk.put(state="returned")
    answers = {question.pk: " Quarante. ", other.pk: "Not of this return."}
    save_draft(of=desk.one, version=1, content=Content(), answers=answers, language="fr", by=desk["alternate"])
    question.refresh_from_db()
    assert (question.answer, question.answer_language, question.answered_by) == ("Quarante.", "fr", desk["alternate"])
    assert desk.fresh().version == 2
    other.refresh_from_db()
    assert other.answer == ""


def test_an_answer_is_not_written_over_unseen(desk: Desk) -> None:
    question = QuestionFactory.create(of=desk.put(state="returned"))
    save_draft(of=desk.one, version=1, content=Content(), answers={question.pk: "Forty."}, by=desk["focal_point"])
    with pytest.raises(ChangedMeanwhileError):
        save_draft(of=desk.one, version=1, content=Content(), answers={question.pk: "Fifty."}, by=desk["alternate"])
    save_draft(of=desk.one, version=2, content=Content(), answers={question.pk: " "}, by=desk["alternate"])
    question.refresh_from_db()
    assert question.answer == "Forty."


def test_figures_come_and_go(desk: Desk) -> None:
    number = Number("People trained", "Personnes formées", Decimal("40"))
    with pytest.raises(PermissionDenied):
        add_figure(of=desk.one, number=number, by=desk["coordinator"])
    with pytest.raises(ValueError, match="counts"):
        add_figure(of=desk.one, number=replace(number, label_en="", label_fr=""), by=desk["focal_point"])
    made = add_figure(of=desk.one, number=number, by=desk["focal_point"])
    with pytest.raises(PermissionDenied):
        remove_figure(figure=made, by=desk["reader"])
    remove_figure(figure=made, by=desk["alternate"])
    with pytest.raises(ChangedMeanwhileError):
        remove_figure(figure=made, by=desk["focal_point"])
    assert not Figure.objects.exists()
    assert list(AuditEvent.objects.values_list("act", flat=True)) == ["return.add_figure", "return.remove_figure"]
