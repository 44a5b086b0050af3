"""Revising a number: the earlier one stays, and a newer one says why."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from palermo.audit.actions import Json, record
from palermo.figures.series.actions.checking import Problem, value_problems
from palermo.figures.series.actions.enter import EntryRefusedError
from palermo.figures.series.actions.writing import write_revisions
from palermo.figures.series.models import Observation, Series, SourceDocument
from palermo.figures.series.policies import entering_for
from palermo.people.models import User


class RevisedMeanwhileError(Exception):
    """The number was revised already. `current` is what stands now; nothing was written."""

    def __init__(self, current: Observation) -> None:
        super().__init__("The number was revised by somebody else meanwhile.")
        self.current = current


@dataclass(frozen=True, slots=True)
class Revision:
    """What is to stand in place of a number, and why.

    Args:
        value, mark, footnote_en, footnote_fr, document, page: as of a new observation.
        reason_en, reason_fr: why, in one language at least.
        known_on: when the source made it known; without it today.
    """

    value: Decimal | None
    mark: str
    reason_en: str = ""
    reason_fr: str = ""
    footnote_en: str = ""
    footnote_fr: str = ""
    document: SourceDocument | None = None
    page: str = ""
    known_on: date | None = None

    def values(self) -> dict[str, Any]:
        """Each field with what stands in it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def day_known(self) -> date:
        """When it became known."""
        return self.known_on or timezone.localdate()


@transaction.atomic
def revise_observation(*, observation: Observation, to: Revision, by: User) -> Observation:
    """Say that a number is now known to be another. A revision is undone by a further revision.

    Raises:
        PermissionDenied: `by` may not enter numbers of its series.
        RevisedMeanwhileError: it was revised since.
        EntryRefusedError: the new value is wrong, gives no reason or goes back in time; nothing was written.
    """
    series = Series.objects.select_for_update().get(pk=observation.series_id)
    organisation = entering_for(by, series)
    if organisation is None:
        raise PermissionDenied
    newer = Observation.objects.filter(revises=observation).first()
    if newer is not None:
        raise RevisedMeanwhileError(_newest(newer))
    faults = [Problem(1, *each) for each in revision_problems(series, observation, to)]
    if faults:
        raise EntryRefusedError(faults)
    [made] = write_revisions([(observation, to)], by=by, organisation=organisation)
    told: dict[str, Json] = {
        "before": _told(observation),
        "after": _told(made),
        "number": made.pk,
        "revises": observation.pk,
    }
    record(by=by, act="series.revise", about=series, series=series.code, **told)
    return made


def revision_problems(series: Series, observation: Observation, to: Revision) -> list[tuple[str, str]]:
    """What is wrong with a revision: the field, and the words."""
    faults = list(value_problems(series, to.value, to.mark))
    if not (to.reason_en or to.reason_fr):
        faults.append(("reason_en", _("Say in one language at least why it is revised.")))
    if not observation.known_on <= to.day_known <= timezone.localdate():
        faults.append(("known_on", _("A revision became known after what it revises, and not after today.")))
    if to.document != observation.document and _speaks_for_itself(to.document, observation):
        faults.append(("document", _("This document has a number of its own for these days: revise that one.")))
    return faults


def _speaks_for_itself(document: SourceDocument | None, observation: Observation) -> bool:
    """Whether another line of revisions holds what this document says of the same days and codes."""
    same = Observation.objects.filter(
        series=observation.series_id,
        starts_on=observation.starts_on,
        ends_on=observation.ends_on,
        key=observation.key,
        document=document,
    )
    first = observation
    while first.revises is not None:
        first = first.revises
    standing = same.filter(Q(revises__isnull=True) | Q(revised_by__isnull=True))
    return standing.exclude(pk=first.pk).exists()


def _told(one: Observation) -> str:
    return one.mark if one.value is None else f"{one.value.normalize():f} {one.mark}"


def _newest(one: Observation) -> Observation:
    while True:
        newer = Observation.objects.filter(revises=one).first()
        if newer is None:
            return one
        one = newer
