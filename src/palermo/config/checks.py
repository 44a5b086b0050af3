"""What a public server needs beyond Django's own checks; `palermo check --deploy` runs them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.http.request import validate_host

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@register(Tags.security, deploy=True)
def deployment(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:  # noqa: ANN401
    """Second factor, host names, database and mail."""
    found: list[CheckMessage] = []
    if not settings.PRODUCTION:
        found.append(Warning("PALERMO_MODE is not production.", id="palermo.W001"))
    if not settings.SECOND_FACTOR_DEMANDED:
        hint = "Leave PALERMO_SECOND_FACTOR empty, or set it to yes."
        found.append(Warning("Staff can sign in without a second factor.", hint=hint, id="palermo.W002"))
    if set(settings.ALLOWED_HOSTS) <= set(LOOPBACK):
        hint = "Set PALERMO_HOSTS to the site's public host names."
        found.append(Warning("The site answers to no public host name.", hint=hint, id="palermo.W003"))
    if validate_host("any-name.invalid", settings.ALLOWED_HOSTS):
        hint = "Name the hosts in PALERMO_HOSTS instead of *."
        found.append(Warning("The site answers to any host name.", hint=hint, id="palermo.W004"))
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        hint = "Set DATABASE_URL to a PostgreSQL database."
        found.append(Warning("The database is not PostgreSQL.", hint=hint, id="palermo.W005"))
    if not settings.MAIL_IS_SENT:
        hint = "Set PALERMO_MAIL_URL; without it nobody can reset a forgotten password."
        found.append(Warning("No mail is sent.", hint=hint, id="palermo.W006"))
    return found
