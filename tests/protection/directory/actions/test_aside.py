"""What was put aside: who mends it changes nothing of others, and it is known again when it comes again."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from palermo.people.models import Role, User
from palermo.people.queries import command_line
from palermo.protection.directory.actions import aside as asides
from palermo.protection.directory.actions import intake as intakes
from palermo.protection.directory.actions.aside import StillWrongError, correct, discard
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import Fate, FinderEntry, Intake, Location, PutAside, Service, Source
from palermo.protection.directory.queries.needs import needs
from tests.factories import MembershipFactory
from tests.protection.directory.actions.test_intake import broken, names, pulled
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    found: User = MembershipFactory.create(role=Role.COORDINATOR).user
    return found


def organization(*services: Document) -> Any:  # noqa: ANN401 - to be changed at will
    """An organization with services in it."""
    within = [{name: said for name, said in one.items() if name != "organization"} for one in services]
    return {"id": key("house"), "name": "House of Lindens", "description": "A house.", "services": within}


def pulled_organization(folder: Path, document: Document, source: str = "Feed") -> Intake:
    path = folder / "organizations.ndjson"
    path.write_text(json.dumps(document) + "\n", encoding="utf-8")
    made, _ = Source.objects.get_or_create(name=source)
    return take_in_file(by=command_line(), path=path, kind="organization", source=made)


def test_mending_changes_nothing_that_another_source_keeps(tmp_path: Path, coordinator: User) -> None:
    pulled(tmp_path, [service("One", description="Ours")])
    theirs = service("One", description="Theirs")
    pulled(tmp_path, [theirs], source="Elsewhere")
    pulled_organization(tmp_path, organization(theirs, broken("Two")), source="Elsewhere")
    documents = {"service": theirs, "organization": organization(theirs, service("Two"))}
    assert PutAside.objects.count() == 2
    for aside in PutAside.objects.all():
        with pytest.raises(StillWrongError) as raised:
            correct(by=coordinator, aside=aside, document=documents[aside.kind])
        assert [(one.path, one.rule, one.wanted) for one in raised.value.problems] == [(("id",), "source", "Feed")]
    found = Service.objects.get()
    assert (found.document["description"], str(found.source)) == ("Ours", "Feed")


def test_mending_opens_no_place_of_another_source(tmp_path: Path, coordinator: User) -> None:
    hidden = service("One", service_at_locations=[{"id": key("v"), "location": place(is_confidential=True)}])
    pulled(tmp_path, [hidden])
    opening = [{"id": key("w"), "location": place(is_confidential=False)}]
    pulled(tmp_path, [broken("Two", service_at_locations=opening)], source="Elsewhere")
    with pytest.raises(StillWrongError) as raised:
        correct(by=coordinator, aside=PutAside.objects.get(), document=service("Two", service_at_locations=opening))
    assert [one.rule for one in raised.value.problems] == ["source"]
    assert Location.objects.get().is_confidential


def test_a_correction_of_what_has_no_id_is_for_the_very_same_entry(tmp_path: Path, coordinator: User) -> None:
    nameless, other = broken("A"), broken("B")
    del nameless["id"], other["id"]
    pulled(tmp_path, [nameless])
    aside = PutAside.objects.get()
    correct(by=coordinator, aside=aside, document={**nameless, "id": key("A"), "status": "active"})
    pulled(tmp_path, [nameless, service("C")])
    assert names() == ["A", "C"]
    assert PutAside.objects.get().fate == Fate.CORRECTED
    pulled(tmp_path, [other])
    assert names() == ["A", "C"]
    assert {one.fate for one in PutAside.objects.exclude(pk=aside.pk)} == {Fate.OPEN}


def test_a_correction_of_what_has_no_id_goes_where_it_goes(tmp_path: Path, coordinator: User) -> None:
    nameless = broken("A")
    del nameless["id"]
    pulled(tmp_path, [nameless, service("B")])
    correct(by=coordinator, aside=PutAside.objects.get(), document={**nameless, "id": key("A"), "status": "active"})
    pulled(tmp_path, [service("C"), service("B"), nameless])
    assert PutAside.objects.get().fate == Fate.CORRECTED
    assert not Service.objects.filter(missing_since__isnull=False).exists()


@pytest.mark.parametrize("said", ["\ud800", "a\0b", "506-555-0100", "x" * 300, 7, ["\ud800"], f"{{{key('A')}}}"])
def test_what_is_no_identifier_is_known_again_and_not_kept_in_the_clear(
    tmp_path: Path, coordinator: User, said: object
) -> None:
    wrong = {**service("A"), "id": said}
    pulled(tmp_path, [wrong, service("B")])
    aside = PutAside.objects.get()
    assert len(aside.key) == 64
    correct(by=coordinator, aside=aside, document=service("A"))
    pulled(tmp_path, [service("B"), wrong])
    assert names() == ["A", "B"]
    assert PutAside.objects.get().fate == Fate.CORRECTED


def test_what_was_put_aside_under_a_plain_key_is_known_again(tmp_path: Path, coordinator: User) -> None:
    wrong = {**service("A"), "id": "12-b"}
    pulled(tmp_path, [wrong])
    aside = PutAside.objects.get()
    digest = aside.key
    discard(by=coordinator, aside=aside)
    PutAside.objects.update(key="12-b")
    assert pulled(tmp_path, [wrong, service("B")]).aside == 0
    assert pulled(tmp_path, [{**wrong, "description": "New"}]).aside == 1
    assert (PutAside.objects.get().pk, PutAside.objects.get().key) == (aside.pk, digest)


def test_what_somebody_decided_while_another_waited_stays(
    tmp_path: Path, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulled(tmp_path, [broken()])
    aside = PutAside.objects.get()
    monkeypatch.setattr(asides, "one_at_a_time", lambda: PutAside.objects.update(fate=Fate.DISCARDED))
    with pytest.raises(PermissionDenied):
        correct(by=coordinator, aside=aside, document=broken(status="active"))
    assert names() == []


def test_what_is_told_of_wrongly_is_no_longer_missing_for_the_finder(tmp_path: Path) -> None:
    taken(*needs(), kind="taxonomy_term")
    said = {
        "attributes": [{"id": key("talk"), "taxonomy_term": next(one for one in needs() if one["code"] == "talk")}],
        "assured_date": "2026-01-05",
    }
    pulled(tmp_path, [service("One", **said), service("Two")])
    pulled(tmp_path, [service("Two")])
    assert [str(one) for one in Service.objects.filter(missing_since__isnull=False)] == ["One"]
    assert set(FinderEntry.objects.values_list("confirmed_on", flat=True)) == {None}
    pulled(tmp_path, [broken("One", **said), service("Two")])
    assert not Service.objects.filter(missing_since__isnull=False).exists()
    assert set(FinderEntry.objects.values_list("confirmed_on", flat=True)) == {date(2026, 1, 5)}


def test_what_is_mended_while_its_file_comes_in_is_not_missing_at_the_end(
    tmp_path: Path, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intakes, "BATCH", 1)

    def breaking(*_given: object) -> dict[str, int]:
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(intakes, "store", breaking)
        with pytest.raises(KeyboardInterrupt):
            pulled(tmp_path, [broken("One"), service("Two")])
    correct(by=coordinator, aside=PutAside.objects.get(), document=service("One"))
    made = pulled(tmp_path, [broken("One"), service("Two")])
    assert set(Service.objects.values_list("document__name", "seen_in", "missing_since")) == {
        ("One", made.pk, None),
        ("Two", made.pk, None),
    }


def test_what_waits_waits_no_longer_once_its_source_does_not_say_it(tmp_path: Path, coordinator: User) -> None:
    nameless = broken("A")
    del nameless["id"]
    pulled(tmp_path, [nameless, broken("B"), broken("C"), service("D")])
    kept = PutAside.objects.get(key=key("C"))
    discard(by=coordinator, aside=kept)
    pulled(tmp_path, [broken("B"), service("D")])
    fates = dict(PutAside.objects.values_list("key", "fate"))
    assert fates.pop(key("B")) == Fate.OPEN
    assert fates.pop(key("C")) == Fate.DISCARDED
    assert list(fates.values()) == [Fate.GONE]
    with pytest.raises(PermissionDenied):
        discard(by=coordinator, aside=PutAside.objects.get(fate=Fate.GONE))


def test_a_file_of_another_kind_says_nothing_of_what_waits(tmp_path: Path) -> None:
    pulled(tmp_path, [broken("B"), service("D")])
    pulled_organization(tmp_path, {"id": key("other"), "name": "Other", "description": "Another house."})
    assert PutAside.objects.get().fate == Fate.OPEN


def test_services_of_a_mended_organization_are_of_its_source(tmp_path: Path, coordinator: User) -> None:
    made = pulled_organization(tmp_path, organization(broken("One"), service("Two")))
    correct(by=coordinator, aside=PutAside.objects.get(), document=organization(service("One"), service("Two")))
    found = Service.objects.values_list("document__name", "source__name", "seen_in")
    assert set(found) == {("One", "Feed", made.pk), ("Two", "Feed", made.pk)}
