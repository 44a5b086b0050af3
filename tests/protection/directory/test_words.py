"""What is wrong with a file or an entry, in words of both languages."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from palermo.protection.directory.hsds.reading import REASONS, UnreadableError
from palermo.protection.directory.hsds.schema import Problem
from palermo.protection.directory.words import remark, sentence, unreadable

NB = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
LINES = sorted(REASONS.keys() - {"same_id"})


@pytest.mark.parametrize("rule", LINES)
def test_what_is_wrong_with_a_line_is_said_with_its_own_number(rule: str) -> None:
    problem = Problem((3,), rule, "")
    assert sentence(problem).startswith("line 3: ")
    assert "rule" not in sentence(problem)
    with override("fr"):
        assert sentence(problem).startswith(f"ligne 3{NB}: ")


@pytest.mark.parametrize(
    ("problem", "english", "french"),
    [
        (
            Problem(("x",), "too_deep", "50"),
            "x: More than 50 lists and objects stand in one another here; this was left out.",
            f"x{NB}: Plus de 50 listes et objets sont imbriqués ici{NARROW}; cela a été écarté.",
        ),
        (
            Problem(("id",), "same_id", "a"),
            "id: An earlier entry has the same id and says something else.",
            f"id{NB}: Une fiche précédente a le même identifiant et dit autre chose.",
        ),
        (
            Problem(("phones.csv", 4), "same_id", "a"),
            "phones.csv, line 4: An earlier row has the same id and says something else.",
            f"phones.csv, ligne 4{NB}: Une ligne précédente a le même identifiant et dit autre chose.",
        ),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_with_its_place(problem: Problem, english: str, french: str) -> None:
    assert sentence(problem) == english
    with override("fr"):
        assert sentence(problem) == french


@pytest.mark.parametrize(
    "reason",
    [
        *REASONS.values(),
        "it is one page of several; all of them have to be in one file",
        "it is too large for JSON; as NDJSON, with an entry a line, it may be larger",
    ],
)
def test_why_a_file_cannot_be_read_is_said_in_both_languages(reason: str) -> None:
    error = UnreadableError(reason, 2)
    assert unreadable(error) == f"line 2: {reason}. Nothing came in."
    with override("fr"):
        assert unreadable(error).startswith(f"ligne 2{NB}: ")
        assert reason not in unreadable(error)


@pytest.mark.parametrize("code", ["describes_tables", "yes_or_no"])
def test_what_was_left_out_is_said_in_both_languages(code: str) -> None:
    said = remark(f"{code} Cost")
    assert "“Cost”" in said
    with override("fr"):
        assert f"«{NB}Cost{NB}»" in remark(f"{code} Cost")
