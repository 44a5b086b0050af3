"""The words of the public pages: all of them in every language, written as the language writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from palermo.prosecution.tips import words

SOURCE = Path(words.__file__).parent


@pytest.mark.parametrize("language", words.languages())
def test_every_language_has_every_word(language: str) -> None:
    assert words.words(language).keys() == words.words("en").keys()
    assert all(words.words(language).values())
    assert len(words.protected(language)) == len(words.protected("en"))


def test_every_word_is_used_and_every_used_one_is_there() -> None:
    sources = [*(SOURCE / "templates").rglob("*.html"), *SOURCE.rglob("*.py")]
    text = "\n".join(path.read_text() for path in sources)
    codes = {code for code in words.words("en") if not code.endswith("_hint")}
    used = {*re.findall(r"\bw\.([a-z_]+)", text), *re.findall(r'"([a-z_]+)"', text), "danger_yes", "danger_no"}
    assert codes - used - {"danger_unsure"} == set()
    assert set(re.findall(r"\bw\.([a-z_]+)", text)) - words.words("en").keys() == set()


def test_french_has_its_spaces() -> None:
    everything = [*words.words("fr").values(), *(text for _title, texts in words.protected("fr") for text in texts)]
    assert [text for text in everything if re.search(r"(?<![\u202f\u00a0])[?!;:»]|«(?!\u00a0)|'", text)] == []
