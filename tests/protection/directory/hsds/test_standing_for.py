"""What an entry says together with those that it stands for."""

from __future__ import annotations

from palermo.protection.directory.hsds.at_places import CORRECTED
from palermo.protection.directory.hsds.json_values import Document, Json
from palermo.protection.directory.hsds.standing_for import counted, taken_over, together, without_beds

OURS: Document = {"id": "ours", "name": "Ours", "status": "active"}
THEIRS: Document = {
    "id": "theirs",
    "name": "Theirs",
    "name_fr": "Les leurs",
    "status": "defunct",
    "email": "b@b.example",
}


def beds(*names: str, available: int = 1, updated: str = "2026-11-06T18:30:00Z") -> Document:
    return {"capacities": [{"id": name, "available": available, "updated": updated} for name in names]}


def test_what_it_does_not_say_the_others_say_in_their_order() -> None:
    found = together(
        {**OURS, "url": "", "fees": 0}, [THEIRS, {**THEIRS, "email": "c@c.example", "url": "https://c", "fees": 1}]
    )
    assert found == {**OURS, "email": "b@b.example", "url": "https://c", "fees": 0}


def test_what_it_is_and_when_it_was_confirmed_is_its_own() -> None:
    other = {
        **THEIRS,
        "assured_date": "2026-01-01",
        "assured_by": "provider",
        "last_modified": "2026-01-01",
        "metadata": [1],
    }
    assert taken_over(OURS, other) == {"email": "b@b.example"}


def test_what_its_source_tells_no_more_gives_way_to_what_another_one_tells() -> None:
    own = {
        **OURS,
        "email": "a@a.example",
        "url": "https://a",
        "assured_date": "2024-01-01",
        "assured_by": "coordinator",
    }
    other = {**THEIRS, "assured_date": "2026-01-01"}
    found = together(own, [other], other)
    assert found == {**OURS, "email": "b@b.example", "url": "https://a", "assured_date": "2026-01-01"}


def test_what_describes_either_describes_both_once() -> None:
    def terms(*names: str, of: str) -> list[Json]:
        return [{"id": f"{of} {name}", "link_id": of, "taxonomy_term_id": name} for name in names]

    found = together(
        {**OURS, "attributes": terms("a", of="ours")}, [{**THEIRS, "attributes": terms("A", "b", of="theirs")}]
    )
    assert found["attributes"] == [*terms("a", of="ours"), {**terms("b", of="theirs")[0], "link_id": "ours"}]  # type: ignore[dict-item]


def test_what_says_to_be_of_the_other_service_says_to_be_of_this_one() -> None:
    phones: Json = [{"id": "p", "service_id": "theirs", "languages": [{"link_id": "theirs", "name": "theirs"}]}]
    assert taken_over(OURS, {**THEIRS, "phones": phones})["phones"] == [
        {"id": "p", "service_id": "ours", "languages": [{"link_id": "ours", "name": "theirs"}]}
    ]


def test_what_was_corrected_at_places_of_either_is_so_at_all_places() -> None:
    own: Document = {"id": "S", CORRECTED: {"v": {"phones": []}}}
    other: Document = {"id": "T", CORRECTED: {"w": {"schedules": []}}}
    both: Document = {"v": {"phones": []}, "w": {"schedules": []}}
    assert together(own, [other])[CORRECTED] == both
    assert together({"id": "S"}, [own, other])[CORRECTED] == both
    assert CORRECTED not in together({"id": "S"}, [{"id": "T"}])


def test_of_beds_that_were_taken_over_the_newest_count_stands() -> None:
    late = "2026-11-06T20:00:00Z"
    now, patch = beds("a", "b"), beds("a", available=5, updated=late)
    assert counted(now, {"a", "b"}, patch)["capacities"] == [*patch["capacities"], *beds("b")["capacities"]]  # type: ignore[misc]
    newer = beds("a", updated="2026-11-06T22:00:00Z")
    assert counted(newer, {"a"}, patch) == newer
    assert counted(beds("own"), {"a"}, patch) == beds("own")


def test_beds_of_its_own_in_the_same_count_stay_as_they_were_counted() -> None:
    patch = beds("x", "a", "gone", available=0)
    assert counted(beds("a", "b"), {"a", "b", "gone"}, patch)["capacities"] == [
        *beds("x", available=0)["capacities"],  # type: ignore[misc]
        *beds("a", "b")["capacities"],
    ]


def test_without_some_beds_the_rest_is_said() -> None:
    said = {**OURS, **beds("a", "b")}
    assert without_beds(said, {"a"}) == {**OURS, **beds("b")}
    assert without_beds(said, {"a", "b"}) == OURS


def test_other_patches_stay_as_they_are() -> None:
    patch = beds("a", available=5)
    for now, theirs in ((beds("a", available=2), set()), (beds("b"), {"b"}), ({}, {"a"})):
        assert counted({**OURS, **now}, theirs, patch) == patch
