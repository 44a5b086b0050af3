"""Every address of the site says who may open it, and holds to that for whoever asks.

A new address is found by itself. It fails here until its view has a guard; what to expect follows from the guard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from palermo.foundation.periods import Period as Span
from palermo.people.invitations import invite
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
from palermo.plan.returns.actions.cycles import close_period, open_period
from palermo.plan.returns.models import Cycle, Return
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.plan.returns.factories import ProofFactory

pytestmark = pytest.mark.django_db

OTHERS = {
    "allauth.": "the library's pages for signing in; it looks after them itself",
    "ninja.": "the API is read-only and public; tests/api visits all of it",
}
"""Views without a guard of ours, by the module that they come from, and why that is so."""

NOT_OURS = {"api:api-root", "api:openapi-json"}
"""Pages that the API library makes of itself: the index, and the description of the API."""

RECOMMENDED = Words(SourceKind.EVALUATION, body_en="Evaluators", document_en="Evaluation", text_en="Say what it cost.")

FOR_EVERY_COORDINATOR = {"import_template"}
"""Addresses with parts that name no record of anybody."""

OVER_THE_PLAN = (Role.COORDINATOR, Role.ASSESSOR)
"""Roles that a person has in the organisation that owns the plan; the others they have in one that leads something."""


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
    token: str
    """The secret of an invitation's link."""
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
            return numbers.get(name.split("_")[0], self.edition.number)
        if part == "code":
            return self.plan.owner.code if name.startswith("organisation") else self.plan.code
        if part == "period_code" and name == "cycle_public":
            return self.closed.period.code
        gathered = name.startswith(("cycle", "assess", "returns_sheet"))
        values: dict[str, str | int | UUID] = {
            "plan_code": self.plan.code,
            "period_code": self.one.cycle.period.code if gathered else self.edition.period.code,
            "section_code": Section.objects.filter(plan=self.plan)[0].code,
            "deliverable_code": self.one.deliverable.code,
            "part": "foreword",
            "name": "en.csv",
            "language": "en",
            "extension": "csv",
            "evidence_code": self.published if name == "evidence_file" else self.internal,
            "organisation_code": self.one.organisation.code,
            "token": self.token,
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
    table = ContentFile(
        b"Section code,Section title,Action,Lead,Status\n1,Training,Train inspectors,Labour,Complete\n", name="plan.csv"
    )
    closed = _gathered(plan, 2025)
    published = _accepted_with_evidence(closed.returns.all()[0])
    close_period(cycle=closed, version=1, by=command_line())
    one = _gathered(plan, 2026).returns.select_related("cycle__period", "deliverable")[0]
    Return.objects.filter(pk=one.pk).update(state="cleared", was_cleared=True, status="complete")
    people = _people(plan.owner, one.organisation)
    proposal = propose(by=people[Role.COORDINATOR], upload=table, plan=plan)
    stranger: Organisation = OrganisationFactory.create()
    return World(
        plan=plan,
        edition=edition,
        proposal=proposal.pk,
        closed=closed,
        one=one,
        published=published,
        recommendation=add_recommendation(plan=plan, words=RECOMMENDED, by=command_line()).pk,
        token=_invited(one.organisation),
        internal=_file_of(one),
        outsider=UserFactory.create(),
        people=people,
        elsewhere=_people(stranger, stranger),
    )


def _gathered(plan: Plan, year: int) -> Cycle:
    span = Span(date(year, 1, 1), date(year, 12, 31))
    return open_period(plan=plan, span=span, due_on=date(year + 1, 3, 1), by=command_line())


def _invited(organisation: Organisation) -> str:
    by = command_line()
    return invite(email="new@example.org", language="en", organisation=organisation, role=Role.READER, by=by)[1]


def _accepted_with_evidence(one: Return) -> UUID:
    Return.objects.filter(pk=one.pk).update(state="accepted", was_cleared=True, status="complete")
    return _file_of(one, is_public=True, names_nobody=True)


def _file_of(one: Return, **fields: bool) -> UUID:
    file = ContentFile(b"Course outline", name="a.bin")
    kind = {"content_type": "text/plain", "size": 14, "url": "", "seen_on": None}
    code: UUID = ProofFactory.create(of=one, file=file, **kind, **fields).code
    return code


def _people(owner: Organisation, lead: Organisation) -> dict[Role, User]:
    return {
        role: MembershipFactory.create(organisation=owner if role in OVER_THE_PLAN else lead, role=role).user
        for role in Role
    }


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
        f"{address.name}: {status}"
        for address, status in answers(world, None)
        if status != (200 if address.guard == "public" else 302)
    ]
    assert wrong == []
    closed = [address for address in ours() if address.guard != "public"]
    leads = {ask(None, world.path(address)).headers["Location"].split("?")[0] for address in closed}
    assert leads == {reverse("account_login")}


def test_an_outsider_sees_what_is_public_and_nothing_else(world: World) -> None:
    wrong = [
        f"{address.name}: {status}"
        for address, status in answers(world, world.outsider)
        if status != (200 if address.guard == "public" else 403)
    ]
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_its_guard_promises_and_nothing_else(world: World, role: Role) -> None:
    # 405: only a form leads there. 302: it leads on, since there is nothing to do there now.
    wrong = []
    for address, status in answers(world, world.people[role]):
        let_in = address.guard == "public" or role.value in guarded(address.guard)
        if status not in ({200, 302, 405} if let_in else {403}):
            wrong.append(f"{address.name}: {status}")
    assert wrong == []


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
