"""Setting up desks: who may, and that the public tells one of them."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.cli import main
from palermo.people.models import Role
from palermo.people.queries import command_line
from palermo.prosecution.tips.actions.desks import set_up_desk
from palermo.prosecution.tips.models import Desk
from tests.factories import MembershipFactory, OrganisationFactory, coordinator_of
from tests.prosecution.tips.desks import a_desk
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db


def test_one_desk_is_public_at_a_time() -> None:
    first, second = a_desk(is_public=True), a_desk()
    assert set_up_desk(by=command_line(), organisation=second.organisation, is_public=True) == second
    first.refresh_from_db()
    assert not first.is_public
    assert list(Desk.objects.filter(is_public=True)) == [second]


def test_doing_it_again_closes_no_form() -> None:
    desk = a_desk(is_public=True)
    again = set_up_desk(by=coordinator_of(desk.organisation), organisation=desk.organisation)
    assert (again.pk, again.is_public) == (desk.pk, True)
    event = AuditEvent.objects.order_by("number").last()
    assert event is not None
    assert (event.act, event.details) == ("tips.set_up", {"desk": desk.code, "is_public": True})


@pytest.mark.parametrize("role", [Role.DESK_MEMBER, Role.CLEARING_OFFICER, Role.READER])
def test_only_coordinators_set_it_up(role: Role) -> None:
    organisation = OrganisationFactory.create()
    user = MembershipFactory.create(organisation=organisation, role=role).user
    for by in (user, coordinator_of(OrganisationFactory.create())):
        with pytest.raises(PermissionDenied):
            set_up_desk(by=by, organisation=organisation, is_public=True)
    assert not Desk.objects.exists()


def test_all_of_it_or_nothing() -> None:
    a_desk(is_public=True)
    second = OrganisationFactory.create()
    assert_all_or_nothing(
        lambda: set_up_desk(by=command_line(), organisation=second, is_public=True),
        lambda: (list(Desk.objects.values_list("code", "is_public")), AuditEvent.objects.count()),
    )


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    organisation = OrganisationFactory.create(code="police")
    assert main(["tips", "desk", "police", "--public"]) == 0
    assert Desk.objects.get().organisation == organisation
    assert main(["tips", "desk", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err
