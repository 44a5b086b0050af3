"""Linking on the page of a tip, by the code of the other one."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from palermo.prosecution.tips.models import Slot, Tip
from tests.factories import UserFactory, coordinator_of
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip, noted, somebody_at, window_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return a_member(a_desk())


@pytest.fixture
def two(member: Member) -> tuple[Tip, Tip]:
    return a_tip(member.key.desk), a_tip(member.key.desk)


def sent(client: Client, tip: Tip, **said: str) -> tuple[int, str]:
    """What is answered to the form of linking, from the version of the tip as it is now."""
    tip.refresh_from_db()
    answer = client.post(reverse("tips_link", args=[tip.pk]), {"version": str(tip.version), **said}, follow=True)
    return answer.status_code, answer.content.decode()


def test_tips_of_one_event_are_linked_and_taken_out_again(member: Member, two: tuple[Tip, Tip]) -> None:
    tip, other = two
    window = window_of(member.user)
    status, page = sent(window, tip, do="link", other=f" {other.code.lower()} ")
    assert (status, "Linked." in page) == (200, True)
    assert f'<a class="code" href="{reverse("tips_one", args=[other.pk])}">{other.code}</a>' in page
    back = window.get(reverse("tips_one", args=[other.pk])).content.decode()
    assert f'<a class="code" href="{reverse("tips_one", args=[tip.pk])}">{tip.code}</a>' in back
    assert window.get(reverse("tips")).content.decode().count("one of 2 of the same event") == 2
    status, page = sent(window, other, do="unlink")
    assert (status, "Taken out." in page) == (200, True)
    assert tip.code not in page
    assert "of the same event<" not in window.get(reverse("tips")).content.decode()
    assert "This tip is linked with no other one." in sent(window, other, do="unlink")[1]


@pytest.mark.parametrize("written", ["", "3F2A", "3F2A 91BX", "' OR 1=1", "0" * 40, "３Ｆ２Ａ ９１ＢＣ", "x" * 81])
def test_what_is_no_code_is_refused_and_stays_in_the_form(member: Member, two: tuple[Tip, Tip], written: str) -> None:
    status, page = sent(window_of(member.user), two[0], do="link", other=written)
    assert status == 422
    assert 'id="link-other_error"' in page
    assert "<details open>" in page
    assert not written or escape(written) in page


def test_every_refusal_says_what_it_is(member: Member, two: tuple[Tip, Tip]) -> None:
    tip, other = two
    window, elsewhere = window_of(member.user), a_tip(a_member(a_desk()).key.desk)
    assert "No tip of this desk has this code." in sent(window, tip, do="link", other=elsewhere.code)[1]
    assert "This is the code of this tip." in sent(window, tip, do="link", other=tip.code)[1]
    sent(window, tip, do="link", other=other.code)
    assert "These two are linked already." in sent(window, tip, do="link", other=other.code)[1]


def test_more_of_the_number_tells_two_apart_that_are_called_the_same(member: Member) -> None:
    desk, tip = member.key.desk, a_tip(member.key.desk)
    twins = [UUID(f"abcdef12-{each}000-4000-8000-000000000000") for each in "12"]
    for twin in twins:
        Tip.objects.create(
            id=twin, desk=desk, channel="browser", language="en", hour=tip.hour, slot=Slot.objects.create()
        )
    window = window_of(member.user)
    status, page = sent(window, tip, do="link", other="ABCD EF12")
    assert (status, "Several tips of this desk have this code." in page) == (422, True)
    status, page = sent(window, tip, do="link", other=str(twins[1]))
    assert (status, "Linked." in page) == (200, True)
    tip.refresh_from_db()
    assert tip.occurrence is not None
    assert list(tip.occurrence.tips.exclude(pk=tip.pk).values_list("pk", flat=True)) == [twins[1]]


def test_who_saw_an_older_one_looks_again_and_loses_nothing(member: Member, two: tuple[Tip, Tip]) -> None:
    tip, other = two
    noted(member, tip)
    said = {"version": "1", "do": "link", "other": other.code}
    answer = window_of(member.user).post(reverse("tips_link", args=[tip.pk]), said)
    assert answer.status_code == 409
    assert "Somebody changed this tip meanwhile." in answer.text
    assert f'value="{other.code}"' in answer.text


def test_only_members_of_the_desk_with_a_confirmed_key_link(member: Member, two: tuple[Tip, Tip]) -> None:
    tip, other = two
    address = reverse("tips_link", args=[tip.pk])
    said = {"do": "link", "other": other.code}
    assert Client().post(address, said).status_code == 302
    for user in (UserFactory.create(), coordinator_of(tip.desk.organisation)):
        assert window_of(user).post(address, said).status_code == 403
    assert window_of(a_member(a_desk()).user).post(address, said).status_code == 404
    assert window_of(member.user).get(address).status_code == 405
    for do in ("link", "unlink"):
        page = sent(window_of(somebody_at(tip.desk)), tip, do=do, other=other.code)[1]
        assert "Only a member whose key is confirmed" in page or "linked with no other one" in page
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member.user)
    assert strict.post(address, said).status_code == 403
    assert not Tip.objects.filter(occurrence__isnull=False).exists()
