"""Taking a file of figures in: keeping what it says for its preview, and then all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.figures.exchange.cube import CubeText
from palermo.figures.exchange.shape import Reading, SeriesShape
from palermo.figures.series.actions.writing import dimensions_of, write_new, write_revisions
from palermo.figures.series.models import FiguresUpload, Series
from palermo.figures.series.policies import UPLOADS_KEPT, entering_for, own_uploads
from palermo.figures.series.queries.taking_in import TakingIn, compared
from palermo.figures.series.taking_in_json import as_json
from palermo.people.models import User

MOST_TOLD = 50
"""Spans and numbers that the trail names one by one."""


class OtherPreviewError(Exception):
    """What would be taken in is not what was shown, or was decided about already. Nothing was written."""


class UndecidedError(Exception):
    """Something is wrong with the file, or a revision has no reason. Nothing was written."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many figures were added and how many revised."""

    added: int
    revised: int


@transaction.atomic
def keep_figures(*, series: Series, shape: SeriesShape, reading: Reading, by: User) -> FiguresUpload:
    """Keep what a file says until its uploader decides, in place of an earlier one of theirs.

    What anybody left undecided for too long is deleted on the way.

    Raises:
        PermissionDenied: `by` may not enter numbers of this series.
    """
    if entering_for(by, series) is None:
        raise PermissionDenied
    forget_old_figures()
    # Who uploads twice at once waits for themselves, and keeps the later one.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    FiguresUpload.objects.filter(person=by, series=series).delete()
    figures, problems = as_json(reading, shape)
    kept = FiguresUpload.objects.create(
        person=by, series=series, series_version=series.version, figures=figures, problems=problems
    )
    told = {"figures": len(figures), "problems": len(problems)}
    record(by=by, act="series.upload", about=series, series=series.code, **told)
    return kept


def forget_old_figures() -> int:
    """Delete what nobody decided about in time, and say how much it was. No act of a person, so the trail is silent."""
    return FiguresUpload.objects.filter(created_at__lte=timezone.now() - UPLOADS_KEPT).delete()[0]


@transaction.atomic
def drop_figures(*, upload: FiguresUpload, by: User) -> None:
    """Take nothing in, and delete what was kept.

    Raises:
        PermissionDenied: somebody else uploaded it.
    """
    mine = own_uploads(by).select_related("series").filter(pk=upload.pk).first()
    if mine is None:
        raise PermissionDenied
    record(by=by, act="series.drop_upload", about=mine.series, series=mine.series.code)
    mine.delete()


@transaction.atomic
def take_in_figures(*, upload: FiguresUpload, seen: str, reason: CubeText, by: User) -> TakenIn:
    """Add and revise every figure of an uploaded file: all of them, or none.

    Args:
        upload: what was uploaded; it is deleted with the act.
        seen: the fingerprint of the preview that was shown.
        reason: why figures are revised, where the file itself does not say.
        by: who uploaded it, and may still enter numbers of the series.

    Raises:
        PermissionDenied: `by` did not upload it, or may not enter numbers of the series any longer.
        OtherPreviewError: see there.
        UndecidedError: see there.
    """
    series = Series.objects.select_for_update().get(pk=upload.series_id)
    organisation = entering_for(by, series)
    if organisation is None or upload.person_id != by.pk:
        raise PermissionDenied
    mine = own_uploads(by).select_for_update(of=("self",)).filter(pk=upload.pk).first()
    if mine is None:
        raise OtherPreviewError
    found = compared(mine, series, reason)
    if found.fingerprint != seen:
        raise OtherPreviewError
    if found.wrong or found.lacks_reason or not (found.added or found.revised):
        raise UndecidedError
    done = _written(series, found, by, organisation)
    mine.delete()
    return done


def _written(series: Series, found: TakingIn, by: User, organisation: int) -> TakenIn:
    rows = [new for _figure, new in found.added]
    write_new(series, rows, dimensions_of(series), by=by, organisation=organisation)
    pairs = [(each.standing, each.to) for each in found.revised]
    write_revisions(pairs, by=by, organisation=organisation)
    days = {(one.starts_on, one.ends_on) for one in rows} | {(old.starts_on, old.ends_on) for old, _to in pairs}
    spans = [f"{first.isoformat()}/{last.isoformat()}" for first, last in sorted(days)]
    done = TakenIn(len(rows), len(pairs))
    numbers = [old.pk for old, _to in pairs[:MOST_TOLD]]
    record(
        by=by,
        act="series.take_in",
        about=series,
        series=series.code,
        added=done.added,
        revised=done.revised,
        revises=numbers,
        spans=spans[:MOST_TOLD],
    )
    return done
