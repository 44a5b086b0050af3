"""A long list, one page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet

T = TypeVar("T", bound=Model)
Item = TypeVar("Item")
PAGE_SIZE = 50
LARGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list: its items, its number from 1, and how many there are in all."""

    items: list[Item]
    number: int
    pages: int
    total: int

    @property
    def previous(self) -> int | None:
        """The number of the page before, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The number of the page after, if there is one."""
        return self.number + 1 if self.number < self.pages else None


def page_of(found: QuerySet[T], number: int | str | None, size: int = PAGE_SIZE) -> Page[T]:
    """Page `number` of an ordered list. A number that is no page gives the nearest; `size` is capped."""
    paginator: Paginator[T] = Paginator(found, min(max(size, 1), LARGEST_PAGE))
    page = paginator.get_page(number)
    return Page(list(page.object_list), page.number, paginator.num_pages, paginator.count)


def page_by(
    total: int, read: Callable[[int, int], list[Item]], number: int | str | None, size: int = PAGE_SIZE
) -> Page[Item]:
    """Page `number` of a list that is no QuerySet; `read` gives what stands from one place up to another."""
    paginator: Paginator[int] = Paginator(range(total), size)
    page = paginator.get_page(number)
    start = (page.number - 1) * size
    return Page(read(start, min(start + size, total)), page.number, paginator.num_pages, total)
