"""What workers see in the finder, and the pages by which they lead somebody to a service."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from palermo.people.models import Role, User
from palermo.protection.directory.models import (
    AddressGiven,
    Outcome,
    Referral,
    SealedPlace,
    Service,
    ServiceAtLocation,
)
from palermo.protection.directory.sealing import seal
from tests.factories import MembershipFactory, UserFactory
from tests.protection.directory.helping import ask, helping
from tests.protection.directory.keeping import queries
from tests.protection.directory.samples import key, place, taken

pytestmark = pytest.mark.django_db
LIST = "/en/work/referrals/"
TO = "Sergeant Example"
WORDLESS = "Use a short code with a number and at most two letters in a row, without accents, such as B-7."


def beds(hours_ago: float) -> list[object]:
    told = datetime.now(UTC) - timedelta(hours=hours_ago)
    unit = {"id": key("bed"), "name": "bed", "name_fr": "lit"}
    one = {"id": key("beds"), "unit": unit, "available": 3, "maximum": 12, "updated": told.isoformat()}
    return [{**one, "valid_hours": 6}]


@pytest.fixture
def shelter() -> Service:
    helping("Shelter", "safe-place", at={"is_confidential": True, "area": "Near Moncton"}, capacities=beds(2))
    return Service.objects.get()


@pytest.fixture
def worker() -> User:
    found: User = MembershipFactory.create(role=Role.WORKER).user
    return found


@pytest.fixture
def desk(client: Client, worker: User) -> Client:
    client.force_login(worker)
    return client


def said(**other: object) -> dict[str, object]:
    until = timezone.localdate() + timedelta(days=7)
    visit = ServiceAtLocation.objects.get()
    found = {"code": "B-7", "visit": str(visit.pk), "shared": ["needs"], "consent": "spoken", "until": str(until)}
    return {**found, **other}


def test_workers_see_beds_with_their_age_and_the_public_does_not(
    client: Client, shelter: Service, worker: User
) -> None:
    assert "3 of 12" not in ask(client, need="safe-place", place="Moncton")
    client.force_login(worker)
    page = ask(client, need="safe-place", place="Moncton")
    assert "3 of 12" in page
    assert "2 hours ago" in page
    assert "Near Moncton" in page
    assert f"/work/services/{shelter.pk}/refer/" in page
    helping("Shelter", "safe-place", at={"is_confidential": True}, capacities=beds(7))
    page = ask(client, need="safe-place", place="Moncton")
    assert "3 of 12" not in page
    assert "not known any more" in page


def test_a_worker_refers_somebody_and_gives_the_address_to_one_person(desk: Client, shelter: Service) -> None:
    address = f"/en/work/services/{shelter.pk}/refer/"
    page = desk.get(address).content.decode()
    assert "Near Moncton (confidential place)" in page
    assert "glise" not in page
    answer = desk.post(address, said(), follow=True)
    page = answer.content.decode()
    referral = Referral.objects.get()
    assert "what they need" in page
    assert "how to reach them" not in page
    assert "glise" not in page
    assert answer["Cache-Control"] == "no-store"
    one = f"{LIST}{referral.pk}/"
    given = desk.post(f"{one}address/", {"to": TO})
    assert "12 Rue de l’Église" in given.content.decode()
    assert given["Cache-Control"] == "no-store"
    assert AddressGiven.objects.count() == 1
    assert "glise" not in desk.get(one).content.decode()
    desk.post(f"{one}outcome/", {"outcome": "taken_in"})
    referral.refresh_from_db()
    assert referral.outcome == Outcome.TAKEN_IN
    page = desk.post(f"{one}withdraw/", follow=True).content.decode()
    assert "does not agree any more" in page
    assert "Show the address once" not in page
    refused = desk.post(f"{one}address/", {"to": TO}).content.decode()
    assert "glise" not in refused
    assert "so that no address is given" in refused
    assert AddressGiven.objects.count() == 1
    assert "B-7" in desk.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("code", "", "required"),
        ("code", "1990-05-17", "may be a date of birth"),
        ("code", "Marie Tremblay", WORDLESS),
        ("code", "MT", WORDLESS),
        ("code", "Marie 7", WORDLESS),
        ("code", "EVA-7", WORDLESS),
        ("code", "Zo\u00e9 7", WORDLESS),
        ("code", "\u738b\u82b3 7", WORDLESS),
        ("until", "2020-01-01", "within the next 90 days"),
        ("until", "2999-01-01", "within the next 90 days"),
        ("consent", "", "required"),
        ("consent", "silence", "not one of the available choices"),
        ("visit", key("nowhere"), "not one of the available choices"),
        ("shared", "name", "not one of the available choices"),
    ],
)
def test_what_is_missing_or_may_name_somebody_is_refused(
    desk: Client, shelter: Service, field: str, value: str, sentence: str
) -> None:
    page = desk.post(f"/en/work/services/{shelter.pk}/refer/", said(**{field: value})).content.decode()
    assert sentence in page
    assert field != "code" or f'value="{value}"' in page or not value
    assert not Referral.objects.exists()


@pytest.mark.parametrize("code", ["B-7", "7", "AB 12", "m8/K4", "2026-3 b"])
def test_letters_and_digits_are_a_code(desk: Client, shelter: Service, code: str) -> None:
    desk.post(f"/en/work/services/{shelter.pk}/refer/", said(code=code))
    assert Referral.objects.get().code == code


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_day_is_filled_in_as_browsers_want_it(desk: Client, shelter: Service, language: str) -> None:
    page = desk.get(f"/{language}/work/services/{shelter.pk}/refer/").content.decode()
    until = timezone.localdate() + timedelta(days=14)
    assert re.search(rf'<input type="date" name="until" value="{until.isoformat()}"', page)


def test_a_name_as_code_is_refused_in_french_too(desk: Client, shelter: Service) -> None:
    page = desk.post(f"/fr/work/services/{shelter.pk}/refer/", said(code="Marie Tremblay")).content.decode()
    assert "Employez un code court avec un chiffre et au plus deux lettres de suite, sans accent, comme B-7." in page


def test_without_a_name_no_address_is_given(desk: Client, shelter: Service) -> None:
    desk.post(f"/en/work/services/{shelter.pk}/refer/", said())
    one = f"{LIST}{Referral.objects.get().pk}/"
    page = desk.post(f"{one}address/", {"to": " "}).content.decode()
    assert "glise" not in page
    assert not AddressGiven.objects.exists()


def test_of_a_place_whose_address_nobody_knows_nothing_is_given(desk: Client, shelter: Service) -> None:
    SealedPlace.objects.update(sealed=seal(SealedPlace.objects.get().pk, {"name": ""}))
    desk.post(f"/en/work/services/{shelter.pk}/refer/", said())
    one = f"{LIST}{Referral.objects.get().pk}/"
    page = desk.get(one).content.decode()
    assert "none is written down here. Call it." in page
    assert "Show the address once" not in page
    assert "There is no secret address to give." in desk.post(f"{one}address/", {"to": TO}).content.decode()
    assert "<dt>Addresses given</dt><dd>0</dd>" in desk.get(one).content.decode()
    assert not AddressGiven.objects.exists()


@pytest.mark.parametrize("act", ["address", "outcome", "withdraw"])
def test_opening_where_an_act_is_sent_leads_to_the_referral_and_does_nothing(
    desk: Client, shelter: Service, act: str
) -> None:
    """The link to the other language opens it, and whoever signs in again is led back to it."""
    desk.post(f"/en/work/services/{shelter.pk}/refer/", said())
    referral = Referral.objects.get()
    answer = desk.get(f"/fr/work/referrals/{referral.pk}/{act}/", follow=True)
    assert answer.redirect_chain == [(f"/fr/work/referrals/{referral.pk}/", 302)]
    assert answer.status_code == 200
    assert Referral.objects.get().withdrawn_at is None
    assert not AddressGiven.objects.exists()


@pytest.mark.parametrize("outcome", ["", "explode"])
def test_what_came_of_it_is_one_of_a_few_things(desk: Client, shelter: Service, outcome: str) -> None:
    desk.post(f"/en/work/services/{shelter.pk}/refer/", said())
    referral = Referral.objects.get()
    page = desk.post(f"{LIST}{referral.pk}/outcome/", {"outcome": outcome}, follow=True).content.decode()
    assert 'id="id_outcome_error"' in page
    assert "Saved." not in page
    referral.refresh_from_db()
    assert referral.outcome == Outcome.OPEN


def test_the_oldest_of_many_referrals_is_reached_by_the_pages_of_the_list(desk: Client, shelter: Service) -> None:
    desk.post(f"/en/work/services/{shelter.pk}/refer/", said(code="A-1"))
    few = queries(desk, LIST)
    first = Referral.objects.get()
    later = {"service": shelter, "made_by": first.made_by, "consent": "spoken", "consent_until": first.consent_until}
    # Made at one moment, they still stand on one page each.
    now = timezone.now()
    Referral.objects.bulk_create(Referral(code=f"B-{number}", made_at=now, **later) for number in range(120))
    assert queries(desk, LIST) == few
    pages = [desk.get(f"{LIST}?page={number}").content.decode() for number in (1, 2, 3)]
    assert f"{LIST}{first.pk}/" not in pages[0] + pages[1]
    assert f"{LIST}{first.pk}/" in pages[2]
    assert 'rel="next"' in pages[0]
    listed = [key for page in pages for key in re.findall(rf"{LIST}([0-9a-f-]{{36}})/", page)]
    assert len(listed) == len(set(listed)) == 121


def test_nobody_opens_the_referrals_of_somebody_else(desk: Client, client: Client, shelter: Service) -> None:
    desk.post(f"/en/work/services/{shelter.pk}/refer/", said())
    one = f"{LIST}{Referral.objects.get().pk}/"
    for role in (Role.WORKER, Role.COORDINATOR):
        client.force_login(MembershipFactory.create(role=role).user)
        assert client.get(one).status_code == 404
        assert client.post(f"{one}address/", {"to": TO}).status_code == 404
        assert "B-7" not in client.get(LIST).content.decode()
    for user in [UserFactory.create(), *(MembershipFactory.create(role=role).user for role in Role)]:
        if user.memberships.filter(role__in=[Role.WORKER, Role.COORDINATOR]).exists():
            continue
        client.force_login(user)
        for address in (LIST, one, f"/en/work/services/{shelter.pk}/refer/"):
            assert client.get(address).status_code == 403
    client.logout()
    assert client.get(LIST).status_code == 302
    assert not AddressGiven.objects.exists()


def test_a_service_that_is_not_there_is_not_found(desk: Client) -> None:
    assert desk.get(f"/en/work/services/{uuid4()}/refer/").status_code == 404
    assert "You have referred nobody yet" in desk.get(LIST).content.decode()


def test_a_code_that_tells_a_hidden_place_is_refused(desk: Client, shelter: Service) -> None:
    taken({**place("far"), "is_confidential": True}, kind="location")
    code = "E1C 4Z3"
    page = desk.post(f"/en/work/services/{shelter.pk}/refer/", said(code=code)).content.decode()
    assert "This tells where a confidential place is. Use a short code." in page
    assert not Referral.objects.exists()
