"""What every part of the API shares: how errors and pages of a list look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Schema

from palermo.foundation.pagination import LARGEST_PAGE, PAGE_SIZE

M = TypeVar("M", bound=Model)
S = TypeVar("S")


class Problem(Schema):
    """What went wrong, in a sentence that says what to do."""

    detail: str


class InvalidValue(Schema):
    """One value of the request that cannot be used."""

    type: str
    loc: list[str | int]
    msg: str
    ctx: dict[str, object] | None = None


class InvalidRequest(Schema):
    """Every value of the request that cannot be used."""

    detail: list[InvalidValue]


Code = Annotated[str, Field(pattern=r"^[^\x00-\x1F]+$", max_length=120)]
"""What something is called by. No database can hold a NUL character, so that none is asked for one."""


class Both(Schema):
    """A text in both languages; empty where a language has none."""

    en: str
    fr: str


def both(thing: object, field: str) -> Both:
    """The bilingual columns `<field>_en` and `<field>_fr` of a record."""
    return Both(en=getattr(thing, f"{field}_en"), fr=getattr(thing, f"{field}_fr"))


class Paging(Schema):
    """Which part of a list is wanted."""

    page: int = Field(1, ge=1, le=1_000_000, description=_("The number of the page, from 1."))
    page_size: int = Field(PAGE_SIZE, ge=1, le=LARGEST_PAGE, description=_("How many items a page has."))


PagingQuery = Annotated[Paging, Query()]


class Listed(Schema, Generic[S]):
    """One page of a list. A page after the last one has no items."""

    items: list[S]
    page: int
    pages: int
    total: int


def listed(found: QuerySet[M], paging: Paging, shown: Callable[[M], S]) -> Listed[S]:
    """One page of an ordered list, each item as `shown` gives it."""
    paginator = Paginator(found, paging.page_size)
    items = list(paginator.page(paging.page)) if paging.page <= paginator.num_pages else []
    return Listed(
        items=[shown(item) for item in items], page=paging.page, pages=paginator.num_pages, total=paginator.count
    )
