"""A tip is filed by act, means and purpose, and by when somebody looks again: all of it or nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.prosecution.tips.actions import filing
from palermo.prosecution.tips.actions.filing import FARTHEST, DayError, Filed, UnknownCodeError, file_tip
from palermo.prosecution.tips.actions.writing import ChangedError
from palermo.prosecution.tips.models import Act, Means, Tip, TipElement
from tests.prosecution.tips.desks import Member, a_desk, a_member, a_tip

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return a_member(a_desk())


@pytest.fixture
def tip(member: Member) -> Tip:
    return a_tip(member.key.desk)


def elements(tip: Tip) -> list[tuple[str, str]]:
    return list(tip.elements.values_list("element", "code"))


def test_several_acts_and_means_can_be_true(member: Member, tip: Tip) -> None:
    filed = Filed("soon", "sexual", "CA-QC", acts=["recruited", "harboured"], means=["deception", "threat"])
    file_tip(by=member.user, tip=tip, filed=filed, version=1)
    assert elements(tip) == [
        ("act", "harboured"), ("act", "recruited"), ("means", "deception"), ("means", "threat"),
    ]  # fmt: skip
    again = Filed("soon", "sexual", "CA-QC", acts=["recruited"], means=["payment"])
    file_tip(by=member.user, tip=tip, filed=again, version=2)
    assert elements(tip) == [("act", "recruited"), ("means", "payment")]
    file_tip(by=member.user, tip=tip, filed=Filed(), version=3)
    assert elements(tip) == []
    events = AuditEvent.objects.filter(act="tips.filed")
    assert [event.details for event in events] == [{"desk": tip.desk.code}] * 3


def test_everything_there_is_can_be_chosen_at_once(member: Member, tip: Tip) -> None:
    file_tip(by=member.user, tip=tip, filed=Filed(acts=Act.values, means=Means.values), version=1)
    assert len(elements(tip)) == len(Act) + len(Means)


@pytest.mark.parametrize(
    "filed",
    [
        Filed("now", acts=["recruited", "threat"]),
        Filed("now", means=["threat", "recruited"]),
        Filed("now", acts=[""]),
        Filed("x", acts=["recruited"]),
    ],
)
def test_an_unknown_code_is_refused_with_all_that_came_with_it(member: Member, tip: Tip, filed: Filed) -> None:
    file_tip(by=member.user, tip=tip, filed=Filed("later", acts=["received"]), version=1)
    with pytest.raises(UnknownCodeError):
        file_tip(by=member.user, tip=tip, filed=filed, version=2)
    tip.refresh_from_db()
    assert (tip.urgency, tip.version, elements(tip)) == ("later", 2, [("act", "received")])


def test_the_database_itself_knows_no_other_act_or_means(tip: Tip) -> None:
    for element, code in (("act", "threat"), ("means", "recruited"), ("purpose", "sexual")):
        with pytest.raises(IntegrityError), transaction.atomic():
            TipElement.objects.create(tip=tip, element=element, code=code)


def test_the_day_to_look_again_lies_between_today_and_two_years_ahead(member: Member, tip: Tip) -> None:
    today = timezone.localdate()
    version = 1
    for day in (today, today + FARTHEST):
        assert file_tip(by=member.user, tip=tip, filed=Filed(due_on=day), version=version).due_on == day
        version += 1
    for wrong in (today - timedelta(days=1), today + FARTHEST + timedelta(days=1), date.min, date.max):
        with pytest.raises(DayError):
            file_tip(by=member.user, tip=tip, filed=Filed(due_on=wrong), version=version)
    assert file_tip(by=member.user, tip=tip, filed=Filed(), version=version).due_on is None


def test_a_day_that_has_come_stays_where_only_something_else_is_filed(member: Member, tip: Tip) -> None:
    past = timezone.localdate() - timedelta(days=3)
    Tip.objects.filter(pk=tip.pk).update(due_on=past)
    assert file_tip(by=member.user, tip=tip, filed=Filed("now", due_on=past), version=1).due_on == past


def test_nothing_is_filed_where_the_trail_cannot_be_written(
    member: Member, tip: Tip, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_said: object) -> None:
        raise OSError("no trail")

    monkeypatch.setattr(filing, "record", fails)
    with pytest.raises(OSError, match="no trail"):
        file_tip(by=member.user, tip=tip, filed=Filed("now", acts=["recruited"]), version=1)
    tip.refresh_from_db()
    assert (tip.urgency, tip.version, elements(tip)) == ("", 1, [])


def test_what_changed_meanwhile_is_looked_at_first(member: Member, tip: Tip) -> None:
    file_tip(by=member.user, tip=tip, filed=Filed(acts=["received"]), version=1)
    with pytest.raises(ChangedError):
        file_tip(by=member.user, tip=tip, filed=Filed(acts=["recruited"]), version=1)
    assert elements(tip) == [("act", "received")]
