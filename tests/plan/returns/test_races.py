"""Two people at once: one of them is served, the other is told; nothing happens twice."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from palermo.audit.models import AuditEvent
from palermo.plan.register.models import Account
from palermo.plan.returns.actions import cycles, steps
from palermo.plan.returns.actions.drafting import ChangedMeanwhileError, Content, save_draft
from palermo.plan.returns.actions.hand_over import hand_over_returns
from palermo.plan.returns.actions.spreadsheet import OtherPreviewError, take_in_spreadsheet
from palermo.plan.returns.models import Cycle, Return, SpreadsheetUpload, Step
from palermo.plan.returns.queries.spreadsheet_preview import sheet_preview
from tests.plan.returns.conftest import Desk, made_desk
from tests.plan.returns.spreadsheet.handling import download, upload, write

pytestmark = pytest.mark.django_db(transaction=True)

TOLD = (
    ChangedMeanwhileError,
    OtherPreviewError,
    steps.WrongStateError,
    cycles.CycleStateError,
    cycles.NotClosableError,
)


@pytest.fixture
def desk() -> Desk:
    """One return, stored for other connections to see."""
    return made_desk()


def race(*acts: Callable[[], object]) -> list[str]:
    """Do all of it at once, each over a connection of its own; "done", or the name of what each was told."""
    start, outcomes = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
            outcomes.append("done")
        except TOLD as told:
            outcomes.append(type(told).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes, key=lambda outcome: outcome != "done")


def test_two_save_the_same_return(desk: Desk) -> None:
    def save(who: str) -> object:
        return save_draft(of=desk.one, version=1, content=Content(narrative_en=who), by=desk[who])

    assert race(lambda: save("focal_point"), lambda: save("alternate")) == ["done", "ChangedMeanwhileError"]
    assert desk.fresh().version == 2
    assert AuditEvent.objects.filter(act="return.save").count() == 1


def test_two_accept_the_same_return(desk: Desk) -> None:
    one = desk.put(state="cleared", was_cleared=True, status="complete")

    def accept() -> object:
        return steps.accept(of=one, version=one.version, by=desk["coordinator"])

    assert race(accept, accept) == ["done", "WrongStateError"]
    assert Step.objects.filter(act="accept").count() == 1


def test_two_close_the_same_period(desk: Desk) -> None:
    def close() -> object:
        return cycles.close_period(cycle=desk.cycle, version=1, by=desk["coordinator"])

    assert race(close, close) == ["done", "CycleStateError"]
    assert Account.objects.count() == 1


def test_one_clears_while_the_other_closes(desk: Desk) -> None:
    one = desk.put(state="submitted", status="complete")

    def clear() -> object:
        return steps.clear(of=one, version=one.version, by=desk["clearing_officer"])

    def close() -> object:
        return cycles.close_period(cycle=desk.cycle, version=1, by=desk["coordinator"])

    assert race(clear, close)[0] == "done"
    state, closed = Return.objects.get().state, Cycle.objects.get().closed_at is not None
    assert (state, closed) in {("cleared", False), ("not_reported", True)}


def test_one_accepts_while_the_other_closes(desk: Desk) -> None:
    one = desk.put(state="cleared", was_cleared=True, status="complete")

    def accept() -> object:
        return steps.accept(of=one, version=one.version, by=desk["coordinator"])

    def close() -> object:
        return cycles.close_period(cycle=desk.cycle, version=1, by=desk["coordinator"])

    # Whoever is first: it is never closed without the answer, and what is closed holds what was accepted.
    assert race(accept, close) in (["done", "done"], ["done", "NotClosableError"])
    assert Return.objects.get().state == "accepted"
    closed = Cycle.objects.get().closed_at is not None
    assert list(Account.objects.values_list("status", flat=True)) == (["complete"] if closed else [])


def test_one_hands_over_while_the_other_closes(desk: Desk) -> None:
    desk.put(holder=desk["focal_point"])

    def hand_over() -> object:
        return hand_over_returns(
            leaver=desk["focal_point"],
            organisation=desk.organisation,
            successor=desk["alternate"],
            by=desk["coordinator"],
        )

    def close() -> object:
        return cycles.close_period(cycle=desk.cycle, version=1, by=desk["coordinator"])

    assert race(hand_over, close) == ["done", "done"]
    one = Return.objects.get()
    went_over = Step.objects.filter(act="hand_over").exists()
    assert (one.state, one.holder) == ("not_reported", desk["alternate" if went_over else "focal_point"])


def test_two_hand_over_the_same(desk: Desk) -> None:
    desk.put(holder=desk["focal_point"])

    def hand_over() -> object:
        return hand_over_returns(
            leaver=desk["focal_point"],
            organisation=desk.organisation,
            successor=desk["alternate"],
            by=desk["clearing_officer"],
        )

    assert race(hand_over, hand_over) == ["done", "done"]
    assert Step.objects.filter(act="hand_over").count() == 1


def taking_in(desk: Desk) -> Callable[[], object]:
    """Takes in an uploaded spreadsheet that changes the return."""
    kept = upload(desk, write(download(desk), narrative_en="From the file."))
    seen = sheet_preview(desk["focal_point"], kept).fingerprint
    return lambda: take_in_spreadsheet(upload=kept, seen=seen, choices={}, by=desk["focal_point"])


def test_the_same_spreadsheet_is_taken_in_twice(desk: Desk) -> None:
    take_in = taking_in(desk)
    assert race(take_in, take_in) == ["done", "OtherPreviewError"]
    assert AuditEvent.objects.filter(act="spreadsheet.take_in").count() == 1


def test_one_takes_a_spreadsheet_in_while_the_other_saves(desk: Desk) -> None:
    def save() -> object:
        return save_draft(of=desk.one, version=1, content=Content(narrative_en="Typed."), by=desk["alternate"])

    outcome = race(taking_in(desk), save)
    assert outcome in (["done", "OtherPreviewError"], ["done", "ChangedMeanwhileError"])
    # Whoever came second is told, and what they wrote is still there to be looked at.
    typed_first = outcome[1] == "OtherPreviewError"
    assert desk.fresh().narrative_en == ("Typed." if typed_first else "From the file.")
    assert SpreadsheetUpload.objects.exists() == typed_first


def test_one_takes_a_spreadsheet_in_while_the_other_closes(desk: Desk) -> None:
    def close() -> object:
        return cycles.close_period(cycle=desk.cycle, version=1, by=desk["coordinator"])

    assert race(taking_in(desk), close) in (["done", "done"], ["done", "OtherPreviewError"])
    assert Return.objects.get().state == "not_reported"
