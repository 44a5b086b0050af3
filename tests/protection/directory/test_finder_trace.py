"""Whatever is looked for, and by whomever: afterwards no row and no line of a log tells of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection, connections
from django.http import HttpResponseBase
from django.test import Client

from palermo.config.logs import WhereNotWhat
from palermo.people.models import Role, User
from palermo.protection.directory.queries import finder
from tests.factories import MembershipFactory
from tests.protection.directory.helping import ADDRESS, MONCTON, helping
from tests.protection.directory.samples import key

pytestmark = pytest.mark.django_db

LAW = {"need": "lawyer", "place": "Moncton"}
CARD = {"card": f"{key('Law house')} {key('Law house at home')}"}
SEARCHES: dict[str, dict[str, str]] = {
    "a need": {"need": "lawyer"},
    "a place": {"need": "lawyer", "place": "Sackville, Tantramar"},
    "a place that nobody knows": {"need": "lawyer", "place": "Quillcove"},
    "one that was meant": {"need": "lawyer", "place": "Monctn", "meant": "Moncton (NB)"},
    "wishes": {**LAW, "language": "fr", "gender": "women", "minor": "1", "open": "1"},
    "anywhere": {"need": "lawyer", "anywhere": "1"},
    "all of them": {**LAW, "more": "1"},
    "a card, which is what is printed": {**LAW, **CARD},
    "a card that there is none of": {**LAW, "card": "Quillcove"},
    "words": {"say": "lawyer in Tantramar"},
    "a name": {"say": "Law house"},
    "words that nobody understands": {"say": "Quillcove"},
}
TOLD = ("lawyer", "tantramar", "quillcove", "monct", "law house", "women", str(key("Law house")))
"""What of these searches nothing may tell afterwards, in small letters."""


class Log:
    """All that any part of the program says where somebody who looks for a fault lets even the root logger debug."""

    def __init__(self) -> None:
        self.records: list[logging.LogRecord] = []

    def told(self) -> list[str]:
        """Which of the words of a search stand in it: in a message, in what belongs to one, or in an error."""
        lines = [
            f"{logging.Formatter().format(one)} { ({**vars(one), 'exc_text': None})!r}".casefold()
            for one in self.records
        ]
        return [word for word in TOLD if any(word in line for line in lines)]


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    found, root = Log(), logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    monkeypatch.setattr(logging.Logger, "handle", lambda _logger, record: found.records.append(record))
    yield found
    root.setLevel(level)


@pytest.fixture(params=["nobody", "a worker"])
def reader(request: pytest.FixtureRequest) -> Client:
    """Whoever looks for help, without a form of ours having been fetched before."""
    client = Client(enforce_csrf_checks=True)
    if request.param == "a worker":
        worker: User = MembershipFactory.create(role=Role.WORKER).user
        client.force_login(worker)
        client.get("/en/work/")
    return client


def test_a_search_leaves_no_trace(reader: Client, log: Log) -> None:
    for number in range(7):
        helping(f"Law house {number or ''}".strip(), "lawyer", at=MONCTON)
    before, sessions = dict(_rows()), _sessions()
    log.records.clear()
    answers = {name: reader.post(ADDRESS, said) for name, said in SEARCHES.items()}
    answers["the first page"] = reader.get(ADDRESS)
    assert [name for name, answer in answers.items() if not _is_forgotten(answer)] == []
    # Whoever is signed in has a button to sign out, with the token that it needs; nobody else gets a cookie.
    cookies = {cookie for answer in answers.values() for cookie in answer.cookies}
    assert cookies == ({settings.CSRF_COOKIE_NAME} if sessions else set())
    assert "<h3>" in answers["all of them"].content.decode()
    assert "small card to cut out" in answers["a card, which is what is printed"].content.decode()
    assert {table: rows for table, rows in _rows() if rows != before[table]} == {}
    assert _sessions() == sessions
    assert log.told() == []


def _is_forgotten(answer: HttpResponseBase) -> bool:
    """Whether an answer is there, and tells the browser to keep nothing of it."""
    kept = (answer["Cache-Control"], answer["Referrer-Policy"])
    return answer.status_code == 200 and kept == ("no-store", "no-referrer")


def _rows() -> Iterator[tuple[str, list[str]]]:
    """Every row of every table, as the database has it: sessions, the audit trail and jobs are among them."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our own tables
            yield table, sorted(repr(row) for row in cursor.fetchall())


def _sessions() -> list[dict[str, object]]:
    """What sessions hold, which their rows tell in a form that cannot be read."""
    return [one.get_decoded() for one in Session.objects.order_by("pk")]


@pytest.mark.parametrize("name", ["all of them", "words"])
def test_a_search_that_breaks_leaves_no_trace_either(
    client: Client, log: Log, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """With the log as production writes it: of an error, its kind and where it was."""
    said = SEARCHES[name]

    def broken(*_asked: object, **_said: object) -> None:
        raise ValueError(said)

    for function in ("found", "by_name"):
        monkeypatch.setattr(finder, function, broken)
    client.raise_request_exception = False
    before = dict(_rows())
    assert client.post(ADDRESS, said).status_code == 500
    lines = [WhereNotWhat("{levelname} {name}: {message}", style="{").format(one) for one in log.records]
    assert any("builtins.ValueError" in line and "in broken" in line for line in lines)
    assert [word for word in TOLD if any(word in line.casefold() for line in lines)] == []
    assert dict(_rows()) == before
    assert mail.outbox == []


def test_what_django_says_of_a_search_to_find_faults_is_let_through_by_nothing(
    client: Client, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It writes statements and what templates are filled with; were they let through, the tests above would see it."""
    helping("Law house", "lawyer", at=MONCTON)
    monkeypatch.setattr(connections["default"], "force_debug_cursor", True)
    for is_let_through in (False, True):
        if is_let_through:
            for name in ("django", "django.db.backends", "django.template"):
                monkeypatch.setattr(logging.getLogger(name), "isEnabledFor", lambda _level: True)
        log.records.clear()
        client.post(ADDRESS, {"say": "Law house"})
        client.post(ADDRESS, SEARCHES["a place that nobody knows"])
        assert {"law house", "quillcove"} <= set(log.told()) if is_let_through else log.told() == []
