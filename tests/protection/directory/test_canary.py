"""Where a shelter is whose address nobody may find: looked for in all that the site hands out or leaves behind.

Entries come in and are put aside, another house is marked only later, people change and propose, services are compared
and merged, a worker has the address shown; then every address of the site is visited by nobody, a worker and a
coordinator. The one answer that gives the address is the only place where it may stand.
"""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.utils import timezone

from palermo.people.models import Role, User
from palermo.protection.directory.models import PutAside, Referral, ServiceAtLocation
from tests.factories import MembershipFactory
from tests.protection.directory.canary import NAME, POSTAL, STREET, WAY, found_in, happen, hide_later
from tests.protection.directory.samples import key
from tests.test_every_url import World, addresses, made, world

__all__ = ["made", "world"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TO = "Sergeant Wagtail"


@pytest.fixture
def worker() -> User:
    found: User = MembershipFactory.create(role=Role.WORKER).user
    return found


def test_the_address_of_a_shelter_is_nowhere_in_the_clear(
    world: World, worker: User, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    coordinator = world.people[Role.COORDINATOR]
    happen(coordinator, tmp_path)
    hide_later(tmp_path)
    assert found_in("told", b"at 77 Xyzzyplugh Lane") == ["told: xyzzyplugh"]
    wrong = _given(worker)
    for user in (None, worker, coordinator):
        client = Client()
        if user:
            client.force_login(user)
        wrong += [each for name, body in _answers(client, world) for each in found_in(f"{name} for {user}", body)]
    wrong += found_in("logs", caplog.text.encode())
    for message in mail.outbox:
        wrong += found_in("mail", message.message().as_bytes())
    wrong += [each for name, body in _rows() for each in found_in(name, body)]
    wrong += [each for name, body in _files() for each in found_in(name, body)]
    assert wrong == []


def _given(worker: User) -> list[str]:
    """The address is shown to a worker, once; then no more."""
    client = Client()
    client.force_login(worker)
    visit = ServiceAtLocation.objects.get(service__pk=key("Shelter"))
    until = str(timezone.localdate() + timedelta(days=3))
    said = {"code": "B-7", "visit": str(visit.pk), "consent": "spoken", "until": until}
    client.post(f"/en/work/services/{visit.service_id}/refer/", said)
    one = f"/en/work/referrals/{Referral.objects.get(made_by=worker).pk}/"
    answer = client.post(f"{one}address/", {"to": TO})
    for piece in (STREET, POSTAL, NAME, WAY):
        assert piece in answer.content.decode()
    return [
        each for address in (one, "/en/work/referrals/") for each in found_in(address, body_of(client.get(address)))
    ]


def _answers(client: Client, world: World) -> Iterator[tuple[str, bytes]]:
    """What every address answers, and every way to ask for help."""
    for address in addresses():
        if address.guard and "openid" not in address.name and address.name != "provider_begin":
            path = world.path(address)
            yield path, body_of(client.get(path))
    for query in ("", "?full=true", "?minimal=true", "?format=ndjson&full=true", "?search=shelter&full=true"):
        for kind in ("services", "service_at_locations", "organizations"):
            path = f"/api/hsds/{kind}{query}"
            yield path, body_of(client.get(path))
    for kind, one in (("services", key("Shelter")), ("service_at_locations", key("canary visit of Shelter"))):
        yield kind, body_of(client.get(f"/api/hsds/{kind}/{one}"))
    for language in ("en", "fr"):
        for said in (
            {"need": "safe-place", "place": "Moncton"},
            {"need": "safe-place", "anywhere": "1"},
            {"say": "shelter"},
            {"say": NAME},
            {"card": f"{key('Shelter')} {key('canary visit of Shelter')}"},
        ):
            body = body_of(client.post(f"/{language}/find-help/", said))
            # What somebody asks for stands in the form again; nothing else may hold it.
            yield str(said), body.replace(NAME.encode(), b"")
    for aside in PutAside.objects.all():
        path = f"/en/work/services/aside/{aside.pk}/"
        yield path, body_of(client.get(path))


def _rows() -> Iterator[tuple[str, bytes]]:
    """Everything that the database holds, as it stands there; the audit trail is among it."""
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            values = [bytes(one) if isinstance(one, memoryview | bytes) else _text(one) for one in row]
            yield model._meta.label, b" ".join(values)


def _text(value: object) -> bytes:
    return (
        json.dumps(value, default=str, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
    ).encode()


def _files() -> Iterator[tuple[str, bytes]]:
    for folder in {Path(settings.DATA), Path(settings.MEDIA_ROOT)}:
        for path in folder.rglob("*"):
            if path.is_file():
                yield str(path), path.read_bytes()


def body_of(answer: HttpResponseBase) -> bytes:
    """All that an answer says, its headers too, and what is packed in it."""
    body = b"".join(answer) if isinstance(answer, StreamingHttpResponse) else getattr(answer, "content", b"")
    found = b"\n".join([str(dict(answer.items())).encode(), body])
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            found += b"".join(packed.read(name) for name in packed.namelist())
    return found
