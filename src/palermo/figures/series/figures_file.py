"""Palermo's own figures file: series with their observations, read strictly. Plain Python, without a database.

The file is JSON in UTF-8 with `"format": "palermo-series/1"`. It may stand on its own, or add observations to series
that are known already; whether the codes that it names are known is for `load_figures` to say.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

FORMAT = "palermo-series/1"
PROBLEMS_SHOWN = 20

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NUMBER = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,4})?")
_SENTENCES = {
    "missing": "is missing",
    "extra_forbidden": "is not a key of this format",
    "string_type": "is not text in quotation marks",
    "bool_type": "is neither true nor false",
    "tuple_type": "is not a list",
    "dict_type": "is not an object in braces",
    "model_type": "is not an object in braces",
    "model_attributes_type": "is not an object in braces",
    "date_type": "is not a date written as 2013-04-01",
    "date_parsing": "is not a date written as 2013-04-01",
    "date_from_datetime_parsing": "is not a date written as 2013-04-01",
    "too_short": "is an empty list",
}


class FiguresFileError(ValueError):
    """Why a figures file was refused: a sentence, then one line a problem, each beginning with its path."""

    def __init__(self, sentence: str, problems: Iterable[str] = ()) -> None:
        lines = list(problems)
        more = len(lines) - PROBLEMS_SHOWN
        tail = [f"… and {more} more"] if more > 0 else []
        super().__init__("\n".join([sentence, *islice(lines, PROBLEMS_SHOWN), *tail]))


def _printable(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("holds a control character, which no format can print")
    return text


def _exact(value: object) -> Decimal:
    """The number, or a refusal of a JSON number, which may already have been rounded."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    raise ValueError('is not a number written as "56427" or "1538354.50"')


Text = Annotated[str, AfterValidator(_printable)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=60)]
OrganisationCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=80)]
DimensionCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=40)]
"""A dimension is a column of every file, so it has no hyphens."""
Number = Annotated[Decimal, BeforeValidator(_exact)]
Key = dict[DimensionCode, Code]
"""The code of each dimension that an observation is narrowed to; what is not named is the total over it."""


class Part(BaseModel):
    """What all parts share: frozen, strict, no unknown keys, built by field name or by file key."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


class Bilingual(Part):
    """One text in both languages; "" where a language has none."""

    en: Text = ""
    fr: Text = ""


class NewOrganisation(Part):
    """An organisation that the figures name and that may not be known yet."""

    code: OrganisationCode
    name: Bilingual


class NewCode(Part):
    """One value of a dimension; `parent` is another code of the same list."""

    code: Code
    label: Bilingual
    parent: Code | None = None


class NewCodeList(Part):
    """The values of a dimension, in the order in which they are shown."""

    code: Code
    title: Bilingual
    origin: Text = ""
    codes: tuple[NewCode, ...] = Field(min_length=1)


class NewDocument(Part):
    """A published source. `known_on` is the day from which its figures count as known where it carries no date."""

    code: Code
    title: Bilingual
    publisher: OrganisationCode | None = None
    published_on: date | None = None
    known_on: date | None = None
    address: Annotated[Text, StringConstraints(pattern=r"^(https://\S+)?$", max_length=500)] = ""
    language: Literal["", "en", "fr"] = ""


class NewDimension(Part):
    """A dimension of a series; `adds_up` says that its codes make up the total."""

    code: DimensionCode
    label: Bilingual
    code_list: Code
    adds_up: bool = False


class NewBreak(Part):
    """A day from which numbers are no longer comparable with earlier ones, and why."""

    on: date
    what: Bilingual


class Retired(Part):
    """Since when and why a series is no longer continued, and what continues it."""

    on: date
    because: Bilingual
    successor: Code | None = None


class NewObservation(Part):
    """One value. A second one of the same span, key and document revises the first and says why in `reason`."""

    series: Code | None = None
    """Of which series; only where it does not stand within one."""
    from_on: date = Field(validation_alias="from", serialization_alias="from")
    to_on: date = Field(validation_alias="to", serialization_alias="to")
    key: Key = Field(default_factory=dict)
    value: Number | None
    mark: Code = "final"
    footnote: Bilingual = Bilingual()
    document: Code
    page: Text = ""
    known_on: date | None = None
    reason: Bilingual = Bilingual()


class NewSeries(Part):
    """A series with its observations. Organisations stand by their codes; the owner keeps what nobody else does."""

    code: Code
    title: Bilingual
    definition: Bilingual
    population: Bilingual
    counts: Code
    currency: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    frequency: Code
    effect: Code
    source: OrganisationCode
    owner: OrganisationCode
    keeper: OrganisationCode | None = None
    method: Bilingual = Bilingual()
    is_public: bool = True
    dimensions: tuple[NewDimension, ...] = ()
    breaks: tuple[NewBreak, ...] = ()
    retired: Retired | None = None
    observations: tuple[NewObservation, ...] = ()


class NewTerm(Part):
    """One part of a declared sum, or its total."""

    series: Code
    key: Key = Field(default_factory=dict)
    is_total: bool = False


class NewSum(Part):
    """Terms that must make up a total, for each span and document that gives them all."""

    code: Code
    title: Bilingual
    terms: tuple[NewTerm, ...] = Field(min_length=2)


class FiguresFile(Part):
    """A whole figures file."""

    format: Literal["palermo-series/1"]
    organisations: tuple[NewOrganisation, ...] = ()
    documents: tuple[NewDocument, ...] = ()
    code_lists: tuple[NewCodeList, ...] = ()
    series: tuple[NewSeries, ...] = ()
    observations: tuple[NewObservation, ...] = ()
    sums: tuple[NewSum, ...] = ()


def read(data: bytes) -> FiguresFile:
    """Read a figures file.

    Raises:
        FiguresFileError: it is not UTF-8, not JSON, JSON of something else, has fields that cannot be read, or
            says something twice.
    """
    try:
        text = data.decode("utf-8-sig")
        stated = json.loads(text, object_pairs_hook=_without_repeats)
    except UnicodeDecodeError:
        raise FiguresFileError("This figures file is not in UTF-8.") from None
    except RecursionError:
        raise FiguresFileError("This JSON is nested too deep to be a figures file.") from None
    except ValueError as error:
        raise FiguresFileError(f"This figures file is not complete JSON: {error}.") from None
    if not isinstance(stated, dict) or stated.get("format") != FORMAT:
        raise FiguresFileError(f'This JSON is not a figures file: it does not say "format": "{FORMAT}" at its top.')
    try:
        file = FiguresFile.model_validate_json(text)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True, include_input=False)
        raise FiguresFileError("This figures file has fields that cannot be read.", map(_sentence, found)) from None
    repeated = list(_repeated(file))
    if repeated:
        raise FiguresFileError("This figures file says something twice.", repeated)
    return file


def _repeated(file: FiguresFile) -> Iterator[str]:
    """Every code that stands twice where it must stand once."""
    places: list[tuple[str, Iterable[str]]] = [
        ("organisations", (each.code for each in file.organisations)),
        ("documents", (each.code for each in file.documents)),
        ("code_lists", (each.code for each in file.code_lists)),
        ("series", (each.code for each in file.series)),
        ("sums", (each.code for each in file.sums)),
        *((f"the code list {one.code}", (each.code for each in one.codes)) for one in file.code_lists),
        *((f"the dimensions of {one.code}", (each.code for each in one.dimensions)) for one in file.series),
    ]
    for place, codes in places:
        yield from (f"{place}: {code}" for code, times in Counter(codes).items() if times > 1)


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _value in pairs]
    repeated = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if repeated is not None:
        raise ValueError(f"the key {repeated[:80]!r} stands twice in one object")
    return dict(pairs)


def _sentence(error: ErrorDetails) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error["loc"]).lstrip(".")
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return f"{path}: {context['error']}"
    if kind == "literal_error":
        return f"{path}: is not one of {context['expected']}"
    if kind == "string_pattern_mismatch":
        return f"{path}: is not written as the format asks ({context['pattern']})"
    return f"{path}: {_SENTENCES.get(kind) or error['msg']}"
