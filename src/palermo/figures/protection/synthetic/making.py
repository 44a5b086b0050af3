"""Synthetic records from real ones, with a budget: the one way in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import numpy as np

from palermo.figures.protection.noise import Guarantee
from palermo.figures.protection.records import Records
from palermo.figures.protection.synthetic.classes import fit
from palermo.figures.protection.synthetic.drawing import draw
from palermo.figures.protection.synthetic.pairs import measure

WORST = 10


@dataclass(frozen=True)
class Synthetic:
    """Synthetic records, and what may be published about how they were made: it all comes from noisy counts.

    Args:
        records: their number is the real one with noise.
        guarantee: what they gave away of the real ones, one record more or less.
        misfit: about 1 or less where the records say all that can be seen through noise and chance; more where they
            fall short of it.
        worst: the pairs of columns that fall short the most, with the misfit of each, worst first.
        codes_are_declared: whether all codes were known beforehand. Codes that were read from the records give away
            that somebody has them, which the promise leaves out.
    """

    records: Records
    guarantee: Guarantee
    misfit: float
    worst: tuple[tuple[str, str, float], ...]
    codes_are_declared: bool


def synthesize(records: Records, epsilon: float, delta: float, *, codes_are_declared: bool) -> Synthetic:
    """Make synthetic records. Each call gives others and spends its budget again: what comes out is what is kept.

    Args:
        records: at least two columns; one person is in one of them at most. Amounts are left out.
        epsilon: the budget,
        delta: and the second half of it; above 0.
        codes_are_declared: see `Synthetic`.

    Raises:
        ShapeError: too few columns, or too many codes.
        BudgetError: the budget is none.
    """
    pairs = measure(records, epsilon, delta)
    # From here on nothing real is looked at, so that this source of chance need not keep any secret.
    random = np.random.default_rng(secrets.randbits(128))
    classes = fit(pairs, random)
    made = Records(records.columns, draw(classes, records.columns, pairs.records, random))
    names = [column.dimension.name for column in records.columns]
    worst = sorted(zip(classes.by_pair, pairs.pairs, strict=True), reverse=True)[:WORST]
    return Synthetic(
        made,
        pairs.guarantee,
        classes.misfit,
        tuple((names[one], names[other], misfit) for misfit, (one, other) in worst),
        codes_are_declared,
    )
