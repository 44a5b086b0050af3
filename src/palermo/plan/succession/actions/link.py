"""Saying that a promise was made before, undoing that, and saying that two promises only read alike."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.register.models import Deliverable, Lineage, Plan
from palermo.plan.register.policies import may_change_plan
from palermo.plan.register.queries.promised import earlier_promises
from palermo.plan.register.vocabulary import LineageKind
from palermo.plan.succession.models import Dismissal


class NotEarlierError(Exception):
    """The promise that is said to be earlier is not: same plan, a later plan, or it goes back to the other one."""


class AlreadyLinkedError(Exception):
    """The two are linked already. Nothing was written."""


class GoneError(Exception):
    """Somebody else undid it meanwhile. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Why:
    """What became of the earlier promise, and why it is said to be the same."""

    kind: LineageKind
    note_en: str = ""
    note_fr: str = ""


@transaction.atomic
def link_by_hand(*, before: Deliverable, after: Deliverable, why: Why, by: User) -> Lineage:
    """Say that a deliverable goes back to one of an earlier plan.

    Raises:
        PermissionDenied: `by` may not change the plan of the later one.
        ValueError: no note is given in any language.
        NotEarlierError, AlreadyLinkedError: see there.
    """
    if not (why.note_en.strip() or why.note_fr.strip()):
        raise ValueError("Who links two promises says why.")
    return _linked(before, after, why, by)


@transaction.atomic
def confirm(*, before: Deliverable, after: Deliverable, by: User) -> Lineage:
    """Say that a suggestion is right: carried forward where the words are the same, else under another name.

    Raises:
        PermissionDenied, NotEarlierError, AlreadyLinkedError: as for `link_by_hand`.
    """
    same = (before.text_en, before.text_fr) == (after.text_en, after.text_fr)
    return _linked(before, after, Why(LineageKind.CARRIED_FORWARD if same else LineageKind.RENAMED), by)


@transaction.atomic
def unlink(*, lineage: Lineage, by: User) -> None:
    """Undo a link. That it stood there stays on the trail.

    Raises:
        PermissionDenied: `by` may not change the plan of the later deliverable.
        GoneError: it was undone already, or leads to a plan that is not here.
    """
    known = Lineage.objects.filter(pk=lineage.pk).select_related("before__plan", "after__plan__owner").first()
    if known is None or known.after is None:
        raise GoneError
    _lock(known.after.plan, by)
    deleted, _rows = Lineage.objects.filter(pk=known.pk).delete()
    if not deleted:
        raise GoneError
    _tell("lineage.unlink", known.before, known.after, by, kind=known.kind)


@transaction.atomic
def dismiss(*, before: Deliverable, after: Deliverable, by: User) -> None:
    """Say that two deliverables are not the same promise, so that it is not suggested again. Twice is once.

    Raises:
        PermissionDenied: `by` may not change the plan of the later one.
    """
    _lock(after.plan, by)
    _dismissal, is_new = Dismissal.objects.get_or_create(before=before, after=after, defaults={"by": by})
    if is_new:
        _tell("lineage.dismiss", before, after, by)


@transaction.atomic
def suggest_again(*, dismissal: Dismissal, by: User) -> None:
    """Undo `dismiss`.

    Raises:
        PermissionDenied: `by` may not change the plan of the later one.
        GoneError: it was undone already.
    """
    _lock(dismissal.after.plan, by)
    deleted, _rows = Dismissal.objects.filter(pk=dismissal.pk).delete()
    if not deleted:
        raise GoneError
    _tell("lineage.suggest_again", dismissal.before, dismissal.after, by)


def _linked(before: Deliverable, after: Deliverable, why: Why, by: User) -> Lineage:
    _lock(after.plan, by)
    _check_order(before, after)
    if Lineage.objects.filter(before=before, after_plan=after.plan.code, after_code=after.code).exists():
        raise AlreadyLinkedError
    made = Lineage.objects.create(
        before=before,
        after_plan=after.plan.code,
        after_code=after.code,
        after=after,
        kind=why.kind,
        note_en=why.note_en,
        note_fr=why.note_fr,
    )
    _tell("lineage.link", before, after, by, kind=str(why.kind.value))
    return made


def _check_order(before: Deliverable, after: Deliverable) -> None:
    """A promise goes back to an earlier plan, and never, over however many plans, to itself."""
    start, later = before.plan.starts_on, after.plan.starts_on
    if before.plan_id == after.plan_id or (start and later and start >= later):
        raise NotEarlierError
    if after.pk in earlier_promises([before.pk]).get(before.pk, set()):
        raise NotEarlierError


def _lock(plan: Plan, by: User) -> None:
    """Let only one person at a time say where the promises of a plan come from."""
    held = Plan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    if not may_change_plan(by, held):
        raise PermissionDenied


def _tell(act: str, before: Deliverable, after: Deliverable, by: User, **details: str) -> None:
    told = {"earlier": f"{before.plan.code} {before.code}", "later": f"{after.plan.code} {after.code}", **details}
    also = [{"plan": before.plan.code, "code": before.code}]
    record(by=by, act=act, about=after, plan=after.plan.code, code=after.code, **told, also=also)
