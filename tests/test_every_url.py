"""Every address of the site says who may open it, and holds to that for whoever asks.

A new address is found by itself. It fails here until its view has a guard; what to expect follows from the guard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from palermo.people.models import Organisation, User
from palermo.people.queries import command_line
from palermo.plan import samples
from palermo.plan.imports.actions.propose import propose
from palermo.plan.planfile import load
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.models import Deliverable, Plan, Section
from palermo.plan.register.queries.plans import latest_period
from palermo.plan.report.actions.publish import publish_edition
from palermo.plan.report.models import Edition, EditionFile
from tests.factories import OrganisationFactory, UserFactory, coordinator_of

pytestmark = pytest.mark.django_db

OTHERS = {
    "allauth.": "the library's pages for signing in; it looks after them itself",
    "ninja.": "the API is read-only and public; tests/api visits all of it",
}
"""Views without a guard of ours, by the module that they come from, and why that is so."""

NOT_OURS = {"api:api-root", "api:openapi-json"}
"""Pages that the API library makes of itself: the index, and the description of the API."""

FOR_EVERY_COORDINATOR = {"import_template"}
"""Addresses with parts that name no record of anybody."""


@dataclass(frozen=True, slots=True)
class Address:
    """One address: its name, what goes into it, and its guard, which is empty where it has none."""

    name: str
    parts: tuple[str, ...]
    guard: str
    module: str


@dataclass(frozen=True, slots=True)
class World:
    """A published plan, a proposal to change it, and people of every kind."""

    plan: Plan
    edition: Edition
    proposal: int
    outsider: User
    coordinator: User
    elsewhere: User
    """Coordinates the plans of another organisation."""

    def path(self, address: Address) -> str:
        """The address with something real in every part."""
        return reverse(address.name, kwargs={part: self._value(address.name, part) for part in address.parts})

    def _value(self, name: str, part: str) -> str | int:
        if part == "number":
            return self.proposal if name.startswith("import_") else self.edition.number
        if part == "code":
            return self.plan.owner.code if name.startswith("organisation") else self.plan.code
        values: dict[str, str | int] = {
            "plan_code": self.plan.code,
            "period_code": self.edition.period.code,
            "section_code": Section.objects.filter(plan=self.plan)[0].code,
            "deliverable_code": Deliverable.objects.filter(plan=self.plan)[0].code,
            "part": "foreword",
            "name": "en.csv",
            "language": "en",
            "extension": "csv",
            "position": 1,
            "place": 1,
        }
        return values[part]


@pytest.fixture
def world() -> World:
    file = load((Path(samples.__file__).parent / "example-country-2023.json").read_bytes())
    plan = load_plan(file=file, by=command_line()).plan
    period = latest_period(command_line(), plan)
    assert period is not None
    edition = publish_edition(by=command_line(), period=period)
    EditionFile.objects.create(
        edition=edition, format="csv", language="en", file=ContentFile(b"a,b\n", name="a.csv"), size=4, sha256="0" * 64
    )
    owner: Organisation = plan.owner
    coordinator = coordinator_of(owner)
    table = ContentFile(
        b"Section code,Section title,Action,Lead,Status\n1,Training,Train inspectors,Labour,Complete\n", name="plan.csv"
    )
    proposal = propose(by=coordinator, upload=table, plan=plan)
    elsewhere = coordinator_of(OrganisationFactory.create())
    return World(plan, edition, proposal.pk, UserFactory.create(), coordinator, elsewhere)


def addresses() -> list[Address]:
    """Every address of the site."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns: Sequence[URLPattern | URLResolver], space: str, parts: tuple[str, ...]) -> Iterator[Address]:
    for pattern in patterns:
        within = (*parts, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space, within)
        else:
            view = pattern.callback
            yield Address(f"{space}{pattern.name or ''}", within, getattr(view, "guard", ""), view.__module__)


def ours() -> list[Address]:
    """The addresses whose views have a guard."""
    return [address for address in addresses() if address.guard]


def ask(viewer: User | None, path: str, method: str = "GET") -> HttpResponseBase:
    client = Client()
    if viewer:
        client.force_login(viewer)
    response = client.generic(method, path)
    # A file that is handed over stays open until it is read.
    if isinstance(response, StreamingHttpResponse):
        list(response)
    return response


def surprises(world: World, viewer: User | None, wanted: dict[str, set[int]], method: str = "GET") -> list[str]:
    """Every address that answers something else than its guard promises this viewer."""
    found = []
    for address in ours():
        status = ask(viewer, world.path(address), method).status_code
        if address.guard in wanted and status not in wanted[address.guard]:
            found.append(f"{address.name}: {status}")
    return found


def test_every_view_says_who_may_open_it() -> None:
    silent = [
        f"{address.name} ({address.module})"
        for address in addresses()
        if not address.guard and address.name not in NOT_OURS and not address.module.startswith(tuple(OTHERS))
    ]
    assert silent == []


def test_every_guard_is_known() -> None:
    assert {address.guard for address in ours()} == {"public", "coordinators"}


def test_nobody_sees_what_is_public_and_signs_in_for_the_rest(world: World) -> None:
    assert surprises(world, None, {"public": {200}, "coordinators": {302}}) == []
    closed = [address for address in ours() if address.guard == "coordinators"]
    leads = {ask(None, world.path(address)).headers["Location"].split("?")[0] for address in closed}
    assert leads == {reverse("account_login")}


def test_an_outsider_sees_what_is_public_and_nothing_else(world: World) -> None:
    assert surprises(world, world.outsider, {"public": {200}, "coordinators": {403}}) == []


def test_a_coordinator_may_open_everything(world: World) -> None:
    # 405: only a form leads there. 302: it leads on, since there is nothing to do there now.
    assert surprises(world, world.coordinator, {"public": {200}, "coordinators": {200, 302, 405}}) == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_coordinator_of_another_organisation_reaches_no_record_of_this_one(world: World, method: str) -> None:
    closed = [address for address in ours() if address.guard == "coordinators" and address.parts]
    reached = [
        f"{address.name}: {status}"
        for address in closed
        if address.name not in FOR_EVERY_COORDINATOR
        and (status := ask(world.elsewhere, world.path(address), method).status_code) not in {403, 404, 405}
    ]
    assert reached == []


def test_nobody_and_no_outsider_sends_anything(world: World) -> None:
    assert surprises(world, None, {"coordinators": {302}}, "POST") == []
    assert surprises(world, world.outsider, {"coordinators": {403, 405}}, "POST") == []
