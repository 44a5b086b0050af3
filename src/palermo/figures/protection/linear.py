"""Linear and whole-number programmes, handed to the open solver HiGHS. Nothing here knows what they are about."""

from __future__ import annotations

import ctypes
import math
import os
import sys
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Literal, TypeAlias

import highspy
import numpy as np
from numpy.typing import NDArray

from palermo.figures.protection.system import Numbers, Places

UNLIMITED = highspy.kHighsInf

Way: TypeAlias = Literal["corners", "again", "inside", "from inside"]
"""How a programme is solved.

- "corners": from corner to corner (the simplex method), which suits small ones;
- "again": the same, each objective beginning where the last one ended, which suits many objectives;
- "inside": to a point inside, where nothing that can move stands still; a corner would say less and take longer;
- "from inside": to the corner that is best, by way of a point inside, which suits large ones.
"""
_OPTIONS: dict[Way, dict[str, str | int]] = {
    "corners": {},
    "again": {"presolve": "off", "solver": "simplex", "simplex_strategy": 4},
    "inside": {"solver": "ipx", "run_crossover": "off"},
    "from inside": {"solver": "ipx", "run_crossover": "on"},
}
_FOUND = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kObjectiveTarget,
    highspy.HighsModelStatus.kSolutionLimit,
)
"""What the solver says where it has a solution: the best, one that is good enough, or the best after all branches."""
_ALONE = Lock()


class SolverError(RuntimeError):
    """The solver found no solution where there must be one."""


class InfeasibleError(SolverError):
    """There is no solution: the rows contradict each other."""


@dataclass(frozen=True)
class Rows:
    """Rows of a programme: `low` <= sum of `weights` times variables <= `high`, one behind the other."""

    starts: Places
    variables: Places
    weights: Numbers
    low: Numbers
    high: Numbers


@dataclass(frozen=True)
class Solution:
    """The value of each variable, the worth of each row, the objective, the best that could be, and the steps taken."""

    values: Numbers
    duals: Numbers
    objective: float
    bound: float
    steps: int


class Programme:
    """A programme that is solved again and again with other objectives. Always in one thread, so that it repeats."""

    def __init__(self, low: Numbers, high: Numbers, rows: Rows, way: Way = "corners") -> None:
        self.size = len(low)
        self._afresh = way != "again"
        self._names = np.arange(self.size, dtype=np.int32)
        _greeted()
        self._solver = solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in {"output_flag": False, "threads": 1, "random_seed": 1, **_OPTIONS[way]}.items():
            solver.setOptionValue(option, value)
        solver.addVars(self.size, low, high)
        self.add(rows)

    def add(self, rows: Rows) -> None:
        """Further rows."""
        self._solver.addRows(
            len(rows.low),
            rows.low,
            rows.high,
            len(rows.variables),
            rows.starts[:-1].astype(np.int32),
            rows.variables.astype(np.int32),
            rows.weights,
        )

    def limit(self, low: Numbers, high: Numbers) -> None:
        """Other bounds of the variables."""
        self._solver.changeColsBounds(self.size, self._names, low, high)

    def whole(self, gap: float, branches: int) -> None:
        """Let variables be whole numbers only, and stop within this share of the best or after so many branches."""
        self._afresh = False
        kinds = np.full(self.size, highspy.HighsVarType.kInteger)
        self._solver.changeColsIntegrality(self.size, self._names, kinds)
        self._solver.setOptionValue("mip_rel_gap", gap)
        self._solver.setOptionValue("mip_max_nodes", branches)

    def enough(self, costs: float) -> None:
        """Take the first solution in whole numbers that costs no more than this."""
        self._solver.setOptionValue("objective_target", costs)

    def minimise(self, costs: Numbers) -> Solution:
        """The least that the costs can come to.

        Raises:
            InfeasibleError: there is no solution.
            SolverError: none was found.
        """
        solver = self._solver
        solver.changeColsCost(self.size, self._names, costs)
        if self._afresh:
            # Simplified anew it is solved in less time than from where it ended with other costs.
            solver.clearSolver()
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise InfeasibleError
        if status not in _FOUND or not math.isfinite(solver.getInfo().objective_function_value):
            raise SolverError(solver.modelStatusToString(status))
        found, info = solver.getSolution(), solver.getInfo()
        values = np.array(found.col_value)
        bound = info.mip_dual_bound if info.mip_node_count >= 0 else info.objective_function_value
        return Solution(
            values, np.array(found.row_dual), info.objective_function_value, bound, info.simplex_iteration_count
        )


def _greeted() -> None:
    """See to it that the solver has said who made it; one thread at a time, since it is said on what all share."""
    with _ALONE:
        _without_greeting()


@cache
def _without_greeting() -> None:
    """Let the solver say who made it to nobody: it would on standard output, where commands tell what programs read."""
    if sys.stdout is None:
        return
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        highspy.Highs()  # type: ignore[no-untyped-call]
        # What C wrote may still wait in C's own buffer.
        ctypes.CDLL(None).fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def rows_of(lines: list[tuple[NDArray[np.int64], Numbers, float]]) -> Rows:
    """Rows from lines of variables, weights and the least that they must come to."""
    starts = np.concatenate([[0], np.cumsum([len(line[0]) for line in lines])]).astype(np.int64)
    low = np.array([line[2] for line in lines], dtype=float)
    return Rows(
        starts,
        np.concatenate([line[0] for line in lines]),
        np.concatenate([line[1] for line in lines]),
        low,
        np.full(len(low), UNLIMITED),
    )
