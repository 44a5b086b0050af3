"""Who may give which role where, against a second, naive reading."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from palermo.audit.models import AuditEvent
from palermo.people.actions import NotIndependentError, end_role, give_role
from palermo.people.authority import may_give
from palermo.people.models import Role, User
from palermo.people.policies import holds
from palermo.people.queries import command_line
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.people.staffing import PASSWORD, in_plan, somebody

pytestmark = pytest.mark.django_db


def test_everybody_by_every_role_everywhere() -> None:
    owner, department, stranger = in_plan()
    rank = ["reader", "alternate", "focal_point", "clearing_officer"]
    for holder in Role:
        for home in (owner, department):
            user = somebody(holder, home)
            for given in Role:
                for where in (owner, department, stranger):
                    wanted = False
                    if where == home and holder in rank and given in rank and holder != "reader":
                        wanted = rank.index(given) <= rank.index(holder)
                    if holder == "clearing_officer" and where == home and given in ("analyst", "worker", "desk_member"):
                        wanted = True
                    if holder == "coordinator" and where == home:
                        wanted = True
                    if holder == "coordinator" and home == owner and where == department:
                        wanted = wanted or given in (*rank, "worker", "desk_member")
                    assert may_give(user, given, where) == wanted, (holder, home.code, given, where.code)


def test_nobody_gives_a_role_to_themselves_or_without_authority() -> None:
    owner, department, stranger = in_plan()
    by = somebody(Role.COORDINATOR, owner)
    with pytest.raises(PermissionDenied):
        give_role(user=by, organisation=department, role=Role.CLEARING_OFFICER, by=by)
    with pytest.raises(PermissionDenied):
        give_role(user=UserFactory.create(), organisation=stranger, role=Role.READER, by=by)
    assert give_role(user=UserFactory.create(), organisation=department, role=Role.FOCAL_POINT, by=by).pk


def test_a_role_that_ended_gives_nothing() -> None:
    owner, department, _stranger = in_plan()
    ended = MembershipFactory.create(
        role=Role.COORDINATOR, organisation=owner, to_date=date.today() - timedelta(days=1)
    )
    assert not may_give(ended.user, Role.READER, department)


def test_nobody_assesses_what_they_have_a_hand_in() -> None:
    owner, _department, _stranger = in_plan()
    for hand in (Role.COORDINATOR, Role.CLEARING_OFFICER, Role.FOCAL_POINT, Role.ALTERNATE):
        with pytest.raises(NotIndependentError):
            give_role(user=somebody(hand, owner), organisation=owner, role=Role.ASSESSOR, by=command_line())
        with pytest.raises(NotIndependentError):
            give_role(user=somebody(Role.ASSESSOR, owner), organisation=owner, role=hand, by=command_line())


def test_a_role_ends_at_once_and_stays_on_the_trail() -> None:
    owner, department, _stranger = in_plan()
    by, membership = somebody(Role.COORDINATOR, owner), MembershipFactory.create(role=Role.READER)
    with pytest.raises(PermissionDenied):
        end_role(membership=membership, by=by)
    membership = give_role(user=UserFactory.create(), organisation=department, role=Role.FOCAL_POINT, by=by)
    end_role(membership=membership, by=by)
    end_role(membership=membership, by=by)
    assert not holds(membership.user, department, Role.FOCAL_POINT)
    assert AuditEvent.objects.filter(act="role.end").count() == 1


class TestSessions:
    def test_idle_sessions_end(self, settings: Settings) -> None:
        user = somebody(Role.READER, OrganisationFactory.create())
        client = Client()
        client.force_login(user)
        assert client.get(reverse("preferences")).status_code == 200
        session = client.session
        session["seen_at"] -= settings.IDLE_MINUTES * 60 + 1
        session.save()
        assert client.get(reverse("preferences")).status_code == 302

    def test_signing_in_and_failing_to_leaves_a_trace_without_an_address(self) -> None:
        user = somebody(Role.READER, OrganisationFactory.create())
        user.set_password(PASSWORD)
        user.save()
        client, address = Client(), reverse("account_login")
        client.post(address, {"login": user.email, "password": "wrong"})
        client.post(address, {"login": "nobody@example.org", "password": "wrong"})
        client.post(address, {"login": user.email, "password": PASSWORD})
        client.post(reverse("account_logout"))
        acts = list(
            AuditEvent.objects.filter(act__startswith="account.").order_by("number").values_list("act", flat=True)
        )
        assert acts == ["account.sign_in_failed", "account.sign_in", "account.sign_out"]
        assert user.email not in str(list(AuditEvent.objects.values()))

    def test_everybody_says_how_they_are_written_to(self) -> None:
        user = somebody(Role.READER, OrganisationFactory.create())
        client = Client()
        client.force_login(user)
        client.post(reverse("preferences"), {"name": "Robin", "language": "fr", "mail_rhythm": "weekly"})
        user.refresh_from_db()
        assert (user.language, user.mail_rhythm) == ("fr", "weekly")
        client.post(reverse("preferences"), {"name": "Robin", "language": "fr", "mail_rhythm": "never"})
        user.refresh_from_db()
        assert user.mail_rhythm == "weekly"


class TestADepartmentThatStaffsItself:
    def test_a_coordinator_names_the_first_clearing_officer_and_nobody_after(self) -> None:
        owner, department, _stranger = in_plan()
        coordinator = somebody(Role.COORDINATOR, owner)
        assert may_give(coordinator, Role.FOCAL_POINT, department)
        officer = somebody(Role.CLEARING_OFFICER, department)
        for role in Role:
            assert not may_give(coordinator, role, department), role
        with pytest.raises(PermissionDenied):
            end_role(membership=officer.memberships.get(), by=coordinator)
        officer.memberships.update(to_date=date.today() - timedelta(days=1), from_date=date.today() - timedelta(days=2))
        assert may_give(coordinator, Role.CLEARING_OFFICER, department)

    def test_the_coordinator_still_sees_who_has_the_roles(self, client: Client) -> None:
        owner, department, _stranger = in_plan()
        officer = somebody(Role.CLEARING_OFFICER, department)
        client.force_login(somebody(Role.COORDINATOR, owner))
        told = client.get(reverse("people_of", args=[department.code])).content.decode()
        assert officer.name in told
        assert "Ask there." in told
        assert 'name="email"' not in told

    def test_a_part_that_is_over_gives_nothing(self) -> None:
        owner, department, _stranger = in_plan()
        department.responsibilities.update(to_date=date.today() - timedelta(days=1))
        assert not may_give(somebody(Role.COORDINATOR, owner), Role.FOCAL_POINT, department)


def test_nobody_leads_their_own_mail_elsewhere(client: Client) -> None:
    user = somebody(Role.READER, OrganisationFactory.create())
    client.force_login(user)
    address = reverse("account_email")
    assert user.email in client.get(address).content.decode()
    client.post(address, {"action_add": "", "email": "elsewhere@example.org"})
    assert User.objects.get(pk=user.pk).email == user.email
    assert not EmailAddress.objects.filter(email="elsewhere@example.org").exists()


def test_texts_of_a_form_that_came_too_late_are_shown(client: Client, settings: Settings) -> None:
    client.force_login(somebody(Role.COORDINATOR, OrganisationFactory.create()))
    client.get(reverse("work"))
    session = client.session
    session["seen_at"] -= settings.IDLE_MINUTES * 60 + 1
    session.save()
    answer = client.post(reverse("work"), {"narrative_en": "Forty were trained.", "password": "a b c"})
    told = answer.content.decode()
    assert answer.status_code == 403
    assert "Forty were trained." in told
    assert "a b c" not in told


def test_a_role_that_is_given_again_ends_on_the_day_given_last() -> None:
    organisation, user, by = OrganisationFactory.create(), UserFactory.create(), command_line()
    soon = date.today() + timedelta(days=30)
    for until in (soon, None, None, soon):
        give_role(user=user, organisation=organisation, role=Role.READER, until=until, by=by)
    assert [each.to_date for each in user.memberships.all()] == [soon]
    assert AuditEvent.objects.filter(act="role.change_end").count() == 2
    end_role(membership=user.memberships.get(), by=by)
    assert not holds(user, organisation, Role.READER)
