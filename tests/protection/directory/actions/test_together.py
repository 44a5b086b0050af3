"""What stands together says what all of its sources say now; apart again, nothing of that stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from palermo.people.models import User
from palermo.protection.directory.actions.changes import change, confirm, count, undo
from palermo.protection.directory.actions.merging import merge, part
from palermo.protection.directory.models import Change, Likeness, Service, State
from tests.protection.directory.helping import MONCTON, ask
from tests.protection.directory.keeping import page, signed_in, somebody
from tests.protection.directory.samples import key, service, taken
from tests.protection.directory.together import (
    ELSEWHERE,
    all_of_it,
    beds,
    listed,
    merged,
    one,
    ours,
    pair_of,
    phone,
    places,
    pulled,
    theirs,
    visit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return somebody()


# -- What both sources say -------------------------------------------------------------------------


def test_what_is_taken_over_follows_its_own_source(coordinator: User) -> None:
    merged(coordinator, their=theirs(description="Theirs.", phones=phone("506-555-0100"), fees_description="Free"))
    assert one("Ours").document["phones"] == phone("506-555-0100")
    taken(theirs(description="Theirs anew.", phones=phone("506-555-0999")))
    said = one("Ours").document
    assert said["phones"] == phone("506-555-0999")
    assert said["description"] == "Theirs anew."
    assert "fees_description" not in said


def test_what_its_own_source_comes_to_say_counts_first(coordinator: User) -> None:
    merged(coordinator, their=theirs(description="Theirs.", phones=phone("506-555-0100")))
    taken(ours(description="Our own.", phones=[]))
    assert one("Ours").document["description"] == "Our own."
    assert one("Ours").document["phones"] == phone("506-555-0100")
    taken(theirs(description="Theirs anew."))
    assert one("Ours").document["description"] == "Our own."


def test_both_in_one_file_come_to_the_same(coordinator: User, client: Client) -> None:
    merged(coordinator)
    for documents in (
        (ours(url="https://a.example"), theirs(email="a@b.example")),
        (theirs(email="c@d.example"), ours()),
    ):
        taken(*documents)
    said = one("Ours").document
    assert (said.get("url"), said["email"]) == (None, "c@d.example")
    assert "<h3>Ours" in ask(client, need="safe-place", place="Moncton")


def test_what_people_say_counts_before_both_sources(coordinator: User) -> None:
    merged(coordinator, their=theirs(phones=phone("506-555-0100")))
    made = change(by=coordinator, service=one("Ours"), patch={"phones": phone("506-555-0111")})
    taken(theirs(phones=phone("506-555-0999")))
    taken(ours(phones=phone("506-555-0555")))
    assert one("Ours").document["phones"] == phone("506-555-0111")
    undo(by=coordinator, applied=made, reason="Wrong.")
    assert one("Ours").document["phones"] == phone("506-555-0555")
    taken(ours())
    assert one("Ours").document["phones"] == phone("506-555-0999")


def test_what_people_change_of_the_hidden_entry_completes_the_shown_one(coordinator: User) -> None:
    merged(coordinator)
    change(by=coordinator, service=one("Theirs"), patch={"email": "night@b.example"})
    assert one("Ours").document["email"] == "night@b.example"


def test_apart_again_both_are_exactly_what_they_were(coordinator: User) -> None:
    their = theirs(phones=phone("506-555-0100"), at=[visit("theirs", **MONCTON), visit("other", addresses=[ELSEWHERE])])
    pair = pair_of(our=ours(service_at_locations=[visit("ours")]), their=their)
    before = all_of_it()
    merge(by=coordinator, pair=pair, kept=one("Ours"))
    assert all_of_it() != before
    pair.refresh_from_db()
    part(by=coordinator, pair=pair)
    assert all_of_it() == before


def test_one_of_three_goes_and_the_two_others_stay_together(coordinator: User, client: Client) -> None:
    merged(coordinator, their=theirs(email="b@b.example"))
    taken(service("Third", url="https://c.example", service_at_locations=[visit("third", addresses=[ELSEWHERE])]))
    low, high = sorted((one("Ours"), one("Third")), key=lambda each: each.pk)
    other = Likeness.objects.create(first=low, second=high, probability=0.9, reasons=[])
    merge(by=coordinator, pair=other, kept=one("Ours"))
    assert places(client) == ["theirs", "third"]
    part(by=coordinator, pair=Likeness.objects.exclude(pk=other.pk).get())
    assert places(client) == ["third"]
    assert places(client, "Theirs") == ["theirs"]
    said = one("Ours").document
    assert ("email" in said, said["url"]) == (False, "https://c.example")


def test_whoever_asks_what_has_changed_learns_of_it(coordinator: User, client: Client) -> None:
    def changed_since() -> set[str]:
        found = {str(each["name"]) for each in listed(client, "services", modified_after=since.isoformat())}
        Service.objects.update(changed_at=since - timedelta(days=1))
        return found

    since = timezone.now()
    pair = pair_of(our=ours(attributes=theirs()["attributes"]), their=theirs(at=[]))
    changed_since()
    merge(by=coordinator, pair=pair, kept=one("Ours"))
    assert changed_since() == {"Ours"}
    taken(theirs(at=[], email="new@b.example"))
    assert changed_since() == {"Ours"}
    taken(theirs(at=[], email="new@b.example"))
    assert changed_since() == set()
    pair.refresh_from_db()
    part(by=coordinator, pair=pair)
    assert changed_since() == {"Ours", "Theirs"}


# -- Beds ------------------------------------------------------------------------------------------


def available(name: str) -> int | None:
    found = one(name).document.get("capacities")
    return found[0]["available"] if found else None  # type: ignore[index,call-overload,return-value]


def counted(by: User, name: str, number: int) -> None:
    count(by=by, service=one(name), key=key("beds"), available=number, maximum=None, valid_hours=24)


def test_beds_that_were_taken_over_are_told_of_as_they_were_counted_last(coordinator: User) -> None:
    pair = merged(coordinator, their=theirs(capacities=beds(3)))
    counted(coordinator, "Ours", 2)
    assert (available("Ours"), available("Theirs")) == (2, 3)
    taken(theirs(capacities=beds(9)))
    assert available("Ours") == 2
    late = (timezone.now() + timedelta(hours=1)).isoformat()
    taken(theirs(capacities=beds(7, late)))
    assert available("Ours") == 7
    part(by=coordinator, pair=pair)
    assert (available("Ours"), available("Theirs")) == (None, 7)
    assert Change.objects.get().state == State.UNDONE


def test_beds_of_its_own_are_told_of_once_its_source_tells_of_them(coordinator: User) -> None:
    merged(coordinator, their=theirs(capacities=beds(3)))
    counted(coordinator, "Ours", 2)
    taken(ours(capacities=[{**beds(5)[0], "id": key("ours")}]))
    assert available("Ours") == 5


def test_beds_of_its_own_stay_as_they_were_counted(coordinator: User) -> None:
    pair = merged(
        coordinator, our=ours(capacities=[{**beds(5)[0], "id": key("ours")}]), their=theirs(capacities=beds(3))
    )
    count(by=coordinator, service=one("Ours"), key=key("ours"), available=1, maximum=None, valid_hours=24)
    part(by=coordinator, pair=pair)
    assert (available("Ours"), available("Theirs")) == (1, 3)
    assert Change.objects.get().state == State.APPLIED


# -- Sources that tell no more ---------------------------------------------------------------------


def test_while_one_source_tells_of_it_nothing_is_missing(coordinator: User, client: Client, tmp_path: Path) -> None:
    lately = (timezone.localdate() - timedelta(days=1)).isoformat()
    our = ours(phones=phone("506-555-0555"), assured_date="2024-01-01")
    their = theirs(phones=phone("506-555-0100"), assured_date=lately, assured_by="provider")
    pulled(tmp_path, "A", our)
    pulled(tmp_path, "B", their)
    pair = merged(coordinator, our=our, their=their)
    assert one("Ours").document["phones"] == phone("506-555-0555")
    pulled(tmp_path, "A", service("Other"))
    found = one("Ours")
    assert found.missing_since is not None
    assert not found.is_missing
    assert found.document["phones"] == phone("506-555-0100")
    assert (found.document["assured_date"], found.document["assured_by"]) == (lately, "provider")
    assert "Gone from its source" not in page(signed_in(coordinator), "directory_service", found.pk)
    assert "506-555-0100" in ask(client, need="safe-place", place="Moncton")
    pulled(tmp_path, "B", service("Yet another", service_at_locations=[]))
    found = one("Ours")
    assert found.is_missing
    assert (found.document["phones"], found.document["assured_date"]) == (phone("506-555-0555"), "2024-01-01")
    pulled(tmp_path, "A", our, service("Other"))
    assert not one("Ours").is_missing
    part(by=coordinator, pair=pair)
    assert [one(name).is_missing for name in ("Ours", "Theirs")] == [False, True]


def test_taken_apart_what_its_source_does_not_tell_of_is_missing_again(coordinator: User, tmp_path: Path) -> None:
    pulled(tmp_path, "A", ours())
    pair = merged(coordinator)
    pulled(tmp_path, "A", service("Other"))
    assert not one("Ours").is_missing
    part(by=coordinator, pair=pair)
    assert one("Ours").is_missing
    assert one("Ours").missing_since == timezone.localdate()


# -- Who keeps what --------------------------------------------------------------------------------


def test_confirming_the_hidden_entry_says_nothing_of_what_the_shown_one_says_itself(coordinator: User) -> None:
    merged(coordinator)
    confirm(by=coordinator, service=one("Theirs"))
    assert "assured_date" in one("Theirs").document
    assert "assured_date" not in one("Ours").document
