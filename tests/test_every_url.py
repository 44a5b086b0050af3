"""Every address of the site says who may open it, and holds to that for whoever asks.

A new address is found by itself. It fails here until its view has a guard; what to expect follows from the guard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from palermo.figures.releases.models import Release
from palermo.figures.series.models import Observation
from palermo.people.models import Organisation, Role, User
from palermo.people.queries import command_line
from palermo.plan import samples
from palermo.plan.imports.actions.propose import propose
from palermo.plan.planfile import load
from palermo.plan.recommendations.actions.keep import Words, add_recommendation
from palermo.plan.recommendations.vocabulary import SourceKind
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.models import Plan, Section
from palermo.plan.register.queries.plans import latest_period
from palermo.plan.report.actions.publish import publish_edition
from palermo.plan.report.models import Edition, EditionFile
from palermo.plan.returns.actions.cycles import close_period
from palermo.plan.returns.models import Cycle, Return
from palermo.protection.directory.actions.changes import change
from palermo.protection.directory.models import Service
from tests.factories import OrganisationFactory, UserFactory
from tests.figures.releases import making
from tests.gathered import accepted_with_evidence, file_of, gathered, invited, observed, people_of
from tests.prosecution.tips.desks import visited, with_app
from tests.protection.directory.keeping import kept, kept_by_hand, linked

pytestmark = pytest.mark.django_db

OTHERS = {
    "allauth.": "the library's pages for signing in; it looks after them itself",
    "ninja.": "the API is read-only and public; tests/api visits all of it",
}
"""Views without a guard of ours, by the module that they come from, and why that is so."""

NOT_OURS = {f"{api}:{page}" for api in ("api", "hsds") for page in ("api-root", "openapi-json", "nothing")}
"""Pages that the API makes of itself: the index, the description of the API, and the answer that nothing is there."""

RECOMMENDED = Words(SourceKind.EVALUATION, body_en="Evaluators", document_en="Evaluation", text_en="Say what it cost.")

_KEPT = "service service_change hide_address organization intake refer aside_one aside_discard decide"
KEEPING = {f"directory_{one}" for one in _KEPT.split()}
"""Pages of the directory of services, which is one for all coordinators and front-line workers, wherever they are."""

FOR_EVERY_COORDINATOR = {"import_template", "rule_set", *KEEPING}
"""Addresses with parts that name no record of anybody: an empty file, and what is kept by all for all."""

OF_ONE_WORKER = {
    "directory_referral", "directory_referral_address", "directory_referral_withdraw", "directory_referral_outcome",
}  # fmt: skip
"""Pages of a referral, which nobody sees but the worker who made it."""

SWITCHED_OFF = {"provider_begin", "openid_connect_callback"}
"""Public addresses that are there only by a setting; tests/people/test_openid.py visits them."""
FOR_SCRIPTS = {"tell_sealed", "tell_box_sealed", "tell_box_answer"}
"""Public addresses that only take something, sealed in a browser."""


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
    closed: Cycle
    one: Return
    """Cleared, in a period that is open."""
    published: UUID
    """Evidence of the closed period that everybody may see."""
    recommendation: int
    release: Release
    """Published by the organisation that owns the plan."""
    observation: Observation
    token: str
    """The secret of an invitation's link."""
    service: Service
    """In the directory, with a change that waits."""
    provider_token: str
    """The secret by which its organization keeps it."""
    kept_by_hand: dict[str, int | UUID]
    """A file that came in, an entry put aside, a pair that may be the same, a referral, and a desk's tip and key."""
    internal: UUID
    """Evidence of the return that is open."""
    outsider: User
    people: dict[Role, User]
    """Somebody with each role, for this plan or an organisation that leads something in it."""
    elsewhere: dict[Role, User]
    """Somebody with each role in an organisation that has no part in the plan."""

    def path(self, address: Address) -> str:
        """The address with something real in every part."""
        return reverse(address.name, kwargs={part: self._value(address.name, part) for part in address.parts})

    def _value(self, name: str, part: str) -> str | int | UUID:
        if part == "number":
            numbers = {"import": self.proposal, "return": self.one.pk, "recommendation": self.recommendation}
            numbers["release"] = self.release.pk
            return numbers.get(name.split("_")[0], self.edition.number)
        if part == "code":
            return self.plan.owner.code if name.startswith("organisation") else self.plan.code
        if part == "period_code" and name == "cycle_public":
            return self.closed.period.code
        of_period = name.startswith(("cycle", "assess", "returns_sheet"))
        values: dict[str, str | int | UUID] = {
            "plan_code": self.plan.code,
            "period_code": self.one.cycle.period.code if of_period else self.edition.period.code,
            "section_code": Section.objects.filter(plan=self.plan)[0].code,
            "deliverable_code": self.one.deliverable.code,
            "rule_code": self.release.rule_set.code,
            "population_code": self.release.population.code,
            "identifier": self.release.identifier,
            "ending": "csv",
            "part": "foreword",
            "name": "en.csv",
            "language": "en",
            "extension": "csv",
            "evidence_code": self.published if name == "evidence_file" else self.internal,
            "organisation_code": self.one.organisation.code,
            "series_code": self.observation.series.code,
            "list_code": f"{self.observation.series.code}-sex",
            "observation": self.observation.pk,
            "token": self.provider_token if name.startswith("provider") else self.token,
            "service": self.service.pk,
            "organization": str(self.service.organization_id),
            **self.kept_by_hand,
            "measure_code": "deliverables",
            "kind": "service",
            "position": 1,
            "place": 1,
        }
        return self.kept_by_hand.get(name, values[part])


@pytest.fixture(scope="module")
def made(database_of_module: None) -> World:
    """The world, made once: tests ask hundreds of addresses of it and change nothing that outlives them."""
    file = load((Path(samples.__file__).parent / "example-country-2023.json").read_bytes())
    plan = load_plan(file=file, by=command_line()).plan
    period = latest_period(command_line(), plan)
    assert period is not None
    edition = publish_edition(by=command_line(), period=period)
    EditionFile.objects.create(
        edition=edition, format="csv", language="en", file=ContentFile(b"a,b\n", name="a.csv"), size=4, sha256="0" * 64
    )
    table = ContentFile(
        b"Section code,Section title,Action,Lead,Status\n1,Training,Train inspectors,Labour,Complete\n", name="plan.csv"
    )
    closed = gathered(plan, 2025)
    published = accepted_with_evidence(closed.returns.all()[0])
    close_period(cycle=closed, version=1, by=command_line())
    one = gathered(plan, 2026).returns.select_related("cycle__period", "deliverable")[0]
    Return.objects.filter(pk=one.pk).update(state="cleared", was_cleared=True, status="complete")
    people = people_of(plan.owner, one.organisation)
    proposal = propose(by=people[Role.COORDINATOR], upload=table, plan=plan)
    stranger: Organisation = OrganisationFactory.create()
    listed = kept()
    link, provider_token = linked(is_reviewed=True)
    change(by=link, service=listed, patch={"fees_description": "Free"})
    return World(
        plan=plan,
        edition=edition,
        proposal=proposal.pk,
        closed=closed,
        one=one,
        published=published,
        recommendation=add_recommendation(plan=plan, words=RECOMMENDED, by=command_line()).pk,
        release=making.published(making.synthetic_team(plan.owner)),
        observation=observed(one.organisation, plan.owner),
        token=invited(one.organisation),
        service=listed,
        provider_token=provider_token,
        kept_by_hand=kept_by_hand(listed, people[Role.WORKER]) | visited(people[Role.DESK_MEMBER]),
        internal=file_of(one),
        outsider=UserFactory.create(),
        people=people,
        elsewhere=with_app(people_of(stranger, stranger)),
    )


@pytest.fixture
def world(made: World, db: None) -> World:
    """What was made, in the state in which it was."""
    return made


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


def guarded(guard: str) -> set[str]:
    """The roles that a guard lets in; none for what is public."""
    return set(guard.removeprefix("roles:").split(",")) if guard.startswith("roles:") else set()


def answers(world: World, viewer: User | None, method: str = "GET") -> Iterator[tuple[Address, int]]:
    """What each address of ours answers this viewer."""
    for address in ours():
        yield address, ask(viewer, world.path(address), method).status_code


def _shown(address: Address) -> int:
    """What a public address answers everybody; nothing where it is not public."""
    if address.guard != "public":
        return 0
    return 405 if address.name in FOR_SCRIPTS else 404 if address.name in SWITCHED_OFF else 200


def test_every_view_says_who_may_open_it() -> None:
    silent = [
        f"{address.name} ({address.module})"
        for address in addresses()
        if not address.guard and address.name not in NOT_OURS and not address.module.startswith(tuple(OTHERS))
    ]
    assert silent == []


def test_every_guard_is_known() -> None:
    for address in ours():
        assert address.guard == "public" or guarded(address.guard) <= set(Role.values), address.name


def test_nobody_sees_what_is_public_and_signs_in_for_the_rest(world: World) -> None:
    wrong = [
        f"{address.name}: {status}" for address, status in answers(world, None) if status != (_shown(address) or 302)
    ]
    assert wrong == []
    closed = [address for address in ours() if address.guard != "public"]
    leads = {ask(None, world.path(address)).headers["Location"].split("?")[0] for address in closed}
    assert leads == {reverse("account_login")}


def test_an_outsider_sees_what_is_public_and_nothing_else(world: World) -> None:
    wrong = [
        f"{address.name}: {status}"
        for address, status in answers(world, world.outsider)
        if status != (_shown(address) or 403)
    ]
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_its_guard_promises_and_nothing_else(world: World, role: Role) -> None:
    # 405: only a form leads there. 302: it leads on, since there is nothing to do there now.
    wrong = []
    for address, status in answers(world, world.people[role]):
        let_in = address.guard == "public" or role.value in guarded(address.guard)
        if address.name in SWITCHED_OFF:
            assert status == 404
        elif address.name in OF_ONE_WORKER and role == Role.COORDINATOR:
            assert status in {404, 405}
        elif status not in ({200, 302, 405} if let_in else {403}):
            wrong.append(f"{address.name}: {status}")
    assert wrong == []


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("role", list(Role))
def test_no_role_opens_anything_before_its_second_factor(
    world: World, role: Role, method: str, settings: Settings
) -> None:
    settings.SECOND_FACTOR_DEMANDED = True
    opened = []
    for address in ours():
        if role.value in guarded(address.guard):
            answer = ask(world.people[role], world.path(address), method)
            if (answer.status_code, answer.headers.get("Location")) != (302, reverse("mfa_index")):
                opened.append(f"{address.name}: {answer.status_code}")
    assert opened == []


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("role", list(Role))
def test_nobody_of_another_organisation_reaches_a_record_of_this_one(world: World, role: Role, method: str) -> None:
    closed = [address for address in ours() if role.value in guarded(address.guard) and address.parts]
    reached = [
        f"{address.name}: {status}"
        for address in closed
        if address.name not in FOR_EVERY_COORDINATOR
        and (status := ask(world.elsewhere[role], world.path(address), method).status_code) not in {403, 404, 405}
    ]
    assert reached == []


def test_nobody_and_no_outsider_sends_anything(world: World) -> None:
    closed = [address for address in ours() if address.guard != "public"]
    for address in closed:
        assert ask(None, world.path(address), "POST").status_code == 302, address.name
        assert ask(world.outsider, world.path(address), "POST").status_code in {403, 405}, address.name


@pytest.mark.parametrize("role", list(Role))
def test_no_role_sends_what_is_for_another(world: World, role: Role) -> None:
    others = [address for address in ours() if address.guard != "public" and role.value not in guarded(address.guard)]
    for address in others:
        assert ask(world.people[role], world.path(address), "POST").status_code in {403, 405}, address.name
