"""Everything that a reader may doubt or refuse has words for people."""

from __future__ import annotations

import re
from pathlib import Path

from palermo.plan.imports import reader
from palermo.plan.imports.comparing import OF_MATCHING
from palermo.plan.imports.doubts import REASONS, WORDS, in_words, reason
from palermo.plan.imports.reader import table_doubts
from palermo.plan.imports.reader.structure import doubts, refusal

_RAISED = re.compile(r'UnreadableError\(\s*"([a-z_]+)"')


def test_every_doubt_has_words() -> None:
    assert {*doubts.MEANINGS, *table_doubts.MEANINGS, *OF_MATCHING, "language_unknown"} == set(WORDS)


def test_every_refusal_has_words() -> None:
    folder = Path(reader.__file__).parent
    raised = {code for path in folder.rglob("*.py") for code in _RAISED.findall(path.read_text(encoding="utf-8"))}
    assert len(raised) > 15
    assert raised | set(refusal.REASONS) <= set(REASONS)


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert (in_words("brand_new"), reason("brand_new", "The reader says so.")) == ("brand_new", "The reader says so.")
