"""Every act that the code can write down has words in both languages."""

from __future__ import annotations

import re
from pathlib import Path

from django.utils.translation import override

import palermo
from palermo.plan.trail.words import ACTS, DETAILS

SOURCE = Path(palermo.__file__).parent
WRITTEN = re.compile(
    r"""(?:\bact=|\b_?tell\((?:(?:proof\.of|one), )?|\b_told\(one, |\b_write\()(f?)"([a-zA-Z_.{}\[\]]+)\""""
)
"""An act where it is written down: `act="…"`, and the first words of the helpers that write for one room."""

PARTLY = {
    "return.{act.value}": (
        "accept",
        "clear",
        "hand_over",
        "mark_not_reported",
        "reopen",
        "send_back",
        "submit",
        "take_back",
    ),
    "import.rows_{mark}": ("checked", "drop", "keep"),
    "tips.{WRITES[author]}": ("asked", "noted"),
    "tips.{done}": ("access_given", "key_confirmed"),
}
"""Acts that are put together, with what can be put in."""


def written_acts() -> set[str]:
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if "/audit/" in str(path):
            continue
        for is_partly, code in WRITTEN.findall(path.read_text()):
            start = code.partition("{")[0]
            found |= {start + end for end in PARTLY[code]} if is_partly else {code}
    return found


def test_the_search_finds_acts_of_every_room() -> None:
    found = written_acts()
    assert {"plan.load", "evidence.read", "return.submit", "deliverable.edit_text", "account.sign_in"} <= found
    assert len(found) > 50


def test_every_act_has_words() -> None:
    assert sorted(written_acts() - set(ACTS)) == []


def test_no_words_are_left_over_from_acts_that_are_gone() -> None:
    assert sorted(set(ACTS) - written_acts()) == []


def test_the_words_are_in_both_languages() -> None:
    with override("fr"):
        french = {code: str(words) for code, words in {**ACTS, **DETAILS}.items()}
    with override("en"):
        english = {code: str(words) for code, words in {**ACTS, **DETAILS}.items()}
    same = {code for code in french if french[code] == english[code]}
    assert same == {"version"}
    assert french["return.clear"] == "Le compte rendu a été autorisé par l’organisation"
