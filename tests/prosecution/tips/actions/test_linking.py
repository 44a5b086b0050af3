"""Tips of one event are linked and taken out, two events become one, and an event of one tip is none."""

from __future__ import annotations

import random

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.prosecution.tips.actions import linking
from palermo.prosecution.tips.actions.closing import close, propose_closing
from palermo.prosecution.tips.actions.erasing import erase
from palermo.prosecution.tips.actions.linking import LinkError, link, unlink
from palermo.prosecution.tips.actions.writing import ChangedError
from palermo.prosecution.tips.models import Occurrence, State, Tip
from palermo.prosecution.tips.queries.filed import same_event
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip, let_in, noted, somebody_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return a_member(a_desk())


def now(tip: Tip) -> Tip:
    return Tip.objects.select_related("desk").get(pk=tip.pk)


def linked(member: Member, tip: Tip, other: Tip) -> Tip:
    return link(by=member.user, tip=tip, other=other, version=now(tip).version)


def taken_out(member: Member, tip: Tip) -> Tip:
    return unlink(by=member.user, tip=tip, version=now(tip).version)


def events(tips: list[Tip]) -> list[set[int]]:
    """Which of some tips tell of the same event, by their place among them; and that no event has fewer than two."""
    places = {tip.pk: place for place, tip in enumerate(tips)}
    found = [{places[pk] for pk in one.tips.values_list("pk", flat=True)} for one in Occurrence.objects.all()]
    assert all(len(one) > 1 for one in found)
    return sorted(found, key=min)


def test_links_join_what_there_is(member: Member) -> None:
    tips = [a_tip(member.key.desk) for _each in range(6)]
    linked(member, tips[0], tips[1])
    assert events(tips) == [{0, 1}]
    linked(member, tips[2], tips[0])
    linked(member, tips[1], tips[3])
    assert events(tips) == [{0, 1, 2, 3}]
    linked(member, tips[4], tips[5])
    linked(member, tips[4], tips[3])
    assert events(tips) == [{0, 1, 2, 3, 4, 5}]
    assert {one.pk for one in same_event(member.user, now(tips[0]))} == {one.pk for one in tips[1:]}
    assert {one.desk_id for one in Occurrence.objects.all()} == {member.key.desk_id}


def test_taking_out_leaves_the_others_until_one_is_left(member: Member) -> None:
    tips = [a_tip(member.key.desk) for _each in range(3)]
    linked(member, tips[0], tips[1])
    linked(member, tips[1], tips[2])
    taken_out(member, tips[0])
    assert events(tips) == [{1, 2}]
    taken_out(member, tips[2])
    assert events(tips) == []
    assert not Tip.objects.filter(occurrence__isnull=False).exists()
    acts = AuditEvent.objects.filter(act__in=["tips.linked", "tips.unlinked"]).order_by("number")
    desk = member.key.desk.code
    assert [(one.act, one.about_id, one.details) for one in acts] == [
        ("tips.linked", str(tips[0].pk), {"desk": desk, "other": str(tips[1].pk)}),
        ("tips.linked", str(tips[1].pk), {"desk": desk, "other": str(tips[2].pk)}),
        ("tips.unlinked", str(tips[0].pk), {"desk": desk}),
        ("tips.unlinked", str(tips[2].pk), {"desk": desk}),
    ]


def test_many_links_are_as_a_plain_book_of_sets_has_them(member: Member) -> None:
    chance = random.Random(17)  # noqa: S311 - which tips are linked is no secret
    tips = [a_tip(member.key.desk) for _each in range(8)]
    book: list[set[int]] = [{place} for place in range(8)]
    for _each in range(60):
        one, other = chance.sample(range(8), 2)
        mine, others = (next(group for group in book if place in group) for place in (one, other))
        if chance.random() < 0.6:
            if mine is not others:
                linked(member, tips[one], tips[other])
                mine |= others
                book = [group for group in book if group is not others]
        elif len(mine) > 1:
            taken_out(member, tips[one])
            mine -= {one}
            book.append({one})
        assert events(tips) == sorted((group for group in book if len(group) > 1), key=min)


def test_what_cannot_be_linked_is_refused(member: Member) -> None:
    tip, other, elsewhere = a_tip(member.key.desk), a_tip(member.key.desk), a_tip(a_member(a_desk()).key.desk)
    for second, code in ((tip, "itself"), (elsewhere, "elsewhere")):
        with pytest.raises(LinkError) as refused:
            linked(member, tip, second)
        assert refused.value.code == code
    with pytest.raises(LinkError) as alone:
        taken_out(member, tip)
    assert alone.value.code == "alone"
    linked(member, tip, other)
    with pytest.raises(LinkError) as together:
        linked(member, other, tip)
    assert together.value.code == "together"


def test_what_is_erased_stays_linked_and_is_linked_no_further() -> None:
    desk = a_desk()
    first, second = a_member(desk), a_member(desk)
    let_in(first, second)
    tips = [a_tip(desk) for _each in range(3)]
    linked(first, tips[0], tips[1])
    propose_closing(by=first.user, tip=tips[0], outcome="known", version=now(tips[0]).version)
    close(by=second.user, tip=tips[0], version=now(tips[0]).version)
    linked(first, tips[0], tips[2])
    erase(by=first.user, tip=tips[0], version=now(tips[0]).version)
    assert now(tips[0]).state == State.ERASED
    assert events(tips) == [{0, 1, 2}]
    more = a_tip(desk)
    for one, other in ((tips[0], more), (more, tips[0])):
        with pytest.raises(LinkError) as refused:
            linked(first, one, other)
        assert refused.value.code == "erased"
    taken_out(first, tips[0])
    assert events([*tips, more]) == [{1, 2}]


def test_whoever_has_no_confirmed_key_at_the_desk_links_nothing(member: Member) -> None:
    tip, other = a_tip(member.key.desk), a_tip(member.key.desk)
    for user in (a_member(a_desk()).user, a_member(member.key.desk).user, somebody_at(member.key.desk)):
        with pytest.raises(PermissionDenied):
            link(by=user, tip=tip, other=other, version=1)
        with pytest.raises(PermissionDenied):
            unlink(by=user, tip=tip, version=1)
    assert events([tip, other]) == []


def test_what_changed_meanwhile_is_looked_at_first(member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    tip, other, third = (a_tip(member.key.desk) for _each in range(3))
    noted(member, tip)
    with pytest.raises(ChangedError):
        link(by=member.user, tip=tip, other=other, version=1)
    held = Occurrence.objects.select_for_update

    def beaten() -> object:
        """Somebody else links the other one before this one holds it."""
        monkeypatch.undo()
        linked(member, other, third)
        return held()

    monkeypatch.setattr(Occurrence.objects, "select_for_update", beaten)
    with pytest.raises(ChangedError):
        linked(member, tip, other)
    # What was done in between was within this test's one transaction, and is undone with the act that failed.
    assert events([tip, other, third]) == []


def test_nothing_is_linked_where_the_trail_cannot_be_written(member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    tip, other = a_tip(member.key.desk), a_tip(member.key.desk)

    def fails(**_said: object) -> None:
        raise OSError("no trail")

    monkeypatch.setattr(linking, "record", fails)
    with pytest.raises(OSError, match="no trail"):
        linked(member, tip, other)
    assert events([tip, other]) == []
    assert now(tip).version == 1
