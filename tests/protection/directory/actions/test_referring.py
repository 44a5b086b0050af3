"""Referrals, and who learns the address of a confidential place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.people.models import Role, User
from palermo.protection.directory.actions.referring import (
    Agreed,
    CodeError,
    NoAddressError,
    NoConsentError,
    give_address,
    note_outcome,
    refer,
    withdraw,
)
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import (
    AddressGiven,
    Consent,
    Outcome,
    Referral,
    SealedPlace,
    Service,
    ServiceAtLocation,
)
from palermo.protection.directory.sealing import opened
from tests.factories import MembershipFactory
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
TO = "Sergeant Example, transport"
POSTAL: Document = {
    "id": key("box"), "address_1": "P.O. Box 12", "city": "Moncton", "state_province": "NB", "postal_code": "E1C 4Z3",
    "country": "CA", "address_type": "postal",
}  # fmt: skip


@pytest.fixture
def worker() -> User:
    found: User = MembershipFactory.create(role=Role.WORKER).user
    return found


@pytest.fixture
def shelter() -> ServiceAtLocation:
    taken(service("Shelter", service_at_locations=[{"id": key("v"), "location": place(is_confidential=True)}]))
    return ServiceAtLocation.objects.select_related("service").get()


def agreed(days: int = 7) -> Agreed:
    return Agreed(Consent.SPOKEN, timezone.localdate() + timedelta(days=days), ["needs", "contact", "nonsense"])


def referred(by: User, to: ServiceAtLocation) -> Referral:
    return refer(by=by, service=to.service, visit=to, code="B-7", agreed=agreed())


def test_the_address_is_given_to_a_named_person_and_stands_on_the_record(
    worker: User, shelter: ServiceAtLocation
) -> None:
    referral = referred(worker, shelter)
    assert referral.shared == ["contact", "needs"]
    said = give_address(by=worker, referral=referral, to=TO)
    assert "12 Rue de l’Église" in str(said["addresses"])
    given = AddressGiven.objects.get()
    assert (given.referral, given.location_id, given.given_by) == (referral, shelter.location_id, worker)
    assert opened(given.pk, bytes(given.sealed_to)) == {"to": TO}
    assert b"Example" not in bytes(given.sealed_to)
    event = AuditEvent.objects.get(act="directory.give_address")
    assert event.about_id == str(referral.pk)
    for told in AuditEvent.objects.all():
        assert "glise" not in str(told.details)
        assert "Sergeant" not in str(told.details)


def test_without_consent_nothing_is_given(worker: User, shelter: ServiceAtLocation) -> None:
    with pytest.raises(NoConsentError):
        refer(by=worker, service=shelter.service, visit=shelter, code="x", agreed=agreed(-1))
    referral = referred(worker, shelter)
    withdraw(by=worker, referral=referral)
    withdraw(by=worker, referral=referral)
    with pytest.raises(NoConsentError):
        give_address(by=worker, referral=referral, to=TO)
    over = referred(worker, shelter)
    Referral.objects.filter(pk=over.pk).update(consent_until=date(2020, 1, 1))
    with pytest.raises(NoConsentError):
        give_address(by=worker, referral=over, to=TO)
    assert not AddressGiven.objects.exists()
    assert AuditEvent.objects.filter(act="directory.withdraw_referral").count() == 1


def test_nobody_agrees_for_longer_than_the_form_lets_them(worker: User, shelter: ServiceAtLocation) -> None:
    with pytest.raises(NoConsentError):
        refer(by=worker, service=shelter.service, visit=shelter, code="x", agreed=agreed(91))
    assert refer(by=worker, service=shelter.service, visit=shelter, code="x", agreed=agreed(90)).stands


def test_no_address_is_given_to_nobody(worker: User, shelter: ServiceAtLocation) -> None:
    referral = referred(worker, shelter)
    for nobody in ("", " \n"):
        with pytest.raises(ValueError, match="named person"):
            give_address(by=worker, referral=referral, to=nobody)
    assert not AddressGiven.objects.exists()


def test_no_address_is_given_of_a_visit_that_has_come_to_be_of_another_service(
    worker: User, shelter: ServiceAtLocation
) -> None:
    """A feed may move a visit to another service, and to another house."""
    referral = referred(worker, shelter)
    other: Any = place("other house", is_confidential=True)
    other["addresses"][0] |= {"address_1": "9 Distant Road", "postal_code": "E1C 9Z9"}
    taken(service("Other", service_at_locations=[{"id": str(shelter.pk), "location": other}]))
    shelter.refresh_from_db()
    assert str(shelter.service) == "Other"
    with pytest.raises(NoAddressError):
        give_address(by=worker, referral=referral, to=TO)
    assert not AddressGiven.objects.exists()
    referral.refresh_from_db()
    assert referral.place is None


def test_no_code_tells_where_a_hidden_place_is(worker: User, shelter: ServiceAtLocation) -> None:
    for code in ("12 rue de l'Eglise", "E1C4Z3 B-7"):
        with pytest.raises(CodeError):
            refer(by=worker, service=shelter.service, visit=shelter, code=code, agreed=agreed())
    assert not Referral.objects.exists()


def test_only_who_made_a_referral_acts_on_it(worker: User, shelter: ServiceAtLocation) -> None:
    referral = referred(worker, shelter)
    others = [MembershipFactory.create(role=role).user for role in Role]
    for other in others:
        for act in (
            lambda by: give_address(by=by, referral=referral, to=TO),
            lambda by: withdraw(by=by, referral=referral),
            lambda by: note_outcome(by=by, referral=referral, outcome=Outcome.FULL),
        ):
            with pytest.raises(PermissionDenied):
                act(other)
    for role in set(Role) - {Role.WORKER, Role.COORDINATOR}:
        with pytest.raises(PermissionDenied):
            referred(MembershipFactory.create(role=role).user, shelter)
    note_outcome(by=worker, referral=referral, outcome=Outcome.TAKEN_IN)
    referral.refresh_from_db()
    assert referral.outcome == Outcome.TAKEN_IN


def test_a_referral_without_a_hidden_place_has_no_address_to_give(worker: User, shelter: ServiceAtLocation) -> None:
    taken(service("Office", service_at_locations=[{"id": key("w"), "location": place("office", addresses=[])}]))
    office = ServiceAtLocation.objects.get(service__document__name="Office")
    with pytest.raises(NoAddressError):
        give_address(by=worker, referral=referred(worker, office), to=TO)
    for addresses in ([], [POSTAL]):
        hidden: Document = {**place("hidden", is_confidential=True, addresses=addresses), "name": ""}
        taken(service("Unknown", service_at_locations=[{"id": key("u"), "location": hidden}]))
        unknown = ServiceAtLocation.objects.get(pk=key("u"))
        assert SealedPlace.objects.filter(location=unknown.location_id).exists()
        with pytest.raises(NoAddressError):
            give_address(by=worker, referral=referred(worker, unknown), to=TO)
    assert not AddressGiven.objects.exists()
    assert not AuditEvent.objects.filter(act="directory.give_address").exists()
    phone = refer(by=worker, service=Service.objects.get(pk=shelter.service_id), visit=None, code="x", agreed=agreed())
    with pytest.raises(NoAddressError):
        give_address(by=worker, referral=phone, to=TO)
    with pytest.raises(PermissionDenied):
        refer(by=worker, service=office.service, visit=shelter, code="x", agreed=agreed())
