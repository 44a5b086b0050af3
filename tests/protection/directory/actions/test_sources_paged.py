"""Feeds that come in pages: all of them come in, or nothing does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from palermo import cli
from palermo.people.queries import command_line
from palermo.protection.directory.actions.intake import _nobody
from palermo.protection.directory.actions.sources import PullError, keep_source, pull
from palermo.protection.directory.models import Service, Source
from tests.protection.directory.feeds import Feed, says
from tests.protection.directory.samples import service, taken

pytestmark = pytest.mark.django_db


def page(number: int, *documents: object, of: int = 3, **said: object) -> bytes:
    """An answer with one page of several, written over several lines."""
    told = {"page_number": number, "total_pages": of, "contents": documents, "last_page": number == of, **said}
    body = json.dumps(told, indent=1).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


@pytest.fixture
def paged(address: str) -> Source:
    """A source whose feed comes in pages, and which told of three services before."""
    source = keep_source(by=command_line(), name="Pages", address=f"{address}?page=2&full=", kind="service")
    says(service("One"), service("Two"), service("Three"))
    pull(by=command_line(), source=source, told=_nobody)
    return source


def missing() -> set[str]:
    return {str(one) for one in Service.objects.filter(missing_since__isnull=False)}


@pytest.mark.parametrize("first", [1, 2])
def test_all_pages_of_a_feed_are_asked_for(paged: Source, first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [page(1, service("One")), page(2, service("Two"), service("New", x="\n")), page(3, service("Last"))]
    raw = {f"/feed?full=&page={number}": said for number, said in enumerate(pages, start=1)}
    monkeypatch.setattr(Feed, "raw", {**raw, "/feed?page=2&full=": pages[first - 1]})
    assert pull(by=command_line(), source=paged, told=_nobody).total == 4
    assert missing() == {"Three"}
    assert Service.objects.get(document__name="New").document["x"] == "\n"


@pytest.mark.parametrize(
    "second",
    [
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        page(1, service("One")),
        page(2, service("Two"), of=2),
        page(2, service("Two"), total_items=9),
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
        b"",
    ],
)
def test_if_one_page_fails_nothing_comes_in(
    paged: Source, second: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = page(1, service("One", description="New"))
    raw = {"/feed?page=2&full=": first, "/feed?full=&page=2": second, "/feed?full=&page=3": page(3, service("Last"))}
    monkeypatch.setattr(Feed, "raw", raw)
    assert cli.main(["directory", "pull"]) == 1
    assert "Pages: It" in capsys.readouterr().err
    assert (missing(), Service.objects.count(), paged.intakes.count()) == (set(), 3, 1)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"total_items": 5}, "do not hold all"),
        ({"of": 10_001}, "more than 10000 pages"),
        ({"of": 1, "last_page": False, "total_pages": None}, "do not hold all"),
        ({"page_number": None}, "do not belong together"),
    ],
)
def test_pages_that_cannot_be_all_there_is_do_not_come_in(
    paged: Source, said: dict[str, object], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: Any = {"of": 2, **said}
    pages = [page(number, service("One"), **told) for number in (1, 2)]
    raw = {f"/feed?full=&page={number}": answer for number, answer in enumerate(pages, start=1)}
    monkeypatch.setattr(Feed, "raw", {**raw, "/feed?page=2&full=": pages[0]})
    with pytest.raises(PullError, match=sentence):
        pull(by=command_line(), source=paged, told=_nobody)
    assert missing() == set()


@pytest.mark.parametrize("told", [{"total_items": 4}, {}])
def test_pages_that_were_shifted_while_they_were_asked_for_do_not_come_in(
    paged: Source, told: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [
        page(1, service("One"), service("Two"), of=2, **told),
        page(2, {**service("Two"), "id": service("Two")["id"].upper()}, service("New"), of=2, **told),
    ]
    raw = {f"/feed?full=&page={number}": answer for number, answer in enumerate(pages, start=1)}
    monkeypatch.setattr(Feed, "raw", {**raw, "/feed?page=2&full=": pages[0]})
    with pytest.raises(PullError, match="do not hold all"):
        pull(by=command_line(), source=paged, told=_nobody)
    assert (missing(), Service.objects.count()) == (set(), 3)


def test_a_page_that_tells_of_an_entry_twice_comes_in(paged: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [page(1, service("One"), service("One"), of=2), page(2, service("Two"), of=2)]
    raw = {f"/feed?full=&page={number}": answer for number, answer in enumerate(pages, start=1)}
    monkeypatch.setattr(Feed, "raw", {**raw, "/feed?page=2&full=": pages[0]})
    pull(by=command_line(), source=paged, told=_nobody)
    assert missing() == {"Three"}


def test_all_pages_together_may_be_no_larger_than_a_feed(paged: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [page(number, service("One", description="x" * 3_000)) for number in (1, 2, 3)]
    raw = {f"/feed?full=&page={number}": answer for number, answer in enumerate(pages, start=1)}
    monkeypatch.setattr(Feed, "raw", {**raw, "/feed?page=2&full=": pages[0]})
    monkeypatch.setattr("palermo.protection.directory.actions.sources.LARGEST", 9_000)
    with pytest.raises(PullError, match="too large"):
        pull(by=command_line(), source=paged, told=_nobody)


def test_the_api_of_this_very_site_is_pulled_page_by_page(
    address: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(*(service(f"service {number}") for number in range(5)))
    asked = "/feed?per_page=2&full=true"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    answers = [client.get(f"/api/hsds/services?per_page=2&full=true&page={number}").content for number in (1, 2, 3)]
    raw = {f"{asked}&page={number}": head + answer for number, answer in enumerate(answers, start=1)}
    monkeypatch.setattr(Feed, "raw", {**raw, asked: head + answers[0]})
    source = keep_source(by=command_line(), name="Ours", address=f"{address}?per_page=2&full=true", kind="service")
    assert pull(by=command_line(), source=source, told=_nobody).total == 5
    assert missing() == set()
