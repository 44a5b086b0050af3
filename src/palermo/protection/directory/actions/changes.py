"""What people change of services: confirmed, proposed, applied, declined, undone. The source keeps what it said."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.people.queries import by_link
from palermo.protection.directory.actions.locking import one_at_a_time
from palermo.protection.directory.actions.secrecy import Secrecy
from palermo.protection.directory.actions.standing import standing
from palermo.protection.directory.actions.storing import store
from palermo.protection.directory.hsds.capacity import is_recount, recounted
from palermo.protection.directory.hsds.changing import CONFIRMED, changed, only_confirms, only_counts
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import Record as Part
from palermo.protection.directory.hsds.parting import links_of
from palermo.protection.directory.hsds.schema import Problem, problems
from palermo.protection.directory.models import Change, Given, Kind, ProviderLink, Service, State
from palermo.protection.directory.policies import is_good, may_keep

NEVER = ("id", "organization", "program", "service_at_locations", "attributes", "metadata", *CONFIRMED)
"""What no change touches: what a service is, belongs to and is found by, and when it was confirmed."""


class WrongChangeError(ValueError):
    """What the service would say is not as the standard has it, or tells where a confidential place is."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__("The change cannot be made.")
        self.problems = found


class DecidedError(ValueError):
    """Somebody has decided on the change already, or it never was what is asked for."""


@transaction.atomic
def confirm(*, by: User | ProviderLink, service: Service) -> Change:
    """Say that all of what is told of a service is right today.

    Raises:
        PermissionDenied: this is not for them to say.
    """
    who = _who(by, service)
    one_at_a_time()
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
        PermissionDenied: this is not for them to change.
        WrongChangeError: with each thing that cannot be said so.
    """
    who = _who(by, service)
    if any(name in patch for name in NEVER):
        raise PermissionDenied
    one_at_a_time()
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


@transaction.atomic
def accept(*, by: User, proposed: Change) -> None:
    """Apply a change that waited.

    Raises:
        PermissionDenied: this is not for them to decide.
        DecidedError: it does not wait any more.
        WrongChangeError: by now it cannot be made.
    """
    found = _waiting(by, proposed, State.PROPOSED)
    one_at_a_time()
    # It takes effect now, over what was applied while it waited; beds that were counted meanwhile stay as they were.
    found.number = _next_number(found.service)
    found.patch = recounted(Service.objects.get(pk=found.service_id).document, found.patch)
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
    """
    found = _waiting(by, proposed, State.PROPOSED)
    _decide(by, found, State.DECLINED, reason)
    record(by=by, act="directory.decline", about=found, service=str(found.service_id))


@transaction.atomic
def undo(*, by: User, applied: Change, reason: str) -> None:
    """Take back a change, so that the service says again what its source and the other changes say.

    Raises:
        PermissionDenied: this is not for them to decide.
        DecidedError: it is not applied any more.
        WrongChangeError: without it the service would say what cannot be said.
    """
    found = _waiting(by, applied, State.APPLIED)
    one_at_a_time()
    _decide(by, found, State.UNDONE, reason)
    _check(found.service, {})
    record(by=by, act="directory.undo", about=found, service=str(found.service_id))
    _rewrite(found.service)


def _who(by: User | ProviderLink, service: Service) -> User:
    if isinstance(by, User):
        if not may_keep(by):
            raise PermissionDenied
        return by
    if not is_good(by) or by.organization_id != service.organization_id:
        raise PermissionDenied
    ProviderLink.objects.filter(pk=by.pk).update(used_at=timezone.now())
    return by_link()


def _side(by: User | ProviderLink) -> str:
    return "provider" if isinstance(by, ProviderLink) else "coordinator"


def _through(by: User | ProviderLink) -> dict[str, int]:
    return {"link": by.pk} if isinstance(by, ProviderLink) else {}


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
    return only_counts(patch) and is_recount(Service.objects.get(pk=service.pk).document, patch, timezone.now())


def _waiting(by: User, one: Change, state: State) -> Change:
    if not may_keep(by):
        raise PermissionDenied
    found = Change.objects.select_for_update(of=("self",)).select_related("service").get(pk=one.pk)
    if found.state != state:
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
    said = changed(_source_of(service), [*standing([service.pk])[service.pk], patch])
    found = problems("service", said) or list(Secrecy().told([Part("service", said)]))
    if found:
        raise WrongChangeError(found)


def _rewrite(service: Service) -> None:
    """Have the service say what its source says, and over it what is applied."""
    links = {name: str(owner) for name in links_of("service") if (owner := getattr(service, name))}
    store("service", [[Part("service", dict(_source_of(service)), links)]])
    service.refresh_from_db()
