"""What the API says of published reports."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from ninja import Field, Schema

from palermo.foundation.api import Both


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
