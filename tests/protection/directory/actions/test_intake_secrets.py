"""No file opens what another one keeps secret, and nothing tells a secret that comes in with a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.people.models import Role, User
from palermo.people.queries import command_line
from palermo.protection.directory.actions import intake as intakes
from palermo.protection.directory.actions.aside import StillWrongError, correct, discard
from palermo.protection.directory.actions.changes import change, undo
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Change, Fate, Location, PutAside, SealedPlace, Service, Source
from palermo.protection.directory.sealing import opened
from tests.factories import MembershipFactory
from tests.protection.directory.actions.test_intake import broken, names, pulled, rules
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
NEW = "77 Hidden Lane"


def at(location: object, name: str = "Hidden") -> Any:  # noqa: ANN401 - to be changed at will
    return service(name, service_at_locations=[{"id": key(f"{name} there"), "location": location}])


def without(name: str, **said: object) -> Document:
    """A service that is given at no place."""
    return service(name, service_at_locations=[], **said)  # type: ignore[no-any-return]


def elsewhere() -> Document:
    """The place that is hidden, said by a feed to be somewhere else."""
    found: Any = place()
    found["addresses"][0]["address_1"] = NEW
    return found  # type: ignore[no-any-return]


def secret() -> Document:
    return place(is_confidential=True, area="Southeast")


def sealed() -> object:
    one = SealedPlace.objects.get()
    return opened(one.pk, bytes(one.sealed))


def told_in_the_open() -> bool:
    records = [*Service.objects.all(), *Location.objects.all()]
    return any(piece in json.dumps([one.document for one in records], ensure_ascii=False) for piece in (NEW, "glise"))


def test_a_new_address_of_a_hidden_place_is_looked_for_from_the_first_entry_on(tmp_path: Path) -> None:
    """By its own feed, which does not know any more that it is hidden."""
    pulled(tmp_path, [at(secret())])
    pulled(tmp_path, [without("Telling", description=f"We are at {NEW}."), at(elsewhere())])
    assert names() == ["Hidden"]
    assert rules(PutAside.objects.get()) == ["confidential"]
    assert NEW in json.dumps(sealed())
    assert not told_in_the_open()


@pytest.mark.parametrize("batch", [1, 500])
def test_an_address_is_taken_out_that_only_another_mention_of_a_file_makes_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """The place is hidden by one entry, and its second address is said by another that knows of no secret."""
    monkeypatch.setattr(intakes, "BATCH", batch)
    telling = without("Telling", description=f"We are at {NEW}.")
    pulled(tmp_path, [telling, at(secret()), at(elsewhere(), "Second")])
    assert names() == ["Hidden", "Second", "Telling"]
    assert NEW in json.dumps(sealed())
    assert not told_in_the_open()


def test_what_others_write_while_a_file_comes_in_is_looked_through_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intakes, "BATCH", 1)
    path = tmp_path / "feed.ndjson"
    path.write_text("\n".join(json.dumps(one) for one in (without("One"), without("Two"), at(secret()))))
    source = Source.objects.create(name="Feed")

    def meanwhile(intake: object) -> None:
        if names() == ["One"]:
            taken(without("Telling", description="At 12 Rue de l’Église"))

    intake = take_in_file(by=command_line(), path=path, kind="service", source=source, told=meanwhile)
    assert names() == ["Hidden", "One", "Telling", "Two"]
    assert not told_in_the_open()
    assert intake.remarks == {"withheld": 1}
    event = AuditEvent.objects.filter(act="directory.take_in", details__has_key="withheld").get()
    assert event.details["withheld"] == {"service": 1}


@pytest.mark.parametrize("opener", [{"organization_id": key("nobody"), "organization": None}, {"status": "closed"}])
def test_an_entry_that_does_not_come_in_opens_no_place_for_the_next(tmp_path: Path, opener: Document) -> None:
    taken(secret(), kind="location")
    refused = {**at(place(is_confidential=False), "Refused"), **opener}
    refused = {name: said for name, said in refused.items() if said is not None}
    pulled(tmp_path, [refused, without("Telling", description="We are at 12 Rue de l’Église.")])
    assert names() == []
    assert PutAside.objects.count() == 2


def test_a_file_that_says_both_of_a_place_hides_it(tmp_path: Path) -> None:
    pulled(tmp_path, [at(secret()), at(place(is_confidential=False), "Second")])
    assert Location.objects.get().is_confidential
    assert not told_in_the_open()


def test_an_entry_that_says_both_of_a_place_hides_it() -> None:
    both = [
        {"id": key(str(number)), "location": each}
        for number, each in enumerate((secret(), place(is_confidential=False)))
    ]
    taken(service(service_at_locations=both))
    assert Location.objects.get().is_confidential
    assert not told_in_the_open()


def test_a_source_opens_its_own_places_and_none_of_another(tmp_path: Path) -> None:
    pulled(tmp_path, [at(secret())], source="Ours")
    bare = {"id": key("home"), "location_type": "physical", "is_confidential": False}
    pulled(tmp_path, [at(bare, "Theirs")], source="Theirs")
    assert Location.objects.get().is_confidential
    waiting = PutAside.objects.get()
    assert rules(waiting) == ["source"]
    coordinator: User = MembershipFactory.create(role=Role.COORDINATOR).user
    with pytest.raises(StillWrongError):
        correct(by=coordinator, aside=waiting, document=at(bare, "Theirs"))
    assert not told_in_the_open()
    pulled(tmp_path, [at(place(is_confidential=False))], source="Ours")
    assert not Location.objects.get().is_confidential


def test_what_was_undone_keeps_no_address_that_has_become_a_secret() -> None:
    taken(without("Telling"))
    coordinator: User = MembershipFactory.create(role=Role.COORDINATOR).user
    patch: Document = {"description": "At 12 Rue de l’Église", "email": "us@example.org"}
    made = change(by=coordinator, service=Service.objects.get(), patch=patch)
    undo(by=coordinator, applied=made, reason="It says 12, rue de l’Église")
    taken(secret(), kind="location")
    kept = Change.objects.get()
    assert (kept.patch, kept.reason) == ({"email": "us@example.org"}, "")


def test_what_was_mended_once_waves_through_no_other_doubt(tmp_path: Path) -> None:
    """The telephone of a row was taken in as it stood; later it may be closed."""
    coordinator: User = MembershipFactory.create(role=Role.COORDINATOR).user
    head = "Organization,Service,City,Address,Phone,Status"
    for number, (status, waits) in enumerate([("", True), ("", False), ("perhaps", True)]):
        path = tmp_path / f"{number}.csv"
        path.write_text(f'{head}\nHouse,A bed,Moncton,12 Oak Street,"call, or come",{status}\n', encoding="utf-8")
        source, _made = Source.objects.get_or_create(name="Sheet")
        take_in_file(by=command_line(), path=path, kind="service", source=source)
        aside = PutAside.objects.get()
        assert (aside.fate == Fate.OPEN) is waits, number
        if number == 0:
            said: Any = opened(aside.pk, bytes(aside.sealed))["document"]
            correct(by=coordinator, aside=aside, document=said)


def test_a_mended_property_that_its_source_says_otherwise_is_asked_about_again(tmp_path: Path) -> None:
    coordinator: User = MembershipFactory.create(role=Role.COORDINATOR).user
    pulled(tmp_path, [broken(status="shut")])
    aside = PutAside.objects.get()
    correct(by=coordinator, aside=aside, document=broken(status="active"))
    pulled(tmp_path, [broken(status="shut", description="New")])
    assert Service.objects.get().document["description"] == "New"
    pulled(tmp_path, [broken(status="gone")])
    assert PutAside.objects.get().fate == Fate.OPEN


def test_another_row_at_the_place_of_one_that_was_left_out_is_asked_about(tmp_path: Path) -> None:
    coordinator: User = MembershipFactory.create(role=Role.COORDINATOR).user
    source = Source.objects.create(name="Sheet")
    for rows, left_out in ((",,Ottawa,613-238-3311", False), (",,Ottawa,613-238-3311", True), (",,Moncton,506", False)):
        path = tmp_path / f"{rows}{left_out}.csv"
        path.write_text(f"Organization,Service,City,Phone\n{rows}\n", encoding="utf-8")
        take_in_file(by=command_line(), path=path, kind="service", source=source)
        aside = PutAside.objects.latest("arrived_at")
        assert (aside.fate == Fate.DISCARDED) is left_out
        if not left_out:
            discard(by=coordinator, aside=aside)


def test_what_its_source_tells_of_wrongly_is_not_missing(tmp_path: Path) -> None:
    pulled(tmp_path, [service("Broken"), service("Other")])
    pulled(tmp_path, [broken(), service("Third")])
    missing = {str(one): one.missing_since for one in Service.objects.all()}
    assert missing == {"Broken": None, "Third": None, "Other": timezone.localdate()}
