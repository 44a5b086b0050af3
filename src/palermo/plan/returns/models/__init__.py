"""What is stored of returns."""

from palermo.plan.returns.models.assessment import Assessment
from palermo.plan.returns.models.cycle import Cycle, Reopening, Rule
from palermo.plan.returns.models.evidence import Proof
from palermo.plan.returns.models.returns import CLAIMABLE, NUMBER_MARKS, Figure, Question, Return, Step
from palermo.plan.returns.models.upload import SpreadsheetUpload

__all__ = [
    "CLAIMABLE",
    "NUMBER_MARKS",
    "Assessment",
    "Cycle",
    "Figure",
    "Proof",
    "Question",
    "Reopening",
    "Return",
    "Rule",
    "SpreadsheetUpload",
    "Step",
]
