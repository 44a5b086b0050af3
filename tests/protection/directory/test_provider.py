"""Pages by which the people of an organization keep their own services: a secret link, and no account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.people.models import Role
from palermo.people.queries import command_line
from palermo.protection.directory.actions import changes
from palermo.protection.directory.actions.links import withdraw_link
from palermo.protection.directory.entry.form import EntryForm
from palermo.protection.directory.models import Change, ProviderLink, Service, State
from tests.protection.directory.forms import sent
from tests.protection.directory.keeping import BEDS, Answer, address, kept, linked, queries, signed_in, somebody, words
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
OLD = {**BEDS, "updated": "2026-01-01T00:00:00Z"}
ELSEWHERE = {"id": key("other house"), "name": "Other", "description": "Another house."}


def send(client: Client, token: str, **said: object) -> Answer:
    return client.post(address("provider_services", token), said, follow=True)


def change(client: Client, token: str, one: Service, **said: object) -> Answer:
    data = sent(EntryForm(one.document), **said)
    return client.post(address("provider_service_change", token, one.pk), dict(data.lists()), follow=True)


def all_that_is_stored() -> list[object]:
    return [*Change.objects.values_list("pk", "state"), *AuditEvent.objects.values_list("number", flat=True)]


# -- Who gets in -----------------------------------------------------------------------------------


def test_the_link_lets_in_whoever_has_it() -> None:
    kept("Our service")
    _link, token = linked()
    for client in (Client(), signed_in(somebody(Role.READER)), signed_in(somebody())):
        shown = words(client.get(address("provider_services", token)))
        assert "House of Lindens" in shown
        assert "Our service" in shown


def test_links_that_open_nothing_all_look_the_same(client: Client) -> None:
    one = kept("Our service")
    (gone, withdrawn), (old, expired) = linked(), linked()
    withdraw_link(by=command_line(), link=gone)
    now = timezone.now()
    ProviderLink.objects.filter(pk=old.pk).update(made_at=now - timedelta(days=366), expires_at=now)
    before = all_that_is_stored()
    pages = set()
    for token in (withdrawn, expired, "x", "x" * 43, "%00", "é"):
        for path in (address("provider_services", token), address("provider_service_change", token, one.pk)):
            for answer in (client.get(path), client.post(path, {"do": "confirm", "service": one.pk})):
                assert answer.status_code == 404
                assert answer.headers["Cache-Control"] == "no-store"
                assert "Ask whoever gave it to you for a new one." in words(answer)
                pages.add(words(answer))
    assert len(pages) == 1
    assert all_that_is_stored() == before


def test_no_page_of_it_is_kept_or_told_of_anywhere() -> None:
    one = kept(capacities=[OLD])
    _link, token = linked()
    client = Client(enforce_csrf_checks=True)
    paths = [address("provider_services", token), address("provider_service_change", token, one.pk)]
    answers = [client.get(path) for path in paths]
    # A browser that sends no referrer says this of where a form comes from.
    for said in ({"do": "confirm", "service": one.pk}, {"do": ""}):
        answers.append(client.post(paths[0], said, headers={"origin": "null"}))
    answers.append(client.post(paths[1], dict(sent(EntryForm(one.document)).lists()), headers={"origin": "null"}))
    for answer in answers:
        assert answer.status_code in {200, 302}
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert not answer.cookies
    assert not Session.objects.exists()
    assert Change.objects.count() == 1


def test_it_opens_the_services_of_its_own_house_alone(client: Client) -> None:
    ours = kept("Our service")
    theirs = kept("Their service", organization=ELSEWHERE)
    _link, token = linked()
    shown = words(client.get(address("provider_services", token)))
    assert "Their service" not in shown
    assert client.get(address("provider_service_change", token, theirs.pk)).status_code == 404
    assert change(client, token, theirs, fees_description_en="Free").status_code == 404
    send(client, token, do="confirm", service=theirs.pk)
    send(client, token, do="beds", service=theirs.pk, beds="", available=1, valid_hours=1)
    assert not Change.objects.exists()
    send(client, token, do="confirm", service=[ours.pk, theirs.pk])
    assert list(Change.objects.values_list("service", flat=True)) == [ours.pk]


# -- Confirming ------------------------------------------------------------------------------------


def test_everything_is_confirmed_by_the_last_button_below_what_is_told(client: Client) -> None:
    for name in ("One", "Two"):
        kept(name, assured_date="2020-01-01")
    link, token = linked()
    page = client.get(address("provider_services", token)).content.decode()
    main = page.split("<main")[1]
    assert main.index("</section>") < main.index("All of this is right")
    assert main.count("All of this is right") == 1
    assert 'href="#right"' in main.split("<section")[0]
    form = main.split('<form id="right"')[1].split("</form>")[0]
    keys = [part.split('"')[0] for part in form.split('name="service" value="')[1:]]
    shown = words(send(client, token, do="confirm", service=keys))
    assert "It is confirmed as right today." in shown
    assert shown.count("(the provider)") == 2
    for one in Service.objects.all():
        assert (one.document["assured_by"], one.document["assured_date"]) == ("provider", str(timezone.localdate()))
    link.refresh_from_db()
    assert link.used_at is not None
    assert {event.by_name for event in AuditEvent.objects.filter(act="directory.confirm")} == {"By a link"}


def test_what_came_after_the_page_was_read_is_not_confirmed(client: Client) -> None:
    one = kept("Read")
    _link, token = linked()
    kept("Came later")
    send(client, token, do="confirm", service=[one.pk])
    assert [change.service for change in Change.objects.all()] == [one]


def test_nothing_is_confirmed_by_nothing(client: Client) -> None:
    kept()
    _link, token = linked()
    told = {"broken": "held something that this site cannot read.", "none": "none of the services below was chosen."}
    for why, said in (
        ("broken", {}), ("broken", {"do": "explode", "service": key("Someone to talk to")}),
        ("none", {"do": "confirm"}), ("none", {"do": "confirm", "service": "x"}), ("none", {"do": "beds"}),
    ):  # fmt: skip
        answer = send(client, token, **said)
        assert answer.status_code == 200
        assert "Thank you" not in words(answer)
        assert told[why] in words(answer)
    assert not Change.objects.exists()


def test_what_an_address_says_of_an_act_is_one_of_a_few_sentences(client: Client) -> None:
    kept()
    _link, token = linked()
    path = address("provider_services", token)
    assert "Everybody sees it now." in words(client.get(f"{path}?said=saved"))
    assert "Send money" not in words(client.get(f"{path}?said=Send+money"))


# -- What is told ----------------------------------------------------------------------------------


def test_all_that_is_told_can_be_read_before_it_is_confirmed(client: Client) -> None:
    secret = place(is_confidential=True, area="East of Moncton")
    phones = [{"id": key("p"), "number": "506-555-0100"}]
    kept(description="We listen.", phones=phones, service_at_locations=[{"id": key("v"), "location": secret}])
    _link, token = linked()
    answer = client.get(address("provider_services", token))
    for part in ("We listen.", "506-555-0100", "East of Moncton", "Last confirmed: never", "Ask whether it is right"):
        assert part in words(answer)
    opened = answer.content.decode().split("<details open>")[1]
    assert opened.index("506-555-0100") < opened.index("East of Moncton") < opened.index("This is right")
    assert "12 Rue" not in answer.content.decode()


def test_a_house_without_services_says_what_to_do(client: Client) -> None:
    taken({"id": key("house"), "name": "Empty", "description": "x"}, kind="organization")
    _link, token = linked()
    assert "No service of yours stands here yet" in words(client.get(address("provider_services", token)))


def test_as_many_queries_for_few_as_for_many(client: Client) -> None:
    one = kept(capacities=[OLD])
    _link, token = linked()
    path = address("provider_services", token)
    form = address("provider_service_change", token, one.pk)
    few = queries(client, path), queries(client, form)
    taken(*(service(f"House {number:02}", capacities=[OLD]) for number in range(20)))
    assert (queries(client, path), queries(client, form)) == few
    assert max(few) <= 5


# -- Changing --------------------------------------------------------------------------------------


def test_what_is_changed_appears_at_once(client: Client) -> None:
    one = kept(description="We listen.")
    link, token = linked()
    assert "What you confirm or change appears at once" in words(client.get(address("provider_services", token)))
    shown = words(change(client, token, one, description_en="We listen at night."))
    assert "Thank you. Everybody sees it now." in shown
    one.refresh_from_db()
    assert one.document["description"] == "We listen at night."
    found = Change.objects.get()
    assert (found.link, found.state) == (link, State.APPLIED)


def test_what_is_changed_waits_where_the_link_says_so(client: Client) -> None:
    one = kept()
    _link, token = linked(is_reviewed=True)
    assert "once a coordinator has looked at it" in words(client.get(address("provider_services", token)))
    form = words(client.get(address("provider_service_change", token, one.pk)))
    assert "It appears once a coordinator has looked at it." in form
    shown = words(change(client, token, one, fees_description_en="Free"))
    assert "Everybody sees it once a coordinator has looked at it." in shown
    assert "A change waits" in shown
    one.refresh_from_db()
    assert "fees_description" not in one.document
    assert "confirmed as right today" in words(send(client, token, do="confirm", service=one.pk))
    one.refresh_from_db()
    assert one.document["assured_by"] == "provider"


def test_the_form_takes_and_refuses_what_that_of_coordinators_does(client: Client) -> None:
    secret = place(is_confidential=True)
    one = kept(service_at_locations=[{"id": key("v"), "location": secret}])
    _link, token = linked()
    assert "There is a problem" in words(change(client, token, one, email="nobody"))
    told = words(change(client, token, one, description_en="Come to 12, rue de l'Eglise"))
    assert "This tells where a confidential place is." in told
    assert not Change.objects.exists()
    mine = sent(EntryForm(one.document), email="mine@example.org")
    changes.change(by=somebody(), service=one, patch={"email": "theirs@example.org"})
    answer = client.post(address("provider_service_change", token, one.pk), dict(mine.lists()))
    assert "theirs@example.org" in words(answer)
    assert 'value="mine@example.org"' in answer.content.decode()
    assert Change.objects.count() == 1


def test_saving_without_a_change_makes_none(client: Client) -> None:
    one = kept(description="We listen.")
    _link, token = linked()
    told = words(change(client, token, one))
    assert "Nothing was changed. If all of it is right, say so" in told
    assert "Thank you" not in told
    assert not Change.objects.exists()


# -- Beds ------------------------------------------------------------------------------------------


def test_beds_are_counted_on_the_same_page(client: Client) -> None:
    one, other = kept("One", capacities=[OLD]), kept("Two", capacities=[{**OLD, "id": key("cots")}])
    _link, token = linked()
    counted = {"do": "beds", "beds": key("beds"), "available": 5, "maximum": 12, "valid_hours": 8}
    shown = words(send(client, token, service=one.pk, **counted))
    assert "bed, 5 of 12 free, told 1 minute ago" in shown
    one.refresh_from_db()
    capacities: Any = one.document["capacities"]
    assert (capacities[0]["available"], capacities[0]["valid_hours"]) == (5, 8)
    other.refresh_from_db()
    assert other.document["capacities"] == [{**OLD, "id": key("cots")}]


def test_beds_that_cannot_be_are_asked_about_beside_their_own_service(client: Client) -> None:
    one, _other = kept("One", capacities=[OLD]), kept("Two", capacities=[{**OLD, "id": key("cots")}])
    _link, token = linked()
    answer = send(client, token, do="beds", service=one.pk, beds=key("beds"), available=13, maximum=12, valid_hours=8)
    page = answer.content.decode()
    assert words(answer).count("There is a problem") == 1
    assert f'id="beds-{one.pk}-{key("beds")}-available_error"' in page
    assert "<details open>" in page
    assert not Change.objects.exists()


def test_beds_are_counted_for_the_first_time_from_the_page_of_the_service(client: Client) -> None:
    one = kept()
    _link, token = linked()
    assert "how many beds" not in words(client.get(address("provider_services", token)))
    assert "Say how many beds are free" in words(client.get(address("provider_service_change", token, one.pk)))
    shown = words(send(client, token, do="beds", service=one.pk, beds="", available=2, maximum=4, valid_hours=24))
    assert "bed, 2 of 4 free" in shown


def test_a_new_number_of_beds_never_waits_and_says_so(client: Client) -> None:
    one = kept(capacities=[OLD])
    _link, token = linked(is_reviewed=True)
    path = address("provider_services", token)
    assert "appears at once, and so does a new number of free beds" in words(client.get(path))
    counted = {"do": "beds", "beds": key("beds"), "available": 5, "maximum": 12, "valid_hours": 8}
    shown = words(send(client, token, service=one.pk, **counted))
    assert "Thank you. Everybody sees it now." in shown
    assert "bed, 5 of 12 free, told 1 minute ago" in shown
    assert "A change waits" not in shown
    assert Change.objects.get().state == State.APPLIED


def test_beds_counted_for_the_first_time_wait_where_the_link_says_so(client: Client) -> None:
    one = kept()
    _link, token = linked(is_reviewed=True)
    shown = words(send(client, token, do="beds", service=one.pk, beds="", available=5, maximum=12, valid_hours=8))
    assert "Everybody sees it once a coordinator has looked at it." in shown
    assert "A change waits" in shown
    assert Change.objects.get().state == State.PROPOSED


def test_in_french_too(client: Client) -> None:
    kept("Écoute", name_fr="Écoute")
    _link, token = linked()
    answer = client.get(f"/fr/provider/{token}/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert '<html lang="fr">' in page
    assert f'href="/en/provider/{token}/"' in page
    assert f'action="/fr/provider/{token}/"' in page


def test_what_another_entry_is_shown_for_is_not_kept(client: Client) -> None:
    one, other = kept("Shown"), kept("Merged")
    Service.objects.filter(pk=other.pk).update(merged_into=one)
    _link, token = linked()
    assert "Merged" not in words(client.get(address("provider_services", token)))
    assert client.get(address("provider_service_change", token, other.pk)).status_code == 404
