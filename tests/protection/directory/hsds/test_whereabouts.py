"""About where an address is, by its postal code or its town."""

from __future__ import annotations

import pytest

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.places import Point, found
from palermo.protection.directory.hsds.whereabouts import about_address


def at(city: str = "", code: str = "", province: str = "", kind: str = "physical") -> Document:
    address = {"address_type": kind, "city": city, "postal_code": code, "state_province": province}
    return {"addresses": [address]}


def point_of(name: str) -> Point:
    return found(name)[0].point


@pytest.mark.parametrize(
    ("location", "where"),
    [
        (at("Kelowna", "V1Y 1A1", "BC"), "V1Y"),
        (at("", "M5V2T6"), "M5V"),
        (at("Toronto", "", "Ontario"), "Toronto"),
        (at("Québec", "", "QC"), "Québec, QC"),
        (at("Emo", "", "ON"), "Emo, ON"),
        (at("Downtown Kenora", "", "ON"), "Kenora, ON"),
        # A rural code says too little, and one of another province is mistyped, or crosses the river.
        (at("Carp", "K0A 1L0", "ON"), "Carp, ON"),
        (at("Gatineau", "K1A 0B1", "QC"), "Gatineau, QC"),
        (at("Windsor", "", "QC"), "Windsor, QC"),
        ({**at("Windsor"), "province": "QC"}, "Windsor, QC"),
    ],
)
def test_an_address_is_about_where_its_code_is_or_its_town(location: Document, where: str) -> None:
    assert about_address(location) == point_of(where)


@pytest.mark.parametrize(
    "location",
    [
        {},
        {"addresses": "12 Main"},
        {"addresses": [None]},
        at(),
        at("Windsor"),
        at("Nowhereville Xq", "", "ON"),
        at("Nowhereville Xq", "K0A 1L0", "ON"),
        at("Toronto", "M5V 2T6", "ON", kind="postal"),
    ],
)
def test_what_does_not_say_one_place_is_nowhere(location: Document) -> None:
    assert about_address(location) is None
