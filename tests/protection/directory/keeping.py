"""Services that people keep, who keeps them, and pages as they come back."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Protocol
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from palermo.people.models import Role, User
from palermo.people.queries import command_line
from palermo.protection.directory.actions.links import make_link
from palermo.protection.directory.actions.referring import Agreed, refer
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import (
    Consent,
    Intake,
    Likeness,
    Organization,
    ProviderLink,
    PutAside,
    Service,
    ServiceAtLocation,
    Source,
)
from palermo.protection.directory.sealing import seal
from tests.factories import MembershipFactory
from tests.protection.directory.samples import key, service, taken

BEDS: Document = {"id": key("beds"), "unit": {"id": key("unit"), "name": "bed"}, "available": 3, "maximum": 12}


def somebody(role: Role = Role.COORDINATOR) -> User:
    """Somebody with a role."""
    found: User = MembershipFactory.create(role=role).user
    return found


def signed_in(user: User | None) -> Client:
    """The browser of somebody who signed in."""
    client = Client()
    if user:
        client.force_login(user)
    return client


def kept(name: str = "Someone to talk to", **said: object) -> Service:
    """A service in the directory."""
    taken(service(name, **said))
    return Service.objects.get(pk=key(name))


def linked(*, is_reviewed: bool = False) -> tuple[ProviderLink, str]:
    """A link by which the house keeps its own services, and its secret."""
    house = Organization.objects.get(pk=key("house"))
    return make_link(by=command_line(), organization=house, label="Front desk", is_reviewed=is_reviewed)


def kept_by_hand(listed: Service, worker: User) -> dict[str, int | UUID]:
    """The keys of a file that came in, an entry put aside, a pair that may be the same, and a worker's referral."""
    source = Source.objects.create(name="Neighbours")
    intake = Intake.objects.create(
        source=source, file_name="ours.csv", sha256="0" * 64, kind="service", total=2, done=1, by=command_line()
    )
    wrong: Document = {**service("Wrong"), "status": "shut"}
    aside = PutAside(id=uuid4(), source=source, kind="service", key=key("Wrong"), number=2, digest="0" * 64)
    told: Document = {"document": wrong, "problems": [{"path": ["status"], "rule": "enum", "wanted": "active"}]}
    aside.sealed = seal(aside.pk, told)
    aside.save()
    first, second = sorted((listed, kept("Somebody to talk to")), key=lambda one: one.pk)
    pair = Likeness.objects.create(first=first, second=second, probability=0.9, reasons=[["phone", "same", None]])
    agreed = Agreed(Consent.SPOKEN, timezone.localdate() + timedelta(days=7), ["needs"])
    referral = refer(by=worker, service=listed, visit=None, code="B-7", agreed=agreed)
    location = ServiceAtLocation.objects.filter(service=listed).values_list("location", flat=True)[0]
    return {"location": location, "intake": intake.pk, "aside": aside.pk, "pair": pair.pk, "referral": referral.pk}


class Answer(Protocol):
    """What came back of a page."""

    status_code: int

    @property
    def content(self) -> bytes:
        """Its bytes."""


def whole(response: Answer) -> str:
    """A page without the tokens of its forms: they are random, and any three letters may stand in one."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def words(response: Answer) -> str:
    """The words of the main part of a page, with single blanks between."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    text = unescape(re.sub(r"<[^>]*>", " ", main.split(">", 1)[1]))
    return re.sub(r"\s+([,.:)])", r"\1", " ".join(text.split()))


def address(name: str, *parts: object) -> str:
    """Where a page is."""
    return reverse(name, args=parts)


def page(client: Client, name: str, *parts: object, query: str = "") -> str:
    """The words of a page."""
    response = client.get(address(name, *parts) + query)
    assert response.status_code == 200
    return words(response)


def send(client: Client, name: str, *parts: object, **said: object) -> Answer:
    """Where an act leads."""
    return client.post(address(name, *parts), said, follow=True)


def queries(client: Client, path: str) -> int:
    """How many queries a page costs."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)
