"""Series are linked to what they show by the plan's coordinators alone, once, and the trail keeps it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from palermo.audit.models import AuditEvent
from palermo.figures.series.models import Series
from palermo.figures.series.serving import served_by
from palermo.people.models import User
from palermo.plan.indicators.actions.link import AlreadyLinkedError, NotLinkedError, link_series, unlink_series
from palermo.plan.indicators.models import Indicator
from palermo.plan.indicators.queries import indicators_of
from palermo.plan.register.models import Deliverable, Section
from tests.factories import DeliverableFactory, SectionFactory, UserFactory, coordinator_of
from tests.figures.series.factories import SeriesFactory, entered, row
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db


@pytest.fixture
def promised() -> Deliverable:
    return DeliverableFactory.create()


@pytest.fixture
def by(promised: Deliverable) -> User:
    return coordinator_of(promised.plan.owner)


@pytest.fixture
def series() -> Series:
    return SeriesFactory.create(cut={"sex": ("F", "M")})


def test_linking_unlinking_and_linking_again(promised: Deliverable, series: Series, by: User) -> None:
    def act() -> Indicator:
        return link_series(series=series, to=promised, note_en="All of it", by=by)

    assert_all_or_nothing(act, lambda: (Indicator.objects.count(), AuditEvent.objects.count()))
    with pytest.raises(AlreadyLinkedError):
        act()
    made = Indicator.objects.get()
    unlink_series(indicator=made, by=by)
    with pytest.raises(NotLinkedError):
        unlink_series(indicator=made, by=by)
    act()
    told = AuditEvent.objects.order_by("number").values_list("act", "details")
    about = {"plan": promised.plan.code, "code": promised.code, "series": series.code}
    assert list(told) == [(name, about) for name in ("indicator.link", "indicator.unlink", "indicator.link")]


def test_the_newest_total_is_shown_in_the_order_of_linking(promised: Deliverable, series: Series, by: User) -> None:
    entered(series, row(5, 2011), row(7, 2012), row(3, 2012, sex="F"))
    empty: Series = SeriesFactory.create()
    for one in (series, empty):
        link_series(series=one, to=promised, by=by)
    first, second = indicators_of(AnonymousUser(), promised)
    assert first.value is not None
    assert (first.series, first.value.value) == (series, Decimal(7))
    assert (second.series, second.value) == (empty, None)


def test_a_series_tells_what_it_serves(promised: Deliverable, series: Series, by: User) -> None:
    section: Section = SectionFactory.create(plan=promised.plan)
    link_series(series=series, to=section, by=by)
    link_series(series=series, to=promised, note_en="In part", by=by)
    found = served_by(by, series)
    assert [(one.code, one.note_en) for one in found] == [(section.code, ""), (promised.code, "In part")]
    assert found[1].address.endswith(f"/deliverables/{promised.code}/")


def test_who_may_not_change_the_plan_links_nothing(promised: Deliverable, series: Series, by: User) -> None:
    made = link_series(series=series, to=promised, by=by)
    stranger = UserFactory.create()
    with pytest.raises(PermissionDenied):
        link_series(series=SeriesFactory.create(), to=promised, by=stranger)
    with pytest.raises(PermissionDenied):
        unlink_series(indicator=made, by=stranger)
    assert Indicator.objects.count() == 1


@pytest.mark.parametrize("wrong", ["nothing", "both", "twice"])
def test_the_database_holds_one_place_once(promised: Deliverable, series: Series, by: User, wrong: str) -> None:
    link_series(series=series, to=promised, by=by)
    section: Section = SectionFactory.create(plan=promised.plan)
    places: dict[str, dict[str, Deliverable | Section]] = {
        "nothing": {},
        "both": {"deliverable": promised, "section": section},
        "twice": {"deliverable": promised},
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.create(series=series, **places[wrong])
