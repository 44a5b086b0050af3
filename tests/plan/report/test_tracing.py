"""Which sentence comes from which return: the same words in any dress, and nothing that was edited."""

from __future__ import annotations

import time

import pytest

from palermo.plan.report.tracing import Known, Said, Sentence, count_untraced, normalised, sentences, traced

KNOWN = Known(
    [
        Said(7, ("We trained 40 officers. Survivors taught half.", "Nous avons formé 40 agents."), ("T1, Police:",)),
        Said(8, ("Did not report.",)),
        Said(9, ("Did not report.", "« C’est fait ! » La suite\nviendra.")),
    ]
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Point 1.11 is done. Next", ["Point 1.11 is done.", "Next"]),
        ("She said “yes.” Then we went.", ["She said “yes.”", "Then we went."]),
        ("« C’est fait\u202f! » La suite.", ["« C’est fait ! »", "La suite."]),
        ("A line\nthat goes on.\n\nAnother without a sign\n\n", ["A line that goes on.", "Another without a sign"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, wanted: list[str]) -> None:
    assert [each.replace("\u202f", " ") for each in sentences(text)] == wanted


def test_dress_makes_no_difference_and_words_do() -> None:
    assert normalised("  We trained 40\u00a0officers") == normalised("WE TRAINED 40 OFFICERS.")
    assert normalised("l’école") == normalised("l'école")
    assert normalised("We trained 41 officers.") != normalised("We trained 40 officers.")


def test_kept_sentences_are_traced_and_edited_ones_are_not() -> None:
    found = traced("**T1, Police:** We trained 40 officers. Survivors taught most. [return 7]\n\nMy own words.", KNOWN)
    assert found == [
        Sentence("We trained 40 officers.", (7,)),
        Sentence("Survivors taught most.", ()),
        Sentence("My own words.", ()),
    ]
    assert count_untraced(found) == 2


def test_both_languages_are_known() -> None:
    text = "- [fr] Nous avons formé 40 agents. [return 7]\n- « C’est fait\u202f! » La suite viendra."
    assert [each.returns for each in traced(text, KNOWN)] == [(7,), (9,), (9,)]


def test_of_several_returns_the_one_that_is_named_is_meant() -> None:
    assert [each.returns for each in traced("Did not report. [return 9]", KNOWN)] == [(9,)]
    assert [each.returns for each in traced("Did not report.", KNOWN)] == [(8, 9)]


def test_naming_a_return_is_no_proof() -> None:
    assert [each.returns for each in traced("We did much more. [return 7]", KNOWN)] == [()]


def test_headings_lists_and_tables_are_looked_at_too() -> None:
    text = "## Our year\n\n1. Survivors taught half.\n   - Did not report. [return 8]\n\n| A |\n|---|\n| New |\n"
    assert traced(text, KNOWN) == [
        Sentence("Our year", ()),
        Sentence("Survivors taught half.", (7,)),
        Sentence("Did not report.", (8,)),
        Sentence("New", ()),
    ]


def test_a_row_of_dots_takes_no_time() -> None:
    start = time.perf_counter()
    assert len(sentences("Contents " + "." * 100_000 + "x")) == 1
    assert len(sentences("A" + "\n" * 100_000 + "B")) == 2
    assert time.perf_counter() - start < 2
