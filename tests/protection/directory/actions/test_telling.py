"""No entry, no change and no reason tells where a hidden place is; what many places share keeps nothing out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from palermo.audit.models import AuditEvent
from palermo.people.queries import command_line
from palermo.protection.directory.actions import intake as intakes
from palermo.protection.directory.actions.changes import WrongChangeError, change, decline, undo
from palermo.protection.directory.actions.checking import WrongEntriesError
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.actions.merging import find_likenesses
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.models import Change, Given, Likeness, Location, PutAside, Service, Source, State
from tests.protection.directory.actions.test_intake import names, pulled, rules
from tests.protection.directory.keeping import kept, linked, signed_in, somebody, words
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
TOLD = "12 Rue de l’Église, Moncton"


def at(location: object, name: str, **said: object) -> Document:
    found: Document = service(name, service_at_locations=[{"id": key(f"{name} there"), "location": location}], **said)
    return found


def without(name: str, **said: object) -> Document:
    found: Document = service(name, service_at_locations=[], **said)
    return found


def secret(**point: float) -> Document:
    return {**place(is_confidential=True, area="Southeast"), **point}


def addressed(name: str, street: str, code: str, **said: object) -> Any:  # noqa: ANN401 - to be changed at will
    found: Any = place(name, **said)
    found["addresses"][0] |= {"address_1": street, "postal_code": code}
    return found


# -- What is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", [{"civic_id": TOLD}, {"directions": {TOLD: "Ring twice"}}, {TOLD: None}, {"notes": [{"a": {TOLD: {}}}]}]
)
def test_no_id_and_no_name_of_a_property_tells(said: dict[str, object]) -> None:
    taken(secret(), kind="location")
    with pytest.raises(WrongEntriesError):
        taken(without("Telling", **said))


@pytest.mark.parametrize(
    "text", ["Come to 12 Quiet Lane", "?q=12%20Quiet%20Lane", "12 <b>Quiet</b> Lane", "@46.09505,-64.796,17z"]
)
def test_a_street_on_the_second_line_and_a_point_are_looked_for_in_texts(text: str) -> None:
    hidden = addressed("home", "Suite 5", "", is_confidential=True, latitude=46.09505, longitude=-64.796)
    hidden["addresses"][0]["address_2"] = "12 Quiet Lane, Unit 4"
    taken(hidden, kind="location")
    with pytest.raises(WrongEntriesError):
        taken(without("Telling", description=text))
    taken(without("Harmless", description="Ask for suite 5."))


@pytest.mark.parametrize(
    "line",
    [
        *("77 Quiet Lane Moncton NB E1C 9Q9", "Linden House 77 Quiet Lane", "77-79 Quiet Lane"),
        *("77, Quiet Lane, Moncton", "77 Quiet Lane, Moncton NB E1C 9Q9"),
    ],
)
def test_a_house_is_looked_for_without_what_stands_beside_it(line: str) -> None:
    taken(addressed("home", line, "", is_confidential=True), kind="location")
    with pytest.raises(WrongEntriesError):
        taken(without("Telling", description="Come to 77 Quiet Lane."))
    taken(without("Harmless", description="Come to 78 Quiet Street in Moncton, NB."))


@pytest.mark.parametrize("said", [{"name": "77 Quiet Lane"}, {"transportation": "The door is at 77 Quiet Lane."}])
def test_a_place_without_an_address_may_tell_its_house_otherwise(said: Document) -> None:
    hidden = {**place(is_confidential=True, area="Southeast"), "addresses": [], **said}
    with pytest.raises(WrongEntriesError):
        taken(at(hidden, "Telling", description="At 77 Quiet Lane."))
    taken(at(hidden, "Harmless", description="A 24 hour shelter."))


@pytest.mark.parametrize("latitude", [46.09504, 46.09506, 46.09514])
def test_no_other_place_stands_where_a_hidden_one_is(latitude: float) -> None:
    taken(secret(latitude=46.09505, longitude=-64.796), kind="location")
    with pytest.raises(WrongEntriesError):
        taken(place("other", latitude=latitude, longitude=-64.796, addresses=[]), kind="location")
    taken(place("far", latitude=46.0955, longitude=-64.796, addresses=[]), kind="location")


# -- What many share -------------------------------------------------------------------------------

SHARED = pytest.mark.parametrize(
    ("street", "code"),
    [
        *(("7 Far Road", "E4K 1B0"), ("7 Far Road", "E0A 1A0"), ("General Delivery", "E0A 1A0")),
        *(("Poste restante", "E0A 1A0"), ("PO Box 40", "E0A 1A0"), ("RR 2", "E0A 1A0"), ("Main Street", "E0A 1A0")),
    ],
)


def shared(street: str, code: str) -> tuple[Document, Document]:
    """A library and a shelter that share a postal code, and a box or a route."""
    of_library = "1 Library Road" if street == "7 Far Road" else street
    library = at(addressed("library", of_library, code), "Library")
    return library, at(addressed("house", street, code, is_confidential=True), "Shelter")


@SHARED
def test_what_many_places_share_keeps_no_file_out(tmp_path: Path, street: str, code: str) -> None:
    library, shelter = shared(street, code)
    pulled(tmp_path, [library], source="Towns")
    pulled(tmp_path, [without("Harmless"), shelter], source="Shelters")
    pulled(tmp_path, [library], source="Towns")
    assert names() == ["Harmless", "Library", "Shelter"]
    assert not PutAside.objects.exists()


def test_a_postal_code_of_a_town_still_tells_in_words(tmp_path: Path) -> None:
    library, shelter = shared("7 Far Road", "E4K 1B0")
    pulled(tmp_path, [shelter], source="Shelters")
    pulled(tmp_path, [library, without("Telling", description="At E4K 1B0")], source="Towns")
    assert names() == ["Library", "Shelter"]
    assert rules(PutAside.objects.get()) == ["confidential"]


# -- What people write -----------------------------------------------------------------------------


def test_no_patch_tells_by_the_name_of_what_it_takes_away() -> None:
    taken(secret(), kind="location")
    one, by = kept("Ours", service_at_locations=[]), somebody()
    before = AuditEvent.objects.count()
    patches: list[Document] = [{TOLD: None}, {"directions": {TOLD: None}}, {TOLD: "x"}]
    for patch in patches:
        with pytest.raises(WrongChangeError):
            change(by=by, service=one, patch=patch)
    assert not Change.objects.exists()
    assert AuditEvent.objects.count() == before


def test_no_reason_tells() -> None:
    taken(secret(), kind="location")
    one, by = kept("Ours", service_at_locations=[]), somebody()
    applied = change(by=by, service=one, patch={"email": "a@example.org"})
    proposed = change(by=linked(is_reviewed=True)[0], service=one, patch={"email": "b@example.org"})
    reason = "They moved to 12 rue de l'Eglise"
    acts: list[Callable[[str], None]] = [
        lambda said: undo(by=by, applied=applied, reason=said),
        lambda said: decline(by=by, proposed=proposed, reason=said),
    ]
    for act in acts:
        with pytest.raises(WrongChangeError) as caught:
            act(reason)
        assert [problem.rule for problem in caught.value.problems] == ["confidential_words"]
    assert set(Change.objects.values_list("state", "reason")) == {(State.APPLIED, ""), (State.PROPOSED, "")}
    for act in acts:
        act("They moved")
    assert set(Change.objects.values_list("state", "reason")) == {
        (State.UNDONE, "They moved"), (State.DECLINED, "They moved")
    }  # fmt: skip


def test_what_never_applies_again_loses_a_name_that_has_come_to_tell() -> None:
    one, by = kept("Ours", service_at_locations=[]), somebody()
    made = change(by=by, service=one, patch={TOLD: "x", "email": "a@example.org", "map": {"at": "46.09505, -64.796"}})
    undo(by=by, applied=made, reason="Wrong")
    taken(secret(latitude=46.09505, longitude=-64.796), kind="location")
    assert Change.objects.get().patch == {"email": "a@example.org"}


# -- What is kept beside entries -------------------------------------------------------------------


def test_what_a_source_says_meanwhile_under_a_change_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = kept("Ours", service_at_locations=[], description="old")
    change(by=somebody(), service=one, patch={"description": "by a person"})
    monkeypatch.setattr(intakes, "BATCH", 1)
    path = tmp_path / "feed.ndjson"
    path.write_text("\n".join(json.dumps(each) for each in (without("One"), at(secret(), "Hidden"))))

    def meanwhile(_intake: object) -> None:
        if names() == ["One", "Ours"]:
            taken(without("Ours", description=f"We are at {TOLD}"))

    source = Source.objects.create(name="Feed")
    take_in_file(by=command_line(), path=path, kind="service", source=source, told=meanwhile)
    assert "description" not in Given.objects.get().document
    assert Service.objects.get(pk=one.pk).document["description"] == "by a person"
    assert Location.objects.get().is_confidential


def test_how_far_apart_services_are_is_forgotten_once_one_is_given_at_a_hidden_place() -> None:
    hidden, near = (
        {**addressed(name, street, code), "latitude": latitude, "longitude": -64.796}
        for name, street, code, latitude in [
            ("a", "12 Quiet Lane", "E1C 1A1", 46.095), ("b", "9 Open Road", "E1C 2B2", 46.0954)
        ]
    )  # fmt: skip
    phones = [{"id": key("p"), "number": "506-555-0142"}]
    for name, location in (("Harbour Light House", hidden), ("Harbor Light House", near)):
        society = {"id": key(f"of {name}"), "name": "Harbour Society", "description": "A society."}
        taken(at(location, name, phones=phones, organization=society))
    valley = {"id": key("valley"), "name": "Valley Lawyers", "description": "Lawyers."}
    taken(without("Legal clinic of the valley", organization=valley))
    by = somebody()
    find_likenesses(by=by)
    assert "place" in subjects(Likeness.objects.get())
    taken({**hidden, "is_confidential": True, "area": "Southeast"}, kind="location")
    assert {"name", "phone"} <= subjects(Likeness.objects.get())
    assert "place" not in subjects(Likeness.objects.get())
    assert "km apart" not in words(signed_in(by).get("/en/work/services/alike/"))


def subjects(pair: Likeness) -> set[Json]:
    """What the reasons of a pair are about."""
    return {said[0] for said in pair.reasons if isinstance(said, list)}


def test_a_service_is_looked_at_anew_only_when_its_source_says_something_else() -> None:
    one = kept("Ours", service_at_locations=[], description="old")
    change(by=somebody(), service=one, patch={"description": "by a person"})
    before = Service.objects.get().changed_at
    taken(without("Ours", description="old"))
    assert Service.objects.get().changed_at == before
    taken(without("Ours", description="new"))
    assert Service.objects.get().changed_at > before
    assert Service.objects.get().document["description"] == "by a person"


# -- What is said of a hidden place where no place stands ------------------------------------------


@pytest.mark.parametrize("written", [str, str.upper, lambda one: UUID(one).hex])
def test_what_an_unknown_property_says_of_a_hidden_place_is_held_back(
    tmp_path: Path, written: Callable[[str], str]
) -> None:
    pulled(tmp_path, [at(secret(), "One")])
    new = {**addressed("home", "9 Newplace Court", "E1C 7B7"), "id": written(key("home"))}
    pulled(tmp_path, [without("Telling", description="At 9 Newplace Court"), at(place(), "One", locations=[new])])
    assert not Service.objects.filter(document__has_key="locations").exists()
    assert names() == ["One"]
    assert [set(rules(one)) for one in PutAside.objects.all()] == [{"confidential"}] * 2
    with pytest.raises(WrongChangeError):
        change(by=somebody(), service=Service.objects.get(), patch={"near": {"deep": [new]}})


def test_the_id_of_a_hidden_place_and_what_everybody_may_know_of_it_may_stand_anywhere() -> None:
    taken(secret(), kind="location")
    taken(without("One", near=[{"id": key("home"), "location_type": "physical"}]))
    assert names() == ["One"]
