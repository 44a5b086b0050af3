"""What the API says of published reports."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from ninja import Field, Schema

from palermo.foundation.api import Both
from palermo.plan.report.formats.origin import OriginKind


class EditionFileOut(Schema):
    """One file of an edition."""

    format: str
    language: Literal["en", "fr"]
    size: int = Field(description="In bytes.")
    sha256: str
    url: str


class EditionOut(Schema):
    """A published report on a period. It never changes."""

    plan: str
    period: str
    number: int = Field(description="1 for the first edition on the period.")
    published_at: datetime
    corrects: int | None = Field(description="Number of the edition that this one corrects.")
    correction: Both
    sha256: str
    files: list[EditionFileOut]


class CellOut(Schema):
    """A value of the action chart, as it was published."""

    column: str
    value: str | int | Decimal | date | None
    code: str = Field(description="The stable name of a status; empty elsewhere.")
    printed: str = Field(description="The words of the source, where they say it otherwise.")


class RowOut(Schema):
    """One row of the action chart, as it was published."""

    position: int
    code: str
    cells: list[CellOut]


class OriginOut(Schema):
    """Where the numbers of a table come from, in the words of the day of the edition."""

    kind: OriginKind = Field(
        description="Counted by this site (measure), given by a source outside (series), or said in returns (returns)."
    )
    code: str = Field(description="Of the measure; empty where each row names its series.")
    words: str
    mark: str = Field(description="The mark of all the numbers, such as final; empty where each row has its own.")
    address: str = Field(description="The page that tells more, on this site.")


class FigureCellOut(CellOut):
    """A value of a table of figures, as it was published."""

    address: str = Field(description="The page that says where this number comes from; empty where it has none.")


class FigureTableOut(Schema):
    """A table of figures of a report, as it was published."""

    key: str
    caption: str
    origin: OriginOut | None = Field(description="None in editions that were published before origins were kept.")
    rows: list[list[FigureCellOut]]
