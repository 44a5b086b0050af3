"""The values that a plan file holds: codes, texts, amounts and the words of the field.

Lengths and choices are those that the register can store, so that a file that loads can also be kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)

PValue = Literal["prevention", "protection", "prosecution", "partnership", "empowerment"]
StatusValue = Literal[
    "not_started", "in_progress", "ongoing", "complete", "no_longer_pursued", "not_stated", "not_reported"
]
StatusKind = Literal["claimed", "assessed"]
ResponsibilityKind = Literal["lead", "support"]
MoneyKind = Literal["none", "existing", "earmarked", "spent"]
LineageKind = Literal["carried_forward", "renamed", "split", "merged"]
NarrativePart = Literal[
    "foreword",
    "introduction",
    "achievements",
    "prevention",
    "protection",
    "prosecution",
    "partnership",
    "empowerment",
    "way_forward",
    "resources",
    "conclusion",
]

_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Part(BaseModel):
    """What all parts of a file share: frozen, strict, no unknown keys, built by field name or by file key."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


def _without_control_characters(text: str) -> str:
    """Return the text, or refuse it: PostgreSQL, XLSX and DOCX cannot hold control characters."""
    if _CONTROL.search(text):
        raise ValueError("holds a control character, which no report format can print")
    return text


def _exact(amount: object) -> Decimal:
    """Return the amount, or refuse a JSON number, which may already have been rounded."""
    if isinstance(amount, Decimal):
        return amount
    if isinstance(amount, str) and _AMOUNT.fullmatch(amount):
        return Decimal(amount)
    raise ValueError('is not an amount written as "500000.00"')


def _two_decimals(amount: Decimal) -> str:
    return f"{amount:.2f}"


Text = Annotated[str, AfterValidator(_without_control_characters)]
Text60 = Annotated[Text, Field(max_length=60)]
Text120 = Annotated[Text, Field(max_length=120)]
Text200 = Annotated[Text, Field(max_length=200)]
Code = Annotated[Text60, StringConstraints(pattern=r"^[^\s/?#%\\]+$")]
"""A code is text, never a number; it becomes part of addresses, so it has no blanks, slashes, ?, # or %."""
Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=60)]
LongSlug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=80)]
Place = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]+$", max_length=20)]
Url = Annotated[Text, StringConstraints(pattern=r"^(https?://\S+)?$", max_length=500)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
FiscalYear = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{4})?$")]
"""`2013-2014`, or `2013` where the years of the plan are those of the calendar."""
Amount = Annotated[
    Decimal,
    Field(ge=0, max_digits=14, decimal_places=2),
    BeforeValidator(_exact),
    PlainSerializer(_two_decimals, return_type=str),
]


class Bilingual(Part):
    """One text in both languages; "" where a language has none."""

    en: Text = ""
    fr: Text = ""

    @property
    def is_empty(self) -> bool:
        """Whether neither language has words."""
        return not (self.en.strip() or self.fr.strip())


def _at_most(length: int) -> Callable[[Bilingual], Bilingual]:
    def check(text: Bilingual) -> Bilingual:
        if max(len(text.en), len(text.fr)) > length:
            raise ValueError(f"is longer than {length} characters")
        return text

    return check


Bilingual60 = Annotated[Bilingual, AfterValidator(_at_most(60))]
Bilingual200 = Annotated[Bilingual, AfterValidator(_at_most(200))]
Bilingual300 = Annotated[Bilingual, AfterValidator(_at_most(300))]
Bilingual500 = Annotated[Bilingual, AfterValidator(_at_most(500))]
