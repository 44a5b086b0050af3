"""What is stored of releases."""

from palermo.figures.releases.models.population import BudgetEntry, Population
from palermo.figures.releases.models.records import RecordColumn, RecordFile
from palermo.figures.releases.models.release import AttackRun, Release, identifier
from palermo.figures.releases.models.rules import RuleSet
from palermo.figures.releases.models.synthetic import SyntheticRecords
from palermo.figures.releases.models.tables import PART, HiddenMarks, ReleaseTable, TablePart

__all__ = [
    "PART",
    "AttackRun",
    "BudgetEntry",
    "HiddenMarks",
    "Population",
    "RecordColumn",
    "RecordFile",
    "Release",
    "ReleaseTable",
    "RuleSet",
    "SyntheticRecords",
    "TablePart",
    "identifier",
]
