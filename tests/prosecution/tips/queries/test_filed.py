"""Which tip somebody means by what people call it, and which tell of the same event."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from palermo.foundation.pagination import page_of
from palermo.prosecution.tips.actions.filing import Filed, file_tip
from palermo.prosecution.tips.actions.linking import link
from palermo.prosecution.tips.models import Desk, Tip
from palermo.prosecution.tips.queries import desk as queries
from palermo.prosecution.tips.queries.filed import NoTipError, called, elements_of, same_event
from tests.factories import UserFactory, coordinator_of
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip

pytestmark = pytest.mark.django_db


def in_one_event(member: Member, count: int) -> list[Tip]:
    tips = [a_tip(member.key.desk) for _each in range(count)]
    for other in tips[1:]:
        link(
            by=member.user,
            tip=Tip.objects.get(pk=tips[0].pk),
            other=other,
            version=Tip.objects.get(pk=tips[0].pk).version,
        )
    return [Tip.objects.select_related("desk").get(pk=one.pk) for one in tips]


def test_a_tip_is_found_by_its_code_however_it_is_written() -> None:
    desk = a_desk()
    member, tip = a_member(desk), a_tip(desk)
    digits = tip.pk.hex
    for written in (tip.code, digits[:8], f"  {digits[:4]}\u00a0{digits[4:8].upper()}\n", str(tip.pk), digits[:13]):
        assert called(member.user, desk, written) == tip
    for wrong in ("", digits[:7], f"{digits[:8]}g", f"{digits}0", "-" * 8):
        with pytest.raises(NoTipError):
            called(member.user, desk, wrong)


def test_nobody_else_finds_out_anything() -> None:
    member = a_member(a_desk())
    desk: Desk = member.key.desk
    tip, _other = in_one_event(member, 2)
    file_tip(by=member.user, tip=tip, filed=Filed(acts=["received"]), version=tip.version)
    assert elements_of(member.user, tip) == {"act": ["received"]}
    elsewhere = a_member(a_desk())
    for viewer in (AnonymousUser(), UserFactory.create(), coordinator_of(desk.organisation), elsewhere.user):
        assert not elements_of(viewer, tip)
        assert same_event(viewer, tip) == []
        with pytest.raises(NoTipError):
            called(viewer, desk, tip.code)
    with pytest.raises(NoTipError):
        called(elsewhere.user, elsewhere.key.desk, tip.code)


def test_the_queue_tells_how_many_are_of_one_event_at_the_same_cost() -> None:
    member = a_member(a_desk())
    alone = a_tip(member.key.desk)
    costs = []
    for count in (2, 9):
        linked = in_one_event(member, count)
        with CaptureQueriesContext(connection) as asked:
            page = page_of(queries.queue(member.user, member.key.desk), 1)
        rows = {one.pk: vars(one)["of_event"] for one in page.items}
        assert {rows[one.pk] for one in linked} == {count}
        costs.append(len(asked))
    assert rows[alone.pk] is None
    assert costs[0] == costs[1]
