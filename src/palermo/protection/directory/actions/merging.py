"""Entries that name the same service: found, merged by a person, and taken apart again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.protection.directory.actions.changes import DecidedError, say_again
from palermo.protection.directory.actions.finding import refresh
from palermo.protection.directory.actions.forgetting import given_at
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.actions.together import place
from palermo.protection.directory.hsds.json_values import Json
from palermo.protection.directory.hsds.likeness import Likely, likely
from palermo.protection.directory.hsds.likeness_entries import Entry, entry_of
from palermo.protection.directory.hsds.standing_for import beds_of, taken_over, without_beds
from palermo.protection.directory.models import OPEN, Likeness, Service, State, Verdict
from palermo.protection.directory.models.likeness import PLACE
from palermo.protection.directory.policies import may_keep
from palermo.protection.directory.queries.entries import whole

BATCH = 200
"""So many services at a time are put together to be compared."""


class MergedError(ValueError):
    """One of the two stands for another entry, or another one for it: that has to be taken apart first."""


def find_likenesses(*, by: User) -> int:
    """Compare all services that are shown, and propose pairs nobody was asked about yet. How many are new.

    Pairs that nobody decided on and that are not found any more are forgotten.

    Raises:
        PermissionDenied: this is not for them to do.
    """
    if not may_keep(by):
        raise PermissionDenied
    # Minutes for a large directory, in which nobody has to wait to say how many beds are free.
    since = timezone.now()
    return _propose(by, {_pair(one): one for one in likely(_compared(by))}, since)


@transaction.atomic
def _propose(by: User, found: dict[tuple[UUID, UUID], Likely], since: datetime) -> int:
    """Keep the pairs that are to be asked about, of services that still are what they were when they were compared."""
    one_at_a_time()
    keys = {key for pair in found for key in pair}
    shown = set(Service.objects.filter(pk__in=keys, merged_into__isnull=True).values_list("pk", flat=True))
    found = {pair: one for pair, one in found.items() if shown.issuperset(pair)}
    waiting = Likeness.objects.filter(verdict=Verdict.OPEN)
    waiting.exclude(pk__in=[one.pk for one in waiting if (one.first_id, one.second_id) in found]).delete()
    known = set(Likeness.objects.values_list("first", "second"))
    # A place that was hidden meanwhile may be the one to which the distance was measured.
    hidden = given_at(Q(location__is_confidential=True)) | set(
        Service.objects.filter(pk__in=keys, changed_at__gte=since).values_list("pk", flat=True)
    )
    new = [
        Likeness(
            first_id=pair[0],
            second_id=pair[1],
            probability=one.probability,
            reasons=_plain(one, tells_place=hidden.isdisjoint(pair)),
        )
        for pair, one in found.items()
        if pair not in known
    ]
    Likeness.objects.bulk_create(new)
    record(by=by, act="directory.compare", about=by, found=len(found), new=len(new))
    return len(new)


@transaction.atomic
def merge(*, by: User, pair: Likeness, kept: Service) -> None:
    """Show one entry for both. It says what both sources say, its own first, and shows the places of both.

    Raises:
        PermissionDenied: this is not for them to decide, or the service is none of the pair.
        DecidedError: somebody has decided on the pair.
        MergedError: one of them is part of another merger.
        WrongChangeError: what would be taken over cannot be said there.
    """
    found = _waiting(by, pair, Verdict.OPEN)
    if kept.pk not in (found.first_id, found.second_id):
        raise PermissionDenied
    stays, goes = (found.first, found.second) if kept.pk == found.first_id else (found.second, found.first)
    if stays.merged_into_id or goes.merged_into_id or goes.merged_services.exists():
        raise MergedError
    takes = sorted(taken_over(stays.document, goes.document).keys() - stays.document.keys())
    Service.objects.filter(pk=goes.pk).update(merged_into=stays)
    say_again(stays)
    _touch(stays, goes)
    _decide(by, found, Verdict.MERGED)
    record(by=by, act="directory.merge", about=found, kept=str(stays.pk), merged=str(goes.pk), fields=takes)


@transaction.atomic
def part(*, by: User, pair: Likeness) -> None:
    """Take two entries apart that were merged: each says and shows again what it did, without what is the other's.

    Raises:
        PermissionDenied: this is not for them to decide.
        DecidedError: they are not merged.
        WrongChangeError: what one of them would say again cannot be said any more.
    """
    found = _waiting(by, pair, Verdict.MERGED)
    stays, goes = (found.first, found.second) if found.second.merged_into_id else (found.second, found.first)
    Service.objects.filter(pk=goes.pk).update(merged_into=None)
    Service.objects.filter(pk=stays.pk).update(told_by=None)
    _end_counts(by, stays, beds_of(goes.document) - beds_of(stays.given.document))
    for one in (stays, goes):
        place(one.pk, [])
    say_again(stays)
    refresh([goes.pk])
    _touch(stays, goes)
    _decide(by, found, Verdict.APART)
    record(by=by, act="directory.part", about=found, first=str(found.first_id), second=str(found.second_id))


def _end_counts(by: User, service: Service, beds: Collection[str]) -> None:
    """End what was counted of beds that are not the service's own. What else was said at once with it stays."""
    for one in service.changes.filter(state__in=[State.APPLIED, State.PROPOSED], patch__has_key="capacities"):
        if beds_of(one.patch).isdisjoint(beds):
            continue
        if left := without_beds(one.patch, beds):
            one.patch = left
        else:
            one.state = State.UNDONE if one.state == State.APPLIED else State.DECLINED
            one.decided_by, one.decided_at = by, timezone.now()
        one.save(update_fields=["patch", "state", "decided_by", "decided_at"])


def _touch(*some: Service) -> None:
    """Whoever asks what has changed since learns of these: one of them is shown anew, or no more."""
    Service.objects.filter(pk__in=[one.pk for one in some]).update(changed_at=timezone.now())


@transaction.atomic
def keep_apart(*, by: User, pair: Likeness) -> None:
    """Say that these are two services; nobody is asked again.

    Raises:
        PermissionDenied: this is not for them to decide.
        DecidedError: somebody has decided on the pair.
    """
    found = _waiting(by, pair, Verdict.OPEN)
    _decide(by, found, Verdict.APART)
    record(by=by, act="directory.keep_apart", about=found, first=str(found.first_id), second=str(found.second_id))


@transaction.atomic
def ask_again(*, by: User, pair: Likeness) -> None:
    """Have a pair wait again that was said to be two services, or that was taken apart.

    Raises:
        PermissionDenied: this is not for them to decide.
        DecidedError: somebody has asked again already, or nobody said so.
    """
    found = _waiting(by, pair, Verdict.APART)
    found.verdict, found.decided_by, found.decided_at = Verdict.OPEN, None, None
    found.save(update_fields=["verdict", "decided_by", "decided_at"])
    record(by=by, act="directory.ask_again", about=found, first=str(found.first_id), second=str(found.second_id))


def _waiting(by: User, pair: Likeness, verdict: Verdict) -> Likeness:
    if not may_keep(by):
        raise PermissionDenied
    one_at_a_time()
    rows = Likeness.objects.select_for_update(of=("self",)).select_related("first", "second")
    found = rows.filter(pk=pair.pk).first()
    if found is None or found.verdict != verdict:
        raise DecidedError
    return found


def _decide(by: User, found: Likeness, verdict: Verdict) -> None:
    found.verdict, found.decided_by, found.decided_at = verdict, by, timezone.now()
    found.save(update_fields=["verdict", "decided_by", "decided_at"])


def _compared(by: User) -> Iterator[Entry]:
    """All services that are shown, as they are compared."""
    found = Service.objects.filter(merged_into__isnull=True, status=OPEN).order_by("pk")
    last: UUID | None = None
    while batch := list((found if last is None else found.filter(pk__gt=last))[:BATCH]):
        yield from (entry_of(one) for one in whole(by, "service", batch))
        last = batch[-1].pk


def _pair(one: Likely) -> tuple[UUID, UUID]:
    first, second = sorted((UUID(one.one), UUID(one.other)))
    return first, second


def _plain(one: Likely, *, tells_place: bool) -> list[Json]:
    return [[reason.about, reason.how, reason.km] for reason in one.reasons if tells_place or reason.about != PLACE]
