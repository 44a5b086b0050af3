"""Rows and deliverables are matched by code and text, each at most once, and in linear time."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from palermo.plan.imports.matching import (
    ALIKE_IN_PLACE,
    Entry,
    MatchedBy,
    is_match,
    likeness,
    match,
    plain,
)

WORDS = ["train", "police", "officers", "shelter", "posters", "station", "border", "nurses", "survey", "court"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@st.composite
def entries(draw: st.DrawFn, kind: str) -> list[Entry]:
    made = draw(st.lists(st.tuples(st.sampled_from(["1", "2"]), texts), max_size=8))
    return [
        Entry(
            f"{section}-{number:02d}" if kind == "plan" else f"r{number}",
            section,
            "",
            f"{section}-{number:02d}",
            "",
            text,
        )
        for number, (section, text) in enumerate(made)
    ]


def naive(rows: list[Entry], deliverables: list[Entry]) -> set[float]:
    """The likeness of the best pair that may be matched, found by comparing everything with everything."""
    return {
        likeness(row, known)
        for row in rows
        for known in deliverables
        if row.section == known.section
        and is_match(likeness(row, known), same_place=known.key == row.place)
        and plain(row.text) != plain(known.text)
    }


@given(entries("document"), entries("plan"))
def test_every_match_is_one_that_comparing_everything_allows(rows: list[Entry], plan: list[Entry]) -> None:
    found = match(rows, plan)
    by_row = {row.key: row for row in rows}
    by_key = {entry.key: entry for entry in plan}
    allowed = naive(rows, plan)
    assert len({each.deliverable for each in found.values()}) == len(found)
    for each in found.values():
        row, known = by_row[each.row], by_key[each.deliverable]
        assert each.score == 100 or each.score in allowed
        assert plain(row.text) == plain(known.text) or row.section == known.section


@given(entries("document"), entries("plan"))
def test_nothing_that_could_be_matched_is_left_on_both_sides(rows: list[Entry], plan: list[Entry]) -> None:
    found = match(rows, plan)
    taken = {each.deliverable for each in found.values()}
    rows_left = [row for row in rows if row.key not in found]
    plan_left = [known for known in plan if known.key not in taken]
    assert naive(rows_left, plan_left) == set()
    assert not {plain(row.text) for row in rows_left} & {plain(known.text) for known in plan_left}


@given(entries("plan"))
def test_a_plan_matches_itself(plan: list[Entry]) -> None:
    found = match([replace(entry, key=f"r{entry.key}") for entry in plan], plan)
    assert len(found) == len(plan)
    assert all(each.score == 100 for each in found.values())


def entry(key: str, text: str, **rest: str) -> Entry:
    return Entry(**{"key": key, "section": "1", "code": "", "place": key, "lead_in": "", "text": text} | rest)


def test_a_printed_code_decides_over_the_text() -> None:
    plan = [entry("A1", "Train police", code="A1"), entry("A2", "Open a shelter", code="A2")]
    found = match([entry("r", "Open a shelter", code="A1")], plan)
    assert (found["r"].deliverable, found["r"].by) == ("A1", MatchedBy.CODE)


def test_a_code_printed_twice_decides_nothing() -> None:
    plan = [entry("A1", "Train police", code="A1")]
    rows = [entry("r1", "Open a shelter", code="A1"), entry("r2", "Train police", code="A1")]
    assert match(rows, plan).keys() == {"r2"}


def test_other_words_match_only_in_the_same_place() -> None:
    plan = [entry("1-01", "Teach officers to see who is being exploited")]
    row = entry("r", "Give officers lessons in who is exploited")
    assert ALIKE_IN_PLACE < likeness(row, plan[0]) < 75
    assert match([replace(row, place="1-01")], plan)["r"].by is MatchedBy.PLACE
    assert match([replace(row, place="1-02")], plan) == {}


def test_what_moved_to_another_section_is_found_by_its_words() -> None:
    found = match([entry("r", "Train the police.", section="2")], [entry("1-01", "Train the police")])
    assert found["r"].deliverable == "1-01"


def test_the_words_that_introduce_a_part_may_be_divided_otherwise() -> None:
    plan = [entry("1-01a", "a toolkit for teachers", lead_in="Distribute in every school:")]
    assert match([entry("r", "Distribute in every school: a toolkit for teachers")], plan)["r"].score == 100


def seconds(number: int) -> float:
    plan = [entry(f"1-{at}", f"Train officers of unit u{at} in town t{at * 7 % number}") for at in range(number)]
    rows = [entry(f"r{at}", f"Teach officers of unit u{at} in town t{at * 7 % number}") for at in range(number)]
    began = process_time()
    assert len(match(rows, plan)) == number
    return process_time() - began


def test_one_long_section_is_not_compared_with_itself_in_full() -> None:
    assert seconds(4000) < 10 * seconds(1000) + 0.5
