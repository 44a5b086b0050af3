"""Why a tip may be handed on, and on what basis in law: data, so that another country has its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from palermo.foundation.bilingual import Shown, choose

_FILE = Path(__file__).resolve().parent / "data" / "handing_on.json"


@dataclass(frozen=True)
class Ground:
    """A reason or a basis in law, in both languages."""

    code: str
    en: str
    fr: str

    @property
    def said(self) -> Shown:
        """In the reader's language."""
        return choose(self.en, self.fr)


@cache
def reasons() -> dict[str, Ground]:
    """What a tip may be handed on for, by code."""
    return _grounds("reasons")


@cache
def bases() -> dict[str, Ground]:
    """On what basis in law; that of federal institutions is the Privacy Act (R.S.C. 1985, c. P-21), section 8."""
    return _grounds("bases")


def _grounds(name: str) -> dict[str, Ground]:
    listed = json.loads(_FILE.read_text(encoding="utf-8"))[name]
    return {one["code"]: Ground(one["code"], one["en"], one["fr"]) for one in listed}
