"""Entries that name the same service: a person decides, and it can be undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from palermo.audit.models import AuditEvent
from palermo.people.models import Role, User
from palermo.protection.directory.actions import merging
from palermo.protection.directory.actions.changes import DecidedError, WrongChangeError
from palermo.protection.directory.actions.merging import (
    MergedError,
    ask_again,
    find_likenesses,
    keep_apart,
    merge,
    part,
)
from palermo.protection.directory.models import Change, Given, Likeness, Service, Verdict
from tests.factories import MembershipFactory
from tests.protection.directory.helping import MONCTON, ask, helping
from tests.protection.directory.meanwhile import meanwhile
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
ALIKE = "/en/work/services/alike/"


@pytest.fixture
def coordinator() -> User:
    found: User = MembershipFactory.create(role=Role.COORDINATOR).user
    return found


@pytest.fixture
def pair() -> Likeness:
    """The same shelter as two directories have it."""
    helping("Harbour House", "safe-place", at=MONCTON, description="A bed.")
    helping("Harbor House", "safe-place", at=MONCTON, eligibility_description="Women.")
    first, second = sorted(Service.objects.all(), key=lambda one: one.pk)
    return Likeness.objects.create(first=first, second=second, probability=0.97, reasons=[["phone", "same", None]])


def one(name: str) -> Service:
    return Service.objects.get(document__name=name)


def shown(client: Client) -> list[str]:
    page = ask(client, need="safe-place", place="Moncton")
    return [name for name in ("Harbour House", "Harbor House") if f"<h3>{name}" in page]


def test_one_entry_stands_for_both_until_they_are_taken_apart(
    client: Client, coordinator: User, pair: Likeness
) -> None:
    merge(by=coordinator, pair=pair, kept=one("Harbour House"))
    assert shown(client) == ["Harbour House"]
    kept = one("Harbour House")
    assert kept.document["eligibility_description"] == "Women."
    assert kept.document["description"] == "A bed."
    names = [each["name"] for each in client.get("/api/hsds/services").json()["contents"]]
    assert names == ["Harbour House"]
    assert client.get(f"/api/hsds/services/{one('Harbor House').pk}").status_code == 404
    visits = client.get("/api/hsds/service_at_locations").json()["contents"]
    assert {each["service"]["name"] for each in visits} == {"Harbour House"}
    house = client.get(f"/api/hsds/organizations/{key('house')}").json()
    assert [each["name"] for each in house["services"]] == ["Harbour House"]
    pair.refresh_from_db()
    part(by=coordinator, pair=pair)
    assert shown(client) == ["Harbour House", "Harbor House"]
    assert "eligibility_description" not in one("Harbour House").document
    assert not Change.objects.exists()
    pair.refresh_from_db()
    assert pair.verdict == Verdict.APART
    assert client.get("/api/hsds/services").json()["total_items"] == 2


def test_merging_survives_the_next_pull(client: Client, coordinator: User, pair: Likeness) -> None:
    merge(by=coordinator, pair=pair, kept=one("Harbour House"))
    helping("Harbor House", "safe-place", at=MONCTON, eligibility_description="Women and children.")
    helping("Harbour House", "safe-place", at=MONCTON, description="Two beds.")
    assert shown(client) == ["Harbour House"]
    assert one("Harbour House").document["eligibility_description"] == "Women and children."
    assert one("Harbour House").document["description"] == "Two beds."


def test_what_is_decided_is_decided_once(coordinator: User, pair: Likeness) -> None:
    keep_apart(by=coordinator, pair=pair)
    with pytest.raises(DecidedError):
        keep_apart(by=coordinator, pair=pair)
    with pytest.raises(DecidedError):
        merge(by=coordinator, pair=pair, kept=pair.first)
    with pytest.raises(DecidedError):
        part(by=coordinator, pair=pair)
    assert Service.objects.filter(merged_into__isnull=True).count() == 2


def test_nothing_stands_for_what_stands_for_something_else(coordinator: User, pair: Likeness) -> None:
    helping("Third", "safe-place", at=MONCTON)
    third = one("Third")
    merge(by=coordinator, pair=pair, kept=one("Harbour House"))
    for name in ("Harbour House", "Harbor House"):
        low, high = sorted((one(name), third), key=lambda each: each.pk)
        other = Likeness.objects.create(first=low, second=high, probability=0.9, reasons=[])
        with pytest.raises(MergedError):
            merge(by=coordinator, pair=other, kept=third)
    with pytest.raises(PermissionDenied):
        merge(by=coordinator, pair=Likeness.objects.exclude(pk=pair.pk)[0], kept=Service(pk=key("nobody")))


def with_third(name: str) -> Likeness:
    """A pair of a third entry and one that is there."""
    helping("Third", "safe-place", at=MONCTON)
    low, high = sorted((one(name), one("Third")), key=lambda each: each.pk)
    return Likeness.objects.create(first=low, second=high, probability=0.9, reasons=[])


def test_two_who_merge_at_once_make_no_chain(coordinator: User, pair: Likeness) -> None:
    other = with_third("Harbor House")
    with (
        meanwhile(merging, lambda: merge(by=coordinator, pair=pair, kept=one("Harbour House"))),
        pytest.raises(MergedError),
    ):
        merge(by=coordinator, pair=other, kept=one("Harbor House"))
    with (
        meanwhile(merging, lambda: merge(by=coordinator, pair=other, kept=one("Harbor House"))),
        pytest.raises(MergedError),
    ):
        merge(by=coordinator, pair=pair, kept=one("Harbour House"))


def test_what_stays_takes_over_what_the_other_says_by_now(coordinator: User, pair: Likeness) -> None:
    def pulled() -> None:
        helping("Harbor House", "safe-place", at=MONCTON, eligibility_description="Women and children.")

    with meanwhile(merging, pulled):
        merge(by=coordinator, pair=pair, kept=one("Harbour House"))
    assert one("Harbour House").document["eligibility_description"] == "Women and children."


def test_two_who_decide_at_once_decide_once(coordinator: User, pair: Likeness) -> None:
    acts: list[Callable[[], object]] = [
        lambda: keep_apart(by=coordinator, pair=pair),
        lambda: merge(by=coordinator, pair=pair, kept=pair.first),
    ]
    for act in acts:
        for before in (lambda: keep_apart(by=coordinator, pair=pair), lambda: Likeness.objects.all().delete()):
            with meanwhile(merging, before), pytest.raises(DecidedError):
                act()
    merge(by=coordinator, pair=pair, kept=pair.first)
    with meanwhile(merging, lambda: part(by=coordinator, pair=pair)), pytest.raises(DecidedError):
        part(by=coordinator, pair=pair)


def test_services_that_are_merged_meanwhile_are_not_compared(coordinator: User, pair: Likeness) -> None:
    Likeness.objects.exclude(pk=pair.pk).delete()
    with meanwhile(merging, lambda: merge(by=coordinator, pair=pair, kept=pair.first)):
        find_likenesses(by=coordinator)
    assert AuditEvent.objects.get(act="directory.compare").details == {"found": 0, "new": 0}


def test_a_merger_and_its_end_leave_one_trace_each(coordinator: User, pair: Likeness) -> None:
    before = AuditEvent.objects.count()
    merge(by=coordinator, pair=pair, kept=one("Harbour House"))
    part(by=coordinator, pair=pair)
    events = AuditEvent.objects.order_by("number")[before:]
    assert [event.act for event in events] == ["directory.merge", "directory.part"]
    assert events[0].details["fields"] == ["eligibility_description"]


def test_what_cannot_be_taken_apart_says_why(client: Client, coordinator: User, pair: Likeness) -> None:
    merge(by=coordinator, pair=pair, kept=one("Harbour House"))
    given = Given.objects.get()
    Given.objects.update(document={**given.document, "email": "nobody"})
    with pytest.raises(WrongChangeError):
        part(by=coordinator, pair=pair)
    client.force_login(coordinator)
    page = client.post(f"{ALIKE}{pair.pk}/decide/", {"decision": "part"}, follow=True).content.decode()
    assert "Nothing was changed: the service would say what it cannot say." in page
    assert "email: " in page
    assert "cannot take over" not in page
    assert Likeness.objects.get().verdict == Verdict.MERGED


def test_what_was_taken_apart_can_be_asked_again_and_merged(coordinator: User, pair: Likeness) -> None:
    merge(by=coordinator, pair=pair, kept=one("Harbour House"))
    with pytest.raises(DecidedError):
        ask_again(by=coordinator, pair=pair)
    part(by=coordinator, pair=pair)
    ask_again(by=coordinator, pair=pair)
    with pytest.raises(DecidedError):
        ask_again(by=coordinator, pair=pair)
    assert AuditEvent.objects.order_by("number").last().act == "directory.ask_again"  # type: ignore[union-attr]
    merge(by=coordinator, pair=pair, kept=one("Harbor House"))
    assert one("Harbor House").document["description"] == "A bed."
    assert one("Harbour House").merged_into == one("Harbor House")


def test_only_coordinators_decide(pair: Likeness) -> None:
    for role in set(Role) - {Role.COORDINATOR}:
        user = MembershipFactory.create(role=role).user
        for act in (
            lambda by: find_likenesses(by=by),
            lambda by: merge(by=by, pair=pair, kept=pair.first),
            lambda by: keep_apart(by=by, pair=pair),
            lambda by: part(by=by, pair=pair),
            lambda by: ask_again(by=by, pair=pair),
        ):
            with pytest.raises(PermissionDenied):
                act(user)


def test_services_are_compared_and_pairs_asked_about_once(coordinator: User) -> None:
    phone = [{"id": key("p"), "number": "506-555-0142"}]
    for name, where in (("Harbour Light House", "a"), ("Harbor Light House", "b")):
        taken(
            service(
                name,
                phones=phone,
                organization={"id": key(f"of {where}"), "name": "Harbour Society", "description": "A society."},
                service_at_locations=[{"id": key(f"at {where}"), "location": place(where, **MONCTON)}],
            )
        )
    taken(
        service(
            "Legal clinic of the valley",
            phones=[{"id": key("q"), "number": "604-555-0199"}],
            organization={"id": key("of c"), "name": "Valley Lawyers", "description": "Lawyers."},
            service_at_locations=[],
        )
    )
    assert find_likenesses(by=coordinator) == 1
    found = Likeness.objects.get()
    assert {str(found.first), str(found.second)} == {"Harbour Light House", "Harbor Light House"}
    assert found.probability > 0.5
    assert find_likenesses(by=coordinator) == 0
    keep_apart(by=coordinator, pair=found)
    assert find_likenesses(by=coordinator) == 0
    assert Likeness.objects.count() == 1


def test_a_coordinator_looks_at_both_and_decides(client: Client, coordinator: User, pair: Likeness) -> None:
    client.force_login(coordinator)
    page = client.get(ALIKE).content.decode()
    for words in ("Harbour House", "Harbor House", "telephone: the same", "506-555-0100", "12 Rue de l’Église"):
        assert words in page
    decide = f"{ALIKE}{pair.pk}/decide/"
    assert client.get(decide).status_code == 405
    client.post(decide, {"decision": "nonsense"})
    assert Likeness.objects.get().verdict == Verdict.OPEN
    page = client.post(decide, {"decision": str(one("Harbor House").pk)}, follow=True).content.decode()
    assert "Merged. You find it under" in page
    assert "No pair waits" in page
    assert "Harbour House" in client.get(f"{ALIKE}?show=merged").content.decode()
    page = client.post(decide, {"decision": "part"}, follow=True).content.decode()
    assert "Both services are shown again" in page
    assert "Somebody else has decided" in client.post(decide, {"decision": "apart"}, follow=True).content.decode()
    page = client.get(f"{ALIKE}?show=apart").content.decode()
    assert "Harbor House" in page
    assert "keep this one" not in page
    page = client.post(decide, {"decision": "again"}, follow=True).content.decode()
    assert "The pair waits again." in page
    assert "keep this one" in page
    assert "No pair is kept apart" in client.get(f"{ALIKE}?show=apart").content.decode()
    assert client.post(f"{ALIKE}0/decide/", {"decision": "apart"}).status_code == 404


def test_the_page_asks_as_many_questions_for_few_as_for_many(client: Client, coordinator: User, pair: Likeness) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(coordinator)
    client.get(ALIKE)
    counts = []
    for start in (0, 3):
        for number in range(start, start + 3):
            helping(f"More {number}", "talk", at=MONCTON)
            low, high = sorted((one(f"More {number}"), one("Harbour House")), key=lambda each: each.pk)
            Likeness.objects.create(first=low, second=high, probability=0.6, reasons=[])
        with CaptureQueriesContext(connection) as queries:
            client.get(ALIKE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
