"""Everything that is done to series and their numbers."""

from palermo.figures.series.actions.checking import Problem
from palermo.figures.series.actions.define import (
    BreakWords,
    DimensionWords,
    SeriesWords,
    change_series,
    define_series,
)
from palermo.figures.series.actions.enter import EntryRefusedError, NewObservation, enter_observations
from palermo.figures.series.actions.lists import CodeWords, DocumentWords, add_document, keep_code_list
from palermo.figures.series.actions.refusing import ChangedMeanwhileError, RefusedError
from palermo.figures.series.actions.retire import bring_back, retire_series
from palermo.figures.series.actions.revise import RevisedMeanwhileError, Revision, revise_observation
from palermo.figures.series.actions.sums import declare_sum, drop_sum

__all__ = [
    "BreakWords",
    "ChangedMeanwhileError",
    "CodeWords",
    "DimensionWords",
    "DocumentWords",
    "EntryRefusedError",
    "NewObservation",
    "Problem",
    "RefusedError",
    "RevisedMeanwhileError",
    "Revision",
    "SeriesWords",
    "add_document",
    "bring_back",
    "change_series",
    "declare_sum",
    "define_series",
    "drop_sum",
    "enter_observations",
    "keep_code_list",
    "retire_series",
    "revise_observation",
]
