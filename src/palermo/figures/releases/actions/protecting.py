"""Protecting the tables of a release and attacking the result: at once where they are small, else by the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from django.db import transaction

from palermo.audit.actions import record
from palermo.figures.protection.accounting import BudgetError
from palermo.figures.protection.cover import UnprotectableError
from palermo.figures.protection.record_files import RecordsError
from palermo.figures.protection.rounding import RoundingError
from palermo.figures.protection.shapes import ShapeError
from palermo.figures.releases import engine
from palermo.figures.releases.actions.changing import NotPossibleError, forget_cells, locked, stepped, to_change
from palermo.figures.releases.budget import check_budget, next_draw
from palermo.figures.releases.counted import Counted
from palermo.figures.releases.described import DimensionSaid
from palermo.figures.releases.engine import Protection, Verdict
from palermo.figures.releases.freezing import (
    content_hash,
    frame_of,
    lost_by_code,
    mark_parts_of,
    marks_of,
    parts_of,
    values_of,
)
from palermo.figures.releases.keeping import GoneError
from palermo.figures.releases.made_up import made_up_records
from palermo.figures.releases.models import AttackRun, HiddenMarks, Release, ReleaseTable, TablePart
from palermo.figures.releases.sources import count_tables, dimensions_of
from palermo.figures.releases.standing import earlier_releases, earlier_tables, made_from
from palermo.figures.releases.statements import statement
from palermo.figures.releases.vocabulary import Method, State, Work
from palermo.people.models import User

SMALL_BYTES, SMALL_CELLS, SMALL_CODES = 2 << 20, 5_000, 100
"""Up to so much is protected while the page waits."""


def protect(*, release: Release, version: int, by: User) -> Release:
    """Protect the tables of a release and attack them; what is large is left to the worker.

    Raises:
        PermissionDenied: `by` may not change the release.
        ChangedMeanwhileError: somebody else did.
        NotPossibleError: `no_tables`, `no_records`, `over_budget`.
    """
    from palermo.figures.releases.jobs import protect_release

    with transaction.atomic():
        one = to_change(release, by, version)
        wanted = list(ReleaseTable.objects.filter(release=one))
        if not wanted:
            raise NotPossibleError("no_tables")
        if one.records and one.records.erased_at:
            raise NotPossibleError("no_records")
        check_budget(one, [next_draw(one)])
        one.work, one.work_done, one.problems = Work.WAITING, 0, []
        stepped(one, by=by, act="release.ask_to_protect")
        small = _is_small(one, wanted)
        if not small:
            pk, by_pk, of = one.pk, by.pk, one.version
            transaction.on_commit(lambda: protect_release.enqueue(release_pk=pk, version=of, by_pk=by_pk))
    return make_protected(release=one, version=one.version, by=by) if small else one


def _is_small(one: Release, wanted: Sequence[ReleaseTable]) -> bool:
    sizes = {said.code: len(said.codes) + 1 for said in dimensions_of(one)}
    if one.rule_set.method == Method.SYNTHETIC and sum(sizes.values()) > SMALL_CODES:
        return False
    cells = sum(prod(sizes.get(code, 1) for code in table.wanted) for table in wanted)
    return cells <= SMALL_CELLS and (one.records is None or one.records.size <= SMALL_BYTES)


def make_protected(*, release: Release, version: int, by: User) -> Release:
    """Count, protect and attack what somebody asked for in this version of a release, and store it all or not at all.

    Where the release changed meanwhile, nothing is stored: whoever changed it asks again.
    """
    with transaction.atomic():
        one = locked(release)
        if one.version != version or one.work != Work.WAITING:
            return one
        one.work = Work.COUNTING
        one.save(update_fields=["work"])
        if one.records:
            record(by=by, act="records.read", about=one.records, release=one.pk)
    try:
        return _made(one, by)
    except RecordsError as error:
        if error.code == "too_many_rows" and one.rule_set.method == Method.SYNTHETIC:
            return _stopped(one, [(0, 0, "made_up")])
        return _stopped(one, [(0, 0, f"file:{error.code}")])
    except GoneError:
        return _stopped(one, [(0, 0, "gone")])
    except (UnprotectableError, RoundingError):
        return _stopped(one, [(0, 0, "unprotectable")])
    except ShapeError:
        return _stopped(one, [(0, 0, "made_up" if one.rule_set.method == Method.SYNTHETIC else "shape")])
    except BudgetError:
        return _stopped(one, [(0, 0, "needs_counts")])
    except Exception:
        _stopped(one, [(0, 0, "failed")])
        raise


@dataclass(frozen=True, slots=True)
class _Done:
    """All that came of protecting and attacking."""

    basis: str
    wanted: Sequence[ReleaseTable]
    said: Mapping[str, DimensionSaid]
    counted: Counted
    protection: Protection
    verdict: Verdict
    earlier: Sequence[str]


def _made(one: Release, by: User) -> Release:
    wanted = list(ReleaseTable.objects.filter(release=one).order_by("position"))
    earlier = earlier_releases(one)
    basis = made_from(one, wanted, earlier)
    said = {each.code: each for each in dimensions_of(one)}
    counted = count_tables(by, one, wanted, lambda read: _note(one, Work.COUNTING, read))
    if counted.problems:
        return _stopped(one, counted.problems, counted.more)
    _note(one, Work.PROTECTING)
    before, rules = earlier_tables(earlier), one.rule_set.rules()
    protection = engine.protect(counted, rules, before)
    _note(one, Work.ATTACKING)
    verdict = engine.attack(protection.tables, counted.sums, rules, before)
    done = _Done(basis, wanted, said, counted, protection, verdict, [each.identifier for each in earlier])
    return _stored(one, done, by)


def _note(one: Release, work: Work, done: int = 0) -> None:
    """Say how far the work is, for whoever waits."""
    Release.objects.filter(pk=one.pk, version=one.version).update(work=work, work_done=done)


@transaction.atomic
def _stopped(one: Release, problems: Sequence[tuple[int, int, str]], more: int = 0) -> Release:
    stands = locked(one)
    if stands.version == one.version:
        stands.work, stands.problems = Work.FAILED, [list(each) for each in problems]
        if more:
            stands.problems.append([more, 0, "more"])
        stands.save(update_fields=["work", "problems"])
    return stands


@transaction.atomic
def _stored(release: Release, done: _Done, by: User) -> Release:
    """Store every table and the attack, unless the release or what it stands on changed meanwhile."""
    one = locked(release)
    if one.version != release.version:
        return one
    if made_from(one, done.wanted, earlier_releases(one)) != done.basis:
        return _stopped(release, [(0, 0, "changed")])
    forget_cells(one)
    tables = [_table(table, number, done) for number, table in enumerate(done.wanted)]
    if one.records:
        one.records.rows = done.counted.rows
        one.records.save(update_fields=["rows"])
    records = made_up_records(one, done.counted.made_up, dimensions_of(one)) if done.counted.made_up else None
    run = _attack(one, done, by)
    one.state, one.work, one.work_done = State.PROTECTED, Work.NONE, 0
    one.protected_from = one.attacked_from = done.basis
    one.attack_succeeded, one.gap = run.succeeded, done.protection.gap
    one.content_sha256 = content_hash(tables, records)
    return stepped(one, by=by, act="release.protect", hidden=run.hidden, exposed=run.exposed, sha256=one.content_sha256)


def _table(table: ReleaseTable, number: int, done: _Done) -> tuple[ReleaseTable, list[int | None]]:
    published, small = done.protection.tables[number], done.protection.too_small[number]
    values, hidden = values_of(published), ~published.shown
    table.layout = [frame_of(done.said[code]) for code in table.wanted]
    table.base, table.reach, table.adds_up = published.base, published.reach, published.adds_up
    table.hidden_is_positive = published.hidden_is_positive
    table.cells, table.too_small = len(values), int((hidden & small).sum())
    table.besides = int((hidden & ~small).sum())
    table.lost = lost_by_code(published, small)
    table.save()
    TablePart.objects.bulk_create(parts_of(table, values))
    HiddenMarks.objects.bulk_create(mark_parts_of(table, marks_of(published, small)))
    return table, values


def _attack(one: Release, done: _Done, by: User) -> AttackRun:
    verdict, told = done.verdict, (done.verdict, one.rule_set.rules(), len(done.earlier))
    return AttackRun.objects.create(
        release=one,
        succeeded=verdict.succeeded,
        attacked_from=done.basis,
        earlier=list(done.earlier),
        hidden=verdict.hidden,
        exposed=verdict.exposed,
        findings=[[name, list(codes)] for name, codes in verdict.findings],
        statement_en=statement(*told, "en"),
        statement_fr=statement(*told, "fr"),
        epsilon=done.protection.epsilon,
        delta=done.protection.delta,
        rho=done.protection.rho,
        by=by,
    )
