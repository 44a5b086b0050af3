"""Pages by which coordinators change services, decide on what others propose, and hand out links."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.people.models import User
from palermo.protection.directory.actions import changes
from palermo.protection.directory.entry.form import EntryForm
from palermo.protection.directory.models import Change, ProviderLink, Service, State
from palermo.protection.directory.queries.keeping import link_of
from tests.protection.directory.forms import EVENING, MONTHLY, WEEKDAYS, sent
from tests.protection.directory.keeping import address, kept, linked, page, queries, send, signed_in, somebody, words
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
PHONE = {"id": key("p"), "number": "506-555-0100", "description": "Night"}


@pytest.fixture
def by() -> User:
    return somebody()


@pytest.fixture
def coordinator(by: User) -> Client:
    return signed_in(by)


def filled(one: Service, **said: object) -> QueryDict:
    """What a browser sends of the form that somebody opened now."""
    return sent(EntryForm(one.document), **said)


def change(client: Client, one: Service, data: QueryDict) -> str:
    return words(client.post(address("directory_service_change", one.pk), dict(data.lists()), follow=True))


# -- The form --------------------------------------------------------------------------------------


def test_only_what_was_changed_is_saved(coordinator: Client, by: User) -> None:
    one = kept(description="We listen.", phones=[PHONE], schedules=[WEEKDAYS])
    shown = change(coordinator, one, filled(one, phone_0_fr="Nuit", hours_SA="10-14"))
    assert "Saved." in shown
    found = Change.objects.get()
    assert set(found.patch) == {"phones", "schedules"}
    assert found.patch["phones"] == [{**PHONE, "description_fr": "Nuit"}]
    assert (found.by, found.link, found.state) == (by, None, State.APPLIED)
    assert "(Night)" in shown


def test_the_form_shows_what_stands_there(coordinator: Client) -> None:
    one = kept(phones=[PHONE], schedules=[EVENING], genders=["women"], takes_children=False, name_fr="Une oreille")
    html = coordinator.get(address("directory_service_change", one.pk)).content.decode()
    for control in (
        'name="name_fr" value="Une oreille"', 'name="phone_0_number" value="506-555-0100"',
        'name="hours_FR" value="18:00-02:00"', '<option value="no" selected>', 'lang="fr"',
        "data-guard-unsaved", 'value="women" id="id_genders_0" checked',
    ):  # fmt: skip
        assert control in html
    assert html.count("<h1>") == 1
    assert 'name="replace_hours"' not in html
    assert "unsaved.js" in html


def test_a_form_that_changes_nothing_makes_no_change(coordinator: Client) -> None:
    one = kept(description="We\r\nlisten.", schedules=[WEEKDAYS, MONTHLY])
    told = change(coordinator, one, filled(one))
    assert "Saved." not in told
    assert "Nothing was changed. If all of it is right, press “Everything is right”." in told
    assert not Change.objects.exists()


def test_two_who_change_different_fields_keep_both(coordinator: Client) -> None:
    one = kept(description="We listen.")
    mine = filled(one, fees_description_en="Free")
    changes.change(by=somebody(), service=one, patch={"description": "We listen at night."})
    change(coordinator, one, mine)
    one.refresh_from_db()
    assert (one.document["description"], one.document["fees_description"]) == ("We listen at night.", "Free")


def test_two_who_change_the_same_see_both_and_lose_neither(coordinator: Client) -> None:
    one = kept(description="We listen.")
    mine = filled(one, description_en="We hear you.", email="desk@example.org")
    changes.change(by=somebody(), service=one, patch={"description": "We <b>shout</b>."})
    response = coordinator.post(address("directory_service_change", one.pk), dict(mine.lists()))
    html, shown = response.content.decode(), words(response)
    assert "Somebody else saved it in the meantime" in shown
    assert "What it offers, in English We <b>shout</b>." in shown
    assert "We hear you.</textarea>" in html
    assert 'value="desk@example.org"' in html
    assert Change.objects.count() == 1
    seen = re.search(r'<input type="hidden" name="seen" value="([^"]*)"', html)
    assert seen is not None
    mine["seen"] = seen[1].replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">")
    assert "Saved." in change(coordinator, one, mine)
    one.refresh_from_db()
    assert (one.document["description"], one.document["email"]) == ("We hear you.", "desk@example.org")


def test_hours_that_the_form_cannot_show_are_shown_beside_it(coordinator: Client) -> None:
    one = kept(schedules=[MONTHLY])
    response = coordinator.get(address("directory_service_change", one.pk))
    assert "Hours that follow other rules than those of a week: 1" in words(response)
    assert 'name="replace_hours"' in response.content.decode()


def test_what_tells_where_a_secret_place_is_is_refused_in_words(coordinator: Client) -> None:
    secret = place(is_confidential=True)
    one = kept(service_at_locations=[{"id": key("v"), "location": secret}])
    shown = change(coordinator, one, filled(one, description_en="Come to 12, rue de l'Eglise", email="x@example.org"))
    assert "What it offers, in English: This tells where a confidential place is." in shown
    assert "Come to 12, rue de l'Eglise" in shown
    assert not Change.objects.exists()


def test_wrong_fields_are_named_and_nothing_is_saved(coordinator: Client) -> None:
    one = kept()
    shown = change(coordinator, one, filled(one, hours_MO="early", name_en="", name_fr=""))
    assert "There is a problem" in shown
    assert "Monday: Write hours such as 09:00-17:00" in shown
    assert "Name, in English: Write the name in one language at least." in shown
    assert not Change.objects.exists()


# -- Changes that wait -----------------------------------------------------------------------------


def proposed(one: Service, patch: dict[str, object]) -> Change:
    link, _token = linked(is_reviewed=True)
    return changes.change(by=link, service=one, patch=patch)  # type: ignore[arg-type]


def test_what_waits_is_shown_before_and_after_in_words(coordinator: Client) -> None:
    one = kept(phones=[PHONE], genders=["women"], schedules=[WEEKDAYS], fees_description="Five dollars")
    patch: dict[str, object] = {
        "phones": [{**PHONE, "number": "506-555-0199"}], "genders": ["women", "trans"], "fees_description": None,
        "takes_children": True, "minimum_age": 16, "status": "temporarily closed", "name_fr": "Une oreille",
        "schedules": [MONTHLY],
        "capacities": [
            {"id": key("b"), "unit": {"id": key("u"), "name": "bed"}, "available": 3, "maximum": 12,
             "updated": "2026-01-01T00:00:00Z"}
        ],
    }  # fmt: skip
    proposed(one, patch)
    shown = page(coordinator, "directory_changes")
    for part in (
        "Telephones Now 506-555-0100 (Night) Then 506-555-0199 (Night)", "For whom Now Women Then Women Trans people",
        "Cost, in English Now Five dollars Then nothing", "People with children may come Now nothing Then yes",
        "Youngest age Now nothing Then 16", "Is it offered? Now offered Then closed for a while",
        "Name, in French Now nothing Then Une oreille", "Beds and places Now nothing Then 3 of 12 free",
        "Hours Now Monday 09:00-17:00", "Then Hours that follow other rules than those of a week: 1",
        "by the link “Front desk”", "Someone to talk to House of Lindens, ",
    ):  # fmt: skip
        assert part.replace("Cost, in English", "What it costs, in English") in shown
    assert "{" not in shown


def test_accepting_applies_it(coordinator: Client) -> None:
    one = kept()
    made = proposed(one, {"fees_description": "Free"})
    shown = words(send(coordinator, "directory_changes", do="accept", change=made.pk))
    assert "Accepted. Everybody sees it now." in shown
    assert "Nothing waits" in shown
    one.refresh_from_db()
    assert one.document["fees_description"] == "Free"


def test_declining_asks_why_and_changes_nothing(coordinator: Client, by: User) -> None:
    one = kept()
    made, other = proposed(one, {"fees_description": "Free"}), proposed(one, {"alert": "Full"})
    response = coordinator.post(address("directory_changes"), {"do": "decline", "change": made.pk, "reason": ""})
    assert words(response).count("Why: This field is required.") == 1
    assert f'id="change-{made.pk}-reason_error"' in response.content.decode()
    shown = words(send(coordinator, "directory_changes", do="decline", change=made.pk, reason="It is not."))
    assert "Declined. The service stays as it is." in shown
    made.refresh_from_db()
    assert (made.state, made.decided_by, made.reason) == (State.DECLINED, by, "It is not.")
    one.refresh_from_db()
    assert "fees_description" not in one.document
    assert Change.objects.get(state=State.PROPOSED) == other
    assert "It is not." in page(coordinator, "directory_service", one.pk)


@pytest.mark.parametrize("do", ["", "explode"])
def test_what_is_neither_of_the_two_decides_nothing_and_is_told(coordinator: Client, do: str) -> None:
    made = proposed(kept(), {"fees_description": "Free"})
    shown = words(send(coordinator, "directory_changes", do=do, change=made.pk, reason="x"))
    assert "held something that this site cannot read." in shown
    made.refresh_from_db()
    assert made.state == State.PROPOSED


@pytest.mark.parametrize("do", ["accept", "decline"])
def test_what_somebody_else_decided_is_told_kindly(coordinator: Client, do: str) -> None:
    made = proposed(kept(), {"fees_description": "Free"})
    changes.accept(by=somebody(), proposed=made)
    shown = words(send(coordinator, "directory_changes", do=do, change=made.pk, reason="x"))
    assert "Somebody else has decided on this change already." in shown
    made.refresh_from_db()
    assert made.state == State.APPLIED


def test_what_cannot_be_accepted_any_more_says_why_and_waits_on(coordinator: Client) -> None:
    secret = place(is_confidential=True)
    made = proposed(kept(), {"description": "Come to us."})
    taken(secret, kind="location")
    Change.objects.filter(pk=made.pk).update(patch={"description": "Come to 12 Rue de l’Église"})
    shown = words(send(coordinator, "directory_changes", do="accept", change=made.pk))
    assert "description: This tells where a confidential place is." in shown
    assert Change.objects.get().state == State.PROPOSED


def test_many_that_wait_come_in_pages_and_cost_as_many_queries(coordinator: Client) -> None:
    proposed(kept("First"), {"fees_description": "Free"})
    few = queries(coordinator, address("directory_changes"))
    link = ProviderLink.objects.get()
    taken(*(service(f"House {number:02}") for number in range(14)))
    for one in Service.objects.filter(document__name__startswith="House"):
        changes.change(by=link, service=one, patch={"fees_description": "Free"})
    assert queries(coordinator, address("directory_changes")) == few <= 9
    shown = page(coordinator, "directory_changes")
    assert "First" in shown
    assert shown.count("What it costs") == 10
    assert page(coordinator, "directory_changes", query="?page=2").count("What it costs") == 5


# -- An organization and its links -----------------------------------------------------------------


def test_a_link_is_shown_once_and_opens_the_services(coordinator: Client, by: User) -> None:
    one = kept()
    path = address("directory_organization", one.organization_id)
    assert coordinator.post(path, {"do": "make", "label": "Night desk", "is_reviewed": "on"}).status_code == 302
    waits = coordinator.session[f"link {one.organization_id}"]
    response = coordinator.get(path)
    assert response.headers["Cache-Control"] == "no-store"
    shown = words(response)
    assert "it is shown this once" in shown
    found = re.search(r"http://testserver/en/provider/((?:[a-z]{5}-){5}[a-z]{5})/", shown)
    assert found is not None
    link = ProviderLink.objects.get()
    assert link_of(found[1]) == link
    assert (link.label, link.is_reviewed, link.made_by) == ("Night desk", True, by)
    assert found[1] not in coordinator.get(path).content.decode()
    assert found[1].encode() not in bytes.fromhex(waits)
    assert f"link {one.organization_id}" not in coordinator.session
    assert found[1] not in str(list(AuditEvent.objects.values_list("details", flat=True)))


def test_links_say_how_old_they_are_and_what_became_of_them(coordinator: Client) -> None:
    one = kept()
    for reviewed in (True, False):
        linked(is_reviewed=reviewed)
    old, _token = linked()
    now = timezone.now()
    ProviderLink.objects.filter(pk=old.pk).update(made_at=now - timedelta(days=400), expires_at=now)
    shown = page(coordinator, "directory_organization", one.organization_id)
    assert "wait for a coordinator" in shown
    assert "appear at once" in shown
    assert "too old" in shown
    assert "Command line" in shown
    newest = ProviderLink.objects.first()
    assert newest is not None
    changes.confirm(by=newest, service=one)
    done = words(send(coordinator, "directory_organization", one.organization_id, do="withdraw", link=newest.pk))
    assert "The link opens nothing any more." in done
    assert "withdrawn" in done
    newest.refresh_from_db()
    assert newest.withdrawn_at is not None
    assert newest.used_at is not None


def test_a_link_of_another_house_is_not_withdrawn_here(coordinator: Client) -> None:
    kept()
    link, _token = linked()
    other = kept("Elsewhere", organization={"id": key("other"), "name": "Other", "description": "x"})
    path = address("directory_organization", other.organization_id)
    assert coordinator.post(path, {"do": "withdraw", "link": link.pk}).status_code == 404
    link.refresh_from_db()
    assert link.withdrawn_at is None


def test_a_link_says_who_is_given_it(coordinator: Client) -> None:
    one = kept()
    shown = words(send(coordinator, "directory_organization", one.organization_id, do="make", label=" "))
    assert "Who is given it: This field is required." in shown
    assert not ProviderLink.objects.exists()


def test_an_organization_costs_as_many_queries_whatever_it_has(coordinator: Client) -> None:
    one = kept()
    linked()
    path = address("directory_organization", one.organization_id)
    few = queries(coordinator, path)
    taken(*(service(f"House {number:02}") for number in range(55)))
    for _number in range(5):
        linked()
    assert queries(coordinator, path) == few <= 12
    assert "56 services" in page(coordinator, "directory_organization", one.organization_id)


def test_a_house_without_services_says_so(coordinator: Client) -> None:
    taken({"id": key("empty"), "name": "Empty", "description": "x"}, kind="organization")
    assert "It has no service here" in page(coordinator, "directory_organization", key("empty"))


# -- My work and the trail -------------------------------------------------------------------------


def test_my_work_leads_there_for_who_may_read_it() -> None:
    from palermo.people.models import Role

    for role in Role:
        shown = words(signed_in(somebody(role)).get(address("work")))
        assert ("Services and help" in shown) == (role in {Role.COORDINATOR, Role.WORKER}), role
