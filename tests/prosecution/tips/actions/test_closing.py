"""A tip is filed by codes, closed by two, opened again, and erased for certain."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from palermo.audit.models import AuditEvent
from palermo.prosecution.tips import slots
from palermo.prosecution.tips.actions import erasing
from palermo.prosecution.tips.actions.closing import NotProposedError, close, propose_closing, reopen
from palermo.prosecution.tips.actions.erasing import StillOpenError, erase, sweep
from palermo.prosecution.tips.actions.filing import Filed, UnknownCodeError, file_tip
from palermo.prosecution.tips.actions.writing import ChangedError, ClosedError
from palermo.prosecution.tips.models import Box, ContentKey, Message, Slot, State, Tip
from palermo.prosecution.tips.queries.sealed import for_a_member
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip, let_in, noted, read_by, somebody_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Member, Member]:
    """Two members of a desk with confirmed keys."""
    desk = a_desk()
    first, second = a_member(desk), a_member(desk)
    let_in(first, second)
    return first, second


def closed(two: tuple[Member, Member], tip: Tip) -> Tip:
    proposed = propose_closing(by=two[0].user, tip=tip, outcome="help", version=tip.version)
    return close(by=two[1].user, tip=tip, version=proposed.version)


def acts() -> list[str]:
    return list(AuditEvent.objects.filter(act__startswith="tips.").order_by("number").values_list("act", flat=True))


def test_a_tip_is_filed_under_codes_and_no_words(two: tuple[Member, Member]) -> None:
    tip = a_tip(two[0].key.desk)
    filed = file_tip(by=two[0].user, tip=tip, filed=Filed("now", "labour", "CA-NS"), version=1)
    assert (filed.urgency, filed.form, filed.place, filed.version) == ("now", "labour", "CA-NS", 2)
    assert acts()[-1] == "tips.filed"
    again = file_tip(by=two[1].user, tip=tip, filed=Filed(), version=2)
    assert (again.urgency, again.form, again.place) == ("", "", "")


@pytest.mark.parametrize("filed", [Filed(urgency="x"), Filed(form="x"), Filed(place="CA"), Filed(place="CA-XX")])
def test_there_is_no_code_but_those_of_the_lists(two: tuple[Member, Member], filed: Filed) -> None:
    with pytest.raises(UnknownCodeError):
        file_tip(by=two[0].user, tip=a_tip(two[0].key.desk), filed=filed, version=1)


def test_it_takes_two_to_close_a_tip(two: tuple[Member, Member]) -> None:
    tip = a_tip(two[0].key.desk)
    with pytest.raises(ClosedError):
        close(by=two[1].user, tip=tip, version=1)
    proposed = propose_closing(by=two[0].user, tip=tip, outcome="help", version=1)
    with pytest.raises(NotProposedError):
        close(by=two[0].user, tip=tip, version=proposed.version)
    done = close(by=two[1].user, tip=tip, version=proposed.version)
    assert (done.state, done.outcome, done.closing_by, done.closed_by) == (
        State.CLOSED, "help", two[0].user, two[1].user,
    )  # fmt: skip
    assert acts()[-2:] == ["tips.closing_proposed", "tips.closed"]
    with pytest.raises(ClosedError):
        file_tip(by=two[0].user, tip=tip, filed=Filed(), version=done.version)
    opened = reopen(by=two[0].user, tip=tip, version=done.version)
    assert (opened.state, opened.outcome, opened.closing_by, opened.closed_by) == (State.OPEN, "", None, None)


def test_the_database_itself_lets_nobody_close_alone(two: tuple[Member, Member]) -> None:
    tip = closed(two, a_tip(two[0].key.desk))
    for changed in ({"closed_by": two[0].user}, {"closed_by": None}, {"closing_by": None}, {"outcome": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tip.objects.filter(pk=tip.pk).update(**changed)


def test_whoever_has_no_confirmed_key_at_the_desk_does_nothing_of_it(two: tuple[Member, Member]) -> None:
    tip = a_tip(two[0].key.desk)
    other = a_member(a_desk())
    waiting = a_member(two[0].key.desk)
    for user in (other.user, waiting.user, somebody_at(two[0].key.desk)):
        with pytest.raises(PermissionDenied):
            file_tip(by=user, tip=tip, filed=Filed("now"), version=1)
        with pytest.raises(PermissionDenied):
            propose_closing(by=user, tip=tip, outcome="help", version=1)
        with pytest.raises(PermissionDenied):
            erase(by=user, tip=tip, version=1)


def test_what_changed_meanwhile_is_looked_at_first(two: tuple[Member, Member]) -> None:
    tip, by = a_tip(two[0].key.desk), two[1].user
    noted(two[0], tip)
    with pytest.raises(ChangedError):
        file_tip(by=by, tip=tip, filed=Filed("now"), version=1)
    with pytest.raises(ChangedError):
        propose_closing(by=by, tip=tip, outcome="help", version=1)
    with pytest.raises(ChangedError):
        reopen(by=by, tip=tip, version=1)


def test_an_erased_tip_opens_for_nobody_in_no_copy(two: tuple[Member, Member]) -> None:
    tip = closed(two, a_tip(two[0].key.desk))
    copy = list(ContentKey.objects.filter(message__tip=tip))
    assert tip.slot_id is not None
    under = slots.key_of(tip.slot_id)
    wrapped = slots.path().read_bytes()[tip.slot_id * slots.SLOT_BYTES :][: slots.SLOT_BYTES]
    assert slots.opened(under, bytes(copy[0].wrapped))
    erased = erase(by=two[0].user, tip=tip, version=tip.version)
    assert (erased.state, erased.slot_id) == (State.ERASED, None)
    assert [one for one in (Message, ContentKey, Box, Slot) if one.objects.exists()] == []
    assert wrapped not in slots.path().read_bytes()
    with pytest.raises(slots.DestroyedError):
        slots.key_of(tip.slot_id)
    with pytest.raises(slots.DestroyedError):
        for_a_member(two[0].user, erased, two[0].key)
    event = AuditEvent.objects.get(act="tips.erased")
    assert (event.details["desk"], event.details["messages"], event.details["because"]) == (tip.desk.code, 1, "hand")


def test_only_what_two_have_closed_is_erased(two: tuple[Member, Member]) -> None:
    tip = a_tip(two[0].key.desk)
    with pytest.raises(StillOpenError):
        erase(by=two[0].user, tip=tip, version=1)
    proposed = propose_closing(by=two[0].user, tip=tip, outcome="help", version=1)
    with pytest.raises(StillOpenError):
        erase(by=two[0].user, tip=tip, version=proposed.version)
    assert read_by(two[1], tip) == ["They sleep in the cellar."]


def test_what_was_interrupted_before_the_key_was_destroyed_is_done_by_the_next_sweep(
    two: tuple[Member, Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = a_tip(two[0].key.desk)
    tip = closed(two, a_tip(two[0].key.desk))
    with monkeypatch.context() as patch:
        patch.setattr(erasing, "sweep", lambda: 0)
        erase(by=two[0].user, tip=tip, version=tip.version)
    assert tip.slot_id is not None
    assert slots.key_of(tip.slot_id)
    assert (sweep(), sweep()) == (1, 0)
    with pytest.raises(slots.DestroyedError):
        slots.key_of(tip.slot_id)
    assert read_by(two[0], kept) == ["They sleep in the cellar."]


def test_nothing_is_erased_where_the_trail_cannot_be_written(
    two: tuple[Member, Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    tip = closed(two, a_tip(two[0].key.desk))

    def fails(**_said: object) -> None:
        raise OSError("no trail")

    monkeypatch.setattr(erasing, "record", fails)
    with pytest.raises(OSError, match="no trail"):
        erase(by=two[0].user, tip=tip, version=tip.version)
    tip.refresh_from_db()
    assert tip.state == State.CLOSED
    assert read_by(two[0], tip) == ["They sleep in the cellar."]
