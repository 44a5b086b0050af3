"""Rural postal codes, which say little of where somebody is, and codes of nowhere in Canada."""

from __future__ import annotations

import pytest

from palermo.protection.directory.hsds.places import _areas, found, nearly


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Iqaluit NU X0A 0H0", "Iqaluit (NU)"),
        ("X0A 0H0 Iqaluit", "Iqaluit (NU)"),
        ("X0E 0T0, Inuvik", "Inuvik (NT)"),
        ("Happy Valley-Goose Bay A0P 1E0", "Happy Valley-Goose Bay (NL)"),
        ("J0M 1E0 Chisasibi, Québec, Canada", "Chisasibi (QC)"),
        ("Oka J0N 1E0", "Kanesatake (QC)"),
    ],
)
def test_a_town_beside_a_rural_code_says_more_than_the_code(said: str, label: str) -> None:
    assert [place.label for place in found(said)] == [label]


def test_a_part_of_an_address_in_that_province_comes_before_the_area() -> None:
    assert [place.label for place in found("12 Main Street, Carp ON K0A 1L0")] == ["Carp (ON)", "K0A (ON)"]


@pytest.mark.parametrize("said", ["K0A 1L0", "K0A", "xyzzy K0A 1L0", "Iqaluit K0A 1L0"])
def test_a_rural_code_alone_is_a_wide_area(said: str) -> None:
    assert [(place.label, place.is_wide) for place in found(said)] == [("K0A (ON)", True)]


def test_a_town_beside_another_code_says_less_than_the_code() -> None:
    assert [(place.label, place.is_wide) for place in found("Ottawa K1A 0B1")] == [("K1A (ON)", False)]


def test_three_letters_that_may_be_a_rural_code_are_only_asked_about() -> None:
    for said, label in (("KOA", "K0A (ON)"), ("koa ", "K0A (ON)"), ("Job", "J0B (QC)")):
        assert found(said) == []
        assert [place.label for place in nearly(said)] == [label]


@pytest.mark.parametrize("said", ["H0H 0H0", "h0h", "HOH OHO"])
def test_the_north_pole_is_not_in_canada(said: str) -> None:
    assert found(said) == nearly(said) == []
    assert all(41 < place.point.latitude < 84 and -142 < place.point.longitude < -52 for place in _areas().values())
