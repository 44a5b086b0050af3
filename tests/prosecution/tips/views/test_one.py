"""The page of a tip with its forms: what it is filed under stands there, and nothing chosen is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from palermo.foundation.days import long_date
from palermo.prosecution.tips.models import State, Tip
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip, noted, window_of

pytestmark = pytest.mark.django_db
Said = dict[str, str | list[str]]


@pytest.fixture
def member() -> Member:
    return a_member(a_desk())


@pytest.fixture
def tip(member: Member) -> Tip:
    return a_tip(member.key.desk)


def sent(client: Client, tip: Tip, **said: str | list[str]) -> tuple[int, str]:
    """What is answered to the filing form, from the version of the tip as it is held here."""
    answer = client.post(reverse("tips_file", args=[tip.pk]), {"version": str(tip.version), **said}, follow=True)
    return answer.status_code, answer.content.decode()


def checked(page: str) -> list[str]:
    """The boxes that are ticked."""
    boxes = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", page)
    return [re.findall(r'value="([a-z]+)"', one)[0] for one in boxes if "checked" in one]


def test_what_a_tip_is_filed_under_stands_on_its_page(member: Member, tip: Tip) -> None:
    day = timezone.localdate() + timedelta(days=40)
    window = window_of(member.user)
    said: Said = {"form": "labour", "acts": ["recruited", "controlled"], "means": ["coercion"], "due_on": f"{day}"}
    status, page = sent(window, tip, **said)
    assert (status, "Filed." in page) == (200, True)
    for words in ("forced labour or services", "they are recruited", "where they go is controlled"):
        assert f"<dd>{words}</dd>" in page
    assert "<dd>other coercion, such as debts or papers taken away</dd>" in page
    assert long_date(day, "en-CA") in page or f'datetime="{day}"' in page
    assert checked(page) == ["recruited", "controlled", "coercion"]
    assert f'value="{day}"' in page
    assert "<details>" in page
    assert "none is needed for it to be trafficking" in page


def test_it_is_in_french_as_well(member: Member, tip: Tip) -> None:
    sent(window_of(member.user), tip, acts=["recruited"], means=["threat"])
    with override("fr"):
        page = window_of(member.user).get(reverse("tips_one", args=[tip.pk])).content.decode()
    assert "<dd>recrutement</dd>" in page
    assert "<dd>menaces</dd>" in page
    assert "moins de 18 ans" in page


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2030-02-30", "This is no day."),
        ("tomorrow", "This is no day."),
        ("01/02/2030", "This is no day."),
        ("2020-01-31", "Choose a day from today on, and no more than two years ahead."),
        ("2999-01-31", "Choose a day from today on, and no more than two years ahead."),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused_and_nothing_else_is_lost(
    member: Member, tip: Tip, day: str, words: str
) -> None:
    status, page = sent(window_of(member.user), tip, urgency="soon", acts=["harboured"], means=["fraud"], due_on=day)
    assert status == 422
    assert words in page
    assert "<details open>" in page
    assert checked(page) == ["harboured", "fraud"]
    assert '<option value="soon" selected>' in page
    assert f'value="{day}"' in page
    tip.refresh_from_db()
    assert (tip.version, tip.urgency, tip.elements.count()) == (1, "", 0)


@pytest.mark.parametrize("said", [{"acts": ["x"]}, {"means": ["recruited"]}, {"urgency": "x"}, {"place": "CA"}])
def test_what_stands_in_no_list_is_refused_whole(member: Member, tip: Tip, said: Said) -> None:
    status, page = sent(window_of(member.user), tip, **{"form": "labour", **said})
    assert (status, "Choose one of the list." in page) == (422, True)
    tip.refresh_from_db()
    assert (tip.form, tip.elements.count()) == ("", 0)


def test_who_saw_an_older_one_is_told_before_anything_else_and_loses_nothing(member: Member, tip: Tip) -> None:
    window, seen = window_of(member.user), Tip.objects.get(pk=tip.pk)
    noted(member, tip)
    status, page = sent(window, seen, urgency="now", acts=["received"], due_on="never")
    assert (status, "Somebody changed this tip meanwhile." in page) == (409, True)
    assert checked(page) == ["received"]
    assert 'name="version" value="2"' in page
    assert "<dd>somebody is in danger now</dd>" not in page
    status, page = sent(window, Tip.objects.get(pk=tip.pk), urgency="now", acts=["received"])
    assert (status, "<dd>somebody is in danger now</dd>" in page) == (200, True)


def test_a_closed_tip_is_filed_no_more(member: Member, tip: Tip) -> None:
    other = a_member(member.key.desk)
    Tip.objects.filter(pk=tip.pk).update(
        state=State.CLOSED, outcome="help", closing_by=member.user, closed_by=other.user, closed_on=timezone.localdate()
    )
    status, page = sent(window_of(member.user), tip, urgency="now")
    assert (status, "Open it again first." in page) == (200, True)
    assert "File it" not in page
