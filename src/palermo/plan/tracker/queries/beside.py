"""What belongs to deliverables, read beside them in one pass: so that a plan of any size is a few queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

from palermo.plan.register.models import Plan

T = TypeVar("T", bound=Model)
CHUNK = 500


class Beside(Generic[T]):
    """Records with a `deliverable`, in the order of the plan, each handed out with its own."""

    def __init__(self, found: QuerySet[T], plan: Plan, only: Collection[int] | None) -> None:
        its = found.filter(deliverable__plan=plan) if only is None else found.filter(deliverable__in=only)
        ordered = its.order_by("deliverable__position", "deliverable_id", *(its.query.order_by or ("pk",)))
        self._groups: Iterator[tuple[int, Iterable[T]]] = groupby(ordered.iterator(CHUNK), lambda one: _owner(one))
        self._next = self._read()

    def of(self, deliverable: int) -> list[T]:
        """The records of the next deliverable; deliverables must be asked for in order, and each once."""
        if self._next is None or self._next[0] != deliverable:
            return []
        found, self._next = self._next[1], self._read()
        return found

    def _read(self) -> tuple[int, list[T]] | None:
        group = next(self._groups, None)
        return (group[0], list(group[1])) if group else None


def _owner(one: Model) -> int:
    return int(getattr(one, "deliverable_id"))  # noqa: B009 - the models that come here all have one
