"""A shelter whose address nobody may find, what happens to it, and how its address is looked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from palermo.people.models import User
from palermo.people.queries import command_line
from palermo.protection.directory.actions.changes import WrongChangeError, change
from palermo.protection.directory.actions.intake import take_in_file
from palermo.protection.directory.actions.merging import find_likenesses
from palermo.protection.directory.models import PutAside, Service, Source
from palermo.protection.directory.queries.needs import need, needs
from tests.protection.directory.samples import key, service, taken

STREET, POSTAL, NAME, WAY = "77 Xyzzyplugh Lane", "E1C 9Q9", "Canarymoss House", "Behind the plover mill"
PIECES = ("xyzzyplugh", "e1c 9q9", "e1c9q9", "canarymoss", "plover mill", "46.07713", "-64.77713")


LATER = "41 Zephyrquill Street"
PIECES_LATER = ("zephyrquill", "e1c 8q8", "e1c8q8", "siskinmoss", "46.08841", "-64.78841")
"""A house that was in the open until its source marked it, and what tells where it is."""


def shelter(name: str = "Shelter", **said: object) -> Any:  # noqa: ANN401 - to be changed at will
    """A service at the place that nobody may find, as a feed gives it."""
    address = {
        "id": key("canary address"), "address_1": STREET, "city": "Moncton", "state_province": "NB",
        "postal_code": POSTAL, "country": "CA", "address_type": "physical",
    }  # fmt: skip
    where = {
        "id": key("canary place"), "location_type": "physical", "name": NAME, "transportation": WAY,
        "latitude": 46.07713, "longitude": -64.77713, "addresses": [address], "is_confidential": True,
        "area": "Greater Moncton",
    }  # fmt: skip
    attributes = [{"id": key(f"need of {name}"), "taxonomy_term": need("safe-place")}]
    visits = [{"id": key(f"canary visit of {name}"), "location": where}]
    return service(name, attributes=attributes, service_at_locations=visits, **said)


def happen(coordinator: User, folder: Path) -> None:
    """Entries come in, right and wrong; people change what they can."""
    taken(*needs(), kind="taxonomy_term")
    telling = service("Telling", description=f"We are at {STREET}.", service_at_locations=[])
    broken = shelter("Broken", status="shut")
    entries = [telling, shelter(), shelter("Shelter two", name_fr="Refuge deux"), broken]
    assert _fed(folder, "Feed", entries) == 2
    assert _fed(folder, "Feed of others", _abbreviated()) == 3
    found = Service.objects.get(pk=key("Shelter"))
    with pytest.raises(WrongChangeError):
        change(by=coordinator, service=found, patch={"description": f"At {STREET}"})
    change(by=coordinator, service=found, patch={"description": "A safe bed."})
    find_likenesses(by=coordinator)


def hide_later(folder: Path) -> None:
    """A house comes in openly, and its own text and that of others tell it; then its source marks it and is silent."""
    others = service("Beside", description=f"Next to {LATER}.", service_at_locations=[])
    assert _fed(folder, "Feed of a neighbour", [others]) == 0
    source = Source.objects.create(name="Feed that marks later")
    for is_confidential, words in ((False, f"We are at {LATER}."), (True, "We are here.")):
        path = folder / "later.ndjson"
        path.write_text(json.dumps(_later(words, is_confidential=is_confidential)), encoding="utf-8")
        intake = take_in_file(by=command_line(), path=path, kind="service", source=source)
        path.unlink()
        assert intake.aside == 0
        [kept] = Service.objects.get(pk=key("Later")).service_at_locations.all()
        assert kept.location is not None
        assert bool(found_in("kept", json.dumps(kept.location.document).encode())) != is_confidential


def _later(words: str, *, is_confidential: bool) -> Any:  # noqa: ANN401 - as it is written
    found = shelter("Later", description=words)
    [visit] = found["service_at_locations"]
    visit["id"] = key("visit of later")
    where = visit["location"]
    where |= {"id": key("place of later"), "name": "Siskinmoss House", "latitude": 46.08841, "longitude": -64.78841}
    where |= {"is_confidential": is_confidential, "transportation": "By bus"}
    where["addresses"][0] |= {"id": key("address of later"), "address_1": LATER, "postal_code": "E1C 8Q8"}
    return found


def _fed(folder: Path, name: str, entries: list[Any]) -> int:
    """Take in a file of a source of this name, and say how many of its entries were put aside."""
    path = folder / "feed.ndjson"
    path.write_text("\n".join(json.dumps(one) for one in entries), encoding="utf-8")
    source = Source.objects.create(name=name)
    intake = take_in_file(by=command_line(), path=path, kind="service", source=source)
    path.unlink()
    assert intake.aside == PutAside.objects.filter(source=source).count()
    return intake.aside


def _abbreviated() -> list[Any]:
    """What others write of the same house: with the street as they spell it, and without a word of its being hidden."""
    entries = [service(f"Told {number}", description=f"Come to {said}.", service_at_locations=[])
               for number, said in enumerate(("77 Xyzzyplugh Ln", "77, xyzzyplugh LN."))]  # fmt: skip
    listed = shelter("Listed")
    [visit] = listed["service_at_locations"]
    visit["id"] = key("visit of others")
    where = visit["location"]
    for name in ("is_confidential", "area", "latitude", "longitude", "transportation"):
        del where[name]
    where |= {"id": key("place of others"), "name": "House"}
    where["addresses"][0] |= {"id": key("address of others"), "address_1": "77 Xyzzyplugh Ln"}
    return [*entries, listed, service("Kept", service_at_locations=[])]


def found_in(where: str, body: bytes) -> list[str]:
    """Which pieces of the address stand in something, however it is written there."""
    plain = body.decode("utf-8", errors="replace").casefold()
    escaped = plain.replace("%20", " ").replace("+", " ").replace("\\u0020", " ").replace("&nbsp;", " ")
    return [f"{where}: {piece}" for piece in (*PIECES, *PIECES_LATER) if piece in plain or piece in escaped]
