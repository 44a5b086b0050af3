"""Which places are the same, and which of two entries of one is shown."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.same_place import Visit, is_same_place, shown


def at(**said: Json) -> Document:
    """A place with an address, or only with what else is said of it."""
    names = ("address_1", "city", "postal_code")
    address: Document = {name: said.pop(name) for name in names if name in said}
    found: Document = {"id": str(len(str(said))), "location_type": "physical", **said}
    return {**found, "addresses": [address]} if address else found


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (at(id="1"), at(id="1"), True),
        (at(id="1"), at(id="2"), False),
        (at(id="1", postal_code="E1C 4Z3"), at(id="2", postal_code="e1c4z3", address_1="Elsewhere"), True),
        (at(id="1", postal_code="E1C 4Z3"), at(id="2", postal_code="E1C 4Z4"), False),
        (at(id="1", postal_code="E0A 1B0", address_1="12 Main"), at(id="2", postal_code="E0A 1B0"), False),
        (
            at(id="1", postal_code="E0A 1B0", address_1="12 Main St"),
            at(id="2", postal_code="E0A1B0", address_1="12 Main Street"),
            True,
        ),
        (
            at(id="1", postal_code="E0A 1B0", address_1="12 Main"),
            at(id="2", postal_code="E0A 1B0", address_1="14 Main"),
            False,
        ),
        (
            at(id="1", address_1="12 Rue Élie", city="Caraquet"),
            at(id="2", address_1="12 rue Elie", city="Caraquet"),
            True,
        ),
        (at(id="1", address_1="12 Main", city="Moncton"), at(id="2", address_1="12 Main", city="Dieppe"), False),
        (at(id="1", latitude=46.1, longitude=-64.8), at(id="2", latitude=46.101, longitude=-64.8), True),
        (at(id="1", latitude=46.1, longitude=-64.8), at(id="2", latitude=46.11, longitude=-64.8), False),
        (
            at(id="1", latitude=46.1, longitude=-64.8),
            at(id="2", latitude=46.1, longitude=-64.8, is_confidential=True),
            False,
        ),
        (at(id="1", is_confidential=True, area="East"), at(id="2", is_confidential=True, area="east"), True),
        (at(id="1", is_confidential=True, area="East"), at(id="2", is_confidential=True), True),
        (at(id="1", is_confidential=True, area="East"), at(id="2", is_confidential=True, area="West"), False),
        (at(id="1", location_type="virtual"), at(id="2", location_type="virtual"), True),
        (at(id="1", location_type="virtual", url="https://a.b"), at(id="2", location_type="virtual"), False),
        (at(id="1", location_type="virtual"), at(id="2"), False),
    ],
)
def test_places_are_the_same_as_far_as_they_tell(one: Document, other: Document, *, is_same: bool) -> None:
    assert is_same_place(one, other) is is_same
    assert is_same_place(other, one) is is_same


def visit(entry: str, place: Mapping[str, Json], **said: Json) -> Visit:
    return Visit(entry, said, place)


HOURS: Json = [{"opens_at": "09:00"}]
HERE: Document = {"postal_code": "E1C 4Z3"}


def test_the_first_of_two_is_shown_unless_the_other_tells_all_that_it_does_and_more() -> None:
    ours, theirs = visit("ours", at(id="1", **HERE)), visit("theirs", at(id="2", **HERE))
    on_the_map = visit("theirs", at(id="3", latitude=46.1, longitude=-64.8, **HERE))
    open_then = visit("ours", at(id="4", **HERE), schedules=HOURS)
    assert shown([ours, theirs]) == [ours]
    assert shown([ours, on_the_map]) == [on_the_map]
    assert shown([open_then, on_the_map]) == [open_then]


def test_what_one_entry_tells_apart_stays_apart() -> None:
    front, back = visit("ours", at(id="1", **HERE)), visit("ours", at(id="2", **HERE))
    theirs = visit("theirs", at(id="3", **HERE))
    assert shown([front, back, theirs]) == [front, back]
