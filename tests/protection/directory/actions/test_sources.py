"""Feeds: pulled over and over, from a server on this machine."""

from __future__ import annotations

import json
from http.client import HTTPMessage
from io import BytesIO
from typing import Any
from urllib.request import Request

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from palermo import cli
from palermo.people.models import Role
from palermo.people.queries import command_line
from palermo.protection.directory.actions.intake import _nobody
from palermo.protection.directory.actions.sources import BadAddressError, PullError, _ending, _Safely, keep_source, pull
from palermo.protection.directory.models import Intake, PutAside, Service, Source
from tests.factories import MembershipFactory
from tests.protection.directory.feeds import Feed, says
from tests.protection.directory.samples import service

pytestmark = pytest.mark.django_db


def test_a_feed_is_pulled_again_and_tells_what_is_new_and_what_is_gone(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["directory", "source", "Neighbours", address]) == 0
    says(service("One"), service("Two"))
    assert cli.main(["directory", "pull"]) == 0
    assert "2 of 2" in capsys.readouterr().err
    says({"contents": [service("Two", description="New"), {**service("Wrong"), "status": 1}]}, kind="application/json")
    assert cli.main(["directory", "pull", "Neighbours"]) == 0
    assert "put aside: 1" in capsys.readouterr().err
    assert [str(one) for one in Service.objects.filter(missing_since__isnull=False)] == ["One"]
    assert Service.objects.get(document__name="Two").document["description"] == "New"
    assert PutAside.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ((200, "application/json", b"nonsense"), "it is not JSON"),
        ((500, "text/plain", b""), "It cannot be reached."),
        ((302, "text/plain", b"https://127.0.0.1:1/"), "It cannot be reached."),
        ((200, "text/html", b"<html>"), "it is not JSON"),
    ],
)
def test_a_feed_that_fails_is_told_in_a_sentence(
    address: str, said: tuple[int, str, bytes], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_source(by=command_line(), name="Neighbours", address=address, kind="service")
    Feed.said = said
    assert cli.main(["directory", "pull"]) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("application/ndjson", ".ndjson"), ("application/x-ndjson", ".ndjson"), ("application/jsonl", ".ndjson"),
        ("application/zip", ".zip"), ("application/json", ".json"), ("text/csv", ".csv"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        ("application/octet-stream", ".json"),
    ],
)  # fmt: skip
def test_what_a_server_calls_a_feed_says_how_it_is_read(kind: str, ending: str) -> None:
    assert _ending(kind, "https://a.example/hsds/v3.1") == ending


def test_an_address_says_how_a_feed_is_read_only_if_it_ends_as_files_do() -> None:
    said = {"/services.NDJSON?x=.zip": ".ndjson", "/a.zip": ".zip", "/v3.1": ".json", "": ".json", "/feed.php": ".json"}
    for path, ending in said.items():
        assert _ending("application/octet-stream", f"https://a.example{path}") == ending


def test_nobody_pulls_what_is_not_safe_or_not_theirs(address: str) -> None:
    for wrong in ("http://example.org/feed", "file:///etc/passwd", "ftp://127.0.0.1/x", "nonsense"):
        with pytest.raises(BadAddressError):
            keep_source(by=command_line(), name="x", address=wrong, kind="service")
    assert cli.main(["directory", "source", "x", "http://example.org/feed"]) == 2
    assert cli.main(["directory", "pull"]) == 2
    source = keep_source(by=command_line(), name="Neighbours", address=address, kind="service")
    for role in set(Role) - {Role.COORDINATOR}:
        user = MembershipFactory.create(role=role).user
        with pytest.raises(PermissionDenied):
            pull(by=user, source=source, told=_nobody)
        with pytest.raises(PermissionDenied):
            keep_source(by=user, name="x", address=address, kind="service")


def test_a_feed_that_is_too_large_is_left(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("palermo.protection.directory.actions.sources.LARGEST", 10)
    source = keep_source(by=command_line(), name="Neighbours", address=address, kind="service")
    says(service())
    with pytest.raises(PullError, match="too large"):
        pull(by=command_line(), source=source, told=_nobody)
    assert not Service.objects.exists()
    assert Source.objects.count() == 1


def test_a_feed_that_fails_as_nobody_foresaw_does_not_keep_the_others_from_coming_in(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    logged: list[str] = []
    street = "12 Rue de l’Église"
    monkeypatch.setattr("palermo.commands.directory.logger.error", lambda said, *about: logged.append(said % about))

    def fails(*, source: Source, **said: Any) -> Intake:  # noqa: ANN401 - whatever is given on
        if source.name == "A":
            raise RecursionError(street)
        return pull(source=source, **said)

    monkeypatch.setattr("palermo.protection.directory.actions.sources.pull", fails)
    for name in ("A", "B"):
        keep_source(by=command_line(), name=name, address=address, kind="service")
    says(service("Two"))
    assert cli.main(["directory", "pull"]) == 1
    told = capsys.readouterr()
    assert "A: It failed in a way that was not foreseen (RecursionError)." in told.err
    assert [str(one) for one in Service.objects.all()] == ["Two"]
    assert "in fails" in logged[0]
    assert street not in logged[0] + told.out + told.err


@pytest.mark.parametrize("levels", [60, 978, 980, 983, 100_000])
def test_an_entry_that_is_nested_without_end_waits_and_harms_nobody(
    address: str, client: Client, levels: int, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_source(by=command_line(), name="A", address=address, kind="service")
    deep = json.dumps(service("Deep", x=0)).replace('"x": 0', f'"x": {"[" * levels}{"]" * levels}')
    body = "".join(f"{one}\n" for one in (json.dumps(service("One")), deep, json.dumps(service("Two"))))
    Feed.said = (200, "application/ndjson", body.encode())
    assert cli.main(["directory", "pull"]) == 0
    assert "3 of 3, put aside: 1" in capsys.readouterr().err
    assert {str(one) for one in Service.objects.all()} == {"One", "Two"}
    answer = client.get("/api/hsds/services?full=true")
    assert (answer.status_code, answer.json()["total_items"]) == (200, 2)
    client.force_login(MembershipFactory.create(role=Role.COORDINATOR).user)
    for address in ("/en/work/services/aside/", f"/en/work/services/aside/{PutAside.objects.all()[0].pk}/"):
        assert client.get(address).status_code == 200


LINE = json.dumps(service("One")).encode() + b"\n"
BROKEN_OFF = [
    b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Length: 5000\r\n\r\n" + LINE,
    b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"%x\r\n%b\r\n" % (len(LINE), LINE),
    b"nonsense\r\n\r\n",
    b"",
]


@pytest.mark.parametrize("answer", BROKEN_OFF)
def test_a_feed_that_breaks_off_is_not_taken_for_all_there_is(
    address: str, answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = keep_source(by=command_line(), name="Neighbours", address=address, kind="service")
    says(service("One"), service("Two"))
    pull(by=command_line(), source=source, told=_nobody)
    monkeypatch.setattr(Feed, "raw", {"/feed": answer})
    with pytest.raises(PullError, match="broke off"):
        pull(by=command_line(), source=source, told=_nobody)
    assert not Service.objects.filter(missing_since__isnull=False).exists()
    assert source.intakes.count() == 1


@pytest.mark.parametrize(("header", "missing"), [("", []), ("Content-Length: {size}\r\n", ["Two"])])
def test_where_nothing_tells_the_end_of_a_feed_nothing_is_missing(
    address: str, monkeypatch: pytest.MonkeyPatch, header: str, missing: list[str]
) -> None:
    source = keep_source(by=command_line(), name="Neighbours", address=address, kind="service")
    lines = [json.dumps(service(name)).encode() + b"\n" for name in ("One", "Two")]
    for said in (lines[0] + lines[1], lines[0]):
        told = f"HTTP/1.0 200 OK\r\nContent-Type: application/x-ndjson\r\n{header.format(size=len(said))}\r\n"
        monkeypatch.setattr(Feed, "raw", {"/feed": told.encode() + said})
        pull(by=command_line(), source=source, told=_nobody)
    assert [str(one) for one in Service.objects.filter(missing_since__isnull=False)] == missing
    assert Service.objects.count() == 2


def test_a_feed_that_breaks_off_does_not_keep_the_others_from_coming_in(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Feed, "raw", {"/broken": BROKEN_OFF[1]})
    keep_source(by=command_line(), name="A", address=address.replace("/feed", "/broken"), kind="service")
    keep_source(by=command_line(), name="B", address=f"https://{'b' * 70}.example/", kind="service")
    keep_source(by=command_line(), name="C", address=address, kind="service")
    says(service("Two"))
    assert cli.main(["directory", "pull"]) == 1
    assert [str(one) for one in Service.objects.all()] == ["Two"]


def leads_to(address: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\n\r\n".encode()


@pytest.mark.parametrize(
    ("between", "sentence"),
    [("http://127.1:{port}/on", "leads away"), ("ftp://127.0.0.1/", "leads away"), ("https://[x", "cannot be reached")],
)
def test_each_step_to_a_feed_has_to_be_safe(
    address: str, between: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = address.split(":")[2].removesuffix("/feed")
    raw = {"/away": leads_to(between.format(port=port)), "/on": leads_to(address), "/back": leads_to(address)}
    monkeypatch.setattr(Feed, "raw", raw)
    says(service("One"))
    away = keep_source(by=command_line(), name="A", address=address.replace("/feed", "/away"), kind="service")
    with pytest.raises(PullError, match=sentence):
        pull(by=command_line(), source=away, told=_nobody)
    assert not Service.objects.exists()
    back = keep_source(by=command_line(), name="B", address=address.replace("/feed", "/back"), kind="service")
    assert pull(by=command_line(), source=back, told=_nobody).done == 1


def test_from_https_no_step_leads_to_http() -> None:
    def step(to: str) -> Request | None:
        return _Safely().redirect_request(Request("https://a.example/"), BytesIO(), 302, "Found", HTTPMessage(), to)

    with pytest.raises(PullError, match="leads away"):
        step("http://127.0.0.1/")
    found = step("https://b.example/")
    assert found is not None
    assert found.full_url == "https://b.example/"


def test_whoever_may_not_keep_sources_learns_nothing_of_addresses() -> None:
    user = MembershipFactory.create(role=Role.READER).user
    with pytest.raises(PermissionDenied):
        keep_source(by=user, name="x", address="http://example.org/feed", kind="service")
    with pytest.raises(BadAddressError):
        keep_source(by=command_line(), name="x", address="https://[x", kind="service")
