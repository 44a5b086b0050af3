"""What is stored of the annual report."""

from palermo.plan.report.models.edition import Edition, EditionAccount, EditionFile, EditionRow
from palermo.plan.report.models.filling import FilledPart, Filling
from palermo.plan.report.models.narrative import Narrative, NarrativePart

__all__ = [
    "Edition",
    "EditionAccount",
    "EditionFile",
    "EditionRow",
    "FilledPart",
    "Filling",
    "Narrative",
    "NarrativePart",
]
