"""Filing and closing on the page of a tip: by forms alone, for members of its desk."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from palermo.prosecution.tips.models import State, Tip
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip, let_in, somebody_at, window_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_the_desk() -> tuple[Member, Member, Tip]:
    desk = a_desk()
    first, second = a_member(desk), a_member(desk)
    let_in(first, second)
    return first, second, a_tip(desk)


def told(client: Client, tip: Tip, **said: str) -> str:
    """What the page says after one of its forms was sent, with the version that it was made from."""
    tip.refresh_from_db()
    name = "tips_end" if "do" in said else "tips_file"
    answer = client.post(reverse(name, args=[tip.pk]), {"version": str(tip.version), **said}, follow=True)
    assert answer.status_code in (200, 409, 422)
    return answer.content.decode()


def test_a_tip_is_filed_closed_by_two_and_erased(at_the_desk: tuple[Member, Member, Tip]) -> None:
    first, second, tip = at_the_desk
    one, other = window_of(first.user), window_of(second.user)
    page = told(one, tip, urgency="now", form="labour", place="CA-NS")
    assert "Filed." in page
    for words in ("somebody is in danger now", "forced labour or services", "Nova Scotia"):
        assert f"<dd>{words}</dd>" in page
        assert words in one.get(reverse("tips")).content.decode() or words == "Nova Scotia"
    page = told(one, tip, do="propose", outcome="help")
    assert 'value="close"' not in page
    page = other.get(reverse("tips_one", args=[tip.pk])).content.decode()
    assert 'value="close"' in page
    page = told(other, tip, do="close")
    assert "people were led to help" in page
    assert "I know that nobody can bring it back" in page
    assert "Choose one of the list, and tick the box" in told(other, tip, do="erase")
    page = told(other, tip, do="erase", is_sure="1")
    assert "Erased. Nobody can read it any more." in page
    assert 'name="do"' not in page
    tip.refresh_from_db()
    assert tip.state == State.ERASED


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"do": "close"}, "with a tip that is closed or erased"),
        ({"do": "propose", "outcome": "x"}, "Choose one of the list"),
        ({"do": "nothing"}, "Choose one of the list"),
        ({"do": "erase", "is_sure": "1"}, "Only a tip that was closed can be erased."),
        ({"do": "propose", "outcome": "help", "version": "99"}, "Somebody changed this tip meanwhile."),
        ({"do": "propose", "outcome": "help", "version": "x"}, "Somebody changed this tip meanwhile."),
        ({"urgency": "x"}, "Choose one of the list"),
        ({"urgency": "now", "version": ""}, "Somebody changed this tip meanwhile."),
    ],
)
def test_what_cannot_be_done_is_said(at_the_desk: tuple[Member, Member, Tip], said: dict[str, str], words: str) -> None:
    first, _second, tip = at_the_desk
    assert words in told(window_of(first.user), tip, **said)
    tip.refresh_from_db()
    assert (tip.state, tip.version) == (State.NEW, 1)


def test_only_members_of_the_desk_come_here(at_the_desk: tuple[Member, Member, Tip]) -> None:
    _first, _second, tip = at_the_desk
    for name in ("tips_file", "tips_end"):
        address = reverse(name, args=[tip.pk])
        assert window_of(a_member(a_desk()).user).post(address).status_code == 404
        assert Client().post(address).status_code == 302
        assert window_of(somebody_at(tip.desk)).get(address).status_code == 405
    waiting = window_of(somebody_at(tip.desk))
    assert "Only a member whose key is confirmed" in told(waiting, tip, urgency="now")
    assert "Only a member whose key is confirmed" in told(waiting, tip, do="propose", outcome="help")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(_first.user)
    assert strict.post(reverse("tips_end", args=[tip.pk]), {"do": "propose"}).status_code == 403
