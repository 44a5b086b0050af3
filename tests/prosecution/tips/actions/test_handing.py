"""A tip is handed on: sealed anew to another desk, which gets a tip of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.people.models import Membership
from palermo.prosecution.tips.actions.closing import close, propose_closing
from palermo.prosecution.tips.actions.erasing import erase
from palermo.prosecution.tips.actions.filing import UnknownCodeError
from palermo.prosecution.tips.actions.handing import Grounds, NoDeskError, NothingToHandError, Part
from palermo.prosecution.tips.actions.storing import KnownError
from palermo.prosecution.tips.actions.writing import ChangedError, ClosedError, ReadersChangedError
from palermo.prosecution.tips.models import (
    Channel,
    ContentKey,
    Handing,
    Handover,
    Message,
    Slot,
    State,
    Tip,
    TipElement,
)
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip, let_in, noted, read_by, somebody_at
from tests.prosecution.tips.handing import TwoDesks, acknowledged, hand, handed, parts_of, two_desks
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
    counts = [model.objects.count() for model in (Message, ContentKey, Slot, Handover, Handing, TipElement)]
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
    assert made.due_on == timezone.localdate()
    assert (made.urgency, made.form, made.place) == ("now", "labour", "CA-NS")
    assert [one.code for one in made.elements.all()] == ["recruited"]
    told, cover = made.messages.all()
    assert (told.author, told.by, told.source) == ("reporter", None, tip.messages.get(number=1))
    assert (cover.author, cover.by, cover.source) == ("note", at.first.user, None)
    event = AuditEvent.objects.get(act="tips.handed_on")
    why = {"desk": tip.desk.code, "to": at.to.code, "reason": "crime", "basis": "consent", "messages": 2}
    why |= {"made": str(made.pk)}
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
    again = hand(at, tip, parts_of(at, tip, [note]), grounds=Grounds("help", "act"), version=3)
    assert (again.pk, again.made_id) == (done.pk, done.made_id)
    assert read_by(at.other, done.made) == ["They sleep in the cellar.", "A second note."]
    assert Tip.objects.get(pk=done.made_id).version == 2
    said = again.handings.values_list("by", "reason", "basis", "messages")
    assert list(said) == [(at.first.user.pk, "crime", "consent", 1), (at.first.user.pk, "help", "act", 1)]
    last = AuditEvent.objects.filter(act="tips.handed_on").order_by("-number")[0]
    assert (last.details["reason"], last.details["basis"]) == ("help", "act")


def test_what_comes_later_is_to_be_acknowledged_and_looked_at(at: TwoDesks, tip: Tip) -> None:
    done = acknowledged(at, handed(at, tip))
    far = timezone.localdate() + timedelta(days=300)
    Tip.objects.filter(pk=done.made_id).update(due_on=far)
    note = noted(at.first, tip)
    tip.refresh_from_db()
    hand(at, tip, parts_of(at, tip, [note]))
    done.refresh_from_db()
    assert (done.acknowledged_by, done.acknowledged_at) == (None, None)
    assert Tip.objects.get(pk=done.made_id).due_on == timezone.localdate()


def test_nothing_is_stored_in_a_tip_that_it_was_not_sealed_for(at: TwoDesks, tip: Tip) -> None:
    """As of two members who hand on at once, the second of whom knew of no tip there."""
    note = noted(at.first, tip)
    tip.refresh_from_db()
    of_the_second = parts_of(at, tip, [note])
    handed(at, tip)
    tip.refresh_from_db()
    before = stored()
    with pytest.raises(ChangedError):
        hand(at, tip, of_the_second, sealed_for=of_the_second[0].sealed.message)
    assert stored() == before
    done = hand(at, tip, parts_of(at, tip, [note]))
    assert read_by(at.other, done.made) == ["They sleep in the cellar.", "Called the town hall."]


def test_nothing_is_bound_to_another_tip_than_its_first_message(at: TwoDesks, tip: Tip) -> None:
    parts, before = parts_of(at, tip, list(tip.messages.all())), stored()
    with pytest.raises(ChangedError):
        hand(at, tip, parts, sealed_for=uuid4())
    assert stored() == before


def test_it_does_not_go_back_where_it_came_from(at: TwoDesks, tip: Tip) -> None:
    made = handed(at, tip).made
    back = TwoDesks(at.other, at.first)
    parts = parts_of(back, made, list(made.messages.all()))
    with pytest.raises(NoDeskError):
        hand(back, made, parts)


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
    done = hand(at, tip, parts)
    done.refresh_from_db()
    assert (done.made.state, done.outcome, done.outcome_on) == (State.OPEN, "", None)


def test_what_stayed_here_at_first_can_follow(at: TwoDesks, tip: Tip) -> None:
    """A file or a name that was not ticked: the message goes once more, with it."""
    made = handed(at, tip).made
    tip.refresh_from_db()
    hand(at, tip, parts_of(at, tip, list(tip.messages.filter(number=1))))
    assert [one.source_id for one in made.messages.all()] == [tip.pk, tip.pk]
    assert read_by(at.other, made) == ["They sleep in the cellar."] * 2


def test_nothing_is_no_handing_on(at: TwoDesks, tip: Tip) -> None:
    other_tip = a_tip(at.first.key.desk)
    told = list(tip.messages.all())
    cover = parts_of(at, tip, told, cover="A word.")[1:]
    strange = parts_of(at, other_tip, list(other_tip.messages.all()))
    before = stored()
    for parts in ([], cover, strange, [*parts_of(at, tip, told), *parts_of(at, tip, told)]):
        with pytest.raises(NothingToHandError):
            hand(at, tip, parts)
    assert stored() == before


def test_ids_of_messages_are_not_taken_twice(at: TwoDesks, tip: Tip) -> None:
    [part] = parts_of(at, tip, list(tip.messages.all()))
    before = stored()
    taken = Part(replace(part.sealed, message=tip.pk), part.source)
    for parts in ([taken], [part, Part(part.sealed)]):
        with pytest.raises(KnownError):
            hand(at, tip, parts)
    assert stored() == before


def test_it_goes_only_where_somebody_reads(at: TwoDesks, tip: Tip) -> None:
    parts, empty, before = parts_of(at, tip, list(tip.messages.all())), a_desk(), stored()
    for desk in (tip.desk, empty):
        with pytest.raises(NoDeskError):
            hand(at, tip, parts, to=desk)
    Membership.objects.filter(user=at.other.user).delete()
    with pytest.raises(NoDeskError):
        hand(at, tip, parts)
    assert stored() == before


def test_every_member_of_the_other_desk_can_read_it(at: TwoDesks, tip: Tip) -> None:
    parts = parts_of(at, tip, list(tip.messages.all()))
    let_in(at.other, a_member(at.to))
    cut = [Part(replace(one.sealed, keys={pk: key[:-1] for pk, key in one.sealed.keys.items()}), one.source)
           for one in parts_of(at, tip, list(tip.messages.all()))]  # fmt: skip
    before = stored()
    for wrong in (parts, cut):
        with pytest.raises(ReadersChangedError):
            hand(at, tip, wrong)
    assert stored() == before


def test_grounds_are_of_the_list(at: TwoDesks, tip: Tip) -> None:
    parts, before = parts_of(at, tip, list(tip.messages.all())), stored()
    for grounds in (Grounds("", "consent"), Grounds("crime", ""), Grounds("consent", "crime")):
        with pytest.raises(UnknownCodeError):
            hand(at, tip, parts, grounds=grounds)
    assert stored() == before


def test_who_hands_on_and_when(at: TwoDesks, tip: Tip) -> None:
    parts, before = parts_of(at, tip, list(tip.messages.all())), stored()
    for by in (at.other.user, somebody_at(tip.desk)):
        with pytest.raises(PermissionDenied):
            hand(at, tip, parts, by=by)
    with pytest.raises(ChangedError):
        hand(at, tip, parts, version=tip.version + 1)
    assert stored() == before


def test_what_is_closed_is_not_handed_on(at: TwoDesks, tip: Tip) -> None:
    second = a_member(tip.desk)
    let_in(at.first, second)
    parts = parts_of(at, tip, list(tip.messages.all()))
    closed(tip, at.first, second)
    tip.refresh_from_db()
    before = stored()
    with pytest.raises(ClosedError):
        hand(at, tip, parts)
    assert stored() == before


def test_a_desk_that_erased_it_gets_a_new_one(at: TwoDesks, tip: Tip) -> None:
    there = a_member(at.to)
    let_in(at.other, there)
    done = handed(at, tip)
    closed(done.made, at.other, there)
    done.made.refresh_from_db()
    erase(by=at.other.user, tip=done.made, version=done.made.version)
    tip.refresh_from_db()
    told = list(tip.messages.all())
    taken = parts_of(at, tip, told)
    with pytest.raises(KnownError):
        hand(at, tip, [Part(replace(taken[0].sealed, message=done.made_id), tip.pk)], sealed_for=done.made_id)
    again = hand(at, tip, taken)
    assert again.made_id != done.made_id
    assert read_by(at.other, again.made) == ["They sleep in the cellar."]
    done.refresh_from_db()
    assert done.outcome == "police"


def test_handing_on_does_all_or_nothing(at: TwoDesks, tip: Tip) -> None:
    parts = parts_of(at, tip, list(tip.messages.all()), cover="A word.")
    assert_all_or_nothing(lambda: hand(at, tip, parts), stored)
