"""Who may open which page, and that each shows what it is for."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from palermo.people.models import User
from palermo.plan.imports.models import Proposal
from palermo.plan.imports.urls import urlpatterns
from tests.factories import UserFactory
from tests.plan.imports.conftest import Propose

PAGES = [
    "import_review",
    "import_frame",
    "import_sections",
    "import_organisations",
    "import_left_out",
    "import_confirm",
    "import_drop",
]
PLACES = {"import_row": {"position": 1}, "import_section": {"place": 1}, "import_organisation": {"place": 1}}
POSTED = ["import_rows", "import_compare", "import_accept_organisations"]


@pytest.fixture
def proposal(proposed: Propose) -> Proposal:
    return proposed()


def addresses(proposal: Proposal) -> list[str]:
    listed = [reverse(name, kwargs={"number": proposal.pk}) for name in PAGES]
    listed += [reverse(name, kwargs={"number": proposal.pk, **more}) for name, more in PLACES.items()]
    return listed


def test_every_address_says_who_may_open_it() -> None:
    assert {getattr(pattern.callback, "guard", "") for pattern in urlpatterns} == {"roles:coordinator"}


def test_nobody_is_asked_to_sign_in(client: Client, proposal: Proposal) -> None:
    for address in [*addresses(proposal), reverse("imports"), reverse("import_upload")]:
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/en/account/login/")


def test_a_person_without_a_role_is_turned_away(client: Client, proposal: Proposal) -> None:
    client.force_login(UserFactory.create())
    for address in [*addresses(proposal), reverse("imports"), reverse("import_upload")]:
        assert client.get(address).status_code == 403


def test_a_coordinator_of_another_organisation_finds_nothing(
    client: Client, proposal: Proposal, outsider: User
) -> None:
    client.force_login(outsider)
    for address in addresses(proposal):
        assert client.get(address).status_code == 404
    for name in POSTED:
        assert client.post(reverse(name, kwargs={"number": proposal.pk})).status_code == 404
    assert "table.csv" not in client.get(reverse("imports")).content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_coordinator_sees_every_page(signed_in: Client, proposal: Proposal, language: str) -> None:
    for address in [*addresses(proposal), reverse("imports"), reverse("import_upload")]:
        assert signed_in.get(address.replace("/en/", f"/{language}/")).status_code == 200, address


@pytest.mark.parametrize("name", POSTED)
def test_what_writes_cannot_be_done_by_a_link(signed_in: Client, proposal: Proposal, name: str) -> None:
    assert signed_in.get(reverse(name, kwargs={"number": proposal.pk})).status_code == 405
