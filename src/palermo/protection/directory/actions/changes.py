"""What people change of services: confirmed, proposed, applied, declined, undone. The source keeps what it said."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.people.queries import by_link
from palermo.protection.directory.actions.at_places import only_its_own
from palermo.protection.directory.actions.checking import lost
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.actions.refusing import telling, telling_words, too_many_places
from palermo.protection.directory.actions.standing import told
from palermo.protection.directory.actions.storing import store
from palermo.protection.directory.hsds.capacity import capacities_of, is_recount, recounted, retold
from palermo.protection.directory.hsds.changing import CONFIRMED, only_confirms, only_counts
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import Record as Part
from palermo.protection.directory.hsds.parting import links_of
from palermo.protection.directory.hsds.schema import Problem, problems
from palermo.protection.directory.models import Change, Given, Kind, ProviderLink, Service, State
from palermo.protection.directory.policies import is_good, may_keep

NEVER = ("id", "organization", "program", "service_at_locations", "metadata", *CONFIRMED)
"""What no change touches: what a service is and belongs to, and when it was confirmed."""


class WrongChangeError(ValueError):
    """What the service would say is not as the standard has it, or tells where a confidential place is."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__("The change cannot be made.")
        self.problems = found


class DecidedError(ValueError):
    """Somebody has decided on it already, it never was what is asked for, or it is gone."""


class OtherBedsError(ValueError):
    """By now other beds are told of than those that were meant."""


@transaction.atomic
def confirm(*, by: User | ProviderLink, service: Service) -> Change:
    """Say that all of what is told of a service is right today.

    Raises:
        PermissionDenied: this is not for them to say, or the service is gone.
    """
    who = _alone(by, service)
    assured: Document = {"assured_date": timezone.localdate().isoformat(), "assured_by": _side(by)}
    made = _made(service, assured, State.APPLIED, who, by)
    record(by=who, act="directory.confirm", about=made, service=str(service.pk), **_through(by))
    _rewrite(service)
    return made


@transaction.atomic
def change(*, by: User | ProviderLink, service: Service, patch: Document) -> Change:
    """Change what is told of a service, at once or, by a link whose changes are reviewed, once somebody agrees.

    A new count of beds that are told of already never waits: by the time somebody agrees, nobody knows any more.

    Raises:
        PermissionDenied: this is not for them to change, or the service is gone.
        WrongChangeError: with each thing that cannot be said so.
    """
    who = _alone(by, service)
    if any(name in patch for name in NEVER) or not only_its_own(service, patch):
        raise PermissionDenied
    if isinstance(by, ProviderLink):
        _refuse(too_many_places(by, service.document, patch))
    return _changed(by, who, service, patch)


@transaction.atomic
def count(
    *, by: User | ProviderLink, service: Service, key: str, available: int, maximum: int | None, valid_hours: int
) -> Change:
    """Tell how many beds of one kind are free from now on. The others stay as somebody else may just have counted them.

    Args:
        by: who counted.
        service: where.
        key: which beds; empty for the first that are counted at all.
        available: so many are free.
        maximum: of so many; None where nobody says.
        valid_hours: for so many hours that is good.

    Raises:
        PermissionDenied: this is not for them to say, or the service is gone.
        OtherBedsError: these beds are not told of any more, or are not the first.
        WrongChangeError: with each thing that cannot be said so.
    """
    who = _alone(by, service)
    if key not in ([one.key for one in capacities_of(service.document)] or [""]):
        raise OtherBedsError
    told = retold(
        service.document, key, available=available, maximum=maximum, valid_hours=valid_hours, now=timezone.now()
    )
    return _changed(by, who, service, {"capacities": told})


@transaction.atomic
def accept(*, by: User, proposed: Change) -> None:
    """Apply a change that waited.

    Raises:
        PermissionDenied: this is not for them to decide.
        DecidedError: it does not wait any more.
        WrongChangeError: by now it cannot be made.
    """
    found = _waiting(by, proposed, State.PROPOSED)
    # It takes effect now, over what was applied while it waited; beds that were counted meanwhile stay as they were.
    found.number = _next_number(found.service)
    found.patch = recounted(found.service.document, found.patch)
    found.save(update_fields=["number", "patch"])
    _check(found.service, found.patch)
    _decide(by, found, State.APPLIED, "")
    record(by=by, act="directory.accept", about=found, service=str(found.service_id))
    _rewrite(found.service)


@transaction.atomic
def decline(*, by: User, proposed: Change, reason: str) -> None:
    """Leave a service as it is, against what somebody proposed.

    Raises:
        PermissionDenied: this is not for them to decide.
        DecidedError: it does not wait any more.
        WrongChangeError: the reason tells where a confidential place is.
    """
    found = _waiting(by, proposed, State.PROPOSED)
    _refuse(telling_words(reason))
    _decide(by, found, State.DECLINED, reason)
    record(by=by, act="directory.decline", about=found, service=str(found.service_id))


@transaction.atomic
def undo(*, by: User, applied: Change, reason: str) -> None:
    """Take back a change, so that the service says again what its source and the other changes say.

    Raises:
        PermissionDenied: this is not for them to decide.
        DecidedError: it is not applied any more.
        WrongChangeError: without it the service would say what cannot be said, or the reason says that.
    """
    found = _waiting(by, applied, State.APPLIED)
    _refuse(telling_words(reason))
    _decide(by, found, State.UNDONE, reason)
    _check(found.service, {})
    _rewrite(found.service)
    record(by=by, act="directory.undo", about=found, service=str(found.service_id))


def say_again(service: Service) -> None:
    """Have a service say anew what it says, as part of another act, which has seen to the right and the lock.

    Raises:
        WrongChangeError: with each thing that cannot be said so.
    """
    Given.objects.get_or_create(service=service, defaults={"document": service.document})
    _check(service, {})
    _rewrite(service)


def _alone(by: User | ProviderLink, service: Service) -> User:
    """Wait until nobody else changes the directory, and read the service again. Who acts, if they still may."""
    _who(by, service)
    one_at_a_time()
    try:
        service.refresh_from_db()
        if isinstance(by, ProviderLink):
            by.refresh_from_db()
    except ObjectDoesNotExist:
        raise PermissionDenied from None
    who = _who(by, service)
    if isinstance(by, ProviderLink):
        ProviderLink.objects.filter(pk=by.pk).update(used_at=timezone.now())
    return who


def _who(by: User | ProviderLink, service: Service) -> User:
    if isinstance(by, User):
        if not may_keep(by):
            raise PermissionDenied
        return by
    if not is_good(by) or by.organization_id != service.organization_id:
        raise PermissionDenied
    return by_link()


def _side(by: User | ProviderLink) -> str:
    return "provider" if isinstance(by, ProviderLink) else "coordinator"


def _through(by: User | ProviderLink) -> dict[str, int]:
    return {"link": by.pk} if isinstance(by, ProviderLink) else {}


def _changed(by: User | ProviderLink, who: User, service: Service, patch: Document) -> Change:
    """A change, applied at once or waiting, with its trace."""
    _check(service, patch)
    waits = isinstance(by, ProviderLink) and by.is_reviewed and not _is_recount(service, patch)
    made = _made(service, patch, State.PROPOSED if waits else State.APPLIED, who, by)
    fields = sorted(patch)
    if waits:
        record(by=who, act="directory.propose", about=made, service=str(service.pk), fields=fields, **_through(by))
    else:
        record(by=who, act="directory.change", about=made, service=str(service.pk), fields=fields, **_through(by))
        _rewrite(service)
    return made


def _made(service: Service, patch: Document, state: State, who: User, by: User | ProviderLink) -> Change:
    Given.objects.get_or_create(service=service, defaults={"document": service.document})
    link = by if isinstance(by, ProviderLink) else None
    kind = _kind(service, patch)
    return Change.objects.create(
        service=service, number=_next_number(service), patch=patch, state=state, kind=kind, by=who, link=link
    )


def _next_number(service: Service) -> int:
    last: int | None = Change.objects.filter(service=service).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _kind(service: Service, patch: Document) -> Kind:
    """Of which kind a change is. Where a clock was set back, a confirmation does not make that of a later day void."""
    if only_counts(patch):
        return Kind.COUNT
    if not only_confirms(patch):
        return Kind.OTHER
    before = (
        Change.objects.filter(service=service, kind=Kind.CONFIRMATION, state=State.APPLIED).order_by("number").last()
    )
    is_later = before is None or str(patch["assured_date"]) >= str(before.patch["assured_date"])
    return Kind.CONFIRMATION if is_later else Kind.OTHER


def _is_recount(service: Service, patch: Document) -> bool:
    """Whether a patch does nothing but count anew the beds that are told of at this moment."""
    return only_counts(patch) and is_recount(service.document, patch, timezone.now())


def _waiting(by: User, one: Change, state: State) -> Change:
    if not may_keep(by):
        raise PermissionDenied
    # Before the row is locked: whoever waits for the others must hold nothing that they wait for.
    one_at_a_time()
    found = Change.objects.select_for_update(of=("self",)).select_related("service").filter(pk=one.pk).first()
    if found is None or found.state != state:
        raise DecidedError
    return found


def _decide(by: User, found: Change, state: State, reason: str) -> None:
    found.state, found.decided_by, found.decided_at, found.reason = state, by, timezone.now(), reason
    found.save(update_fields=["state", "decided_by", "decided_at", "reason"])


def _source_of(service: Service) -> Document:
    given = Given.objects.filter(service=service).first()
    return given.document if given else service.document


def _check(service: Service, patch: Document) -> None:
    """Refuse a patch with which the service would say what cannot be said."""
    said = told({service.pk: _source_of(service)}, [patch])[service.pk]
    # What was counted since is laid over a count, and may not stand in for what is wrong in it.
    whole = {**said, **patch} if only_counts(patch) else said
    _refuse(problems("service", whole) or telling(said, patch))
    _refuse(lost(Part("service", said)) if "attributes" in patch else [])


def _refuse(found: list[Problem]) -> None:
    if found:
        raise WrongChangeError(found)


def _rewrite(service: Service) -> None:
    """Have the service say what its source says, and over it what is applied."""
    links = {name: str(owner) for name in links_of("service") if (owner := getattr(service, name))}
    store("service", [[Part("service", dict(_source_of(service)), links)]])
    service.refresh_from_db()
