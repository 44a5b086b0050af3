"""The columns of the spreadsheet, in the order in which they stand.

One file serves both languages: a department works in both, and a drop-down has to be readable by whoever opens
the file next. So every heading says itself twice, and a status is accepted in either language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from django.utils.translation import override

from palermo.plan.register.vocabulary import Status
from palermo.plan.returns.models import CLAIMABLE
from palermo.plan.returns.vocabulary import State

Kind = Literal["text", "long", "status", "day", "money", "currency", "number"]
Value = str | int | date | Decimal | None

LONGEST_TEXT = 20_000
"""Characters in one text; the form of a return takes as many."""
SHEET, COPY, HELP = "Returns – Comptes rendus", "As downloaded – Tel quel", "Read me – À lire"
"""The names of the sheets. Reading looks for the first two."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `name` is a field of `Content` where people write in it."""

    name: str
    en: str
    fr: str
    width: float
    kind: Kind = "text"
    is_written: bool = False
    """Whether people write in it. All others are locked, and never read for what they say."""
    is_hidden: bool = False

    @property
    def heading(self) -> str:
        """What stands above it, one line a language."""
        return f"{self.en}\n{self.fr}"


COLUMNS = (
    Column("code", "Code", "Code", 9),
    Column("promise", "Promise", "Promesse", 38),
    Column("section", "Section", "Section", 20),
    Column("first_due", "First due date", "Première échéance", 12, "day"),
    Column("due", "Current due date", "Échéance actuelle", 12, "day"),
    Column("last_status", "Status last time", "État la dernière fois", 16),
    Column("last_narrative", "What was said last time", "Ce qui a été dit la dernière fois", 34),
    Column("state", "Where it is", "Où il en est", 16),
    Column("questions", "Questions asked (answer on the site)", "Questions posées (répondre sur le site)", 26),
    Column("status", "How far is it?", "Où en est-on\N{NARROW NO-BREAK SPACE}?", 20, "status", is_written=True),
    Column("narrative_en", "What was done, in English", "Ce qui a été fait, en anglais", 44, "long", True),
    Column("narrative_fr", "What was done, in French", "Ce qui a été fait, en français", 44, "long", True),
    Column("reason_en", "Why behind or no end, in English", "Raison (retard, sans fin), en anglais", 30, "long", True),
    Column("reason_fr", "Why behind or no end, in French", "Raison (retard, sans fin), en français", 30, "long", True),
    Column("proof_en", "What would show it, in English", "Ce qui en montrerait l’effet, en anglais", 30, "long", True),
    Column("proof_fr", "What would show it, in French", "Ce qui en montrerait l’effet, en français", 30, "long", True),
    Column("new_due_on", "New due date, if it changes", "Nouvelle échéance, si elle change", 13, "day", True),
    Column("spent", "Money spent in the period", "Argent dépensé pendant la période", 14, "money", True),
    Column("currency", "Currency", "Devise", 9, "currency", True),
    Column("number", "Return number", "Numéro du compte rendu", 9, "number", is_hidden=True),
    Column("version", "Version", "Version", 9, "number", is_hidden=True),
)
WRITTEN = tuple(column.name for column in COLUMNS if column.is_written)
PLACES = {column.name: place for place, column in enumerate(COLUMNS)}
BY_NAME = {column.name: column for column in COLUMNS}

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, and so no spreadsheet can."""
_ESCAPES = re.compile("x005F_|_x000D_")
"""Marks by which spreadsheets write other signs; the reading library leaves the one and swallows the other."""


def clean(text: str) -> str:
    """A text as a spreadsheet can hold it: lines end in one sign, and what cannot be written is left out."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_same(one: str, other: str) -> bool:
    """Whether two texts say the same, past what a spreadsheet does to blanks, line ends and unwritable signs."""
    return _ESCAPES.sub("", clean(one)).strip() == _ESCAPES.sub("", clean(other)).strip()


@lru_cache(maxsize=64)
def in_both(word: Status | State) -> str:
    """A word of the vocabulary in both languages: `Complete / Achevé`."""
    with override("en"):
        english = str(word.label)
    with override("fr"):
        french = str(word.label)
    return english if english == french else f"{english} / {french}"


def status_words() -> dict[str, str]:
    """What the drop-down offers, by the status that each means."""
    return {value: in_both(Status(value)) for value in CLAIMABLE}


def status_of(words: str) -> str | None:
    """The status that somebody chose or typed, in either language or both; None for what is none."""
    wanted = " ".join(words.split()).casefold()
    for value, both in status_words().items():
        if wanted in {value, both.casefold(), *(each.casefold() for each in both.split(" / "))}:
            return value
    return None
