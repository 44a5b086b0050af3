"""Whatever a text holds, it is read to an end: rows point to sections that exist, or there is a reason."""

from __future__ import annotations

from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.plan.imports.reader.structure.doubts import MEANINGS
from palermo.plan.imports.reader.text import read_text

FRAGMENTS = [
    "Task Deliverable Timeline Status Lead", "Action | Lead | Status", "| Action | Lead | Status |", "|---|---|",
    "1.11", "1.", "2.1 Train staff", "PREVENTION", "Objective 2.1: Help", "Start:", "2012/13", "Ongoing", "Complete",
    "In", "progress", "PS,", "RCMP (in", "consultation with HTT)", "• update the page", "NEW: kit", "\f", "", "",
    "Lead: MOI; Status: On track", "Status:", "Lead:", "(complete)", "Annex B:", "A1", "[NEW]", "Mesure 3 : Former",
    "Action\tLead\tStatus", "a\tMOI\tDone", "Action      Lead      Status", "Run it     MOI       Done",
    "- - -", "((((", "–",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=40)), max_size=40))
def test_any_lines_are_read_to_an_end(lines: list[str]) -> None:
    reading = read_text("\n".join(lines))
    keys = {section.key for section in reading.sections}
    assert len(keys) == len(reading.sections)
    assert {row.section for row in reading.rows} <= {*keys, None}
    assert {section.parent for section in reading.sections} <= {*keys, None}
    assert all(doubt.code in MEANINGS for row in reading.rows for doubt in row.doubts)
    assert reading.found_plan == bool(reading.rows)


def test_one_endless_line_is_no_trap() -> None:
    started = perf_counter()
    read_text("Action Lead Status\n" + "word (" * 200_000)
    read_text("1.1 " + "a - b: " * 100_000)
    read_text("Action   Lead   Status\n" + "x   " * 200_000)
    assert perf_counter() - started < 20
