"""Django's settings, every one that may differ between places read from the environment."""

from __future__ import annotations

import secrets
import zoneinfo
from pathlib import Path
from typing import Any, cast

import dj_database_url
import dj_email_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from palermo.config import environment

_values = environment.read()
PRODUCTION = _values["PALERMO_MODE"] == "production"
DATA = cast(Path, _values["PALERMO_DATA"])
PACKAGE = Path(__file__).resolve().parents[1]


def _secret_key() -> str:
    """The key given, or on a laptop one made once and kept in the data folder."""
    given = str(_values["PALERMO_SECRET_KEY"])
    if given:
        return given
    kept = DATA / "secret-key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = cast(list[str], _values["PALERMO_HOSTS"])
CSRF_TRUSTED_ORIGINS = cast(list[str], _values["PALERMO_ORIGINS"])
ROOT_URLCONF = "palermo.config.urls"
WSGI_APPLICATION = "palermo.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Before the library of sign-in, whose pages it puts into the frame.
    "palermo.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "palermo.foundation",
    "palermo.people",
    "palermo.audit",
    "palermo.figures.series",
    "palermo.plan.register",
    "palermo.plan.imports",
    "palermo.plan.returns",
    "palermo.plan.recommendations",
    "palermo.plan.indicators",
    "palermo.plan.reminders",
    "palermo.plan.trail",
    "palermo.plan.tracker",
    "palermo.plan.succession",
    "palermo.plan.report",
    "palermo.figures.releases",
    "palermo.protection.directory",
    "palermo.prosecution.tips",
]

MIDDLEWARE = [
    # Around all others, so that it is true of what they answer by themselves too.
    "palermo.prosecution.tips.no_trace.leave_no_trace",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "palermo.people.idle.end_idle_sessions",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "palermo.site.context.page_frame",
            ],
        },
    },
]

# -- Data ------------------------------------------------------------------------------------------

_sqlite = f"sqlite:///{DATA / 'palermo.sqlite3'}"
_address = str(_values["DATABASE_URL"]) or _sqlite
DATABASES = {"default": cast(Any, dj_database_url.parse(_address, conn_max_age=60, conn_health_checks=True))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A writer waits for another instead of failing, and readers never wait for a writer. A large directory does not
    # fit into SQLite's own 2 MB of pages: a quarter of the time of a long file was spent waiting for the disk. What is
    # erased is overwritten, on freed pages too, however SQLite was built.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=8000; PRAGMA secure_delete=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA / "cache"),
        # A full cache throws entries away at random, and attempts to sign in are counted in it, beside the drawings.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_LIMIT = cast(int, _values["PALERMO_UPLOAD_LIMIT_MB"]) * 1024 * 1024
# Files of records are encrypted while they stream in, so that they may be large.
RECORDS_LIMIT = cast(int, _values["PALERMO_RECORDS_LIMIT_MB"]) * 1024 * 1024
ANTIVIRUS = str(_values["PALERMO_ANTIVIRUS"])
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# -- Languages and times ---------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LANGUAGE_COOKIE_NAME = "language"
# The second holds better French for the pages of the sign-in library.
LOCALE_PATHS = [PACKAGE / "locale", PACKAGE / "people" / "sign_in_words"]
USE_I18N = True
USE_TZ = True
# Time zones change by law; the package is as new as the lock, the system's own data as old as the machine.
zoneinfo.reset_tzpath(to=())
TIME_ZONE = "America/Toronto"

# -- Sign-in ---------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "work"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "palermo.people.adapter.InvitedOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# "login_failed" counts wrong passwords by address, and wrong second steps by account; the last two are pages of ours.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "invitation": "30/m/ip",
    "openid": "30/m/ip",
}
# Whoever makes an account vouches for its address; the library would refuse a second factor until a mail went round.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_ADAPTER = "palermo.people.adapter.OwnFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_FORMS = {
    "add_webauthn": "palermo.people.passkeys.AddPasskey",
    "edit_webauthn": "palermo.people.passkeys.RenamePasskey",
    "authenticate_webauthn": "palermo.people.passkeys.ProvePasskey",
    "login_webauthn": "palermo.people.passkeys.SignInWithPasskey",
    "reauthenticate_webauthn": "palermo.people.passkeys.ProvePasskeyAgain",
}
MFA_TOTP_ISSUER = "Palermo"
# A code may be one step old when it arrives: people type, and clocks differ (RFC 6238, section 5.2).
MFA_TOTP_TOLERANCE = 1
SECOND_FACTOR_DEMANDED = {"": PRODUCTION, "yes": True, "no": False}[str(_values["PALERMO_SECOND_FACTOR"])]
# A provider of sign-in, or none. The library's tables for it stay empty: nobody's account there is kept here.
OPENID_ISSUER = str(_values["PALERMO_OIDC_ISSUER"]).rstrip("/")
OPENID_NAMES = {"en": str(_values["PALERMO_OIDC_NAME_EN"]), "fr": str(_values["PALERMO_OIDC_NAME_FR"])}
OPENID_IS_SECOND_FACTOR = bool(_values["PALERMO_OIDC_SECOND_FACTOR"])
_provider = {
    "provider_id": "provider",
    "name": OPENID_NAMES["en"],
    "client_id": str(_values["PALERMO_OIDC_CLIENT"]),
    "secret": str(_values["PALERMO_OIDC_SECRET"]),
    "settings": {"server_url": OPENID_ISSUER, "oauth_pkce_enabled": True},
}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_provider] if OPENID_ISSUER else []}}
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_AGE = 60 * 60 * 8
IDLE_MINUTES = cast(int, _values["PALERMO_IDLE_MINUTES"])
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "palermo.site.views.form_expired"

# -- Safety ----------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [NONE],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
# Nobody else learns where a reader came from. "no-referrer" would make browsers send forms with "Origin: null",
# and then no form passes the check that it came from here.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
if _values["PALERMO_BEHIND_PROXY"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Attempts to sign in are counted by address; without this the whole country would share the proxy's.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# -- Static files and mail -------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MAIL_IS_SENT = bool(_values["PALERMO_MAIL_URL"])
# Mail holds personal data, so that without a server only a laptop shows it, where its user is its reader.
vars().update(dj_email_url.parse(str(_values["PALERMO_MAIL_URL"]) or ("dummy:" if PRODUCTION else "console:")))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = str(_values["PALERMO_MAIL_FROM"])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "palermo.config.logs.WhereNotWhat" if PRODUCTION else "logging.Formatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        # It tells each passkey's number, by which an account is known.
        "fido2": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
SITE_NAME = _("Palermo")
