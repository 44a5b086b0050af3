"""Documents taken apart and put together again, with entries of our own."""

from __future__ import annotations

from typing import Any

from palermo.protection.directory.hsds.json_values import Document
from palermo.protection.directory.hsds.parting import Record, Shelf, apart

HOUSE, SERVICE, PLACE, VISIT, TERM = (f"00000000-0000-4000-8000-00000000000{number}" for number in range(5))
LIST_OF_TERMS = "00000000-0000-4000-8000-000000000005"
PHONE = "00000000-0000-4000-8000-000000000006"


def service() -> Document:
    """A service at one place, of an organization that has the same place, with a described telephone."""
    place: Document = {"id": PLACE, "location_type": "physical", "name": "The yellow house"}
    term: Document = {"id": TERM, "name": "By text", "description": "", "taxonomy_detail": {
        "id": LIST_OF_TERMS, "name": "Ways", "description": "",
    }}  # fmt: skip
    return {
        "id": SERVICE,
        "name": "Someone to talk to",
        "status": "active",
        "genders": ["women"],
        "phones": [{"id": PHONE, "number": "+1 604 555 0100", "attributes": [{"id": VISIT, "taxonomy_term": term}]}],
        "organization": {
            "id": HOUSE,
            "name": "House",
            "description": "",
            "locations": [{**place, "url": "http://a.b"}],
        },
        "service_at_locations": [{"id": VISIT, "location": place}],
    }


def test_each_record_is_there_once_after_what_it_belongs_to() -> None:
    records = apart("service", service())
    assert [record.kind for record in records] == [
        "taxonomy", "taxonomy_term", "organization", "location", "service", "service_at_location",
    ]  # fmt: skip
    links = {record.kind: record.links for record in records}
    assert links["taxonomy_term"] == {"taxonomy_id": LIST_OF_TERMS}
    assert links["location"] == {"organization_id": HOUSE}
    assert links["service"] == {"organization_id": HOUSE}
    assert links["service_at_location"] == {"service_id": SERVICE, "location_id": PLACE}


def test_what_two_places_say_of_a_record_is_put_together() -> None:
    [place] = [record for record in apart("service", service()) if record.kind == "location"]
    assert place.document == {"id": PLACE, "location_type": "physical", "name": "The yellow house", "url": "http://a.b"}


def test_terms_are_found_wherever_they_describe_something() -> None:
    records = apart("service", service())
    [kept] = [record for record in records if record.kind == "service"]
    assert kept.document["phones"] == [
        {"id": PHONE, "number": "+1 604 555 0100", "attributes": [{"id": VISIT, "taxonomy_term_id": TERM}]}
    ]
    whole = _whole(records, "service", SERVICE)
    assert whole["phones"] == service()["phones"]


def test_taking_apart_changes_nothing_in_the_document() -> None:
    given = service()
    apart("service", given)
    assert given == service()


def test_links_that_are_written_out_are_kept_as_links() -> None:
    [record] = apart("service", {"id": SERVICE, "name": "a", "status": "active", "organization_id": HOUSE})
    assert record.links == {"organization_id": HOUSE}
    assert "organization_id" not in record.document


def test_a_service_within_its_organization_does_not_lead_back() -> None:
    records = apart("service", service())
    [within] = _whole(records, "organization", HOUSE)["services"]
    assert "organization" not in within
    assert [visit["location"]["id"] for visit in within["service_at_locations"]] == [PLACE]
    assert "services" not in _whole(records, "service", SERVICE)["organization"]


def test_identifiers_are_the_same_in_large_and_small_letters() -> None:
    given = {**service(), "organization": {"id": HOUSE.upper(), "name": "House", "description": ""}}
    records = apart("service", given)
    assert Shelf(records).whole("organization", HOUSE)["name"] == "House"
    assert "organization" in Shelf(records).whole("service", SERVICE)


def test_lists_show_values_and_what_is_beside_them() -> None:
    shelf = Shelf(apart("service", service()))
    assert shelf.flat("service", SERVICE, "organization") == {
        "id": SERVICE,
        "name": "Someone to talk to",
        "status": "active",
        "genders": ["women"],
        "organization": {"id": HOUSE, "name": "House", "description": ""},
    }


def _whole(records: list[Record], kind: str, identifier: str) -> Any:  # noqa: ANN401 - to look into it without asking
    return Shelf(records).whole(kind, identifier)
