"""The one place at which releases reach for what protects tables and what attacks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from palermo.figures.protection import attack as attacking
from palermo.figures.protection import protect as protecting
from palermo.figures.protection.noise import add_noise
from palermo.figures.protection.random_rounding import round_by_record
from palermo.figures.protection.rounding import round_to_add_up
from palermo.figures.protection.rules import Rules
from palermo.figures.protection.shapes import Flags, PublishedTable, Table
from palermo.figures.releases.counted import Counted, MadeUp

MOST_FINDINGS = 50


@dataclass(frozen=True)
class Protection:
    """Tables that may be published, which of their cells were too small, and how far from the best choice this may be.

    `gap` is a percentage of the hidden cells; None where it is not known or nothing was chosen. `epsilon`, `delta` and
    `rho` say what noise takes from the budget.
    """

    tables: tuple[PublishedTable, ...]
    too_small: tuple[Flags, ...]
    gap: float | None = None
    epsilon: float = 0.0
    delta: float = 0.0
    rho: float | None = None


@dataclass(frozen=True)
class Verdict:
    """What an attack came to: how many cells are hidden, and what somebody could work out."""

    hidden: int
    exposed: int
    findings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The first finds: the name of the table, and a code for each dimension."""

    @property
    def succeeded(self) -> bool:
        """Whether anything came out that should not."""
        return self.exposed > 0


@dataclass(frozen=True, slots=True)
class Earlier:
    """A table that was published before, and what it sums ("": it counts records)."""

    sums: str
    table: PublishedTable


def protect(counted: Counted, rules: Rules, earlier: Sequence[Earlier] = ()) -> Protection:
    """Tables that may be published, by the method of the rules.

    Raises:
        RoundingError: the sums of a table cannot all stay near enough.
        UnprotectableError: some cell could be worked out whatever is hidden.
        ShapeError: a table sums something and its numbers are to be rounded by record.
        BudgetError: a table sums something and is to have noise.
    """
    small = tuple(protecting.too_small(table, rules) for table in counted.tables)
    if counted.made_up:
        return _of_made_up(counted, counted.made_up)
    if rules.method == "noise":
        noised = add_noise(counted.tables, rules)
        given = noised.guarantee
        rho = given.rho if given.kind == "gaussian" else None
        return Protection(noised.tables, small, epsilon=given.epsilon, delta=given.delta, rho=rho)
    if rules.method == "round_by_record":
        pairs = zip(counted.tables, counted.keys, strict=True)
        return Protection(tuple(round_by_record(table, keys, rules.base) for table, keys in pairs), small)
    if rules.method == "round":
        return Protection(tuple(round_to_add_up(table, rules.base).table for table in counted.tables), small)
    return _suppressed(counted, rules, earlier)


def _of_made_up(counted: Counted, made_up: MadeUp) -> Protection:
    """Tables of synthetic records: nothing in them is too small, since it tells of nobody."""
    tables = tuple(
        PublishedTable(table.name, table.dimensions, table.values, np.ones(table.shape, dtype=np.bool_), reach=None)
        for table in counted.tables
    )
    nothing = tuple(np.zeros(table.shape, dtype=np.bool_) for table in counted.tables)
    given = made_up.synthetic.guarantee
    rho = given.rho if given.kind == "gaussian" else None
    return Protection(tables, nothing, epsilon=given.epsilon, delta=given.delta, rho=rho)


def _suppressed(counted: Counted, rules: Rules, earlier: Sequence[Earlier]) -> Protection:
    """What counts records and each number that is summed by itself: equations hold within each alone."""
    published: dict[str, PublishedTable] = {}
    small: dict[str, Flags] = {}
    gap = 0.0
    for sums, tables in _by_sums(counted).items():
        found = protecting.protect(tables, rules, [one.table for one in earlier if one.sums == sums])
        gap = max(gap, found.gap)
        for table, flags in zip(found.tables, found.too_small, strict=True):
            published[table.name], small[table.name] = table, flags
    names = [table.name for table in counted.tables]
    return Protection(tuple(published[name] for name in names), tuple(small[name] for name in names), 100 * gap)


def _by_sums(counted: Counted) -> dict[str, list[Table]]:
    groups: dict[str, list[Table]] = {}
    for sums, table in zip(counted.sums, counted.tables, strict=True):
        groups.setdefault(sums, []).append(table)
    return groups


def attack(
    tables: Sequence[PublishedTable], sums: Sequence[str], rules: Rules, earlier: Sequence[Earlier] = ()
) -> Verdict:
    """Attack tables, each with what it sums, together with all that was published before of their population.

    Noise and synthetic records are not attacked: what they give away is bounded by their budget.
    """
    hidden = exposed = 0
    findings: list[tuple[str, tuple[str, ...]]] = []
    if rules.method in ("noise", "synthetic"):
        return Verdict(0, 0)
    for one in sorted(set(sums)):
        its = [table for table, of in zip(tables, sums, strict=True) if of == one]
        found = attacking.attack(its, rules, [each.table for each in earlier if each.sums == one])
        told = [(each.table, each.codes) for each in found.exposed]
        told += [(each.table, each.codes) for each in found.differences]
        hidden += sum(int((~table.shown).sum()) for table in its)
        exposed += len(told)
        findings += told[: MOST_FINDINGS - len(findings)]
    return Verdict(hidden, exposed, tuple(findings))
