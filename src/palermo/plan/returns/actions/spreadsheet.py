"""Taking a spreadsheet in: keeping what it says for its preview, and then all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import Organisation, User
from palermo.plan.register.models import ReportingPeriod
from palermo.plan.returns import policies
from palermo.plan.returns.actions.drafting import Content, save_draft
from palermo.plan.returns.models import Cycle, Return, SpreadsheetUpload
from palermo.plan.returns.queries.spreadsheet_preview import Changed, SheetPreview, as_json, compared
from palermo.plan.returns.spreadsheet.comparing import Keep, as_texts, as_values, merged
from palermo.plan.returns.spreadsheet.reading import Reading

Choices = Mapping[tuple[int, str], Keep]
"""What to keep of each conflict, by return and field."""


class OtherPreviewError(Exception):
    """What would be taken in is not what was shown, or was decided about already. Nothing was written."""


class UndecidedError(Exception):
    """Something is wrong with the file, or a conflict has no decision. Nothing was written."""


@transaction.atomic
def keep_upload(*, organisation: Organisation, cycle: Cycle, reading: Reading, by: User) -> SpreadsheetUpload:
    """Keep what a spreadsheet says until its uploader decides, in place of an earlier one of theirs.

    What anybody left undecided for too long is deleted on the way.

    Raises:
        PermissionDenied: `by` does not write for the organisation.
    """
    if not policies.may_upload_sheet(by, organisation):
        raise PermissionDenied
    forget_old_uploads()
    # Who uploads twice at once waits for themselves, and keeps the later one.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    SpreadsheetUpload.objects.filter(person=by, organisation=organisation, cycle=cycle).delete()
    rows, problems = as_json(reading)
    upload = SpreadsheetUpload.objects.create(
        person=by, organisation=organisation, cycle=cycle, rows=rows, problems=problems
    )
    _tell(upload, "spreadsheet.upload", by, returns=len(rows), problems=len(problems))
    return upload


def forget_old_uploads() -> int:
    """Delete what nobody decided about in time, and say how much it was. No act of a person, so the trail is silent."""
    old = SpreadsheetUpload.objects.filter(created_at__lte=timezone.now() - policies.UPLOADS_KEPT)
    return old.delete()[0]


@transaction.atomic
def drop_upload(*, upload: SpreadsheetUpload, by: User) -> None:
    """Take nothing in, and delete what was kept.

    Raises:
        PermissionDenied: somebody else uploaded it.
    """
    mine = policies.own_uploads(by).filter(pk=upload.pk).first()
    if mine is None:
        raise PermissionDenied
    _tell(mine, "spreadsheet.drop", by)
    mine.delete()


@transaction.atomic
def take_in_spreadsheet(*, upload: SpreadsheetUpload, seen: str, choices: Choices, by: User) -> int:
    """Save every change of an uploaded spreadsheet as a draft: all of them, or none.

    Args:
        upload: what was uploaded; it is deleted with the act.
        seen: the fingerprint of the preview that was shown.
        choices: what to keep of each conflict.
        by: who uploaded it, still a focal point or alternate of the organisation.

    Returns:
        How many returns were changed.

    Raises:
        PermissionDenied: `by` did not upload it, or writes for the organisation no longer.
        OtherPreviewError: see there.
        UndecidedError: see there.
    """
    period = ReportingPeriod.objects.select_for_update(of=("self",), no_key=True).get(cycle=upload.cycle_id)
    held = policies.own_uploads(by).select_for_update(of=("self",)).filter(pk=upload.pk)
    mine = held.select_related("organisation", "cycle__period__plan").first()
    if upload.person_id != by.pk or not policies.may_upload_sheet(by, upload.organisation):
        raise PermissionDenied
    if mine is None:
        raise OtherPreviewError
    preview = compared(mine, _locked_returns(mine, period))
    if preview.fingerprint != seen:
        raise OtherPreviewError
    if not preview.changed or preview.problems or not _is_decided(preview, choices):
        raise UndecidedError
    count = sum(_saved(each, choices, by) for each in preview.changed)
    _tell(mine, "spreadsheet.take_in", by, returns=count)
    mine.delete()
    return count


def _locked_returns(upload: SpreadsheetUpload, period: ReportingPeriod) -> list[Return]:
    """Every return of the desk, locked in the order of the keys, as every act on several of them does."""
    found = Return.objects.select_for_update(of=("self",)).filter(organisation=upload.organisation_id)
    return list(found.filter(cycle__period=period).select_related("cycle__period", "deliverable").order_by("pk"))


def _is_decided(preview: SheetPreview, choices: Choices) -> bool:
    return all(
        choices.get((each.one.pk, one.field)) in one.choices for each in preview.changed for one in each.conflicts
    )


def _saved(changed: Changed, choices: Choices, by: User) -> int:
    """Save one return; 1 if it says something else now, 0 where everything that was saved meanwhile is kept."""
    one = changed.one
    decided = {each.field: choices[one.pk, each.field] for each in changed.conflicts}
    before = Content.of(one)
    saved = {name: getattr(before, name) for name in Content.__dataclass_fields__}
    texts = merged(as_texts(saved), changed.found, decided)
    content = Content(**{**saved, **as_values({each.field: texts[each.field] for each in changed.found})})
    return int(save_draft(of=one, version=one.version, content=content, by=by).version > one.version)


def _tell(upload: SpreadsheetUpload, act: str, by: User, **counts: int) -> None:
    period, organisation = upload.cycle.period, upload.organisation.code
    known = {"plan": period.plan.code, "period": period.code, "organisation": organisation}
    record(by=by, act=act, about=upload.cycle, **known, **counts)
