"""Where the site is, for what is read elsewhere: mails and files."""

from __future__ import annotations

from django.conf import settings


def site_address() -> str:
    """Where the site is, without a slash at the end: its first public origin, or this machine."""
    if settings.CSRF_TRUSTED_ORIGINS:
        return settings.CSRF_TRUSTED_ORIGINS[0].rstrip("/")
    host = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "localhost"
    return f"https://{host}" if settings.PRODUCTION else f"http://{host}:8000"
