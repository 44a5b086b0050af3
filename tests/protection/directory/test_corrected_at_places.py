"""Telephones and hours that a feed gives at the place: what people correct is what everybody sees, and stays so."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from palermo.protection.directory.actions import changes
from palermo.protection.directory.entry.form import EntryForm
from palermo.protection.directory.hsds.at_places import CORRECTED
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.written_hours import DAYS
from palermo.protection.directory.models import Change, Service, ServiceAtLocation, State
from palermo.protection.directory.queries.needs import need
from tests.protection.directory.forms import sent
from tests.protection.directory.helping import MONCTON, ask
from tests.protection.directory.keeping import address, linked, page, signed_in, somebody, words
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
OWN: Document = {"id": key("own"), "number": "506-555-0001"}
OF_SERVICE: Document = {"id": key("of service"), "number": "506-555-0002"}
NEW = "506-555-0999"
ROUND_THE_CLOCK = {f"hours_{day}": "24h" for day in DAYS}
Save = Callable[..., str]


def visit(name: str = "one", **own: Json) -> Document:
    return {"id": key(f"visit {name}"), "location": place(f"place {name}", **MONCTON), **own}


def pulled(*visits: Document, **said: object) -> Service:
    attributes = [{"id": key("lawyer"), "taxonomy_term": need("lawyer")}]
    taken(service("Line", attributes=attributes, service_at_locations=[*visits], **said))
    return Service.objects.get()


def closed_today() -> Document:
    day = DAYS[(timezone.localdate() + timedelta(days=3)).weekday()]
    return {"id": key("hours"), "freq": "WEEKLY", "byday": day, "opens_at": "09:00", "closes_at": "17:00"}


def form_of(one: Service) -> EntryForm:
    one.refresh_from_db()
    return EntryForm(one.document, None, ServiceAtLocation.objects.select_related("location").order_by("pk"))


def save(client: Client, path: str, one: Service, **said: object) -> str:
    answer = client.post(path, dict(sent(form_of(one), **said).lists()), follow=True)
    assert answer.status_code == 200
    return words(answer)


@pytest.fixture(params=["provider", "coordinator"])
def saving(request: pytest.FixtureRequest) -> Callable[[Service], Save]:
    """The form of one service, by either of those who may correct it."""

    def of(one: Service) -> Save:
        if request.param == "coordinator":
            return partial(save, signed_in(somebody()), address("directory_service_change", one.pk), one)
        return partial(save, Client(), address("provider_service_change", linked()[1], one.pk), one)

    return of


def dialled(shown: str) -> list[str]:
    return [number[-4:] for number in re.findall(r'href="tel:([^"]+)"', shown) if "506555" in number]


def found(client: Client, **said: str) -> str:
    return ask(client, need="lawyer", place="Moncton", **said)


def in_full(client: Client, name: str = "one") -> str:
    return ask(client, card=f"{key('Line')} {key(f'visit {name}')}")


def at_both(client: Client) -> list[str]:
    return [number for name in ("one", "two") for number in dialled(in_full(client, name))]


def visit_of(client: Client, name: str = "one") -> Any:  # noqa: ANN401 - a document, to be looked into
    return client.get(f"/api/hsds/service_at_locations/{key(f'visit {name}')}").json()


# -- One place -------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [{}, {"phones": [OF_SERVICE]}])
def test_a_corrected_telephone_of_the_only_place_is_what_everybody_is_shown(
    client: Client, saving: Callable[[Service], Save], said: Document
) -> None:
    one = pulled(visit(phones=[OWN]), **said)
    assert dialled(found(client)) == ["0001"]
    told = saving(one)(phone_0_number=NEW)
    assert "still stand" not in told
    assert dialled(found(client)) == ["0999"]
    shown = in_full(client)
    assert dialled(shown) == ["0999"]
    assert f"<p><strong>{NEW}</strong></p>" in shown.split('id="small"')[1]
    pulled(visit(phones=[OWN]), **said)
    assert dialled(found(client)) == ["0999"]
    changes.undo(by=somebody(), applied=Change.objects.get(), reason="It was right.")
    assert dialled(found(client)) == dialled(in_full(client)) == ["0001"]


def test_corrected_hours_of_the_only_place_say_whether_it_is_open(
    client: Client, saving: Callable[[Service], Save]
) -> None:
    one = pulled(visit(schedules=[closed_today()]))
    assert "Open day and night" not in found(client)
    assert "Line" not in found(client, open="1")
    saving(one)(**ROUND_THE_CLOCK)
    for _pull in range(2):
        assert "<strong>Open day and night</strong>" in found(client)
        assert "<dd>Open day and night</dd>" in in_full(client)
        assert "Line" in found(client, open="1")
        pulled(visit(schedules=[closed_today()]))
    changes.undo(by=somebody(), applied=Change.objects.get(), reason="It was right.")
    assert "Line" not in found(client, open="1")


def test_a_corrected_e_mail_address_goes_before_that_of_the_organization(
    client: Client, saving: Callable[[Service], Save]
) -> None:
    house = {"id": key("house"), "name": "House of Lindens", "description": "A house.", "email": "old@example.org"}
    one = pulled(visit(), organization=house)
    assert "mailto:old@example.org" in in_full(client)
    saving(one)(email="new@example.org")
    pulled(visit(), organization=house)
    assert "mailto:new@example.org" in in_full(client)


def test_a_telephone_that_is_taken_away_is_gone(client: Client, saving: Callable[[Service], Save]) -> None:
    one = pulled(visit(phones=[OWN]), phones=[OF_SERVICE])
    saving(one)(phone_0_number="", phone_0_en="", phone_0_fr="")
    assert dialled(found(client)) == []


def test_the_page_of_who_keeps_it_says_the_same_as_the_card(saving: Callable[[Service], Save]) -> None:
    one = pulled(visit(phones=[OWN]))
    saving(one)(phone_0_number=NEW)
    token = linked()[1]
    told = words(Client().get(address("provider_services", token)))
    assert NEW in told
    assert "Telephones of this place" not in told
    shown = page(signed_in(somebody()), "directory_service", one.pk)
    assert "506-555-0001" not in shown
    assert "In place of what its places say of their own" in shown


def test_a_fax_of_the_place_keeps_the_telephone_of_the_service_in_the_form(client: Client) -> None:
    one = pulled(visit(phones=[{**OWN, "type": "fax"}]), phones=[OF_SERVICE])
    assert form_of(one)["phone_0_number"].value() == OF_SERVICE["number"]
    save(signed_in(somebody()), address("directory_service_change", one.pk), one, phone_0_number=NEW)
    assert dialled(found(client)) == ["0999"]


def test_what_waits_for_review_changes_nothing_until_somebody_agrees(client: Client) -> None:
    one = pulled(visit(phones=[OWN]))
    path = address("provider_service_change", linked(is_reviewed=True)[1], one.pk)
    assert "once a coordinator has looked at it." in save(Client(), path, one, phone_0_number=NEW)
    assert dialled(found(client)) == ["0001"]
    changes.accept(by=somebody(), proposed=Change.objects.get(state=State.PROPOSED))
    assert dialled(found(client)) == ["0999"]


# -- Several places --------------------------------------------------------------------------------


def test_telephones_of_branches_that_differ_stand_until_somebody_says_otherwise(
    client: Client, saving: Callable[[Service], Save]
) -> None:
    other = {**OWN, "number": "506-555-0003"}
    one = pulled(visit(phones=[OWN]), visit("two", phones=[other]), phones=[OF_SERVICE])
    form = saving(one)
    assert {lines[0].text for _name, lines in form_of(one).own_phones} == {"506-555-0001", "506-555-0003"}
    assert "those still stand" in form(phone_0_number=NEW)
    assert at_both(client) == ["0001", "0003"]
    assert "still stand" not in form(instead_phones=True)
    assert at_both(client) == ["0999", "0999"]
    assert form_of(one).own_phones == []


def test_the_form_shows_beside_it_what_places_say_of_their_own() -> None:
    hours = closed_today()
    one = pulled(visit(phones=[OWN], schedules=[hours]), visit("two"), phones=[OF_SERVICE])
    shown = page(signed_in(somebody()), "directory_service_change", one.pk)
    assert "Some places have telephones of their own" in shown
    assert "place one: 506-555-0001" in shown
    assert "Some places have hours of their own" in shown
    assert "Put the hours below in place of those" in shown
    alone = pulled(visit(phones=[OWN]), visit("two", phones=[OWN]))
    assert "of their own" not in page(signed_in(somebody()), "directory_service_change", alone.pk)


def test_a_place_that_comes_later_says_what_it_says(client: Client, saving: Callable[[Service], Save]) -> None:
    one = pulled(visit(phones=[OWN]))
    saving(one)(phone_0_number=NEW)
    pulled(visit(phones=[OWN]), visit("two", phones=[{**OWN, "number": "506-555-0003"}]))
    assert at_both(client) == ["0999", "0003"]


# -- What others are told --------------------------------------------------------------------------


def test_the_api_says_at_the_place_what_the_page_says(client: Client, saving: Callable[[Service], Save]) -> None:
    one = pulled(visit(phones=[OWN], schedules=[closed_today()]))
    since = timezone.now().isoformat()
    saving(one)(phone_0_number=NEW)
    told = visit_of(client)
    assert "phones" not in told
    assert told["schedules"]
    assert len(client.get("/api/hsds/services", {"modified_after": since}).json()["contents"]) == 1
    assert len(client.get("/api/hsds/service_at_locations", {"modified_after": since}).json()["contents"]) == 1
    whole = client.get(f"/api/hsds/services/{one.pk}").json()
    assert [phone["number"] for phone in whole["phones"]] == [NEW]
    assert "phones" not in whole["service_at_locations"][0]
    for path in (f"services/{one.pk}", "services", "services?full=true", "service_at_locations?full=true",
                 "service_at_locations", "organizations?full_service=true"):  # fmt: skip
        answer = client.get(f"/api/hsds/{path}")
        assert CORRECTED not in answer.content.decode()
        assert "506-555-0001" not in answer.content.decode()


@pytest.mark.parametrize(
    "places",
    [
        {key("visit two"): {"phones": []}},
        {key("visit one"): {"phones": [OWN]}},
        {key("visit one"): {"location": []}},
        {key("visit one"): []},
        [],
    ],
)
def test_nothing_else_of_places_can_be_changed_and_no_place_of_others(places: Any) -> None:  # noqa: ANN401 - as sent
    one = pulled(visit(phones=[OWN]))
    taken(service("Other", service_at_locations=[visit("two", phones=[OWN])]))
    with pytest.raises(PermissionDenied):
        changes.change(by=somebody(), service=one, patch={CORRECTED: places})
    changes.change(by=somebody(), service=one, patch={CORRECTED: {key("visit one"): {"phones": []}}})
