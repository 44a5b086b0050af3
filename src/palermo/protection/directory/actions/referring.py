"""Leading somebody to a service with their consent, and giving a confidential address to a named person for it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.protection.directory.actions.refusing import telling_code
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.models import (
    AddressGiven,
    Consent,
    Outcome,
    Referral,
    SealedPlace,
    Service,
    ServiceAtLocation,
)
from palermo.protection.directory.places_said import whole_address
from palermo.protection.directory.policies import may_refer
from palermo.protection.directory.sealing import opened, seal

LONGEST = timedelta(days=90)
"""For so long can somebody agree at once."""
SHARED = ("contact", "needs", "languages", "children", "safety", "health")
"""What a service may be told of somebody, each only where they agree."""


class NoConsentError(ValueError):
    """They do not agree any more, or the time for which they did is over."""


class NoAddressError(ValueError):
    """The referral leads to no confidential place whose address is known."""


class CodeError(ValueError):
    """The code of a referral tells where a confidential place is, or nobody can know or looks whether it does."""

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__("The code cannot be kept.")
        self.problems = found


@dataclass(frozen=True)
class Agreed:
    """To what somebody agreed, how, and until when."""

    consent: Consent
    until: date
    shared: Sequence[str]


@transaction.atomic
def refer(*, by: User, service: Service, visit: ServiceAtLocation | None, code: str, agreed: Agreed) -> Referral:
    """Note that somebody, known by a code, is led to a service.

    Raises:
        PermissionDenied: this is not for them to do, or the visit is not of the service.
        NoConsentError: the consent is over already, or is said to last for longer than anybody can agree at once.
        CodeError: the code tells where a confidential place is.
    """
    if not may_refer(by) or (visit is not None and visit.entry_id != service.pk):
        raise PermissionDenied
    today = timezone.localdate()
    if not today <= agreed.until <= today + LONGEST:
        raise NoConsentError
    if found := telling_code(by, code):
        raise CodeError(found)
    made = Referral.objects.create(
        service=service,
        visit=visit,
        code=code,
        made_by=by,
        consent=agreed.consent,
        consent_until=agreed.until,
        shared=[one for one in SHARED if one in agreed.shared],
    )
    record(by=by, act="directory.refer", about=made, service=str(service.pk), consent=agreed.consent.value)
    return made


@transaction.atomic
def give_address(*, by: User, referral: Referral, to: str) -> Document:
    """The address of the confidential place that a referral leads to, for one named person. It is on the record.

    Args:
        by: who gives it: only who made the referral.
        referral: what it is given for.
        to: the name and post of whoever gets it, such as a driver or an officer. It is kept encrypted.

    Raises:
        PermissionDenied: the referral is not theirs.
        NoConsentError: the person does not agree any more.
        NoAddressError: there is no such address, nothing of it can be shown, or by now another service is given there.
        ValueError: nobody is named.
        SealedError: the site's secret is not the one that the place was sealed under.
    """
    found = _own(by, referral)
    if not to.strip():
        raise ValueError("An address is given to a named person.")
    if not found.stands:
        raise NoConsentError
    visit = found.place
    place = SealedPlace.objects.filter(location=visit.location_id).first() if visit else None
    if visit is None or place is None:
        raise NoAddressError
    said = opened(place.pk, bytes(place.sealed))
    # Every confidential place is sealed, also one of which nobody said where it is: then nothing was given.
    if not whole_address({**said}):
        raise NoAddressError
    key = uuid.uuid4()
    AddressGiven.objects.create(
        id=key, referral=found, location_id=place.pk, sealed_to=seal(key, {"to": to}), given_by=by
    )
    record(by=by, act="directory.give_address", about=found, location=str(place.pk))
    return said


@transaction.atomic
def withdraw(*, by: User, referral: Referral) -> None:
    """Note that somebody does not agree any more. Nothing is given for the referral from now on.

    Raises:
        PermissionDenied: the referral is not theirs.
    """
    found = _own(by, referral)
    if found.withdrawn_at is None:
        found.withdrawn_at = timezone.now()
        found.save(update_fields=["withdrawn_at"])
        record(by=by, act="directory.withdraw_referral", about=found)


@transaction.atomic
def note_outcome(*, by: User, referral: Referral, outcome: Outcome) -> None:
    """Note what came of a referral.

    Raises:
        PermissionDenied: the referral is not theirs.
    """
    found = _own(by, referral)
    found.outcome = outcome
    found.save(update_fields=["outcome"])
    record(by=by, act="directory.outcome", about=found, outcome=outcome.value)


def _own(by: User, referral: Referral) -> Referral:
    if not may_refer(by) or referral.made_by_id != by.pk:
        raise PermissionDenied
    rows = Referral.objects.select_for_update(of=("self",)).select_related("service", "visit__location")
    return rows.get(pk=referral.pk)
