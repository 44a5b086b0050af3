"""Once a place is hidden, nothing that was kept beside entries tells where it is."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from palermo.audit.models import AuditEvent
from palermo.people.models import Role
from palermo.people.queries import command_line
from palermo.protection.directory.actions import intake as intakes
from palermo.protection.directory.actions.changes import change, undo
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.actions.links import make_link
from palermo.protection.directory.actions.merging import _compared, _pair, _propose, find_likenesses, merge
from palermo.protection.directory.actions.referring import Agreed, refer
from palermo.protection.directory.actions.sources import BadNameError, source_called
from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.likeness import likely
from palermo.protection.directory.models import (
    Change,
    Consent,
    Intake,
    Likeness,
    Location,
    Organization,
    ProviderLink,
    Referral,
    Service,
    Source,
    Word,
)
from tests.protection.directory.actions.test_intake import pulled
from tests.protection.directory.keeping import kept, somebody
from tests.protection.directory.samples import key, place, service, taken

pytestmark = pytest.mark.django_db
MAP = "https://www.openstreetmap.org/#map=18/46.07713/-64.77713"
HIDDEN: Any = {"is_confidential": True, "area": "Southeast"}


def at(location: object, name: str, **said: object) -> Any:  # noqa: ANN401 - to be changed at will
    return service(name, service_at_locations=[{"id": key(f"{name} there"), "location": location}], **said)


def rural(**said: object) -> Any:  # noqa: ANN401 - to be changed at will
    """A place that only its point tells."""
    found: Any = {**place(latitude=46.07713, longitude=-64.77713), **said}
    found["addresses"][0] |= {"address_1": "PO Box 5", "postal_code": "E0A 1A0"}
    return found


# -- What only a point tells -----------------------------------------------------------------------


def test_no_map_shows_a_place_any_more_once_it_is_hidden(tmp_path: Path) -> None:
    pulled(tmp_path, [at(rural(), "One")])
    pulled(tmp_path, [service("Telling", url=MAP, service_at_locations=[])], source="Elsewhere")
    pulled(tmp_path, [at(rural(**HIDDEN), "One")])
    assert Location.objects.get().is_confidential
    assert "url" not in Service.objects.get(pk=key("Telling")).document


def test_no_map_shows_where_a_hidden_place_moves_to(tmp_path: Path) -> None:
    pulled(tmp_path, [at(rural(**HIDDEN, latitude=46.5), "One")])
    pulled(tmp_path, [service("Telling", url=MAP, service_at_locations=[])], source="Elsewhere")
    pulled(tmp_path, [at(rural(**HIDDEN), "One")])
    assert "url" not in Service.objects.get(pk=key("Telling")).document


def test_what_never_applies_again_loses_a_map_that_has_come_to_tell() -> None:
    one, by = kept("Ours", service_at_locations=[]), somebody()
    undo(by=by, applied=change(by=by, service=one, patch={"url": MAP, "email": "a@example.org"}), reason="Wrong")
    taken(rural(**HIDDEN), kind="location")
    assert Change.objects.get().patch == {"email": "a@example.org"}


# -- How far it is ---------------------------------------------------------------------------------


def shelter(name: str, where: str, latitude: float, **said: object) -> Any:  # noqa: ANN401 - to be changed at will
    """One of several entries of a shelter, at a place of its own."""
    found: Any = place(where, latitude=latitude, longitude=-64.796, **said)
    found["addresses"][0] |= {"address_1": f"12 Road of {where}", "postal_code": ""}
    society: Document = {"id": key(f"of {name}"), "name": "Harbour Society", "description": "A society."}
    return at(found, name, phones=[{"id": key("p"), "number": "506-555-0142"}], organization=society)


def subjects() -> list[object]:
    return [said[0] for one in Likeness.objects.all() for said in one.reasons if isinstance(said, list)]


def valley() -> None:
    """Something to compare with."""
    owner = {"id": key("valley"), "name": "Valley Lawyers", "description": "Lawyers."}
    taken(service("Legal clinic of the valley", organization=owner, service_at_locations=[]))


def test_distances_of_the_entry_that_stands_for_one_at_a_hidden_place_are_forgotten(tmp_path: Path) -> None:
    by = somebody()
    bare = {**shelter("Harbour Light House", "bare", 46.0), "id": key("bare"), "service_at_locations": []}
    pulled(tmp_path, [bare])
    pulled(tmp_path, [shelter("Harbour Light House", "a", 46.095)], source="Second")
    first, second = sorted(Service.objects.all(), key=lambda one: one.pk)
    pair = Likeness.objects.create(first=first, second=second, probability=0.9, reasons=[])
    merge(by=by, pair=pair, kept=Service.objects.get(pk=key("bare")))
    pulled(tmp_path, [shelter("Harbor Light House", "b", 46.0954)], source="Third")
    valley()
    find_likenesses(by=by)
    assert "place" in subjects()
    pulled(tmp_path, [shelter("Harbour Light House", "a", 46.095, **HIDDEN)], source="Second")
    assert "phone" in subjects()
    assert "place" not in subjects()


def test_no_distance_is_kept_to_a_place_that_was_hidden_while_it_was_measured(tmp_path: Path) -> None:
    by, since = somebody(), timezone.now()
    pulled(tmp_path, [shelter("Harbour Light House", "a", 46.095)])
    pulled(tmp_path, [shelter("Harbor Light House", "b", 46.0954)], source="Second")
    valley()
    found = {_pair(one): one for one in likely(_compared(by))}
    assert any(reason.about == "place" for one in found.values() for reason in one.reasons)
    pulled(tmp_path, [shelter("Harbour Light House", "a", 46.095, **HIDDEN)])
    _propose(by, found, since)
    assert "phone" in subjects()
    assert "place" not in subjects()


# -- Codes and words -------------------------------------------------------------------------------


def test_a_code_is_forgotten_that_has_come_to_tell() -> None:
    one, worker = kept("Ours", service_at_locations=[]), somebody(Role.WORKER)
    agreed = Agreed(Consent.SPOKEN, timezone.localdate() + timedelta(days=7), [])
    for code in ("E1C 4Z3", "B-7"):
        refer(by=worker, service=one, visit=None, code=code, agreed=agreed)
    taken(place(**HIDDEN), kind="location")
    assert sorted(Referral.objects.values_list("code", flat=True)) == ["B-7", "…"]


def test_words_are_forgotten_that_stand_in_no_name_any_more() -> None:
    taken(service("Xyzzyplugh House"))
    taken({**service("Xyzzyplugh House"), "name": "Lindens"})
    taken(service("Other"))
    assert Word.objects.filter(text__startswith="xyzzy").exists()
    taken(place(**HIDDEN), kind="location")
    assert not Word.objects.filter(text__startswith="xyzzy").exists()
    assert Word.objects.filter(text__startswith="linden").exists()


# -- Names -----------------------------------------------------------------------------------------

DOOR = "12 Rue de l'Eglise"


def sheet(folder: Path, name: str, *headings: str) -> Intake:
    """A sheet with columns that nobody knows."""
    path, source = folder / name, Source.objects.get_or_create(name="Sheets")[0]
    path.write_text(f"Organization,Service,{','.join(headings)}\nHouse,Meals{',x' * len(headings)}\n")
    return take_in_file(by=command_line(), path=path, kind="service", source=source)


def test_names_are_forgotten_that_have_come_to_tell(tmp_path: Path) -> None:
    pulled(tmp_path, [at(place(), "One")], name=f"{DOOR}.ndjson")
    labels = (f"{DOOR} door", "Front desk")
    for label in labels:
        make_link(by=command_line(), organization=Organization.objects.get(), label=label, is_reviewed=False)
    made = sheet(tmp_path, "ours.csv", DOOR, f"{DOOR} too", "Colour")
    assert len(made.remarks) == 3
    pulled(tmp_path, [at(place(**HIDDEN), "One")])
    assert sorted(Intake.objects.values_list("file_name", flat=True)) == ["feed.ndjson", "ours.csv", "…"]
    assert sorted(ProviderLink.objects.values_list("label", flat=True)) == ["Front desk", "…"]
    made.refresh_from_db()
    assert made.remarks == {"heading_unknown …": 2, "heading_unknown Colour": 1}


def test_a_source_whose_name_has_come_to_tell_gets_one_of_its_own_and_goes_on(tmp_path: Path) -> None:
    first, second = (pulled(tmp_path, [service(name, service_at_locations=[])], source=f"{DOOR} {name}").source
                     for name in ("A", "B"))  # fmt: skip
    Source.objects.create(name=f"… {first.pk}")
    pulled(tmp_path, [at(place(), "One")])
    pulled(tmp_path, [at(place(**HIDDEN), "One")])
    called = dict(Source.objects.values_list("pk", "name"))
    assert (called[first.pk], called[second.pk]) == (f"… {first.pk}…", f"… {second.pk}")
    pulled(tmp_path, [service("A", service_at_locations=[], description="New")], source=called[first.pk])
    assert Service.objects.get(pk=key("A")).document["description"] == "New"
    with pytest.raises(BadNameError):
        source_called(by=command_line(), name=f"{DOOR} A")
    assert DOOR not in json.dumps(list(AuditEvent.objects.values_list("details", flat=True)))


def test_the_name_of_a_file_is_not_kept_that_tells_where_a_place_is_which_it_hides_by_its_id_alone(
    tmp_path: Path,
) -> None:
    pulled(tmp_path, [at(place(), "One")])
    bare = {name: said for name, said in place(**HIDDEN).items() if name != "addresses"}
    assert pulled(tmp_path, [at(bare, "One")], name=f"{DOOR}.ndjson").file_name == "…"
    assert Location.objects.get().is_confidential


def test_headings_do_not_come_back_with_the_next_part_of_their_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody hides the place while the file comes in."""
    monkeypatch.setattr(intakes, "BATCH", 1)
    path, source = tmp_path / "ours.csv", Source.objects.create(name="Sheets")
    path.write_text(f"Organization,Service,{DOOR}\nHouse,Meals,x\nHouse,Beds,\n")

    def hide(intake: Intake) -> None:
        if intake.done == 1:
            taken(place(**HIDDEN), kind="location")

    made = take_in_file(by=command_line(), path=path, kind="service", source=source, told=hide)
    made.refresh_from_db()
    assert made.remarks == {"heading_unknown …": 1}
