"""Every variable: its default, what it refuses, and that the refusal tells what is expected and no secret."""

from __future__ import annotations

import dj_email_url
import pytest

from palermo.config.environment import VARIABLES, SettingError, read

PRODUCTION = {
    "PALERMO_MODE": "production",
    "PALERMO_SECRET_KEY": "k" * 50,
    "DATABASE_URL": "postgres://palermo:pass@db/palermo",
}


def test_nothing_needs_to_be_set_on_a_laptop() -> None:
    values = read({})
    assert values.keys() == {variable.name for variable in VARIABLES}
    assert (values["PALERMO_MODE"], values["PORT"], values["PALERMO_BEHIND_PROXY"]) == ("laptop", 8000, False)


def test_spaces_around_a_value_and_an_empty_one_do_not_matter() -> None:
    assert read({"PORT": " 8123 ", "PALERMO_MODE": ""})["PORT"] == 8123


@pytest.mark.parametrize(
    ("name", "wrong", "expected"),
    [
        ("PALERMO_MODE", "prod", "laptop, production"),
        ("PALERMO_BEHIND_PROXY", "perhaps", "yes or no"),
        ("PALERMO_SECOND_FACTOR", "sometimes", "yes or no"),
        ("PALERMO_HOSTS", "https://plan.example.ca", "no https://"),
        ("PALERMO_ORIGINS", "plan.example.ca", "https://plan.example.ca"),
        ("PALERMO_ORIGINS", "https://a.ca:port", "https://plan.example.ca"),
        ("PALERMO_OIDC_ISSUER", "sign-in.example.ca", "https://sign-in.example.ca"),
        ("PALERMO_OIDC_ISSUER", "http://sign-in.example.ca", "https://sign-in.example.ca"),
        ("PALERMO_OIDC_ISSUER", "https://sign-in.example.ca/?realm=a", "https://sign-in.example.ca"),
        ("PALERMO_OIDC_SECOND_FACTOR", "perhaps", "yes or no"),
        ("PALERMO_UPLOAD_LIMIT_MB", "0", "from 1 to 1000"),
        ("PALERMO_UPLOAD_LIMIT_MB", "25MB", "whole number"),
        ("PORT", "eight", "whole number"),
        ("PORT", "65536", "from 1 to 65535"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_expected(name: str, wrong: str, expected: str) -> None:
    with pytest.raises(SettingError) as refusal:
        read({name: wrong})
    told = str(refusal.value)
    assert told.startswith(name)
    assert wrong in told
    assert expected in told


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("DATABASE_URL", "mysql://user:hidden@host/db"),
        ("DATABASE_URL", "postgres://user:hidden@host:port/db"),
        ("DATABASE_URL", "postgres://user:hidden@host:99999/db"),
        ("PALERMO_MAIL_URL", "imap://user:hidden@host"),
        ("PALERMO_MAIL_URL", "smtp+tls://user:hidden@host"),
    ],
)
def test_a_wrong_secret_is_told_without_it(name: str, wrong: str) -> None:
    with pytest.raises(SettingError) as refusal:
        read({name: wrong})
    assert name in str(refusal.value)
    assert "hidden" not in str(refusal.value)


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(SettingError) as refusal:
        read({"PORT": "x", "PALERMO_MODE": "x"})
    assert len(str(refusal.value).splitlines()) == 2


PROVIDER = {
    "PALERMO_OIDC_ISSUER": "https://sign-in.example.ca/realm",
    "PALERMO_OIDC_CLIENT": "palermo",
    "PALERMO_OIDC_SECRET": "hidden",
    "PALERMO_OIDC_NAME_EN": "Example Sign-In",
    "PALERMO_OIDC_NAME_FR": "Connexion Exemple",
}


def test_a_provider_is_set_with_all_that_belongs_to_it() -> None:
    assert read(PROVIDER)["PALERMO_OIDC_SECOND_FACTOR"] is False
    assert read({**PROVIDER, "PALERMO_OIDC_ISSUER": "http://127.0.0.1:8080"})


@pytest.mark.parametrize("lacking", PROVIDER)
def test_a_provider_that_lacks_something_is_refused(lacking: str) -> None:
    with pytest.raises(SettingError, match=f"^{lacking} must be set too") as refusal:
        read({name: value for name, value in PROVIDER.items() if name != lacking})
    assert "hidden" not in str(refusal.value)


@pytest.mark.parametrize("lacking", ["PALERMO_SECRET_KEY", "DATABASE_URL"])
def test_production_lacks_nothing(lacking: str) -> None:
    assert read(PRODUCTION)["PALERMO_MODE"] == "production"
    with pytest.raises(SettingError, match=lacking):
        read({name: value for name, value in PRODUCTION.items() if name != lacking})


def test_a_short_key_is_refused_in_production() -> None:
    with pytest.raises(SettingError, match="PALERMO_SECRET_KEY"):
        read({**PRODUCTION, "PALERMO_SECRET_KEY": "short"})


@pytest.mark.parametrize("address", ["submission://user:pass@mail.example.ca", "smtp://mail.example.ca:25"])
def test_an_accepted_mail_server_is_one_that_mail_can_be_sent_to(address: str) -> None:
    parsed = dj_email_url.parse(str(read({"PALERMO_MAIL_URL": address})["PALERMO_MAIL_URL"]))
    assert parsed["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert parsed["EMAIL_PORT"] in {25, 587}
