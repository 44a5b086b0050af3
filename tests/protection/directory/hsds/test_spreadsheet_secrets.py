"""Where the spreadsheets of local associations say that an address is a secret, and where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.protection.directory.hsds.lists import one, small, table


@pytest.mark.parametrize("text", ["maybe", "yes", "x", "oui", "see Ann"])
def test_a_place_is_confidential_unless_it_is_clearly_not(tmp_path: Path, text: str) -> None:
    assert small(tmp_path, "Confidential", text)[0]["service_at_locations"][0]["location"]["is_confidential"] is True
    assert "service_at_locations" not in small(tmp_path, "Confidential", "no")[0]
    found = small(tmp_path, "Adresse", "Adresse confidentielle")[0]
    assert found["service_at_locations"][0]["location"]["is_confidential"] is True


@pytest.mark.parametrize(
    "heading",
    [
        "Is the address confidential?", "Undisclosed", "Private address", "Hidden address", "Secret address",
        "Lieu secret", "Adresse privée", "Confidentiality of the place", f"Is this a confidential address, {'x' * 80}?",
    ],
)  # fmt: skip
def test_a_heading_says_in_many_ways_that_an_address_is_a_secret(tmp_path: Path, heading: str) -> None:
    found, doubted = small(tmp_path, heading, "yes")
    assert found["service_at_locations"][0]["location"]["is_confidential"] is True
    assert "service_at_locations" not in small(tmp_path, heading, "no")[0]
    assert not any(code.startswith("heading") for code, *_rest in doubted)


@pytest.mark.parametrize(
    "heading", ["Secrétariat", "Private practice", "Hidden fees", "Publications", "Public transport"]
)
def test_other_headings_say_nothing_of_secrets(tmp_path: Path, heading: str) -> None:
    found, doubted = small(tmp_path, heading, "yes")
    assert "service_at_locations" not in found
    assert ("heading_unknown", heading, "yes") in doubted


@pytest.mark.parametrize("street", ["3 Hidden Valley Road", "5 Secret Cove Rd", "Public Square 4", "1, rue Privée"])
def test_streets_that_are_called_so_are_streets(tmp_path: Path, street: str) -> None:
    found, doubted = small(tmp_path, "Street", street)
    assert found["service_at_locations"][0]["location"]["addresses"][0]["address_1"] == street
    assert not any(code.startswith("confidential") for code, *_rest in doubted)


@pytest.mark.parametrize(
    "street",
    [
        "77 Quiet Lane. Don't give out", "77 Quiet Lane. Don’t give out", "77 Quiet Lane - do not release",
        "77 Quiet Lane, private", "77 Quiet Lane (internal use only)", "77 Quiet Lane (safe house)",
        "Secret: 77 Quiet Lane", "77 Quiet Lane (not to be given out)", "77 Quiet Lane not for public release",
        "77 Quiet Lane, ne pas donner", "77, rue Calme – ne pas communiquer", "77, rue Calme, gardée secrète",
        "77, rue Calme (conf.)", "77 Quiet Lane, never to be shared", "L’adresse ne doit pas être divulguée",
    ],
)  # fmt: skip
def test_an_address_says_in_many_ways_that_it_is_a_secret(tmp_path: Path, street: str) -> None:
    found, doubted = small(tmp_path, "Street", street)
    assert found["service_at_locations"][0]["location"]["is_confidential"] is True
    assert ("confidential_by_address", "Street", street) in doubted


@pytest.mark.parametrize(
    "street",
    [
        "5 Private Road", "12 Secretary Lane", "12 Main St., conf. room 3", "12 Safe House Road", "12 Listowel Ave",
        "12, rue du Pas", "12 Non Such Lane", "12 Don Street",
    ],
)  # fmt: skip
def test_streets_that_are_nearly_called_so_are_streets(tmp_path: Path, street: str) -> None:
    assert "is_confidential" not in small(tmp_path, "Street", street)[0]["service_at_locations"][0]["location"]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Description", "Address is confidential, do not publish it."), ("Notes", "do not publish the address"),
        ("Notes", "Do not publish"), ("Remarques", "Ne donnez pas l’adresse"), ("Notes", "For internal use only"),
        ("Hours", "Always. Our location must be kept confidential"), ("Clientèle", "Femmes; lieu tenu secret"),
        ("Description", "A shelter at an undisclosed location"), ("Description", "We never share our location."),
        ("Notes", "L’adresse n’est pas publique"), ("", "Please do not give out this address"),
    ],
)  # fmt: skip
def test_a_remark_beside_an_address_may_say_that_it_is_a_secret(tmp_path: Path, heading: str, text: str) -> None:
    heads = ["Organization", "Service", "Street", "City", heading]
    found, doubted = one(table(tmp_path, heads, ["House", "Bed", "77 Quiet Lane", "Moncton", text]))
    assert found["service_at_locations"][0]["location"]["is_confidential"] is True
    assert ("confidential_by_address", heading, text) in doubted
    doubted = one(table(tmp_path, heads, ["House", "Bed", "", "Moncton", text]))[1]
    assert "confidential_by_address" not in [code for code, *_rest in doubted]


def test_a_remark_may_tell_the_address_and_that_it_is_a_secret(tmp_path: Path) -> None:
    text = "We are at 77 Quiet Lane. Do not share this address."
    assert ("confidential_by_address", "Notes", text) in small(tmp_path, "Notes", text)[1]


@pytest.mark.parametrize(
    "text",
    [
        "Confidential counselling", "Free and confidential", "Service confidentiel", "Private rooms",
        "Confidential counselling at two locations", "We do not share your address", "Secretary on duty",
        "A safe, confidential place to talk",
        "We do not give out food", "Location not accessible", "Email address is not published", "Confidential. Free.",
        "Un lieu sûr et confidentiel", "Nous ne divulguons pas vos renseignements", "Ne pas donner de nourriture",
        "Adresse courriel confidentielle", "Counselling is private and confidential at this location",
    ],
)  # fmt: skip
def test_what_is_confidential_otherwise_hides_no_address(tmp_path: Path, text: str) -> None:
    heads = ["Organization", "Service", "Street", "Description", "Notes"]
    found, doubted = one(table(tmp_path, heads, ["House", "Bed", "77 Quiet Lane", text, text]))
    assert "is_confidential" not in found["service_at_locations"][0]["location"]
    assert "confidential_by_address" not in [code for code, *_rest in doubted]
