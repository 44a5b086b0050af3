"""Coordinators, and proposals made from small tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import translation

from palermo.people.models import Organisation, User
from palermo.plan.imports.actions.propose import propose
from palermo.plan.imports.models import Proposal
from palermo.plan.imports.reader import limits
from palermo.plan.register.models import Plan
from tests.factories import OrganisationFactory, coordinator_of

HEADINGS = "Section code,Section,Text,Start,Status,Lead,New"
TABLE = "\n".join(
    [
        HEADINGS,
        "1,Roads,Train the drivers of buses,2013-04-01,Ongoing,City Police,",
        "1,Roads,Put posters in every station,2013-04-01,Complete,City Police; Transport Office,yes",
        "2,Shelters,Open a house for women,2014-04-01,In progress,Shelter House,",
    ]
)
"""Three deliverables in two sections, three organisations that nobody knows, one mark of newness."""


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Addresses and pages are in English, whatever the test before asked for."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def answers() -> dict[tuple[bytes, str], bytes]:
    """What children have answered in this run, by the file's content and the order without its path."""
    return {}


@pytest.fixture(autouse=True)
def answers_kept(answers: dict[tuple[bytes, str], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a child read the same content once for all tests: its answer depends on nothing else.

    Starting one takes most of the time of a test that proposes a small table.
    """
    ask = limits._ask_child

    def ask_once(order: str, within: limits.Limits) -> bytes:
        asked = json.loads(order)
        key = (Path(asked.pop("path")).read_bytes(), json.dumps(asked))
        if key not in answers:
            answers[key] = ask(order, within)
        return answers[key]

    monkeypatch.setattr(limits, "_ask_child", ask_once)


@pytest.fixture
def owner(db: None) -> Organisation:
    """The organisation that is to own plans."""
    return OrganisationFactory.create(code="secretariat", named="Secretariat")


@pytest.fixture
def by(owner: Organisation) -> User:
    """A coordinator of the owner."""
    return coordinator_of(owner)


@pytest.fixture
def outsider(db: None) -> User:
    """A coordinator of another organisation."""
    return coordinator_of(OrganisationFactory.create())


@pytest.fixture
def signed_in(client: Client, by: User) -> Client:
    """The browser of the owner's coordinator."""
    client.force_login(by)
    return client


Propose = Callable[..., Proposal]


@pytest.fixture
def proposed(by: User, owner: Organisation) -> Propose:
    """Makes a proposal of a table, `TABLE` where none is given."""

    def make(table: str = TABLE, *, plan: Plan | None = None, period: str = "2013-2014") -> Proposal:
        upload = ContentFile(table.encode(), "table.csv")
        return propose(by=by, upload=upload, owner=None if plan else owner, plan=plan, period=period)

    return make
