"""From two people's hands to everybody's eyes: submitting, approving, rejecting and correcting."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.figures.releases import policies
from palermo.figures.releases.actions.changing import NotPossibleError, forget_comparison, locked, stepped, to_change
from palermo.figures.releases.actions.records import erase_after_approval
from palermo.figures.releases.budget import check_budget, drawn, spends
from palermo.figures.releases.models import (
    BudgetEntry,
    HiddenMarks,
    Population,
    Release,
    ReleaseTable,
    SyntheticRecords,
    TablePart,
)
from palermo.figures.releases.standing import is_stale
from palermo.figures.releases.vocabulary import State
from palermo.people.models import User


@transaction.atomic
def submit(*, release: Release, version: int, by: User) -> Release:
    """Hand a protected release to a second person.

    Raises:
        PermissionDenied: `by` may not change it.
        ChangedMeanwhileError: somebody else did.
        NotPossibleError: `not_protected`, `attack_succeeded`, `stale`.
    """
    one = to_change(release, by, version)
    if one.state != State.PROTECTED:
        raise NotPossibleError("not_protected")
    _withstood(one)
    one.hands.add(by)
    one.state, one.submitted_by, one.submitted_at = State.SUBMITTED, by, timezone.now()
    return stepped(one, by=by, act="release.submit")


@transaction.atomic
def take_back(*, release: Release, version: int, by: User) -> Release:
    """Take a submitted release back, to change it or to attack it anew.

    Raises:
        PermissionDenied: `by` does not prepare releases for the organisation, or it is not submitted.
        ChangedMeanwhileError: somebody else decided meanwhile.
    """
    one = locked(release, version)
    if one.state != State.SUBMITTED or not policies.may_prepare_for(by, one.owner_id):
        raise PermissionDenied
    one.state, one.submitted_by, one.submitted_at = State.PROTECTED, None, None
    return stepped(one, by=by, act="release.take_back")


def _withstood(one: Release) -> None:
    if one.attack_succeeded is not False:
        raise NotPossibleError("attack_succeeded")
    if is_stale(one):
        raise NotPossibleError("stale")


@transaction.atomic
def approve(*, release: Release, version: int, by: User) -> Release:
    """Publish a release under the next identifier of the year. From then on nothing in it changes.

    Its records are erased as their rule says. Which of the hidden cells are too small is forgotten.

    Raises:
        PermissionDenied: it is not submitted, or `by` had a hand in it, or does not prepare releases for its owner.
        ChangedMeanwhileError: somebody changed or decided it meanwhile.
        NotPossibleError: `attack_succeeded`; `stale` where rules or earlier releases changed since the attack.
        OverBudgetError: the population's budget has no room for its noise any more.
    """
    # One after the other: each is compared with all that was published before, and has a number of its own.
    list(Population.objects.select_for_update().order_by("pk").values_list("pk"))
    one = locked(release, version)
    if not policies.may_decide(by, one):
        raise PermissionDenied
    _withstood(one)
    check_budget(one)
    one.decided_by, one.decided_at = by, timezone.now()
    one.year = timezone.localdate().year
    newest = Release.objects.filter(year=one.year).order_by("-number").first()
    one.number = (newest.number or 0) + 1 if newest else 1
    one.state = State.PUBLISHED
    _freeze(one)
    one.version += 1
    one.save()
    if spends(one):
        _spend(one, by)
    record(by=by, act="release.approve", about=one, release=one.identifier, sha256=one.content_sha256)
    if one.records:
        erase_after_approval(one.records, by)
    return one


def _spend(one: Release, by: User) -> None:
    """Write into the ledger what every draw of its noise gives away, since people chose among them."""
    draws = drawn(one)
    rhos = [draw.rho for draw in draws if draw.rho is not None]
    BudgetEntry.objects.create(
        population=one.population,
        release=one,
        epsilon=sum(draw.epsilon for draw in draws),
        delta=sum(draw.delta for draw in draws),
        rho=sum(rhos) if len(rhos) == len(draws) else None,
        by=by,
    )


def _freeze(one: Release) -> None:
    """Tables and cells, too, change no more; why each cell is hidden is forgotten."""
    HiddenMarks.objects.filter(table__release=one).delete()
    TablePart.objects.filter(table__release=one).update(is_published=True)
    # In a small table the counts by code would tell as much as the marks.
    ReleaseTable.objects.filter(release=one).update(is_published=True, lost=[])
    forget_comparison(one.pk)
    SyntheticRecords.objects.filter(release=one).update(is_published=True)


@transaction.atomic
def reject(*, release: Release, version: int, reason: str, by: User) -> Release:
    """Refuse a release for good, and say why.

    Raises:
        PermissionDenied: as for approving.
        ChangedMeanwhileError: somebody changed or decided it meanwhile.
        NotPossibleError: `no_reason`.
    """
    one = locked(release, version)
    if not policies.may_decide(by, one):
        raise PermissionDenied
    if not reason.strip():
        raise NotPossibleError("no_reason")
    forget_comparison(one.pk)
    one.state, one.reason = State.REJECTED, reason.strip()
    one.decided_by, one.decided_at = by, timezone.now()
    return stepped(one, by=by, act="release.reject")


@transaction.atomic
def correct(*, release: Release, correction_en: str, correction_fr: str, by: User) -> Release:
    """Begin a release that corrects a published one. What is wanted is taken over; records come anew.

    Raises:
        PermissionDenied: `by` does not prepare releases for the organisation, or it is not published.
        NotPossibleError: `corrected_already` where a correction is published or on its way; `no_correction` where
            nothing says what it corrects.
    """
    before = locked(release)
    if before.state != State.PUBLISHED or not policies.may_prepare_for(by, before.owner_id):
        raise PermissionDenied
    if before.corrections.exclude(state=State.REJECTED).exists():
        raise NotPossibleError("corrected_already")
    if not (correction_en.strip() or correction_fr.strip()):
        raise NotPossibleError("no_correction")
    kept = ("owner", "population", "rule_set", "source", "source_code", "counts", "covers_from", "covers_to")
    words = ("title_en", "title_fr", "about_en", "about_fr")
    said = {name: getattr(before, name) for name in (*kept, *words)}
    made = Release(
        **said, corrects=before, correction_en=correction_en, correction_fr=correction_fr, prepared_by=by, version=0
    )
    stepped(made, by=by, act="release.correct", corrects=before.identifier)
    ReleaseTable.objects.bulk_create(
        ReleaseTable(
            release=made,
            position=table.position,
            title_en=table.title_en,
            title_fr=table.title_fr,
            wanted=table.wanted,
            sums=table.sums,
        )
        for table in before.tables.order_by("position")
    )
    return made
