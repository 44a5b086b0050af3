"""The methods besides leaving numbers out: rounding by record, and noise with its ledger."""

from __future__ import annotations

from decimal import Decimal

import pytest

from palermo.figures.releases.actions.deciding import approve, submit
from palermo.figures.releases.actions.protecting import protect
from palermo.figures.releases.budget import OverBudgetError, spent
from palermo.figures.releases.models import BudgetEntry, Population, TablePart
from tests.figures.releases.making import protected, published, submitted, team, wanted
from tests.figures.releases.test_way import cells, counted

pytestmark = pytest.mark.django_db


def test_a_cell_is_rounded_the_same_way_in_every_table_and_release() -> None:
    who = team(method="round_by_record", base=5)
    first = cells(protected(who, tables=[wanted("place", "sex")]).tables.get())
    second = cells(protected(who, tables=[wanted("sex", "place")]).tables.get())
    assert first == {(place, sex): value for (sex, place), value in second.items()}
    for (place, sex), value in first.items():
        assert value is not None
        assert value % 5 == 0
        assert abs(value - counted(place, sex)) < 5


def test_rounded_totals_add_up() -> None:
    shown = cells(protected(team(method="round", base=5)).tables.get())
    for (place, sex), value in shown.items():
        assert value is not None
        assert value % 5 == 0
        assert abs(value - counted(place, sex)) < 10
    for place in ("W", "BC", "AB", "ON", "_T"):
        assert shown[place, "F"] + shown[place, "M"] == shown[place, "_T"]  # type: ignore[operator]
    for sex in ("F", "M", "_T"):
        assert shown["W", sex] + shown["ON", sex] == shown["_T", sex]  # type: ignore[operator]


def test_noise_is_drawn_and_paid_for() -> None:
    who = team(method="noise", epsilon=Decimal("1.5"))
    release = submitted(who)
    assert release.attacks.get().epsilon == pytest.approx(1.5)
    assert spent(who.population) == 0
    release = approve(release=release, version=release.version, by=who.second)
    assert BudgetEntry.objects.get().epsilon == pytest.approx(1.5)
    assert spent(who.population) == pytest.approx(1.5)
    values = [value for part in TablePart.objects.all() for value in part.values]
    assert None not in values


def test_every_draw_counts_since_people_choose_among_them() -> None:
    who = team(method="noise", epsilon=Decimal("1.5"))
    release = protected(who)
    release = protect(release=release, version=release.version, by=who.analyst)
    with pytest.raises(OverBudgetError):
        protect(release=release, version=release.version, by=who.analyst)
    release = submit(release=release, version=release.version, by=who.analyst)
    approve(release=release, version=release.version, by=who.second)
    assert spent(who.population) == pytest.approx(3)


def test_a_release_beyond_the_budget_is_not_approved() -> None:
    who = team(method="noise", epsilon=Decimal(3))
    release = submitted(who)
    Population.objects.update(epsilon_limit=2)
    with pytest.raises(OverBudgetError):
        approve(release=release, version=release.version, by=who.second)
    assert not BudgetEntry.objects.exists()


def test_releases_without_noise_cost_nothing() -> None:
    who = team()
    published(who)
    assert spent(who.population) == 0
