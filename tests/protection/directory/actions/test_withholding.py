"""A place that is marked confidential is hidden at once, and all that tells where it is leaves the open with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client

from palermo.audit.models import AuditEvent
from palermo.people.models import Role, User
from palermo.protection.directory.actions.changes import accept, change
from palermo.protection.directory.actions.links import make_link
from palermo.protection.directory.actions.merging import merge
from palermo.protection.directory.entry.words import label_of
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.models import (
    Change,
    Given,
    Intake,
    Likeness,
    Location,
    Organization,
    PutAside,
    SealedPlace,
    Service,
    Source,
    Withheld,
)
from palermo.protection.directory.sealing import opened
from tests.protection.directory.actions.test_intake import pulled, rules
from tests.protection.directory.keeping import somebody
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
TELLS = "We are at 12 Rue de l’Église."
PIECES = ("glise", "eglis", "e1c 4z3", "e1c4z3", "46.07713", "64.77713")


@pytest.fixture
def by() -> User:
    return somebody()


def shelter(description: str, *, is_hidden: bool | None = None, **said: object) -> Any:  # noqa: ANN401 - to be changed at will
    """A service at a place, of which its source may say whether it is confidential."""
    mark: Any = {} if is_hidden is None else {"is_confidential": is_hidden, "area": "Southeast"}
    where = [{"id": key("there"), "location": place(latitude=46.07713, longitude=-64.77713, **mark)}]
    return service("Shelter", description=description, service_at_locations=where, **said)


def without_place(name: str, **said: object) -> Any:  # noqa: ANN401 - to be changed at will
    return service(name, service_at_locations=[], **said)


def in_the_clear() -> list[str]:
    """Which tables hold a piece of the address, in whatever column; the audit trail is among them."""
    found = []
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            text = " ".join(
                json.dumps(one, default=str, ensure_ascii=False) if isinstance(one, dict | list) else str(one)
                for one in row
                if not isinstance(one, memoryview | bytes)
            ).casefold()
            found += [f"{model._meta.label}: {piece}" for piece in PIECES if piece in text]
    return found


def told_by_the_api() -> list[str]:
    client, found = Client(), list[str]()
    for kind in ("services", "service_at_locations", "organizations"):
        body = client.get(f"/api/hsds/{kind}?full=true").content.decode().casefold()
        found += [f"{kind}: {piece}" for piece in PIECES if piece in body]
    return found


def said() -> dict[str, object]:
    """What each service says of itself."""
    return {str(one.document["name"]): one.document.get("description") for one in Service.objects.all()}


def is_nowhere() -> bool:
    assert in_the_clear() == []
    assert told_by_the_api() == []
    kept = SealedPlace.objects.get(pk=UUID(key("home")))
    assert "12 Rue de l’Église" in json.dumps(opened(kept.pk, bytes(kept.sealed)), ensure_ascii=False)
    return Location.objects.get(document__id=key("home")).is_confidential


# -- What the same file says anew ------------------------------------------------------------------


@pytest.mark.parametrize("has_changed", [False, True])
def test_a_source_that_cleans_up_and_marks_is_taken_in(tmp_path: Path, by: User, has_changed: bool) -> None:
    pulled(tmp_path, [shelter(TELLS)])
    if has_changed:
        change(by=by, service=Service.objects.get(), patch={"name_fr": "Refuge"})
    assert in_the_clear() != []
    for _night in range(3):
        intake = pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
        assert (intake.done, intake.aside, intake.remarks) == (1, 0, {})
        assert is_nowhere()
        assert said() == {"Shelter": "A bed."}
    assert not Withheld.objects.exists()


def test_a_source_that_marks_and_still_tells_is_hidden_and_its_entry_waits(tmp_path: Path) -> None:
    pulled(tmp_path, [shelter(TELLS), without_place("Other")])
    for _night in range(2):
        pulled(tmp_path, [shelter(TELLS, is_hidden=True), without_place("Other", description="New.")])
        assert is_nowhere()
        assert said() == {"Shelter": None, "Other": "New."}
        assert rules(PutAside.objects.get()) == ["confidential"]
    pulled(tmp_path, [shelter("A bed.", is_hidden=True), without_place("Other")])
    assert said()["Shelter"] == "A bed."


# -- What others say -------------------------------------------------------------------------------


def test_what_another_source_tells_is_taken_out_and_does_not_come_back(tmp_path: Path) -> None:
    theirs = without_place("Theirs", description=TELLS, url="https://example.org", email="a@example.org")
    pulled(tmp_path, [theirs], source="Other")
    pulled(tmp_path, [shelter("A bed.")])
    intake = pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
    assert is_nowhere()
    assert said() == {"Theirs": None, "Shelter": "A bed."}
    kept = Service.objects.get(pk=key("Theirs"))
    assert (kept.document["url"], str(kept.source)) == ("https://example.org", "Other")
    assert [(one.kind, str(one.record), one.field) for one in Withheld.objects.all()] == [
        ("service", key("Theirs"), "description")
    ]
    assert intake.remarks == {"withheld": 1}
    for _night in range(2):
        waits = pulled(tmp_path, [theirs, without_place("More")], source="Other")
        assert waits.done == 2
        assert rules(PutAside.objects.get()) == ["confidential"]
        pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
        assert is_nowhere()
        assert Withheld.objects.count() == 1
    pulled(tmp_path, [{**theirs, "description": "A soup kitchen."}], source="Other")
    assert said()["Theirs"] == "A soup kitchen."
    assert not Withheld.objects.exists()


def test_a_change_that_tells_loses_those_words_alone(tmp_path: Path, by: User) -> None:
    pulled(tmp_path, [shelter("A bed."), without_place("Other")])
    ours, other = Service.objects.get(pk=key("Shelter")), Service.objects.get(pk=key("Other"))
    phones = [{"id": key("p"), "number": "506-555-0142", "description": "Rings at 12 rue de l'eglise"}]
    change(by=by, service=ours, patch={"description": TELLS, "email": "us@example.org"})
    change(by=by, service=other, patch={"phones": phones})
    pulled(tmp_path, [shelter("A bed.", is_hidden=True), without_place("Other")])
    assert is_nowhere()
    ours.refresh_from_db()
    other.refresh_from_db()
    assert (ours.document["description"], ours.document["email"]) == ("A bed.", "us@example.org")
    assert other.document["phones"] == [{"id": key("p"), "number": "506-555-0142"}]
    assert [one.patch for one in Change.objects.order_by("pk") if "email" in one.patch] == [{"email": "us@example.org"}]
    lost = {(str(one.record), one.field) for one in Withheld.objects.all()}
    assert lost == {(key("Shelter"), "description"), (key("Other"), "phones")}
    change(by=by, service=ours, patch={"description": "Come and sleep."})
    assert [one.field for one in Withheld.objects.all()] == ["phones"]


def test_a_change_that_waits_tells_nothing_once_it_is_accepted(tmp_path: Path, by: User) -> None:
    pulled(tmp_path, [shelter("A bed.")])
    link, _token = make_link(by=by, organization=Organization.objects.get(), label="Desk", is_reviewed=True)
    waits = change(by=link, service=Service.objects.get(), patch={"description": TELLS, "email": "a@example.org"})
    pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
    assert is_nowhere()
    accept(by=by, proposed=waits)
    assert said() == {"Shelter": "A bed."}
    assert Service.objects.get().document["email"] == "a@example.org"


def test_what_stands_beside_a_change_that_covers_it_is_taken_out_and_not_missed(tmp_path: Path, by: User) -> None:
    theirs = without_place("Theirs", description=TELLS)
    pulled(tmp_path, [theirs], source="Other")
    change(by=by, service=Service.objects.get(), patch={"description": "By us."})
    pulled(tmp_path, [shelter("A bed.")])
    intake = pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
    assert is_nowhere()
    assert said() == {"Theirs": "By us.", "Shelter": "A bed."}
    assert "description" not in Given.objects.get().document
    assert not Withheld.objects.exists()
    assert intake.remarks == {}


def test_what_an_entry_took_over_from_another_goes_with_it(tmp_path: Path, by: User) -> None:
    pulled(tmp_path, [without_place("One")], source="First")
    pulled(tmp_path, [without_place("Two", description=TELLS)], source="Second")
    first, second = Service.objects.order_by("pk")
    pair = Likeness.objects.create(first=first, second=second, probability=0.9, reasons=[])
    merge(by=by, pair=pair, kept=Service.objects.get(pk=key("One")))
    assert said()["One"] == TELLS
    pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
    assert is_nowhere()
    assert said() == {"One": None, "Two": None, "Shelter": "A bed."}


def test_what_has_to_be_said_becomes_three_dots(tmp_path: Path) -> None:
    house = {
        "id": key("other"),
        "name": "House at 12 Rue de l’Église",
        "description": "Near E1C 4Z3",
        "url": "https://x",
    }
    languages = [{"id": key("l"), "name": "French", "code": "fr", "note": TELLS}]
    pulled(tmp_path, [without_place("12, rue de l'Eglise", organization=house, languages=languages)], source="Other")
    pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
    assert is_nowhere()
    owner = Organization.objects.get(pk=key("other")).document
    assert owner == {"id": key("other"), "name": "…", "description": "…", "url": "https://x"}
    found = Service.objects.get(pk=key("12, rue de l'Eglise")).document
    assert (found["name"], found["languages"]) == ("…", [{"id": key("l"), "name": "French", "code": "fr"}])


def test_a_map_that_shows_it_is_taken_out(tmp_path: Path) -> None:
    shown = "https://www.openstreetmap.org/#map=18/46.07713/-64.77713"
    pulled(tmp_path, [without_place("Theirs", url=shown, geo={"at": [46.07713, -64.77713], "zoom": 3})], source="Other")
    pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
    assert is_nowhere()
    kept = Service.objects.get(pk=key("Theirs")).document
    assert "url" not in kept
    assert kept["geo"] == {"zoom": 3}


def test_another_place_at_the_same_address_is_hidden_too_and_stays_so(tmp_path: Path) -> None:
    theirs = place("clinic", latitude=46.07713, longitude=-64.77713)
    clinic = service("Clinic", service_at_locations=[{"id": key("clinic there"), "location": theirs}])
    pulled(tmp_path, [clinic], source="Other")
    pulled(tmp_path, [shelter("A bed.")])
    intake = pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
    assert is_nowhere()
    assert intake.remarks == {"hidden_too": 1}
    assert str(Location.objects.get(pk=key("clinic")).source) == "Other"
    for _night in range(2):
        assert pulled(tmp_path, [{**clinic, "description": "Open."}], source="Other").aside == 0
        assert pulled(tmp_path, [shelter("A bed.", is_hidden=True)]).remarks == {}
        assert is_nowhere()
    assert said()["Clinic"] == "Open."


def test_what_a_place_says_of_another_is_taken_out_and_it_stays_open(tmp_path: Path) -> None:
    said: Any = place("park", transportation="Across from 12 Rue de l’Église")
    said["addresses"][0] |= {"address_1": "9 Oak Street", "postal_code": "E1C 1A1"}
    visits = [{"id": key("in the park"), "location": said}]
    pulled(tmp_path, [service("Walks", service_at_locations=visits)], source="Other")
    pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
    assert is_nowhere()
    kept = Location.objects.get(pk=key("park"))
    assert not kept.is_confidential
    assert "transportation" not in kept.document
    assert kept.document["addresses"] == said["addresses"]


def test_the_area_of_a_place_that_is_hidden_loses_its_street(tmp_path: Path) -> None:
    where = [{"id": key("there"), "location": place(area="At 12 Rue de l’Église", area_fr="Moncton")}]
    open_place = service("Shelter", service_at_locations=where)
    marked = json.loads(json.dumps(open_place))
    marked["service_at_locations"][0]["location"] |= {"is_confidential": True}
    pulled(tmp_path, [open_place])
    pulled(tmp_path, [marked])
    assert is_nowhere()
    kept = Location.objects.get().document
    assert (kept["area"], kept["area_fr"]) == ("…", "Moncton")


# -- Every way in, and what is said of it ----------------------------------------------------------


def test_whoever_hides_a_place_by_hand_is_kept_from_it_by_nothing(by: User) -> None:
    taken(without_place("Theirs", description=TELLS))
    found = taken(shelter("A bed.", is_hidden=True))
    assert found.withheld == {"service": 1}
    assert is_nowhere()
    event = AuditEvent.objects.filter(act="directory.take_in").latest("pk")
    assert event.details["withheld"] == {"service": 1}


def test_the_trail_says_how_much_was_taken_out_and_nothing_of_it(tmp_path: Path, by: User) -> None:
    pulled(tmp_path, [without_place("Theirs", description=TELLS)], source="Other")
    change(by=by, service=Service.objects.get(), patch={"email": "a@example.org"})
    pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
    begun = AuditEvent.objects.filter(act="directory.begin").latest("pk")
    assert begun.details["withheld"] == {"service": 1}
    assert in_the_clear() == []
    assert all("withheld" not in one.details for one in AuditEvent.objects.exclude(pk=begun.pk))


def test_the_page_of_the_file_says_it_and_so_does_that_of_each_service(
    tmp_path: Path, by: User, client: Client
) -> None:
    pulled(tmp_path, [without_place("Theirs", description=TELLS)], source="Other")
    pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
    client.force_login(by)
    page = client.get(f"/en/work/services/files/{Intake.objects.latest('pk').pk}/").content.decode()
    assert "since it told where a confidential place is" in page
    assert "glise" not in page
    for address in (f"/en/work/services/{key('Theirs')}/", "/en/work/services/?show=withheld"):
        page = client.get(address).content.decode()
        assert "Theirs" in page
        assert "glise" not in page
    assert "Shelter" not in page
    page = client.get(f"/en/work/services/{key('Theirs')}/").content.decode()
    assert "Something was taken out here" in page
    assert f"<li>{label_of('description')}</li>" in page
    client.force_login(somebody(Role.WORKER))
    assert "taken out here" not in client.get(f"/en/work/services/{key('Theirs')}/").content.decode()


def test_a_source_of_which_the_file_was_interrupted_hides_all_the_same(tmp_path: Path) -> None:
    pulled(tmp_path, [without_place("Theirs", description=TELLS)], source="Other")
    source = Source.objects.create(name="Feed")
    intake = pulled(tmp_path, [shelter("A bed.", is_hidden=True)])
    Intake.objects.filter(pk=intake.pk).update(finished_at=None)
    Location.objects.update(is_confidential=False)
    SealedPlace.objects.all().delete()
    taken_up: Document = {"description": TELLS}
    Service.objects.filter(pk=key("Theirs")).update(
        document={**Service.objects.get(pk=key("Theirs")).document, **taken_up}
    )
    Location.objects.update(document=place(latitude=46.07713, longitude=-64.77713))
    assert pulled(tmp_path, [shelter("A bed.", is_hidden=True)]).pk == intake.pk
    assert source.intakes.count() == 1
    assert is_nowhere()
    assert AuditEvent.objects.filter(act="directory.withhold", about_id=str(intake.pk)).count() == 1
