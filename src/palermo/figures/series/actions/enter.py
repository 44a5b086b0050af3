"""Entering numbers: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.figures.series.actions.checking import Problem, problems_of
from palermo.figures.series.actions.writing import dimensions_of, write_new
from palermo.figures.series.keys import key_of
from palermo.figures.series.models import Observation, Series, SourceDocument
from palermo.figures.series.policies import entering_for
from palermo.figures.series.vocabulary import Mark
from palermo.people.models import User


@dataclass(frozen=True, slots=True)
class NewObservation:
    """One value as somebody gives it.

    Args:
        starts_on, ends_on: the days that it is of, both included.
        value: the number; None where the mark says that there is none.
        codes: the code of each dimension that it is cut by; a dimension left out is the total over it.
        mark: a value of `Mark`.
        document, page: where it stands.
        known_on: when the source made it known; without it the day on which the document was published, or today.
    """

    starts_on: date
    ends_on: date
    value: Decimal | None
    codes: Mapping[str, str] = field(default_factory=dict)
    mark: str = Mark.FINAL
    footnote_en: str = ""
    footnote_fr: str = ""
    document: SourceDocument | None = None
    page: str = ""
    known_on: date | None = None

    @property
    def key(self) -> str:
        """Its combination of codes as one text."""
        return key_of(self.codes)

    @property
    def day_known(self) -> date:
        """When it became known."""
        published = self.document.published_on if self.document else None
        return self.known_on or published or timezone.localdate()


class EntryRefusedError(Exception):
    """Some rows cannot be taken in, so that none was. `problems` says which, and why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(str(each) for each in problems))
        self.problems = tuple(problems)


@transaction.atomic
def enter_observations(*, series: Series, rows: Sequence[NewObservation], by: User) -> list[Observation]:
    """Take in new values of a series, in the order of the rows. Values that stand already are revised, not entered.

    Raises:
        PermissionDenied: `by` may not enter numbers of this series.
        EntryRefusedError: a row is wrong; nothing was written.
    """
    held = Series.objects.select_for_update().get(pk=series.pk)
    organisation = entering_for(by, held)
    if organisation is None:
        raise PermissionDenied
    dimensions = dimensions_of(held)
    problems = problems_of(held, rows, dimensions)
    if problems:
        raise EntryRefusedError(problems)
    made = write_new(held, rows, dimensions, by=by, organisation=organisation)
    spans = sorted({f"{row.starts_on.isoformat()}/{row.ends_on.isoformat()}" for row in rows})
    record(by=by, act="series.enter", about=held, series=held.code, added=len(made), spans=spans[:50])
    return made
