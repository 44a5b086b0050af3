"""Invitations from beginning to end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from palermo.audit.models import AuditEvent
from palermo.people.actions import AccountExistsError
from palermo.people.invitations import (
    InvitationOverError,
    accept_invitation,
    forget_old_invitations,
    invite,
    withdraw_invitation,
)
from palermo.people.models import Invitation, Membership, Organisation, Role, User
from palermo.people.policies import holds
from palermo.people.queries import command_line
from tests.factories import (
    OrganisationFactory,
    UserFactory,
)
from tests.people.staffing import PASSWORD, in_plan, somebody
from tests.raising import assert_all_or_nothing

pytestmark = pytest.mark.django_db


class TestInvitations:
    def _invite(self, by: User, organisation: Organisation) -> tuple[Invitation, str]:
        return invite(email="New@Example.org", language="fr", organisation=organisation, role=Role.FOCAL_POINT, by=by)

    def test_from_the_page_to_the_first_sign_in(self, settings: Settings) -> None:
        settings.MAIL_IS_SENT = True
        owner, department, _stranger = in_plan()
        client = Client()
        client.force_login(somebody(Role.COORDINATOR, owner))
        said = {"email": "new@example.org", "role": "focal_point", "language": "fr"}
        assert client.post(reverse("people_of", args=[department.code]), said).status_code == 302
        [sent] = mail.outbox
        assert sent.to == ["new@example.org"]
        link = next(line for line in sent.body.splitlines() if "/invitation/" in line)
        page = Client().get(link)
        assert page.headers["Cache-Control"] == "no-store"
        answer = {"name": "Robin", "language": "fr", "password": PASSWORD, "again": PASSWORD}
        assert Client().post(link, answer).status_code == 302
        user = User.objects.get(email="new@example.org")
        assert (user.language, user.check_password(PASSWORD)) == ("fr", True)
        assert holds(user, department, Role.FOCAL_POINT)
        assert Invitation.objects.get().email == ""
        assert "/fr/invitation/" in link
        assert "Ce lien ne fonctionne plus" in Client().get(link).content.decode()
        acts = list(AuditEvent.objects.values_list("act", flat=True))
        assert [acts.count(act) for act in ("invitation.send", "invitation.accept")] == [1, 1]
        assert "new@example.org" not in str(list(AuditEvent.objects.values("details", "by_name")))

    def test_the_link_is_shown_once_where_no_mail_is_sent(self) -> None:
        owner, department, _stranger = in_plan()
        client = Client()
        client.force_login(somebody(Role.COORDINATOR, owner))
        said = {"email": "new@example.org", "role": "reader", "language": "en"}
        address = reverse("people_of", args=[department.code])
        assert "/invitation/" in client.post(address, said).content.decode()
        assert "/invitation/" not in client.get(address).content.decode()

    def test_a_weak_or_mistyped_password_is_refused(self) -> None:
        owner, department, _stranger = in_plan()
        _made, token = self._invite(somebody(Role.COORDINATOR, owner), department)
        address = reverse("invitation", args=[token])
        for password, again in (("short", "short"), (PASSWORD, "another one entirely")):
            said = {"name": "Robin", "language": "en", "password": password, "again": again}
            assert Client().post(address, said).status_code == 200
        assert not User.objects.filter(email="new@example.org").exists()

    def test_a_link_works_once_and_not_for_ever(self) -> None:
        owner, department, _stranger = in_plan()
        by = somebody(Role.COORDINATOR, owner)
        made, token = self._invite(by, department)
        said = {"name": "Robin", "language": "en", "password": PASSWORD}
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        with pytest.raises(InvitationOverError):
            accept_invitation(token=token, **said)
        Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
        accept_invitation(token=token, **said)
        for over in (token, "made up"):
            with pytest.raises(InvitationOverError):
                accept_invitation(token=over, **said)
        with pytest.raises(InvitationOverError):
            withdraw_invitation(invitation=made, by=by)

    def test_it_is_worthless_once_withdrawn_or_once_the_inviter_may_not(self) -> None:
        owner, department, _stranger = in_plan()
        by = somebody(Role.COORDINATOR, owner)
        made, token = self._invite(by, department)
        said = {"name": "Robin", "language": "en", "password": PASSWORD}
        Membership.objects.filter(user=by).delete()
        with pytest.raises(InvitationOverError):
            accept_invitation(token=token, **said)
        with pytest.raises(PermissionDenied):
            withdraw_invitation(invitation=made, by=by)
        withdraw_invitation(invitation=made, by=command_line())
        with pytest.raises(InvitationOverError):
            accept_invitation(token=token, **said)
        assert Invitation.objects.get().email == ""

    def test_who_has_an_account_gets_the_role_at_once(self) -> None:
        owner, department, _stranger = in_plan()
        by, known = somebody(Role.COORDINATOR, owner), UserFactory.create(email="known@example.org")
        with pytest.raises(AccountExistsError):
            invite(email="Known@example.org", language="en", organisation=department, role=Role.READER, by=by)
        client = Client()
        client.force_login(by)
        said = {"email": "Known@example.org", "role": "reader", "language": "en"}
        client.post(reverse("people_of", args=[department.code]), said)
        assert holds(known, department, Role.READER)

    def test_all_or_nothing(self) -> None:
        owner, department, _stranger = in_plan()
        by = somebody(Role.COORDINATOR, owner)
        command_line()

        def stored() -> object:
            return (
                Invitation.objects.count(),
                AuditEvent.objects.count(),
                User.objects.count(),
                Membership.objects.count(),
            )

        assert_all_or_nothing(lambda: self._invite(by, department), stored)
        _made, token = invite(email="b@example.org", language="en", organisation=department, role=Role.READER, by=by)
        said = {"name": "Robin", "language": "en", "password": PASSWORD}
        assert_all_or_nothing(lambda: accept_invitation(token=token, **said), stored)


class TestInvitationsInTheEnd:
    def _asked(self, organisation: Organisation, role: Role = Role.READER, **more: object) -> tuple[Invitation, str]:
        said = {"email": "new@example.org", "language": "en", "organisation": organisation, "role": role, **more}
        return invite(**said, by=command_line())  # type: ignore[arg-type]

    def test_all_roles_that_were_offered_to_an_address_come_with_the_first_answer(self) -> None:
        here, there = OrganisationFactory.create(), OrganisationFactory.create()
        until = date.today() + timedelta(days=30)
        _made, token = self._asked(here, until=until)
        self._asked(there, Role.FOCAL_POINT)
        self._asked(there, Role.FOCAL_POINT)
        user = accept_invitation(token=token, name="New", language="en", password=PASSWORD)
        held = [(each.organisation, each.role, each.to_date) for each in user.memberships.order_by("pk")]
        assert held == [(here, "reader", until), (there, "focal_point", None)]
        assert not Invitation.objects.exclude(email="").exists()
        assert AuditEvent.objects.filter(act="invitation.accept").count() == 3

    def test_a_role_that_is_over_before_the_answer_is_none(self) -> None:
        here, there = OrganisationFactory.create(), OrganisationFactory.create()
        _made, over = self._asked(here, until=date.today())
        _made, good = self._asked(there)
        Invitation.objects.filter(organisation=here).update(to_date=date.today() - timedelta(days=1))
        with pytest.raises(InvitationOverError):
            accept_invitation(token=over, name="New", language="en", password=PASSWORD)
        user = accept_invitation(token=good, name="New", language="en", password=PASSWORD)
        assert [each.organisation for each in user.memberships.all()] == [there]

    def test_the_longer_of_two_offers_counts(self) -> None:
        organisation, soon = OrganisationFactory.create(), date.today() + timedelta(days=3)
        _made, token = self._asked(organisation, until=soon)
        self._asked(organisation)
        user = accept_invitation(token=token, name="New", language="en", password=PASSWORD)
        assert [each.to_date for each in user.memberships.all()] == [None]

    def test_the_link_of_somebody_who_may_not_invite_any_more_is_over(self, client: Client) -> None:
        organisation = OrganisationFactory.create()
        officer = somebody(Role.CLEARING_OFFICER, organisation)
        said = {"email": "new@example.org", "language": "en", "organisation": organisation, "role": Role.READER}
        _made, token = invite(**said, by=officer)  # type: ignore[arg-type]
        officer.memberships.all().delete()
        typed = {"name": "New", "language": "en", "password": PASSWORD, "again": PASSWORD}
        told = client.post(reverse("invitation", args=[token]), typed).content.decode()
        assert "This link works no more" in told
        assert not User.objects.filter(email="new@example.org").exists()

    def test_addresses_of_old_invitations_are_forgotten(self) -> None:
        organisation = OrganisationFactory.create()
        old, _token = self._asked(organisation)
        Invitation.objects.update(expires_at=timezone.now())
        self._asked(organisation, email="other@example.org")
        assert forget_old_invitations(by=command_line()) == 1
        assert forget_old_invitations(by=command_line()) == 0
        assert [each.email for each in Invitation.objects.order_by("pk")] == ["", "other@example.org"]
        assert AuditEvent.objects.get(act="invitation.expire").about_id == str(old.pk)

    def test_the_link_is_in_the_language_of_the_invitation(self, client: Client) -> None:
        organisation = OrganisationFactory.create()
        client.force_login(somebody(Role.CLEARING_OFFICER, organisation))
        typed = {"email": "new@example.org", "role": "reader", "language": "fr"}
        told = client.post(reverse("people_of", args=[organisation.code]), typed).content.decode()
        assert "/fr/invitation/" in told

    def test_a_closed_account_gets_no_role(self, client: Client) -> None:
        organisation, gone = OrganisationFactory.create(), UserFactory.create(is_active=False)
        client.force_login(somebody(Role.CLEARING_OFFICER, organisation))
        typed = {"email": gone.email, "role": "reader", "language": "fr"}
        told = client.post(reverse("people_of", args=[organisation.code]), typed, follow=True).content.decode()
        assert "was closed" in told
        assert not gone.memberships.exists()
