"""A file of a source: what is right comes in, what is wrong waits, and it goes on where it stopped."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from palermo.audit.models import AuditEvent
from palermo.people.models import Role, User
from palermo.people.queries import command_line
from palermo.protection.directory.actions import intake as intakes
from palermo.protection.directory.actions import rows, storing
from palermo.protection.directory.actions.aside import StillWrongError, correct, discard
from palermo.protection.directory.actions.changes import change
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.reading import UnreadableError
from palermo.protection.directory.models import Fate, Intake, Location, PutAside, Service, Source
from palermo.protection.directory.sealing import opened
from tests.factories import MembershipFactory
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    found: User = MembershipFactory.create(role=Role.COORDINATOR).user
    return found


def pulled(folder: Path, documents: Iterable[Document], *, source: str = "Feed", name: str = "feed.ndjson") -> Intake:
    """A file of a source with these services, taken in."""
    path = folder / name
    path.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    made, _ = Source.objects.get_or_create(name=source)
    return take_in_file(by=command_line(), path=path, kind="service", source=made)


def broken(name: str = "Broken", **said: object) -> Any:  # noqa: ANN401 - to be changed at will
    return {**service(name), "status": "closed", **said}


def names() -> list[str]:
    return sorted(str(one) for one in Service.objects.all())


def rules(aside: PutAside) -> list[str]:
    said: Any = opened(aside.pk, bytes(aside.sealed))["problems"]
    return [one["rule"] for one in said]


def test_what_is_right_comes_in_and_what_is_wrong_waits_with_reasons(tmp_path: Path) -> None:
    made = pulled(tmp_path, [service("One"), broken(), service("Two")])
    assert names() == ["One", "Two"]
    aside = PutAside.objects.get()
    assert (aside.number, aside.key, aside.fate) == (2, key("Broken"), Fate.OPEN)
    assert rules(aside) == ["enum"]
    assert (made.total, made.done, made.aside) == (3, 3, 1)
    assert made.counts["service"] == 2
    assert made.finished_at is not None
    assert set(Service.objects.values_list("source__name", flat=True)) == {"Feed"}
    acts = list(AuditEvent.objects.order_by("number").values_list("act", flat=True))
    assert acts == ["directory.begin", "directory.take_in", "directory.finish"]


def test_what_belongs_to_what_waits_waits_too(tmp_path: Path) -> None:
    lost = service("Lost", organization_id=key("nobody"))
    del lost["organization"]
    pulled(tmp_path, [service("One"), lost])
    assert names() == ["One"]
    assert rules(PutAside.objects.get()) == ["missing"]


def test_it_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intakes, "BATCH", 2)
    documents = [service(f"S{number}") for number in range(7)]
    stored: list[int] = []
    real = storing.store

    def breaking(kind: str, records: Any, *told: Any) -> dict[str, int]:  # noqa: ANN401 - as the real one
        if len(stored) == 2:
            raise KeyboardInterrupt
        stored.append(len(records))
        return real(kind, records, *told)

    monkeypatch.setattr(intakes, "store", breaking)
    with pytest.raises(KeyboardInterrupt):
        pulled(tmp_path, documents)
    stopped = Intake.objects.get()
    assert (stopped.done, stopped.finished_at) == (4, None)
    assert names() == ["S0", "S1", "S2", "S3"]
    seen: list[int] = []

    def watched(kind: str, records: Any, *told: Any) -> dict[str, int]:  # noqa: ANN401 - as the real one
        seen.append(len(records))
        return real(kind, records, *told)

    monkeypatch.setattr(intakes, "store", watched)
    made = pulled(tmp_path, documents)
    assert made.pk == stopped.pk
    assert seen == [2, 1]
    assert len(names()) == 7
    assert made.counts["service"] == 7


def test_another_file_begins_anew_and_tells_what_is_missing(tmp_path: Path) -> None:
    pulled(tmp_path, [service("One"), service("Two")])
    pulled(tmp_path, [service("Other")], source="Elsewhere")
    pulled(tmp_path, [service("Two"), service("Three")])
    missing = Service.objects.filter(missing_since__isnull=False)
    assert [str(one) for one in missing] == ["One"]
    pulled(tmp_path, [service("One"), service("Two"), service("Three")])
    assert not Service.objects.filter(missing_since__isnull=False).exists()


def test_no_source_changes_what_another_one_keeps(tmp_path: Path) -> None:
    pulled(tmp_path, [service("One", description="Ours")])
    pulled(tmp_path, [service("One", description="Theirs"), service("Two")], source="Elsewhere")
    assert Service.objects.get(pk=key("One")).document["description"] == "Ours"
    assert names() == ["One", "Two"]
    assert rules(PutAside.objects.get()) == ["source"]


def test_what_a_person_corrected_comes_in_the_next_time(tmp_path: Path, coordinator: User) -> None:
    pulled(tmp_path, [broken(description="First")])
    aside = PutAside.objects.get()
    with pytest.raises(StillWrongError):
        correct(by=coordinator, aside=aside, document=broken())
    assert names() == []
    correct(by=coordinator, aside=aside, document=broken(status="active", description="First"))
    assert names() == ["Broken"]
    pulled(tmp_path, [broken(description="Second")])
    assert Service.objects.get().document["status"] == "active"
    assert Service.objects.get().document["description"] == "Second"
    assert PutAside.objects.get().fate == Fate.CORRECTED
    pulled(tmp_path, [broken(name_fr=7)])
    assert PutAside.objects.get().fate == Fate.OPEN


def test_a_change_survives_the_next_pull(tmp_path: Path, coordinator: User) -> None:
    pulled(tmp_path, [service("One", description="First")])
    change(by=coordinator, service=Service.objects.get(), patch={"description": "Ours"})
    pulled(tmp_path, [service("One", description="Second", alternate_name="Uno")])
    found = Service.objects.get()
    assert (found.document["description"], found.document["alternate_name"]) == ("Ours", "Uno")
    change(by=coordinator, service=found, patch={"description": "Ours again"})
    found.refresh_from_db()
    assert str(found.source) == "Feed"
    assert found.seen_in == Intake.objects.first()


def test_what_comes_again_is_asked_about_once(tmp_path: Path, coordinator: User) -> None:
    pulled(tmp_path, [broken()])
    assert pulled(tmp_path, [broken(), service("One")]).aside == 1
    discard(by=coordinator, aside=PutAside.objects.get())
    assert pulled(tmp_path, [broken(), service("Two")]).aside == 0
    assert PutAside.objects.get().fate == Fate.DISCARDED
    assert pulled(tmp_path, [broken(description="New")]).aside == 1
    assert PutAside.objects.get().fate == Fate.OPEN
    pulled(tmp_path, [broken(status="active")])
    assert PutAside.objects.get().fate == Fate.ARRIVED


def test_a_secret_of_the_last_entry_is_kept_from_the_first_one_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intakes, "BATCH", 1)
    telling = service("Telling", description="At 12 Rue de l’Église", service_at_locations=[])
    hidden = service("Hidden", service_at_locations=[{"id": key("v"), "location": place(is_confidential=True)}])
    pulled(tmp_path, [telling, service("One", service_at_locations=[]), hidden])
    assert names() == ["Hidden", "One"]
    assert rules(PutAside.objects.get()) == ["confidential"]
    assert Location.objects.get().is_confidential


def test_what_is_kept_tells_no_secret_of_a_new_file(tmp_path: Path) -> None:
    taken(service("Telling", description="At 12 Rue de l’Église", service_at_locations=[]))
    hidden = service("Hidden", service_at_locations=[{"id": key("v"), "location": place(is_confidential=True)}])
    pulled(tmp_path, [service("One", service_at_locations=[]), hidden])
    assert names() == ["Hidden", "One", "Telling"]
    assert "description" not in Service.objects.get(document__name="Telling").document


def test_what_waits_is_not_kept_in_the_clear(tmp_path: Path, coordinator: User) -> None:
    wrong = broken(service_at_locations=[{"id": key("v"), "location": place(is_confidential=True)}])
    pulled(tmp_path, [wrong])
    aside = PutAside.objects.get()
    assert b"glise" not in bytes(aside.sealed)
    right = {**wrong, "status": "active"}
    correct(by=coordinator, aside=aside, document=right)
    assert "glise" not in json.dumps([one.document for one in Location.objects.all()])


def test_a_file_that_makes_no_sense_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.ndjson"
    path.write_text(json.dumps(service("One")) + "\nnonsense", encoding="utf-8")
    with pytest.raises(UnreadableError):
        take_in_file(by=command_line(), path=path, kind="service", source=Source.objects.create(name="Feed"))
    assert names() == []
    assert not Intake.objects.exists()
    with pytest.raises(UnreadableError):
        take_in_file(by=command_line(), path=tmp_path / "x.doc", kind="service", source=Source.objects.get())


def test_only_those_who_keep_the_directory_may(tmp_path: Path) -> None:
    pulled(tmp_path, [broken()])
    for role in set(Role) - {Role.COORDINATOR}:
        user = MembershipFactory.create(role=role).user
        with pytest.raises(PermissionDenied):
            take_in_file(by=user, path=tmp_path / "feed.ndjson", kind="service", source=Source.objects.get())
        with pytest.raises(PermissionDenied):
            discard(by=user, aside=PutAside.objects.get())
        with pytest.raises(PermissionDenied):
            correct(by=user, aside=PutAside.objects.get(), document=service())


def test_a_long_file_is_not_planned_for_as_a_short_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL goes through whole tables for the few rows of a kind as long as it knows nothing of them."""
    monkeypatch.setattr(intakes, "BATCH", 1)
    known: list[int] = []
    monkeypatch.setattr(rows, "tell_the_planner", lambda _app: known.append(Service.objects.count()))
    pulled(tmp_path, [service(f"S{number}") for number in range(12)])
    assert known == [1, 10, 12]


def test_a_plain_sheet_comes_in_and_its_doubtful_rows_wait(tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    rows = [
        "Organization,Service,Telephone,City,Province,Confidential,Shoe size",
        "House,Someone to talk to,506-555-0100,Moncton,NB,no,38",
        "House,A bed,506-555-0101,Moncton,NB,perhaps,",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    made = take_in_file(by=command_line(), path=path, kind="service", source=Source.objects.create(name="House"))
    assert names() == ["Someone to talk to"]
    assert rules(PutAside.objects.get()) == ["confidential_unclear"]
    assert made.remarks == {"heading_unknown Shoe size": 1, "area_missing ": 1}
