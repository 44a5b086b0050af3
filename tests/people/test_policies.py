"""Who coordinates what, and who acts on the command line."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from palermo.people.policies import is_command_line, is_coordinator
from palermo.people.queries import command_line
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_coordinator_coordinates_the_own_organisation_alone() -> None:
    member = MembershipFactory.create()
    assert is_coordinator(member.user)
    assert is_coordinator(member.user, member.organisation)
    assert not is_coordinator(member.user, OrganisationFactory.create())


def test_nobody_coordinates_nothing() -> None:
    assert not is_coordinator(AnonymousUser())
    assert not is_command_line(AnonymousUser())


def test_the_command_line_is_one_account_that_nobody_can_sign_in_to() -> None:
    account = command_line()
    assert account == command_line()
    assert is_command_line(account)
    assert not account.is_active
    assert not account.has_usable_password()
    assert not is_command_line(UserFactory.create())
