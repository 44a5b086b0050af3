"""Records of a release: taking them in, saying what their columns are, and erasing them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.figures.protection.description import FoundColumn, describe
from palermo.figures.protection.record_files import open_records
from palermo.figures.releases import keeping, policies
from palermo.figures.releases.actions.changing import NotPossibleError, changed, forget_comparison, locked, to_change
from palermo.figures.releases.described import CodeLine, DimensionSaid, NotDescribedError, check_name
from palermo.figures.releases.keeping import Kept
from palermo.figures.releases.models import RecordColumn, RecordFile, Release, ReleaseTable
from palermo.figures.releases.vocabulary import Erased, FileKind, Source, Use
from palermo.people.models import User

LONGEST_KEPT = timedelta(days=180)
"""Records are erased at the latest so long after they came, whatever was asked for."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a column."""

    use: Use
    code: str = ""
    label_en: str = ""
    label_fr: str = ""
    codes: tuple[CodeLine, ...] = field(default=())
    missing: str = ""


def upload_records(
    *, release: Release, version: int, kept: Kept, erase_on: date, keep_days: int = 0, by: User
) -> RecordFile:
    """Take in a file that lies encrypted. Where it is refused it is destroyed at once.

    Args:
        release: what it is for. A file that it had before is erased.
        version: of the release.
        kept: the encrypted file.
        erase_on: the day on which it is erased whatever comes of the release; from today to 180 days from now.
        keep_days: for how many days it is kept once the release is approved.
        by: whoever hands it in.

    Raises:
        PermissionDenied: `by` may not change the release.
        ChangedMeanwhileError: somebody else did.
        NotPossibleError: `no_records_here` of a release that is not made of records; `erase_day`.
        RecordsError: it cannot be read.
    """
    try:
        with keeping.opened(kept.code) as file:
            columns = len(open_records(file).names)
            file.seek(0)
            kind = FileKind.PARQUET if file.read(4) == b"PAR1" else FileKind.CSV
        return _taken_in(release, version, kept, kind, columns, erase_on, keep_days, by)
    except BaseException:
        keeping.destroy(kept.code)
        raise


@transaction.atomic
def _taken_in(
    release: Release, version: int, kept: Kept, kind: FileKind, columns: int, erase_on: date, keep_days: int, by: User
) -> RecordFile:
    one = to_change(release, by, version)
    today = timezone.localdate()
    if one.source != Source.RECORDS:
        raise NotPossibleError("no_records_here")
    if not today <= erase_on <= today + LONGEST_KEPT:
        raise NotPossibleError("erase_day")
    before = one.records or (one.corrects.records if one.corrects else None)
    made = RecordFile.objects.create(
        code=kept.code, owner_id=one.owner_id, kind=kind, size=kept.size, erase_on=erase_on, keep_days=keep_days,
        uploaded_by=by,
    )  # fmt: skip
    if not _described_alike(made, before, columns):
        RecordColumn.objects.bulk_create(RecordColumn(file=made, position=at) for at in range(1, columns + 1))
        ReleaseTable.objects.filter(release=one).delete()
    if one.records and one.records.erased_at is None:
        _erase(one.records, Erased.REPLACED, by)
    one.records = made
    changed(one, by=by, act="records.upload", kind=kind.value, columns=columns)
    return made


def _described_alike(made: RecordFile, before: RecordFile | None, columns: int) -> bool:
    """Take over what was said of the columns of a file before, where this one has as many."""
    said = list(RecordColumn.objects.filter(file=before).order_by("position")) if before else []
    if len(said) != columns:
        return False
    for column in said:
        column.pk, column.file = None, made
    RecordColumn.objects.bulk_create(said)
    return True


@transaction.atomic
def describe_column(*, release: Release, version: int, position: int, said: Said, by: User) -> RecordColumn:
    """Say what a column is for. Tables that used it as it was are wanted no more, and nothing is protected any more.

    Raises:
        PermissionDenied: `by` may not change the release.
        ChangedMeanwhileError: somebody else did.
        NotDescribedError: see there; `code_taken` where another column has the code, `unknown_missing` where an empty
            field stands for no code of a record, `no_label` without a label.
    """
    one = to_change(release, by, version)
    column = RecordColumn.objects.get(file=one.records, position=position)
    _check(column, said)
    before = column.code
    column.use, column.code = said.use, "" if said.use == Use.LEFT_OUT else said.code
    column.label_en, column.label_fr = said.label_en, said.label_fr
    column.codes = [[line.code, line.label_en, line.label_fr, line.parent] for line in said.codes]
    column.missing = said.missing if said.use == Use.DIMENSION else ""
    column.save()
    if before and (before != column.code or said.use == Use.LEFT_OUT):
        for table in ReleaseTable.objects.filter(release=one):
            if before in (*table.wanted, table.sums):
                table.delete()
    changed(one, by=by, act="records.describe", position=position)
    return column


def _check(column: RecordColumn, said: Said) -> None:
    if said.use == Use.LEFT_OUT:
        return
    check_name(said.code)
    others = RecordColumn.objects.filter(file=column.file_id).exclude(pk=column.pk)
    if any(said.code.casefold() == other.casefold() for other in others.values_list("code", flat=True)):
        raise NotDescribedError("code_taken", said.code)
    if not (said.label_en or said.label_fr):
        raise NotDescribedError("no_label", said.code)
    if said.use == Use.DIMENSION:
        DimensionSaid(said.code, said.label_en, said.label_fr, said.codes).check()
        parents = {line.parent for line in said.codes}
        if said.missing and said.missing not in {line.code for line in said.codes} - parents:
            raise NotDescribedError("unknown_missing", said.missing)


def look_into(*, release: Release, by: User) -> tuple[FoundColumn, ...]:
    """The different values of each column, for the person who describes them. The trail tells that they were read.

    Raises:
        PermissionDenied: `by` may not change the release.
        RecordsError: the file cannot be read.
        GoneError: it was erased.
    """
    kept = release.records
    if kept is None or not policies.may_change(by, release):
        raise PermissionDenied
    with transaction.atomic():
        record(by=by, act="records.read", about=kept, release=release.pk)
    with keeping.opened(kept.code) as file:
        return describe(file).columns


def headings(release: Release) -> tuple[str, ...]:
    """What the columns are called in the file; nothing once it was erased."""
    if release.records is None or release.records.erased_at is not None:
        return ()
    try:
        with keeping.opened(release.records.code) as file:
            return open_records(file).names
    except keeping.GoneError:
        return ()


@transaction.atomic
def erase_records(*, release: Release, by: User) -> None:
    """Erase the records of a release before their day. Erasing them again changes nothing.

    Raises:
        PermissionDenied: `by` does not prepare releases for the organisation.
    """
    one = locked(release)
    if not policies.may_erase(by, one):
        raise PermissionDenied
    if one.records:
        _erase(one.records, Erased.BY_HAND, by)


def erase_due(*, by: User) -> int:
    """Erase all records whose day has come, and destroy whatever an interrupted act left behind.

    Returns:
        How many files were erased.
    """
    due = RecordFile.objects.filter(erased_at__isnull=True, erase_on__lte=timezone.localdate()).order_by("pk")
    erased = 0
    for one in due:
        with transaction.atomic():
            erased += _erase(one, Erased.DUE, by)
    known = dict(RecordFile.objects.values_list("code", "erased_at"))
    keeping.sweep({code for code, at in known.items() if at is None}, known.keys())
    return erased


def erase_after_approval(one: RecordFile, by: User) -> None:
    """Erase records as their rule says, in the act of approval or some days after it."""
    if one.keep_days == 0:
        _erase(one, Erased.APPROVED, by)
        return
    last = timezone.localdate() + timedelta(days=one.keep_days)
    RecordFile.objects.filter(pk=one.pk, erase_on__gt=last).update(erase_on=last)


def _erase(one: RecordFile, because: Erased, by: User) -> int:
    """Note that records are erased, and destroy their key as soon as that note stands."""
    here = RecordFile.objects.filter(pk=one.pk, erased_at__isnull=True)
    if not here.update(erased_at=timezone.now(), erased_because=because):
        return 0
    forget_comparison(*Release.objects.filter(records=one).values_list("pk", flat=True))
    record(by=by, act="records.erase", about=one, because=because.value)
    code = one.code
    transaction.on_commit(lambda: keeping.destroy(code))
    return 1
