"""What is stored of the annual report."""

from palermo.plan.report.models.edition import Edition, EditionFile, EditionRow
from palermo.plan.report.models.narrative import Narrative, NarrativePart

__all__ = ["Edition", "EditionFile", "EditionRow", "Narrative", "NarrativePart"]
