"""What the API says of series and their numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ninja import Field, Schema

from palermo.foundation.api import Both


class CodeOut(Schema):
    """One code of a dimension, and the code that it is a part of."""

    code: str
    label: Both
    part_of: str | None


class DimensionOut(Schema):
    """What numbers may be cut by."""

    code: str
    label: Both
    code_list: str
    adds_up: bool = Field(description="Whether its codes must make the total.")
    codes: list[CodeOut]


class BreakOut(Schema):
    """A day from which the numbers mean something else."""

    on: date
    what: Both


class SeriesOut(Schema):
    """What a series means."""

    code: str
    title: Both
    definition: Both
    population: Both
    method: Both
    counts: str
    currency: str
    frequency: str
    effect: str
    source: str = Field(description="The organization whose records the numbers come from.")
    owner: str = Field(description="The organization that enters the numbers and answers for them.")
    retired_on: date | None
    retired_because: Both
    successor: str | None


class SeriesWithDimensions(SeriesOut):
    """A series with what its numbers may be cut by."""

    dimensions: list[DimensionOut]
    breaks: list[BreakOut]


class ObservationOut(Schema):
    """One value, with its mark and where it stands."""

    number: int = Field(description="By which its page is found: /figures/numbers/<number>/.")
    starts_on: date
    ends_on: date
    codes: dict[str, str] = Field(description="The code of each dimension; a dimension left out is the total over it.")
    value: Decimal | None = Field(description="Null exactly where the mark is suppressed or not_available.")
    mark: str
    footnote: Both
    document: str | None
    page: str
    known_on: date
    revises: int | None = Field(description="The number that this one was put in place of.")
