"""The two marks of our own in Markdown, and plain words that stay plain whatever is in them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from palermo.plan.report.formats.document import Paragraph, Run, plain
from palermo.plan.report.formats.markdown import Narrative, Problem, ProblemKind, read_markdown
from palermo.plan.report.formats.markdown_marks import escaped, source_mark

SOURCES = {12: Run("[Return 12]", link="/en/x#account-3", source=12)}


def read(text: str) -> Narrative:
    return read_markdown(text, part_key="p", part_heading="P", sources=SOURCES)


@pytest.mark.parametrize(
    "mark", ["[return 12]", "[Return 12]", "[compte rendu 12]", "[compte\N{NO-BREAK SPACE}rendu 12]"]
)
def test_a_return_is_named_in_either_language(mark: str) -> None:
    found = read(f"Rooms are ready. {mark}")
    assert found.blocks == (Paragraph((Run("Rooms are ready. "), SOURCES[12])),)
    assert found.problems == ()


def test_the_mark_of_an_unknown_return_stays_and_is_told() -> None:
    found = read("Ready. [return 13]")
    assert found.blocks == (Paragraph((Run("Ready. [return 13]"),)),)
    assert found.problems == (Problem(ProblemKind.SOURCE, "[return 13]"),)


def test_a_language_holds_until_the_return_is_named() -> None:
    found = read("**T1:** [fr] Des salles *sont* prêtes. [return 12] Good.")
    assert found.blocks == (
        Paragraph(
            (
                Run("T1:", bold=True),
                Run(" "),
                Run("Des salles ", language="fr-CA"),
                Run("sont", italic=True, language="fr-CA"),
                Run(" prêtes. ", language="fr-CA"),
                SOURCES[12],
                Run(" Good."),
            )
        ),
    )


def test_a_language_ends_with_its_paragraph() -> None:
    first, second = read("[en] One.\n\nDeux.").blocks
    assert first == Paragraph((Run("One.", language="en-CA"),))
    assert second == Paragraph((Run("Deux."),))


@pytest.mark.parametrize(
    "text", [r"\[return 12]", "[return 12](https://example.org)", "[return x]", "[return 1234567890123456789]"]
)
def test_what_is_no_mark_stays_text(text: str) -> None:
    (found,) = read(text).blocks
    assert isinstance(found, Paragraph)
    assert not any(run.source for run in found.runs)


def test_marks_are_written_in_both_languages() -> None:
    assert (source_mark(5, "en"), source_mark(5, "fr")) == ("[return 5]", "[compte rendu 5]")


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60))
@example("- [return 12] 1*2_3 <b> &amp; # a")
@example("1. First")
@example("+ more")
@example("[en] Hello")
@example("= = =")
@example("---")
@example("![x](y) ~~~ | a | b |")
@example("\\[return 12]")
def test_escaped_words_read_as_just_these_words(words: str) -> None:
    line = " ".join(words.split())
    found = read(escaped(words))
    assert found.problems == ()
    assert " ".join("".join(plain(each.runs) for each in found.blocks if isinstance(each, Paragraph)).split()) == line
    assert len(found.blocks) == (1 if line else 0)
    assert not any(
        run.source or run.language for each in found.blocks if isinstance(each, Paragraph) for run in each.runs
    )
