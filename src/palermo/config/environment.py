"""What the environment may set: every variable, its default and its meaning, in one list.

The list is read here, checked by `palermo check`, and printed as the table in `docs/operators.md`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[3]
"""The project folder of a checkout; `var/` under it holds what a laptop needs."""

MODES = ("laptop", "production")


class SettingError(Exception):
    """A variable holds something that cannot be used. The message says what is expected."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: `parse` turns its text into the value or raises ValueError with what was expected."""

    name: str
    default: str
    meaning: str
    parse: Callable[[str], object]
    secret: bool = False


def _text(raw: str) -> str:
    return raw


def _mode(raw: str) -> str:
    if raw not in MODES:
        raise ValueError("one of: " + ", ".join(MODES))
    return raw


def _yes_or_no(raw: str) -> bool:
    words = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if raw.lower() not in words:
        raise ValueError("yes or no")
    return words[raw.lower()]


def _second_factor(raw: str) -> str:
    return {True: "yes", False: "no"}[_yes_or_no(raw)] if raw else ""


def _megabytes(raw: str) -> int:
    return _whole_number(raw, 1, 1000)


def _many_megabytes(raw: str) -> int:
    return _whole_number(raw, 1, 100_000)


def _minutes(raw: str) -> int:
    return _whole_number(raw, 1, 480)


def _port(raw: str) -> int:
    return _whole_number(raw, 1, 65535)


def _whole_number(raw: str, least: int, most: int) -> int:
    if not raw.isascii() or not raw.isdigit() or not least <= int(raw) <= most:
        raise ValueError(f"a whole number from {least} to {most}")
    return int(raw)


def _list(raw: str) -> list[str]:
    return [part.strip() for part in raw.split(",") if part.strip()]


def _hosts(raw: str) -> list[str]:
    hosts = _list(raw)
    if any("/" in host or " " in host for host in hosts):
        raise ValueError("host names such as plan.example.ca, with commas between them and no https://")
    return hosts


def _origins(raw: str) -> list[str]:
    origins = _list(raw)
    if any(not _is_address(origin, {"http", "https"}) for origin in origins):
        raise ValueError("addresses such as https://plan.example.ca, with commas between them")
    return origins


def _database(raw: str) -> str:
    if raw and not _is_address(raw, {"sqlite", "postgres", "postgresql"}):
        raise ValueError("an address such as postgres://user:password@host:5432/palermo or sqlite:///path")
    return raw


def _mail(raw: str) -> str:
    if raw and not _is_address(raw, {"smtp", "submission"}):
        raise ValueError("an address such as submission://user:password@host:587, or smtp://host:25 without encryption")
    return raw


def _issuer(raw: str) -> str:
    loopback = raw.startswith(("http://localhost", "http://127.0.0.1"))
    if raw and (not _is_address(raw, {"http"} if loopback else {"https"}) or "?" in raw or "#" in raw):
        raise ValueError("the provider's address, such as https://sign-in.example.ca/realm")
    return raw


def _is_address(raw: str, schemes: set[str]) -> bool:
    """Whether this is an address of one of these kinds; a port that is no port makes it none."""
    try:
        parts = urlsplit(raw)
        return parts.scheme in schemes and (parts.port or 1) > 0
    except ValueError:
        return False


def _folder(raw: str) -> Path:
    return Path(raw).expanduser().resolve()


VARIABLES: tuple[Variable, ...] = (
    Variable("PALERMO_MODE", "laptop", "laptop, to try it out or to develop; production, to serve it", _mode),
    Variable("PALERMO_SECRET_KEY", "", "at least 50 random characters; made by itself on a laptop", _text, True),
    Variable("PALERMO_HOSTS", "localhost,127.0.0.1,[::1]", "the host names it answers to, with commas", _hosts),
    Variable("PALERMO_ORIGINS", "", "its public addresses where a proxy ends TLS, such as https://a.ca", _origins),
    Variable("PALERMO_BEHIND_PROXY", "no", "yes where one proxy sets X-Forwarded-Proto and -For", _yes_or_no),
    Variable("DATABASE_URL", "", "the database; empty: a SQLite file in the data folder", _database, True),
    Variable("PALERMO_DATA", str(ROOT / "var"), "the folder of the SQLite file, reports and uploads", _folder),
    Variable(
        "PALERMO_SECOND_FACTOR", "", "yes or no: staff need a second factor; empty: in production", _second_factor
    ),
    Variable("PALERMO_IDLE_MINUTES", "30", "the minutes after which an idle session ends", _minutes),
    Variable("PALERMO_OIDC_ISSUER", "", "an OpenID Connect provider by which people may sign in; empty: none", _issuer),
    Variable("PALERMO_OIDC_CLIENT", "", "the name by which the provider knows Palermo (client id)", _text),
    Variable("PALERMO_OIDC_SECRET", "", "the secret that goes with it", _text, True),
    Variable("PALERMO_OIDC_NAME_EN", "", "what people call the provider, in English", _text),
    Variable("PALERMO_OIDC_NAME_FR", "", "what people call the provider, in French", _text),
    Variable("PALERMO_OIDC_SECOND_FACTOR", "no", "yes where the provider itself asks for a second factor", _yes_or_no),
    Variable("PALERMO_RECORDS_LIMIT_MB", "2000", "the largest file of records, in megabytes", _many_megabytes),
    Variable("PALERMO_UPLOAD_LIMIT_MB", "25", "the largest document that may be uploaded, in megabytes", _megabytes),
    Variable(
        "PALERMO_ANTIVIRUS", "", "a command that gets each file on its input and fails on a bad one; empty: none", _text
    ),
    Variable(
        "PALERMO_MAIL_URL", "", "the mail server; empty: a laptop prints mail, production sends none", _mail, True
    ),
    Variable("PALERMO_MAIL_FROM", "palermo@localhost", "the address that mail comes from", _text),
    Variable("PORT", "8000", "the port that `palermo up` serves at on 127.0.0.1", _port),
)


def read(environ: Mapping[str, str] = os.environ) -> dict[str, object]:
    """The value of every variable.

    Raises:
        SettingError: naming every wrong variable, what was expected, and never the value of a secret.
    """
    values: dict[str, object] = {}
    wrong: list[str] = []
    for variable in VARIABLES:
        raw = environ.get(variable.name, "").strip() or variable.default
        try:
            values[variable.name] = variable.parse(raw)
        except ValueError as error:
            shown = "what it holds" if variable.secret else f"“{raw}”"
            wrong.append(f"{variable.name} cannot be {shown}: it must be {error}.")
    wrong += _wrong_together(values)
    if wrong:
        raise SettingError("\n".join(wrong))
    return values


PROVIDER = ("ISSUER", "CLIENT", "SECRET", "NAME_EN", "NAME_FR")
"""What there must be of a provider, all of it or nothing."""


def _wrong_together(values: Mapping[str, object]) -> list[str]:
    """What each variable allows by itself, but not beside the others."""
    lacking = [f"PALERMO_OIDC_{part}" for part in PROVIDER if not values.get(f"PALERMO_OIDC_{part}")]
    wrong = []
    if 0 < len(lacking) < len(PROVIDER):
        wrong.append(f"{', '.join(lacking)} must be set too, or nothing of a provider for signing in.")
    return wrong + _wrong_in_production(values)


def _wrong_in_production(values: Mapping[str, object]) -> list[str]:
    if values.get("PALERMO_MODE") != "production":
        return []
    wrong = []
    if len(str(values.get("PALERMO_SECRET_KEY"))) < 50:
        wrong.append("PALERMO_SECRET_KEY must hold at least 50 random characters in production.")
    if not values.get("DATABASE_URL"):
        wrong.append("DATABASE_URL must name the database in production.")
    return wrong


def table() -> str:
    """The variables as the Markdown table that `docs/operators.md` holds."""
    rows = ["| Variable | Default | Meaning |", "|---|---|---|"]
    for variable in VARIABLES:
        default = variable.default.replace(f"{ROOT}/", "")
        rows.append(f"| `{variable.name}` | {f'`{default}`' if default else ''} | {variable.meaning} |")
    return "\n".join(rows)
