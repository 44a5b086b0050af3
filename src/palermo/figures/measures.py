"""The registry of measures: counts that the system itself can make from its own records.

Any app registers what it can count, in a module `measures.py` that its `AppConfig.ready` imports. The same definition
feeds a page, the annual report and a release, so that a number means the same wherever it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from palermo.people.policies import Viewer

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words: TypeAlias = "str | _StrPromise"

_REGISTERED: dict[str, Measure] = {}


class MeasureError(ValueError):
    """A measure that cannot be registered or asked for, with the reason."""


@dataclass(frozen=True, slots=True)
class MeasureSpan:
    """The days that a measure counts over, both ends included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class MeasureDimension:
    """What a measure can be cut by. `codes` gives each code with its words, in the order to show them in.

    Where the codes are times, such as months, `within` gives those of a span: a table of a year that listed others
    too would say that nothing happened then.
    """

    code: str
    label: Words
    codes: Callable[[], Sequence[tuple[str, Words]]]
    within: Callable[[MeasureSpan], Sequence[tuple[str, Words]]] | None = None

    def codes_of(self, span: MeasureSpan) -> Sequence[tuple[str, Words]]:
        """The codes that a count over a span can have."""
        return self.within(span) if self.within else self.codes()


@dataclass(frozen=True, slots=True)
class CountedCell:
    """A count of one combination of codes. A dimension that `codes` leaves out is counted over all of its codes.

    Money is no count and has parts; everything else is whole.
    """

    codes: Mapping[str, str]
    value: int | Decimal


Count: TypeAlias = Callable[[Viewer, MeasureSpan], Iterable[CountedCell]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A count that the system can make, with what it means.

    Args:
        code: what it is called by, such as `returns_accepted`.
        title, definition: in the reader's language.
        counts: what is counted: a value of `series.vocabulary.Counted`.
        count: the cells of a span, the total among them, as the viewer may know them.
        source: which records it is counted from, in words.
        dimensions: what it can be cut by.
        is_public: whether everybody may read it.
    """

    code: str
    title: Words
    definition: Words
    counts: str
    count: Count
    source: Words
    dimensions: tuple[MeasureDimension, ...] = field(default=())
    is_public: bool = True


def register(measure: Measure) -> Measure:
    """Add a measure, and give it back.

    Raises:
        MeasureError: another measure has this code.
    """
    if measure.code in _REGISTERED:
        raise MeasureError(f"Two measures are called {measure.code}.")
    _REGISTERED[measure.code] = measure
    return measure


def unregister(code: str) -> None:
    """Take a measure out again, as tests do."""
    _REGISTERED.pop(code, None)


def registered() -> tuple[Measure, ...]:
    """Every measure, by code."""
    return tuple(_REGISTERED[code] for code in sorted(_REGISTERED))


def one(code: str) -> Measure:
    """The measure with this code.

    Raises:
        MeasureError: there is none.
    """
    try:
        return _REGISTERED[code]
    except KeyError:
        raise MeasureError(f"No measure is called {code}.") from None
