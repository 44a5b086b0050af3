"""What requests to the directory's API may say, and how its answers are described."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ValidationInfo, field_validator, model_validator

from palermo.foundation.pagination import LARGEST_PAGE, PAGE_SIZE
from palermo.protection.directory.hsds import places
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.schema import schema_of
from palermo.protection.directory.hsds.shape import ENTITIES

MOST_MINIMAL = 100_000
"""So many items a page may have where only ids and times are asked for."""
_AREA = "[ABCEGHJ-NPRSTVXYabceghj-nprstvxy][0-9][ABCEGHJ-NPRSTV-Zabceghj-nprstv-z]"
_REST = "[0-9][ABCEGHJ-NPRSTV-Zabceghj-nprstv-z][0-9]"
_POSTCODE = f"^{_AREA}([ -]?{_REST})?$"
"""A Canadian postal code, or its first three characters."""


def _written_out(said: object) -> object:
    """A time as RFC 3339 writes it; the library would take a bare number for seconds since 1970.

    A plus that was not escaped comes as a space.
    """
    if not isinstance(said, str):
        return said
    if not re.match(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d", said):
        raise ValueError(_("Write a time such as 2026-01-31T12:00:00Z."))
    return re.sub(r"(?<=\d) (\d\d:?\d\d)$", r"+\1", said) if len(said) > len("2026-01-31 12:00") else said


def _in_reach(said: datetime) -> datetime:
    """Further away, a time in another zone would leave the calendar."""
    if not MINYEAR < said.year < MAXYEAR:
        raise ValueError(_("Write a year between 2 and 9998."))
    return said


Moment = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_in_reach)]
"""A time with its offset."""


def _writable(said: str) -> str:
    """PostgreSQL holds no such character, so that nothing can be named by it."""
    if "\0" in said:
        raise ValueError(_("This holds a character that cannot be written."))
    return said


Words = Annotated[str, Field(max_length=200, json_schema_extra={"pattern": r"^[^\x00]*$"}), AfterValidator(_writable)]
"""Words of a search. The description names the pattern; that it is broken is told in our own words."""


def _known(said: str) -> str:
    """Only postal codes whose area is known say where somebody is."""
    if not re.fullmatch(_POSTCODE, said) or not places.found(said):
        raise ValueError(_("Write a Canadian postal code such as E1C 4Z3, or its first three characters."))
    return said


Postcode = Annotated[str, Field(json_schema_extra={"pattern": _POSTCODE}), AfterValidator(_known)]
"""A postal code that is known. The description names the pattern; that it is broken is told in our own words."""


class Paging(Schema):
    """Which part of a list is wanted, and how."""

    page: int = Field(1, ge=1, le=1_000_000, description=_("The number of the page, from 1."))
    per_page: int = Field(PAGE_SIZE, ge=1, le=LARGEST_PAGE, description=_("How many items a page has."))
    format: Literal["json", "ndjson"] = Field(
        "json", description=_("ndjson: every item on a line of its own, all of them and without pages.")
    )


class Searching(Paging):
    """The same, where words can be looked for."""

    search: Words = Field("", description=_("Words or parts of words that all stand in its name, spelled alike."))


_SEARCH = _(
    "Words that all stand in the name of an active service or of its organization, in either language; typing errors "
    "are forgiven. Descriptions are not looked through."
)


class Wholeness(Searching):
    """The same, for entries that have others within them; their names are looked through with more care."""

    full: bool = Field(False, description=_("Each item with everything that belongs to it."))
    taxonomy_term_id: UUID | None = Field(
        None,
        description=_(
            "Described by this very term. “Find help” also shows services for a need whose source describes them by "
            "terms of its own, such as “Emergency shelter”; they are not listed here by the need."
        ),
    )
    taxonomy_id: UUID | None = Field(None, description=_("Described by a term of this list."))


class _Minimal(Schema):
    """Whether little is wanted of each; told before how many are."""

    minimal: bool = Field(False, description=_("Only the id of each and when it was changed."))


class ServiceFilter(Wholeness, _Minimal):
    """Which services are wanted."""

    search: Words = Field("", description=_SEARCH)
    per_page: int = Field(
        PAGE_SIZE,
        ge=1,
        le=MOST_MINIMAL,
        description=_(
            "How many items a page has: at most 200, or 100,000 with minimal, which has that many by itself."
        ),
    )
    organization_id: UUID | None = Field(None, description=_("Of this organization."))
    modified_after: Moment | None = Field(
        None, description=_("Changed at this time or after it, or what belongs to it was.")
    )

    @field_validator("per_page")
    @classmethod
    def _not_too_many(cls, said: int, given: ValidationInfo) -> int:
        """More than a page can be put together of, only ids and times can be."""
        if said > LARGEST_PAGE and not given.data.get("minimal"):
            raise ValueError(_("Ask for 200 items a page at most; more only with minimal."))
        return said

    @model_validator(mode="after")
    def _on_one_page(self) -> Self:
        """Ids and times come on one page by themselves, as the standard asks."""
        if self.minimal and "per_page" not in self.model_fields_set:
            self.per_page = MOST_MINIMAL
        return self


class VisitFilter(Wholeness):
    """Which services at locations are wanted."""

    search: Words = Field("", description=_SEARCH)
    organization_id: UUID | None = Field(None, description=_("Of a service of this organization."))
    modified_after: Moment | None = Field(
        None, description=_("Changed at this time or after it, or what belongs to it was.")
    )
    postcode: Postcode | None = Field(
        None,
        description=_(
            "Serving the province or territory of this Canadian postal code, or not saying which it serves. The first "
            "three characters will do."
        ),
    )
    proximity: float | None = Field(
        None,
        ge=0,
        allow_inf_nan=False,
        description=_(
            "With postcode: no more metres away than this from the middle of the area that the first three characters "
            "of the postal code stand for. A place that tells its address alone counts as in the middle of the area of "
            "its own postal code, or else of its town. A confidential place is near nothing."
        ),
    )

    @field_validator("proximity")
    @classmethod
    def _from_somewhere(cls, said: float | None, given: ValidationInfo) -> float | None:
        if said is not None and "postcode" in given.data and given.data["postcode"] is None:
            raise ValueError(_("Say with postcode from where the proximity is meant."))
        return said

    @property
    def area(self) -> places.Place | None:
        """Where the postal code is."""
        return places.found(self.postcode)[0] if self.postcode else None


class OrganizationFilter(Wholeness):
    """Which organizations are wanted."""

    search: Words = Field(
        "",
        description=_(
            "Words that all stand in its name or in that of one of its active services, in either language; typing "
            "errors are forgiven. An organization without active services is not found by words."
        ),
    )
    full: bool = Field(
        False,
        description=_(
            "Each with everything that belongs to it; its services with no more than they say of themselves."
        ),
    )
    full_service: bool = Field(False, description=_("Each with its services, and everything that belongs to those."))


class TermFilter(Searching):
    """Which terms are wanted."""

    taxonomy_id: UUID | None = Field(None, description=_("Of this list."))
    top_only: bool = Field(False, description=_("Only those that stand under no other."))
    parent_id: UUID | None = Field(None, description=_("Those that stand right under this one."))


def components() -> Document:
    """The schemas of every kind of entry, as an OpenAPI document has them."""
    found: Document = {}
    for kind in ENTITIES:
        described = schema_of(kind)["$defs"]
        found |= {name: _moved(said) for name, said in described.items()} if isinstance(described, dict) else {}
    return found


def _moved(said: object) -> Document:
    """A schema whose references lead to where an OpenAPI document keeps schemas."""
    if not isinstance(said, dict):
        raise TypeError(said)
    found: Document = {}
    for name, one in said.items():
        if name == "$ref":
            found[name] = str(one).replace("#/$defs/", "#/components/schemas/")
        else:
            found[name] = _moved(one) if isinstance(one, dict) else one
    return found


_MINIMAL: Document = {
    "type": "object",
    "properties": {"id": {"type": "string", "format": "uuid"}, "modified_date": {"type": "string"}},
    "required": ["id", "modified_date"],
    "additionalProperties": False,
}


def answer(kind: str, *, in_pages: bool = False) -> Document:
    """What an address answers with, for the description of the API: one entry, or a page of them."""
    one: Document = {"$ref": f"#/components/schemas/{kind}"}
    if in_pages:
        one = {"anyOf": [one, _MINIMAL]} if kind == "service" else one
        numbers = ("total_items", "total_pages", "page_number", "size")
        flags = ("first_page", "last_page", "empty")
        one = {
            "type": "object",
            "properties": {
                **{name: {"type": "integer"} for name in numbers},
                **{name: {"type": "boolean"} for name in flags},
                "contents": {"type": "array", "items": one},
            },
            "required": [*numbers, *flags, "contents"],
        }
    kinds: Document = {"application/json": {"schema": one}}
    if in_pages:
        kinds["application/x-ndjson"] = {"schema": {"type": "string"}}
    return {"responses": {"200": {"description": "OK", "content": kinds}}}
