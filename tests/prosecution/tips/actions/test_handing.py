"""A tip is handed on: sealed anew to another desk, which gets a tip of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.people.models import Membership
from palermo.prosecution.tips.actions.closing import close, propose_closing
from palermo.prosecution.tips.actions.erasing import erase
from palermo.prosecution.tips.actions.filing import UnknownCodeError
from palermo.prosecution.tips.actions.handing import Grounds, NoDeskError, NothingToHandError, Part, hand_on
from palermo.prosecution.tips.actions.storing import KnownError
from palermo.prosecution.tips.actions.writing import ChangedError, ClosedError, ReadersChangedError
from palermo.prosecution.tips.models import Channel, ContentKey, Handover, Message, Slot, State, Tip, TipElement
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip, let_in, noted, read_by, somebody_at
from tests.prosecution.tips.handing import GROUNDS, TwoDesks, handed, parts_of, two_desks
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> TwoDesks:
    return two_desks()


@pytest.fixture
def tip(at: TwoDesks) -> Tip:
    return a_tip(at.first.key.desk)


def stored() -> tuple[object, ...]:
    tips = list(Tip.objects.order_by("pk").values_list("pk", "state", "version"))
    counts = [model.objects.count() for model in (Message, ContentKey, Slot, Handover, TipElement)]
    return tips, counts, AuditEvent.objects.count()


def closed(tip: Tip, first: Member, second: Member) -> None:
    for act, more in ((propose_closing, {"outcome": "police"}), (close, {})):
        tip.refresh_from_db()
        by = first.user if more else second.user
        act(by=by, tip=tip, version=tip.version, **more)


def test_the_other_desk_reads_it_in_a_tip_of_its_own(at: TwoDesks, tip: Tip) -> None:
    noted(at.first, tip, "For us alone.")
    tip.elements.create(element="act", code="recruited")
    Tip.objects.filter(pk=tip.pk).update(urgency="now", form="labour", place="CA-NS")
    done = handed(at, tip, cover="The van is white.")
    made = done.made
    assert read_by(at.other, made) == ["They sleep in the cellar.", "The van is white."]
    assert (made.desk, made.channel, made.state, made.language) == (at.to, Channel.HANDED, State.NEW, "en")
    assert (made.urgency, made.form, made.place) == ("now", "labour", "CA-NS")
    assert [one.code for one in made.elements.all()] == ["recruited"]
    told, cover = made.messages.all()
    assert (told.author, told.by, told.source) == ("reporter", None, tip.messages.get(number=1))
    assert (cover.author, cover.by, cover.source) == ("note", at.first.user, None)
    event = AuditEvent.objects.get(act="tips.handed_on")
    why = {"desk": tip.desk.code, "to": at.to.code, "reason": "crime", "basis": "consent", "messages": 2}
    assert (event.about_id, event.details) == (str(tip.pk), why)


def test_each_desk_has_a_key_of_its_own_to_destroy(at: TwoDesks, tip: Tip) -> None:
    second = a_member(at.first.key.desk)
    let_in(at.first, second)
    made = handed(at, tip).made
    closed(tip, at.first, second)
    tip.refresh_from_db()
    erase(by=at.first.user, tip=tip, version=tip.version)
    made.refresh_from_db()
    assert read_by(at.other, made) == ["They sleep in the cellar."]
    assert [one.source for one in made.messages.all()] == [None]


def test_neither_desk_opens_what_is_sealed_to_the_other(at: TwoDesks, tip: Tip) -> None:
    made = handed(at, tip).made
    keys = ContentKey.objects.filter(message__tip=made).values_list("reader", flat=True)
    assert list(keys) == [at.other.key.pk]
    assert read_by(at.first, made) == []
    assert read_by(at.other, tip) == []


def test_what_comes_later_goes_into_the_same_tip(at: TwoDesks, tip: Tip) -> None:
    done = handed(at, tip)
    noted(at.first, tip, "A second note.")
    note = tip.messages.get(number=2)
    tip.refresh_from_db()
    again = hand_on(
        by=at.first.user, tip=tip, to=at.to, grounds=Grounds("help", "act"), parts=parts_of(at, tip, [note]), version=3
    )
    assert (again.pk, again.made_id, again.reason) == (done.pk, done.made_id, "crime")
    assert read_by(at.other, done.made) == ["They sleep in the cellar.", "A second note."]
    assert Tip.objects.get(pk=done.made_id).version == 2


def test_what_comes_later_opens_a_closed_one_again(at: TwoDesks, tip: Tip) -> None:
    second = a_member(at.to)
    let_in(at.other, second)
    done = handed(at, tip)
    closed(done.made, at.other, second)
    done.refresh_from_db()
    assert done.outcome == "police"
    noted(at.first, tip)
    tip.refresh_from_db()
    parts = parts_of(at, tip, list(tip.messages.filter(number=2)))
    done = hand_on(by=at.first.user, tip=tip, to=at.to, grounds=GROUNDS, parts=parts, version=tip.version)
    done.refresh_from_db()
    assert (done.made.state, done.outcome, done.outcome_on) == (State.OPEN, "", None)


def test_the_same_message_goes_to_a_desk_once(at: TwoDesks, tip: Tip) -> None:
    handed(at, tip)
    tip.refresh_from_db()
    before, parts = stored(), parts_of(at, tip, list(tip.messages.filter(number=1)))
    with pytest.raises(NothingToHandError):
        hand_on(by=at.first.user, tip=tip, to=at.to, grounds=GROUNDS, parts=parts, version=tip.version)
    assert stored() == before


def test_nothing_is_no_handing_on(at: TwoDesks, tip: Tip) -> None:
    other_tip = a_tip(at.first.key.desk)
    told = list(tip.messages.all())
    cover = parts_of(at, tip, told, cover="A word.")[1:]
    strange = parts_of(at, other_tip, list(other_tip.messages.all()))
    before = stored()
    for parts in ([], cover, strange, [*parts_of(at, tip, told), *parts_of(at, tip, told)]):
        with pytest.raises(NothingToHandError):
            hand_on(by=at.first.user, tip=tip, to=at.to, grounds=GROUNDS, parts=parts, version=tip.version)
    assert stored() == before


def test_ids_of_messages_are_not_taken_twice(at: TwoDesks, tip: Tip) -> None:
    [part] = parts_of(at, tip, list(tip.messages.all()))
    before = stored()
    taken = Part(replace(part.sealed, message=tip.pk), part.source)
    for parts in ([taken], [part, Part(part.sealed)]):
        with pytest.raises(KnownError):
            hand_on(by=at.first.user, tip=tip, to=at.to, grounds=GROUNDS, parts=parts, version=tip.version)
    assert stored() == before


def test_it_goes_only_where_somebody_reads(at: TwoDesks, tip: Tip) -> None:
    parts, empty, before = parts_of(at, tip, list(tip.messages.all())), a_desk(), stored()
    for desk in (tip.desk, empty):
        with pytest.raises(NoDeskError):
            hand_on(by=at.first.user, tip=tip, to=desk, grounds=GROUNDS, parts=parts, version=tip.version)
    Membership.objects.filter(user=at.other.user).delete()
    with pytest.raises(NoDeskError):
        hand_on(by=at.first.user, tip=tip, to=at.to, grounds=GROUNDS, parts=parts, version=tip.version)
    assert stored() == before


def test_every_member_of_the_other_desk_can_read_it(at: TwoDesks, tip: Tip) -> None:
    parts = parts_of(at, tip, list(tip.messages.all()))
    let_in(at.other, a_member(at.to))
    cut = [Part(replace(one.sealed, keys={pk: key[:-1] for pk, key in one.sealed.keys.items()}), one.source)
           for one in parts_of(at, tip, list(tip.messages.all()))]  # fmt: skip
    before = stored()
    for wrong in (parts, cut):
        with pytest.raises(ReadersChangedError):
            hand_on(by=at.first.user, tip=tip, to=at.to, grounds=GROUNDS, parts=wrong, version=tip.version)
    assert stored() == before


def test_grounds_are_of_the_list(at: TwoDesks, tip: Tip) -> None:
    parts, before = parts_of(at, tip, list(tip.messages.all())), stored()
    for grounds in (Grounds("", "consent"), Grounds("crime", ""), Grounds("consent", "crime")):
        with pytest.raises(UnknownCodeError):
            hand_on(by=at.first.user, tip=tip, to=at.to, grounds=grounds, parts=parts, version=tip.version)
    assert stored() == before


def test_who_hands_on_and_when(at: TwoDesks, tip: Tip) -> None:
    parts, before = parts_of(at, tip, list(tip.messages.all())), stored()
    for by in (at.other.user, somebody_at(tip.desk)):
        with pytest.raises(PermissionDenied):
            hand_on(by=by, tip=tip, to=at.to, grounds=GROUNDS, parts=parts, version=tip.version)
    with pytest.raises(ChangedError):
        hand_on(by=at.first.user, tip=tip, to=at.to, grounds=GROUNDS, parts=parts, version=tip.version + 1)
    assert stored() == before


def test_what_is_closed_here_or_erased_there_is_not_handed_on(at: TwoDesks, tip: Tip) -> None:
    second, there = a_member(tip.desk), a_member(at.to)
    let_in(at.first, second)
    let_in(at.other, there)
    done = handed(at, tip)
    closed(done.made, at.other, there)
    done.made.refresh_from_db()
    erase(by=at.other.user, tip=done.made, version=done.made.version)
    noted(at.first, tip)
    tip.refresh_from_db()
    parts, before = parts_of(at, tip, list(tip.messages.filter(number=2))), stored()
    with pytest.raises(ClosedError):
        hand_on(by=at.first.user, tip=tip, to=at.to, grounds=GROUNDS, parts=parts, version=tip.version)
    assert stored() == before
    closed(tip, at.first, second)
    tip.refresh_from_db()
    with pytest.raises(ClosedError):
        hand_on(by=at.first.user, tip=tip, to=at.to, grounds=GROUNDS, parts=parts, version=tip.version)


def test_handing_on_does_all_or_nothing(at: TwoDesks, tip: Tip) -> None:
    parts = parts_of(at, tip, list(tip.messages.all()), cover="A word.")
    assert_all_or_nothing(
        lambda: hand_on(by=at.first.user, tip=tip, to=at.to, grounds=GROUNDS, parts=parts, version=tip.version), stored
    )
