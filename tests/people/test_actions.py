"""Accounts, organisations and roles are made by the command line, with a trace that holds no address."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from palermo.audit.models import AuditEvent
from palermo.people.actions import (
    AccountExistsError,
    close_account,
    create_account,
    create_organisation,
    forget_second_factors,
    give_role,
    set_password,
)
from palermo.people.models import Membership, Organisation, Role, User
from palermo.people.policies import is_coordinator
from palermo.people.queries import command_line
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db
PASSWORD = "one that is long enough"


def acts() -> list[str]:
    return list(AuditEvent.objects.values_list("act", flat=True))


def test_an_account_can_sign_in_and_has_no_role() -> None:
    user = create_account(email=" Ada@Example.CA ", name="Ada", password=PASSWORD, by=command_line())
    assert (user.email, user.name, user.is_active) == ("ada@example.ca", "Ada", True)
    assert user.check_password(PASSWORD)
    assert not is_coordinator(user)


def test_the_trail_holds_no_address() -> None:
    create_account(email="ada@example.ca", name="Ada", password=PASSWORD, by=command_line())
    event = AuditEvent.objects.get()
    assert event.act == "account.create"
    assert "ada" not in f"{event.by_name} {event.about_id} {event.details}".lower()


def test_an_address_has_one_account_whatever_the_case() -> None:
    create_account(email="ada@example.ca", name="Ada", password=PASSWORD, by=command_line())
    with pytest.raises(AccountExistsError):
        create_account(email="ADA@example.ca", name="Ada", password=PASSWORD, by=command_line())
    assert acts() == ["account.create"]


def test_a_new_password_takes_the_place_of_the_old_one() -> None:
    user = create_account(email="ada@example.ca", name="Ada", password=PASSWORD, by=command_line())
    set_password(user=user, password="another one, just as long", by=command_line())
    stored = User.objects.get(pk=user.pk)
    assert stored.check_password("another one, just as long")
    assert not stored.check_password(PASSWORD)


@pytest.mark.django_db(transaction=True)
def test_forgetting_second_factors_leaves_all_or_nothing() -> None:
    user, by = UserFactory.create(), command_line()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})

    def stored() -> tuple[int, int]:
        return Authenticator.objects.count(), AuditEvent.objects.count()

    assert_all_or_nothing(lambda: forget_second_factors(user=user, by=by), stored)


def test_a_role_is_given_once() -> None:
    user, organisation = UserFactory.create(), OrganisationFactory.create()
    first = give_role(user=user, organisation=organisation, role=Role.COORDINATOR, by=command_line())
    assert is_coordinator(user, organisation)
    assert give_role(user=user, organisation=organisation, role=Role.COORDINATOR, by=command_line()) == first
    assert acts() == ["role.give"]


def test_an_organisation_has_its_name() -> None:
    organisation = create_organisation(code="city", name_en="City", name_fr="Ville", by=command_line())
    assert [(each.name_en, each.name_fr) for each in organisation.names.all()] == [("City", "Ville")]


def test_a_closed_account_has_no_role_and_cannot_sign_in(client: Client) -> None:
    member = MembershipFactory.create()
    client.force_login(member.user)
    close_account(user=member.user, by=command_line())
    member.refresh_from_db()
    assert member.to_date == date.today()
    assert not is_coordinator(User.objects.get(pk=member.user.pk))
    assert client.get(reverse("work")).status_code == 302
    assert acts() == ["account.sign_in", "account.close"]


def test_a_role_that_has_not_begun_ends_as_it_begins() -> None:
    later = date.today() + timedelta(days=30)
    member = MembershipFactory.create(from_date=later)
    close_account(user=member.user, by=command_line())
    member.refresh_from_db()
    assert (member.from_date, member.to_date) == (later, later)


def test_nobody_else_makes_accounts_or_gives_roles() -> None:
    member = MembershipFactory.create()
    by = member.user
    with pytest.raises(PermissionDenied):
        create_account(email="eve@example.ca", name="Eve", password=PASSWORD, by=by)
    with pytest.raises(PermissionDenied):
        set_password(user=by, password=PASSWORD, by=by)
    with pytest.raises(PermissionDenied):
        close_account(user=by, by=by)
    with pytest.raises(PermissionDenied):
        forget_second_factors(user=by, by=by)
    with pytest.raises(PermissionDenied):
        create_organisation(code="new", name_en="New", name_fr="", by=by)
    with pytest.raises(PermissionDenied):
        give_role(user=by, organisation=OrganisationFactory.create(), role=Role.COORDINATOR, by=by)
    assert not User.objects.filter(email="eve@example.ca").exists()
    assert not Organisation.objects.filter(code="new").exists()
    assert Membership.objects.count() == 1
    assert acts() == []
