"""What the register of numbers stores."""

from palermo.figures.series.models.codes import TOTAL, Code, CodeList
from palermo.figures.series.models.documents import SourceDocument
from palermo.figures.series.models.observation import Observation, ObservationCode
from palermo.figures.series.models.series import Break, Series, SeriesDimension
from palermo.figures.series.models.sums import Sum, SumTerm
from palermo.figures.series.models.upload import FiguresUpload

__all__ = [
    "TOTAL",
    "Break",
    "Code",
    "CodeList",
    "FiguresUpload",
    "Observation",
    "ObservationCode",
    "Series",
    "SeriesDimension",
    "SourceDocument",
    "Sum",
    "SumTerm",
]
