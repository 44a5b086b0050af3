"""The French of the site: all of it there, with what is filled in, and set as French is set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, override, pgettext

from palermo.plan.imports.doubts import LACKS, REASONS, WORDS, in_words, reason
from scripts import check_messages

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "palermo"
OWN = PACKAGE / "locale" / "fr" / "LC_MESSAGES" / "django.po"
CATALOGUES = (OWN, PACKAGE / "people" / "sign_in_words" / "fr" / "LC_MESSAGES" / "django.po")
FILLED_IN = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
NO_BREAK, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
FAULTS = {
    "a straight apostrophe": re.compile(r"\w'\w"),
    "English quotation marks": re.compile(r"[“”]"),
    "no narrow space before ; ! ?": re.compile(rf"(?<!{NARROW})[;!?](?=\s|$|\)|{NO_BREAK}»)"),
    "no no-break space before :": re.compile(rf"(?<!{NO_BREAK}):(?=\s|$)"),
    "no no-break space inside « »": re.compile(rf"«(?!{NO_BREAK})|(?<!{NO_BREAK})»"),
    "no no-break space before %": re.compile(rf"(?<!{NO_BREAK})%%"),
    "three dots for one sign": re.compile(r"\.\.\."),
    "two blanks": re.compile(r"  "),
    "a capital without its accent": re.compile(r"\b(A propos|Etat|Echéance|Edition|Ebauche|Evalué|Elément|Etape)"),
    "e-mail for courriel": re.compile(r"e-mail|email", re.IGNORECASE),
    "words for one gender and then for the other": re.compile(r"\w\(e\)|\w·e"),
}


def entries(path: Path = OWN) -> list[polib.POEntry]:
    return list(polib.pofile(str(path)))


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_text_of_the_code_has_its_french_and_nothing_else_has() -> None:
    assert list(check_messages.missing(check_messages.made_anew(), polib.pofile(str(OWN)))) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=["own", "sign-in"])
def test_nothing_is_left_open(path: Path) -> None:
    assert [entry.msgid for entry in entries(path) if entry.fuzzy or entry.obsolete or not all(texts(entry))] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=["own", "sign-in"])
def test_what_is_filled_in_stays(path: Path) -> None:
    assert list(_lost(path)) == []


def _lost(path: Path) -> Iterator[tuple[str, str]]:
    for entry in entries(path):
        # The French for one may leave out the number; the French for many may not.
        for english, french in zip((entry.msgid_plural or entry.msgid,), texts(entry)[-1:], strict=True):
            if sorted(FILLED_IN.findall(english)) != sorted(FILLED_IN.findall(french)):
                yield english, french
        allowed = set(FILLED_IN.findall(entry.msgid + entry.msgid_plural))
        yield from ((entry.msgid, text) for text in texts(entry) if not set(FILLED_IN.findall(text)) <= allowed)


@pytest.mark.parametrize("path", CATALOGUES, ids=["own", "sign-in"])
@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_set_as_french_is(path: Path, fault: str) -> None:
    shown = [FILLED_IN.sub("x", text) for entry in entries(path) for text in texts(entry)]
    assert [text for text in shown if FAULTS[fault].search(text)] == []


def test_sentences_end_as_they_do_in_english() -> None:
    ends = [(entry.msgid[-1], text[-1], text) for entry in entries() for text in texts(entry)]
    assert [text for english, french, text in ends if english in ".?:…!" and french != english] == []


def test_the_words_of_the_glossary_are_kept() -> None:
    glossary = _glossary()
    said = {entry.msgid: texts(entry) for entry in entries()}
    checked = {english: french for english, french in said.items() if english.casefold() in glossary}
    assert len(checked) > 25
    wrong = {
        english: french
        for english, french in checked.items()
        if not any(_plain(text).startswith(word) for text in french for word in glossary[english.casefold()])
    }
    assert wrong == {}


def _glossary() -> dict[str, list[str]]:
    """Each English term in small letters, with the French ones that stand beside it."""
    lines = (ROOT / "docs" / "glossary.md").read_text().splitlines()
    rows = [line.split("|")[1:3] for line in lines if line.startswith("|") and "English" not in line]
    return {
        term.strip().casefold(): [_plain(word) for word in french.split(",")]
        for english, french in rows
        for term in english.split(",")
    }


def _plain(words: str) -> str:
    """Small letters, each word without the mark of the plural."""
    return " ".join(word.removesuffix("s") for word in words.casefold().split())


def test_every_doubt_and_refusal_is_said_in_french() -> None:
    with override("fr"):
        words = {code: in_words(code) for code in WORDS} | {code: reason(code, "") for code in REASONS}
        lacks = {code: str(said) for code, said in LACKS.items()}
    with override("en"):
        same = [code for code in WORDS if words[code] == in_words(code)]
        same += [code for code in REASONS if words[code] == reason(code, "")]
        same += [code for code in LACKS if lacks[code] == str(LACKS[code])]
    assert same == []


@pytest.mark.parametrize(
    ("text", "context", "plainly", "there"),
    [
        ("Accepted", "recommendation", "Accepté", "Acceptée"),
        ("End", "role", "Fin", "Mettre fin"),
        ("None", "section", "Aucun", "Aucune"),
    ],
)
def test_one_english_word_for_two_things_has_two_french_ones(text: str, context: str, plainly: str, there: str) -> None:
    with override("fr"):
        assert (gettext(text), pgettext(context, text)) == (plainly, there)


def test_an_organization_is_one_word() -> None:
    """Bodies that recommend are no organizations of the register, and keep the other word."""
    other = [entry.msgid for entry in entries() if "organisme" in " ".join(texts(entry)).casefold()]
    assert [english for english in other if "rganization" in english] == []
