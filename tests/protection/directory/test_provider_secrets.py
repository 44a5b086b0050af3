"""By a provider's link nobody finds a hidden address by trying, and nothing breaks under another secret."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import product
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.people.models import Role
from palermo.protection.directory.actions.refusing import MOST_CODES, MOST_TRIES
from palermo.protection.directory.entry.form import EntryForm
from palermo.protection.directory.models import Change, ProviderLink, Referral, Service, State
from tests.protection.directory.forms import sent
from tests.protection.directory.keeping import BEDS, Answer, address, kept, linked, signed_in, somebody, words
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
TELLING = "We are at 12 Quiet Lane."
MANY = "So many new postal codes, civic numbers or points of the map cannot be written"


@pytest.fixture
def ours() -> Service:
    """A service of one house; another house is hidden."""
    hidden: Any = place(is_confidential=True, area="Southeast")
    hidden["addresses"][0] |= {"address_1": "12 Quiet Lane", "postal_code": "E1C 7Z3"}
    far = {"id": key("far"), "name": "Far house", "description": "Another house."}
    taken(service("Hidden", organization=far, service_at_locations=[{"id": key("v"), "location": hidden}]))
    return kept("Ours", service_at_locations=[], description="Meals", email="a@example.org")


def change(client: Client, token: str, one: Service, **said: object) -> Answer:
    data = sent(EntryForm(one.document), **said)
    return client.post(address("provider_service_change", token, one.pk), dict(data.lists()), follow=True)


def acts(link: ProviderLink) -> list[str]:
    """What the trail tells of a link since it was made."""
    about = AuditEvent.objects.filter(about_kind="directory.providerlink", about_id=str(link.pk))
    return list(about.order_by("number").values_list("act", flat=True))[1:]


def test_each_refusal_leaves_a_trace_and_a_few_in_a_day_end_the_link(client: Client, ours: Service) -> None:
    link, token = linked(is_reviewed=True)
    for count in range(1, MOST_TRIES):
        shown = words(change(client, token, ours, description_en=TELLING))
        assert "This tells where a confidential place is." in shown
        assert "opens nothing any more" not in shown
        assert acts(link) == ["directory.refuse"] * count
    last = change(client, token, ours, description_en=TELLING)
    assert "This link opens nothing any more" in words(last)
    assert TELLING in last.content.decode()
    assert acts(link) == [*["directory.refuse"] * MOST_TRIES, "directory.withdraw_link"]
    assert client.get(address("provider_services", token)).status_code == 404
    assert change(client, token, ours, description_en="Soup").status_code == 404
    assert not Change.objects.exists()
    for event in AuditEvent.objects.all():
        assert "Quiet" not in json.dumps(event.details)
    shown = words(signed_in(somebody()).get(address("directory_organization", key("house"))))
    assert "3 times something was refused that tells where a confidential place is" in shown
    assert "withdrawn" in shown


def test_refusals_of_another_day_and_other_mistakes_do_not_count(client: Client, ours: Service) -> None:
    link, token = linked()
    with patch.object(timezone, "now", return_value=timezone.now() - timedelta(days=2)):
        for _time in range(MOST_TRIES - 1):
            change(client, token, ours, description_en=TELLING)
    change(client, token, ours, description_en=TELLING)
    for _time in range(MOST_TRIES):
        change(client, token, ours, email="nobody")
    assert acts(link) == ["directory.refuse"] * MOST_TRIES
    assert change(client, token, ours, description_en="Soup").status_code == 200
    assert Change.objects.get().state == State.APPLIED


def test_a_coordinator_may_try_as_often_as_they_like(ours: Service) -> None:
    desk = signed_in(somebody())
    data = sent(EntryForm(ours.document), description_en=TELLING)
    for _time in range(MOST_TRIES + 1):
        shown = desk.post(address("directory_service_change", ours.pk), dict(data.lists()))
        assert "This tells where a confidential place is." in words(shown)
    assert not AuditEvent.objects.filter(act="directory.refuse").exists()


def test_many_postal_codes_at_once_are_refused_before_anybody_looks(client: Client, ours: Service) -> None:
    link, token = linked()
    codes = [f"E1C {digit}Z3" for digit in range(MOST_CODES + 1)]
    for many in (" ".join(codes), "".join(codes).replace(" ", ""), "%20".join(codes)):
        shown = words(change(client, token, ours, description_en=many))
        assert MANY in shown
        assert "confidential place" not in shown
    spread = {"description_en": " ".join(codes[:3]), "description_fr": " ".join(codes[3:])}
    assert MANY in words(change(client, token, ours, **spread))
    assert acts(link) == []
    assert not Change.objects.exists()
    five = ["E1C 0Z3", "H2J 1K4", "K3L 2M5", "J4M 3N6", "B5P 4R7"]
    packed = "".join(one + other for one, other in product(five, repeat=2))
    assert MANY in words(change(client, token, ours, description_en=packed))
    change(client, token, ours, description_en=f"We serve {', '.join(codes[:MOST_CODES])}.")
    assert Change.objects.get().state == State.APPLIED


def test_postal_codes_that_stand_there_already_are_not_counted(client: Client) -> None:
    codes = " ".join(f"E1C {digit}Z3" for digit in range(9))
    one = kept("Ours", service_at_locations=[], description=codes)
    change(client, linked()[1], one, description_en=f"{codes} and more")
    assert Change.objects.get().patch["description"] == f"{codes} and more"


def test_postal_codes_of_a_day_are_counted_together(client: Client, ours: Service) -> None:
    _link, token = linked()
    codes = [f"H2J {digit}Z3" for digit in range(MOST_CODES + 1)]
    change(client, token, ours, description_en="We serve K3L 2M5.")
    Change.objects.update(made_at=timezone.now() - timedelta(days=2))
    for count, code in enumerate(codes):
        ours.refresh_from_db()
        shown = words(change(client, token, ours, description_en=f"We serve {code}."))
        assert (MANY in shown) is (count == MOST_CODES)
    ours.refresh_from_db()
    change(client, token, ours, description_en=f"We still serve {codes[MOST_CODES - 1]}.")
    assert "still" in str(Change.objects.latest("number").patch["description"])


@pytest.mark.parametrize(
    ("many", "few"),
    [
        (" ".join(f"{one} Quiet Lane," for one in range(20, 41)), "12 beds, 9 a.m. to 5 p.m., 3 meals, 14 Quiet Lane"),
        (" ".join(f"{one}, {chr(97 + one % 26) * 5} street" for one in range(201)), "12 Oak Street, 14 Oak Street"),
        (" ".join(f"46.07{one},-64.77{one}" for one in range(3, 9)), "@46.0771,-64.7771; $12.50, $13.25; 506.555.0100"),
    ],
)
def test_many_houses_and_points_are_refused_before_anybody_looks(
    client: Client, ours: Service, many: str, few: str
) -> None:
    link, token = linked()
    shown = words(change(client, token, ours, description_en=many))
    assert MANY in shown
    assert acts(link) == []
    assert not Change.objects.exists()
    change(client, token, ours, description_en=few)
    assert Change.objects.get().state == State.APPLIED


def test_codes_of_referrals_leave_a_trace_and_after_a_few_only_short_ones_are_looked_at(ours: Service) -> None:
    user = somebody(Role.WORKER)
    worker = signed_in(user)

    def refer(code: str) -> str:
        until = timezone.localdate() + timedelta(days=7)
        data = {"code": code, "consent": "spoken", "until": until}
        return words(worker.post(address("directory_refer", ours.pk), data, follow=True))

    for _time in range(MOST_TRIES):
        assert "This tells where a confidential place is." in refer("E1C 7Z3")
    events = AuditEvent.objects.filter(act="directory.refuse")
    assert [(one.by_id, one.about_kind, one.about_id) for one in events] == [
        (user.pk, "people.user", str(user.pk))
    ] * MOST_TRIES
    assert "7Z3" not in str([one.details for one in events])
    for code in ("E1C 7Z3", "E1C 8Z3"):
        assert "at most 3 letters and digits" in refer(code)
    assert events.count() == MOST_TRIES
    refer("B-7")
    assert Referral.objects.get().code == "B-7"


def test_under_another_secret_every_page_says_why(client: Client, ours: Service, settings: Any) -> None:  # noqa: ANN401 - of pytest-django
    one = kept("Beds", service_at_locations=[], capacities=[{**BEDS, "updated": "2026-01-01T00:00:00Z"}])
    _link, token = linked()
    users = {role: somebody(role) for role in (Role.COORDINATOR, Role.WORKER)}
    settings.SECRET_KEY = "y" * 60
    desk, worker = signed_in(users[Role.COORDINATOR]), signed_in(users[Role.WORKER])
    beds = {"do": "beds", "service": one.pk, "beds": key("beds"), "available": 2, "valid_hours": 2}
    data = dict(sent(EntryForm(one.document), description_en="new").lists())
    until = timezone.localdate() + timedelta(days=7)
    answers = [
        client.post(address("provider_services", token), beds),
        client.post(address("provider_service_change", token, one.pk), data),
        desk.post(address("directory_service", one.pk), beds),
        desk.post(address("directory_service_change", one.pk), data),
        worker.post(address("directory_refer", one.pk), {"code": "B-7", "consent": "spoken", "until": until}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert "site’s secret is another one than before" in words(answer)
    assert not Change.objects.exists()
