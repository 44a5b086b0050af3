"""The ledger of noise: what releases have given away of a population, and whether there is room for another."""

from __future__ import annotations

from collections.abc import Sequence

from palermo.figures.protection.accounting import BudgetError
from palermo.figures.protection.budget import Budget, Spending, refuse_over
from palermo.figures.protection.budget import spent as summed
from palermo.figures.releases.models import AttackRun, BudgetEntry, Population, Release
from palermo.figures.releases.vocabulary import Method


class OverBudgetError(Exception):
    """A release with noise, or of synthetic records, would give away more of its population than was decided."""


def spends(release: Release) -> bool:
    """Whether publishing it takes something from the budget."""
    return release.rule_set.method in (Method.NOISE, Method.SYNTHETIC)


def spent(population: Population) -> float:
    """The epsilon that all published releases gave away together, for the delta of the population's limit."""
    return summed(_ledger(population), float(population.delta_limit))


def drawn(release: Release) -> list[Spending]:
    """What each draw of noise for a release gives away. All count, since people chose among them."""
    runs = AttackRun.objects.filter(release=release, epsilon__gt=0).order_by("pk")
    return [Spending(run.epsilon, run.delta, run.rho) for run in runs]


def check_budget(release: Release, more: Sequence[Spending] = ()) -> None:
    """Refuse a release that the budget has no room for, every draw counted and `more` besides.

    Raises:
        OverBudgetError: see there.
    """
    if not spends(release):
        return
    population = release.population
    if not population.epsilon_limit:
        raise OverBudgetError
    limit = Budget(float(population.epsilon_limit), float(population.delta_limit))
    ledger = _ledger(population)
    try:
        for one in [*drawn(release), *more]:
            refuse_over(limit, ledger, one)
            ledger.append(one)
    except BudgetError as error:
        raise OverBudgetError from error


def next_draw(release: Release) -> Spending:
    """What one more draw takes, by the rules of the release."""
    return Spending(float(release.rule_set.epsilon), float(release.rule_set.delta))


def _ledger(population: Population) -> list[Spending]:
    entries = BudgetEntry.objects.filter(population=population).order_by("pk")
    return [Spending(entry.epsilon, entry.delta, entry.rho) for entry in entries]
