"""Who is meant by a printed name or acronym."""

from __future__ import annotations

import pytest

from palermo.plan.imports.naming import KnownOrganisation, Named, Names

NAMES = Names(
    [
        KnownOrganisation("labour", "", frozenset({"Department of Labour", "Ministère du Travail", "DOL", "MDT"})),
        KnownOrganisation("labour-visas", "labour", frozenset({"Visa Office", "VO"})),
        KnownOrganisation("police", "", frozenset({"National Police", "Old Constabulary", "NP"})),
        KnownOrganisation("prisons", "", frozenset({"National Prisons", "NP"})),
        KnownOrganisation("statistics", "", frozenset({"StatOffice"})),
    ]
)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("DOL", "labour"),
        ("ministère du travail", "labour"),
        ("Old Constabulary", "police"),
        ("DOL (VO)", "labour-visas"),
        ("Department of Labour (DOL)", "labour"),
        ("MDT (Visa Office)", "labour-visas"),
    ],
)
def test_known_names_are_found(printed: str, code: str) -> None:
    assert NAMES.who(printed).code == code


def test_a_name_that_two_bear_is_not_decided() -> None:
    found = NAMES.who("NP")
    assert (found.code, found.suggested) == ("", "police")


def test_an_unknown_unit_of_a_known_organisation_has_its_parent() -> None:
    assert NAMES.who("DOL (Inspections)") == Named(parent="labour", name="DOL (Inspections)")


def test_an_unknown_name_with_its_acronym_is_taken_apart() -> None:
    found = NAMES.who("Coast Guard Service (CGS)")
    assert (found.code, found.name, found.acronym) == ("", "Coast Guard Service", "CGS")


def test_an_unknown_acronym_stands_for_itself() -> None:
    assert NAMES.who("XYZ") == Named(name="XYZ", acronym="XYZ")


def test_what_is_written_almost_alike_is_only_suggested() -> None:
    found = NAMES.who("StatsOffice")
    assert (found.code, found.suggested) == ("", "statistics")
