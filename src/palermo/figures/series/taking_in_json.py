"""What was read of a file of figures, as it is kept until somebody decides. Keys are short: there may be thousands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict

from palermo.audit.actions import Json
from palermo.figures.exchange.cube import TOTAL, CubeText, number_text
from palermo.figures.exchange.problems import Place, Problem
from palermo.figures.exchange.shape import ReadFigure, Reading, SeriesShape
from palermo.figures.series.models import FiguresUpload


class KeptFigure(TypedDict):
    """One figure; days as ISO 8601, texts in English and French, only the codes that are no total."""

    line: int
    codes: dict[str, str]
    span: tuple[str, str]
    value: str | None
    mark: str
    note: tuple[str, str]
    document: str
    page: str
    known: str
    reason: tuple[str, str]


class KeptProblem(TypedDict):
    """One thing that is wrong."""

    code: str
    place: tuple[int, str, str]
    about: dict[str, str]


def as_json(reading: Reading, shape: SeriesShape) -> tuple[list[Json], list[Json]]:
    """Figures and problems, to be stored."""
    names = [one.code for one in shape.dimensions]
    figures: list[Json] = [
        {
            "line": one.line,
            "codes": {name: code for name, code in zip(names, one.codes, strict=True) if code != TOTAL},
            "span": (one.starts_on.isoformat(), one.ends_on.isoformat()),
            "value": None if one.value is None else number_text(one.value),
            "mark": one.mark,
            "note": (one.footnote.en, one.footnote.fr),
            "document": one.document,
            "page": one.page,
            "known": one.known_on.isoformat() if one.known_on else "",
            "reason": (one.reason.en, one.reason.fr),
        }
        for one in reading.figures
    ]
    problems: list[Json] = [
        {"code": one.code, "place": (one.place.line, one.place.column, one.place.cell), "about": dict(one.about)}
        for one in reading.problems
    ]
    return figures, problems


def figures_of(upload: FiguresUpload, dimensions: Sequence[str]) -> list[ReadFigure]:
    """The figures that were kept, in the order of the file."""
    kept: list[KeptFigure] = upload.figures
    return [_figure(one, dimensions) for one in kept]


def _figure(kept: KeptFigure, dimensions: Sequence[str]) -> ReadFigure:
    codes: Mapping[str, str] = kept["codes"]
    first, last = (date.fromisoformat(day) for day in kept["span"])
    return ReadFigure(
        line=kept["line"],
        codes=tuple(codes.get(name, TOTAL) for name in dimensions),
        starts_on=first,
        ends_on=last,
        value=None if kept["value"] is None else Decimal(kept["value"]),
        mark=kept["mark"],
        footnote=CubeText(*kept["note"]),
        document=kept["document"],
        page=kept["page"],
        known_on=date.fromisoformat(kept["known"]) if kept["known"] else None,
        reason=CubeText(*kept["reason"]),
    )


def problems_of(upload: FiguresUpload) -> list[Problem]:
    """The problems that were kept, in the order of the file."""
    kept: list[KeptProblem] = upload.problems
    return [Problem(one["code"], Place(*one["place"]), one["about"]) for one in kept]
