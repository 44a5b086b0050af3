"""`palermo account create`: the first coordinator of a new installation, and further ones."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from palermo import cli
from palermo.audit.models import AuditEvent
from palermo.people.models import Membership, Organisation, User
from palermo.people.policies import is_coordinator
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
WORDS = ["account", "create", "--email", "Ada@example.ca", "--name", "Ada", "--organisation", "city"]


def test_the_first_coordinator_comes_with_an_organisation(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*WORDS, "--organisation-name", "City", "--organisation-name-fr", "Ville"]) == 0
    user, organisation = User.objects.get(email="ada@example.ca"), Organisation.objects.get(code="city")
    assert is_coordinator(user, organisation)
    shown = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("Password"))
    assert user.check_password(shown.removeprefix("Password, shown this once: "))


def test_an_unknown_organisation_without_a_name_makes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(WORDS) == 2
    assert "“city”" in capsys.readouterr().err
    assert not User.objects.filter(email="ada@example.ca").exists()


def test_an_account_that_exists_gets_a_further_role_and_keeps_its_password() -> None:
    user = UserFactory.create(email="ada@example.ca", password="unchanged")
    organisation = OrganisationFactory.create(code="city")
    assert cli.main([*WORDS, "--role", "reader"]) == 0
    assert cli.main([*WORDS, "--role", "reader"]) == 0
    assert User.objects.get(pk=user.pk).password == "unchanged"
    assert [each.role for each in Membership.objects.filter(user=user, organisation=organisation)] == ["reader"]


@pytest.mark.parametrize("wrong", ["ada", "ada@", "ada example.ca"])
def test_what_is_no_address_is_refused(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = [wrong if word == "Ada@example.ca" else word for word in WORDS]
    assert cli.main([*words, "--organisation-name", "City"]) == 2
    assert "not an e-mail address" in capsys.readouterr().err
    assert not Organisation.objects.filter(code="city").exists()


def test_the_two_passwords_must_be_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    OrganisationFactory.create(code="city")
    typed = iter(["a long enough password", "another one"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert cli.main(WORDS) == 2
    assert "differ" in capsys.readouterr().err
    assert not User.objects.filter(email="ada@example.ca").exists()


def test_a_password_that_is_easy_to_guess_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    OrganisationFactory.create(code="city")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "short")
    assert cli.main(WORDS) == 2
    assert "too short" in capsys.readouterr().err


def test_a_typed_password_is_the_one_and_is_not_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    OrganisationFactory.create(code="city")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "a long enough phrase")
    assert cli.main(WORDS) == 0
    assert User.objects.get(email="ada@example.ca").check_password("a long enough phrase")
    assert "phrase" not in capsys.readouterr().out


def test_an_account_is_closed_and_closing_it_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    user = UserFactory.create(email="ada@example.ca")
    assert cli.main(["account", "close", "--email", "ADA@example.ca"]) == 0
    assert cli.main(["account", "close", "--email", "ada@example.ca"]) == 0
    assert not User.objects.get(pk=user.pk).is_active
    assert AuditEvent.objects.filter(act="account.close").count() == 1
    assert cli.main(["account", "close", "--email", "nobody@example.ca"]) == 2
    assert "no account" in capsys.readouterr().err


def test_who_lost_every_second_factor_can_set_up_another() -> None:
    user, other = UserFactory.create(email="ada@example.ca"), UserFactory.create()
    for one in (user, other):
        for kind in Authenticator.Type.values:
            Authenticator.objects.create(user=one, type=kind, data={})
    assert cli.main(["account", "lost-factors", "--email", "Ada@example.ca"]) == 0
    assert Authenticator.objects.filter(user=user).count() == 0
    assert Authenticator.objects.filter(user=other).count() == 3
    assert list(AuditEvent.objects.values_list("act", "about_id")) == [
        ("account.second_factors_forgotten", str(user.pk))
    ]


def test_nobody_is_found_by_another_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["account", "lost-factors", "--email", "nobody@example.ca"]) == 2
    assert "no account" in capsys.readouterr().err
    assert not AuditEvent.objects.exists()


def test_the_address_is_changed_where_nobody_else_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    user, other = UserFactory.create(email="ada@example.ca"), UserFactory.create()
    assert cli.main(["account", "move", "--email", "ada@example.ca", "--to", other.email]) == 2
    assert cli.main(["account", "move", "--email", "ada@example.ca", "--to", "nonsense"]) == 2
    assert cli.main(["account", "move", "--email", "ada@example.ca", "--to", "Ada@example.org"]) == 0
    assert User.objects.get(pk=user.pk).email == "ada@example.org"
    assert AuditEvent.objects.get(act="account.address").details == {}


def test_the_old_address_lets_nobody_in_any_more(client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    user = UserFactory.create(email="ada@example.ca")
    user.set_password("seven quiet herons")
    user.save()
    # The library remembers the address from here on.
    client.post(reverse("account_reset_password"), {"email": "ada@example.ca"})
    assert cli.main(["account", "move", "--email", "ada@example.ca", "--to", "ada@example.org"]) == 0
    sent = len(mail.outbox)
    client.post(reverse("account_reset_password"), {"email": "ada@example.ca"})
    assert len([each for each in mail.outbox[sent:] if "/reset/key/" in each.body]) == 0
    client.post(reverse("account_login"), {"login": "ada@example.ca", "password": "seven quiet herons"})
    assert "_auth_user_id" not in client.session
    client.post(reverse("account_login"), {"login": "ada@example.org", "password": "seven quiet herons"})
    assert "_auth_user_id" in client.session
