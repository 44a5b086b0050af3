"""Houses that a text names in passing, on streets that are called by a name or by a number."""

from __future__ import annotations

import pytest

from palermo.protection.directory.hsds.addresses import told_in
from palermo.protection.directory.hsds.plain import plain
from palermo.protection.directory.hsds.streets import is_called_street


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Ring at 5012 50 Street, rear", ["501250street"]),
        ("At 10020 - 100 Street NW in Edmonton", ["10020100streetnw"]),
        ("At 1234 5th Avenue S.W. in Calgary", ["12345thavenuesw"]),
        ("At 3-5012 50 Street", ["501250street"]),
        ("Au 5012, 50e Rue Ouest", ["501250erueouest"]),
        ("At 24215 Range Road 242", ["24215rangeroad242"]),
        ("At 1234 3rd Concession Road", ["12343rdconcessionroad"]),
        ("At #12 Quiet Lane", ["12quietlane"]),
        ("At 12½ Quiet Lane", ["1212quietlane"]),
        ("Au 12 bis, rue Calme", ["12bisruecalme"]),
        ("Au 3-12 rue Calme", ["12ruecalme"]),
        ("Au 3-12 avenue du Parc", ["12avenueduparc"]),
    ],
)
def test_a_text_tells_houses_on_streets_with_a_number(text: str, pieces: list[str]) -> None:
    assert list(map(plain, told_in(text))) == pieces


@pytest.mark.parametrize("said", ["Quiet Lane", "Main St. W.", "rue Calme", "Highway7", "50street", "Avenue du Parc"])
def test_what_is_called_a_street(said: str) -> None:
    assert is_called_street(said.lower())


@pytest.mark.parametrize("said", ["Linden House", "Riverview", "", "12", "Boston"])
def test_what_is_called_no_street(said: str) -> None:
    assert not is_called_street(said.lower())
