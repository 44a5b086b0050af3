"""The figures of tips: the same as a plain loop counts, for those who may know them, and for the rest protected."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from palermo.figures import measures
from palermo.figures.measures import MeasureSpan
from palermo.figures.releases.actions.deciding import approve, submit
from palermo.figures.releases.actions.preparing import begin_release, choose_tables
from palermo.figures.releases.actions.protecting import protect
from palermo.figures.releases.models import Release
from palermo.figures.releases.vocabulary import Source
from palermo.figures.releases.vocabulary import State as Standing
from palermo.foundation.jurisdictions import jurisdictions
from palermo.people.models import Role, User
from palermo.people.policies import Viewer
from palermo.prosecution.tips.models import Channel, Desk, Form, Outcome, Slot, State, Tip
from tests.factories import MembershipFactory, UserFactory, coordinator_of
from tests.figures.releases.making import ABOUT, Team, team, wanted
from tests.figures.releases.test_way import cells as shown_cells
from tests.prosecution.tips.desks import a_desk, a_member, a_tip, somebody_at, window_of

pytestmark = pytest.mark.django_db
EVER = MeasureSpan(date.min, date.max)
NAMES = ("month", "channel", "form", "place", "outcome")
HERE = ZoneInfo("America/Toronto")
YEAR = MeasureSpan(date(2024, 1, 1), date(2024, 12, 31))


def kept(desk: Desk, hour: datetime, **more: object) -> Tip:
    """A tip with nothing in it, that came in some hour."""
    closed = more.get("state") in (State.CLOSED, State.ERASED)
    people = User.objects.order_by("pk")
    by = {"closing_by": people[0], "closed_by": people[1]} if closed else {}
    if more.get("outcome") and not closed:
        by = {"closing_by": people[0]}
    return Tip.objects.create(
        id=UUID(int=random.getrandbits(128)),
        desk=desk,
        language="en",
        hour=hour,
        slot=None if more.get("state") == State.ERASED else Slot.objects.create(),
        **{"channel": "browser", "closed_on": date(2025, 1, 1) if closed else None, **by, **more},
    )


def many(desk: Desk, count: int, seed: int) -> None:
    """Tips of every kind, at hours all over the year and at the edges of its months."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    provinces = [one.code for one in jurisdictions().values() if one.kind in ("province", "territory")]
    for _each in range(count):
        state = chance.choice(list(State.values))
        ended = state in (State.CLOSED, State.ERASED)
        edge = datetime(2024, chance.randint(1, 12), 1, 5, tzinfo=UTC) + timedelta(hours=chance.randint(-6, 6))
        kept(
            desk,
            chance.choice([edge, edge + timedelta(days=chance.randint(-40, 400))]),
            channel=chance.choice(Channel.values),
            form=chance.choice(["", *Form.values[:3]]),
            place=chance.choice(["", *provinces[:3]]),
            state=state,
            outcome=chance.choice(Outcome.values) if ended or chance.random() < 0.2 else "",
        )


def naive(viewer_desks: list[Desk], span: MeasureSpan) -> Iterator[tuple[str, ...]]:
    """The kind of each tip that is to be counted, by a loop over all there are."""
    for tip in Tip.objects.all():
        day = tip.hour.astimezone(HERE).date()
        if tip.desk not in viewer_desks or tip.channel == "handed" or not span.starts_on <= day <= span.ends_on:
            continue
        outcome = tip.outcome if tip.state in ("closed", "erased") else "open"
        yield f"{day.year}-{day.month:02}", tip.channel, tip.form or "none", tip.place or "none", outcome


def with_totals(kinds: Iterator[tuple[str, ...]]) -> dict[frozenset[tuple[str, str]], int]:
    counts: Counter[frozenset[tuple[str, str]]] = Counter()
    for kind in kinds:
        codes = list(zip(NAMES, kind, strict=True))
        for size in range(len(codes) + 1):
            counts.update(frozenset(some) for some in combinations(codes, size))
    return dict(counts)


def counted(viewer: Viewer, span: MeasureSpan = EVER) -> dict[frozenset[tuple[str, str]], int]:
    found = {frozenset(cell.codes.items()): int(cell.value) for cell in measures.one("tips").count(viewer, span)}
    return {codes: value for codes, value in found.items() if value}


@pytest.mark.parametrize("seed", range(3))
def test_tips_are_counted_as_a_plain_loop_counts_them(seed: int) -> None:
    desk, other = a_desk(), a_desk()
    member, _second = somebody_at(desk), somebody_at(desk)
    for one in (desk, other):
        many(one, 60, seed)
    spans = (
        EVER,
        YEAR,
        MeasureSpan(date(2024, 3, 15), date(2024, 7, 1)),
        MeasureSpan(date(2024, 5, 1), date(2024, 5, 1)),
    )
    for span in spans:
        assert counted(member, span) == with_totals(naive([desk], span))
    both = MembershipFactory.create(user=member, organisation=other.organisation, role=Role.COORDINATOR).user
    assert counted(both) == with_totals(naive([desk, other], EVER))
    with CaptureQueriesContext(connection) as asked:
        counted(member, YEAR)
    assert len(asked) == 1


def test_every_cell_has_codes_that_the_lists_have() -> None:
    desk = a_desk()
    member, _second = somebody_at(desk), somebody_at(desk)
    many(desk, 80, 4)
    lists = {each.code: {code for code, _words in each.codes()} for each in measures.one("tips").dimensions}
    assert lists.keys() == set(NAMES)
    for codes in counted(member):
        assert all(code in lists[name] for name, code in codes)
    month = measures.one("tips").dimensions[0]
    assert [code for code, _words in month.codes_of(MeasureSpan(date(2024, 2, 29), date(2024, 4, 1)))] == [
        "2024-02", "2024-03", "2024-04",
    ]  # fmt: skip
    today = timezone.localdate()
    assert month.codes()[-1][0] == f"{today:%Y-%m}"
    assert [code for code, _words in month.codes_of(MeasureSpan(today, date.max))] == [f"{today:%Y-%m}"]


def test_an_hour_belongs_to_the_month_that_it_was_here() -> None:
    desk = a_desk()
    member = somebody_at(desk)
    kept(desk, datetime(2024, 7, 1, 3, tzinfo=UTC))
    kept(desk, datetime(2024, 7, 1, 4, tzinfo=UTC))
    kept(desk, datetime(2024, 12, 1, 4, tzinfo=UTC))
    kept(desk, datetime(2024, 12, 1, 5, tzinfo=UTC))
    months = {month: counted(member).get(frozenset({("month", month)})) for month in ("2024-06", "2024-07", "2024-11")}
    assert months == {"2024-06": 1, "2024-07": 1, "2024-11": 1}


def test_only_members_and_those_who_coordinate_for_the_organization_count_them() -> None:
    desk = a_desk()
    member = a_member(desk).user
    for one in (desk, a_member(a_desk()).key.desk):
        a_tip(one)
    for reader in (member, coordinator_of(desk.organisation)):
        assert counted(reader)[frozenset()] == 1
    others = [role for role in Role if role not in (Role.DESK_MEMBER, Role.COORDINATOR)]
    people = [MembershipFactory.create(organisation=desk.organisation, role=role).user for role in others]
    left = MembershipFactory.create(
        organisation=desk.organisation, role=Role.DESK_MEMBER, to_date=timezone.localdate() - timedelta(days=1)
    )
    assert counted(AnonymousUser()) == {}
    for stranger in (UserFactory.create(), left.user, *people):
        assert counted(stranger) == {}


def test_a_handed_on_copy_and_an_erased_tip() -> None:
    """What is handed on counts where it came first; what is erased counts on, and what was not trafficking, too."""
    desk, police = a_desk(), a_desk()
    member, officer = somebody_at(desk), somebody_at(police)
    hour = datetime(2024, 6, 1, 12, tzinfo=UTC)
    kept(desk, hour)
    kept(police, hour, channel="handed")
    kept(desk, hour, state=State.ERASED, outcome="other", form="labour")
    assert counted(member)[frozenset()] == 2
    assert counted(member)[frozenset({("outcome", "other"), ("form", "labour")})] == 1
    assert counted(officer) == {}


def test_members_find_the_page_and_the_public_does_not() -> None:
    desk = a_desk()
    member = a_member(desk).user
    a_tip(desk)
    address = reverse("measure", args=["tips"])
    window = window_of(member)
    assert address in window.get(reverse("tips")).text
    page = window.get(address).text
    assert "Tips that came" in page
    assert "It is not public." in page
    assert f"{timezone.localdate():%B %Y}" in page
    assert window_of(UserFactory.create()).get(address).status_code == 404
    assert address not in window_of(UserFactory.create()).get(reverse("measures")).text


def of_tips(who: Team, by: User, *tables: tuple[str, ...]) -> Release:
    about = replace(ABOUT, title_en="Tips", counts="tip", covers_from=YEAR.starts_on, covers_to=YEAR.ends_on)
    release = begin_release(
        population=who.population, rule_set=who.rules, source=Source.MEASURE, source_code="tips", about=about, by=by
    )
    release = choose_tables(release=release, version=release.version, tables=[wanted(*one) for one in tables], by=by)
    return protect(release=release, version=release.version, by=by)


def told_of(desk: Desk) -> dict[tuple[str, str], int]:
    """Twelve tips of labour in June, two in July, nine of sexual exploitation in June and eight in July."""
    numbers = {("2024-06", "labour"): 12, ("2024-07", "labour"): 2, ("2024-06", "sexual"): 9, ("2024-07", "sexual"): 8}
    for (month, form), number in numbers.items():
        for _each in range(number):
            kept(desk, datetime.fromisoformat(f"{month}-10T12:00:00+00:00"), form=form)
    return numbers


def test_the_public_gets_them_suppressed_and_approved_by_a_second_person() -> None:
    desk = a_desk()
    who, coordinator = team(desk.organisation), coordinator_of(desk.organisation)
    numbers = told_of(desk)
    release = of_tips(who, coordinator, ("month", "form"))
    assert release.state == Standing.PROTECTED, release.problems
    release = submit(release=release, version=release.version, by=coordinator)
    release = approve(release=release, version=release.version, by=who.second)
    shown = shown_cells(release.tables.get())
    assert shown["2024-07", "labour"] is None
    assert list(shown.values()).count(None) > 1
    assert all(shown[key] in (number, None) for key, number in numbers.items())
    assert {month for month, _form in shown} == {"_T", *(f"2024-{month:02}" for month in range(6, 13))}
    page = window_of(UserFactory.create()).get(reverse("release", args=[release.identifier])).text
    assert '<th scope="row">June 2024</th><td class="count">21</td>' in page
    assert '<td class="count">2</td>' not in page


def test_they_can_be_rounded_instead() -> None:
    desk = a_desk()
    who = team(desk.organisation, method="round", base=5)
    told_of(desk)
    release = of_tips(who, coordinator_of(desk.organisation), ("month", "form"))
    assert release.state == Standing.PROTECTED, release.problems
    shown = shown_cells(release.tables.get())
    assert all(value is not None and value % 5 == 0 for value in shown.values())
    assert sum(shown[month, "labour"] or 0 for month in ("2024-06", "2024-07")) == shown["_T", "labour"]


def test_an_analyst_who_may_not_count_them_makes_no_empty_table_of_them() -> None:
    desk = a_desk()
    who = team(desk.organisation)
    told_of(desk)
    assert of_tips(who, who.analyst, ("form",)).problems == [[0, 0, "not_by_these"]]
