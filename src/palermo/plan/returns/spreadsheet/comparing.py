"""Compares what a file says with what is stored by now, and brings the two together as a person decided.

For each field there are up to three texts: as downloaded, as saved meanwhile, as in the file. What was not changed in
the file is left alone, whatever happened to it meanwhile. What only the file changed is a change. What both changed,
each in its own way, is a conflict, and a person chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from palermo.plan.returns.spreadsheet.columns import BY_NAME, LONGEST_TEXT, is_same
from palermo.plan.returns.spreadsheet.reading import ReadRow

Texts = Mapping[str, str]
"""The content of a return as text, field by field."""


class Keep(StrEnum):
    """What a person chooses where two texts contradict each other."""

    SAVED = "saved"
    FILE = "file"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that would say something else."""

    field: str
    saved: str
    file: str
    downloaded: str | None
    """None where the file does not tell any more."""
    is_conflict: bool

    @property
    def both(self) -> str:
        """The two texts one below the other; empty where that makes no sense or is too long."""
        joined = f"{self.saved}\n\n{self.file}"
        fits = BY_NAME[self.field].kind == "long" and self.saved and self.file and len(joined) <= LONGEST_TEXT
        return joined if fits else ""

    @property
    def choices(self) -> tuple[Keep, ...]:
        """What may be chosen."""
        return (Keep.SAVED, Keep.FILE, Keep.BOTH) if self.both else (Keep.SAVED, Keep.FILE)

    def kept(self, choice: Keep | None) -> str:
        """What the field is to say."""
        if not self.is_conflict or choice == Keep.FILE:
            return self.file
        return self.both if choice == Keep.BOTH else self.saved


def differences(row: ReadRow, saved: Texts, version: int) -> tuple[Difference, ...]:
    """What a row of the file would change in a return that says `saved` at this version."""
    found = []
    for name, said in row.said.items():
        if is_same(said.file, saved[name]):
            continue
        untouched = row.version == version or (said.downloaded is not None and is_same(said.downloaded, saved[name]))
        found.append(Difference(name, saved[name], said.file, said.downloaded, is_conflict=not untouched))
    return tuple(found)


def merged(saved: Texts, found: Iterable[Difference], choices: Mapping[str, Keep]) -> dict[str, str]:
    """The content with every difference settled."""
    return {**saved, **{each.field: each.kept(choices.get(each.field)) for each in found}}


def as_texts(values: Mapping[str, object]) -> dict[str, str]:
    """The content of a return as text: days as ISO 8601, amounts with two decimals, nothing as an empty text."""
    return {name: _text(value) for name, value in values.items()}


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value.quantize(Decimal("0.01")))
    return "" if value is None else str(value)


def as_values(texts: Texts) -> dict[str, str | date | Decimal | None]:
    """The content of a return as it is stored."""
    kinds = {name: BY_NAME[name].kind for name in texts}
    return {name: _stored(kinds[name], text) for name, text in texts.items()}


def _stored(kind: str, text: str) -> str | date | Decimal | None:
    if kind == "day":
        return date.fromisoformat(text) if text else None
    if kind == "money":
        return Decimal(text) if text else None
    return text
