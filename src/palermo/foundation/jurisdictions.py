"""Places that have plans: countries, provinces and territories, cities. The names are data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from palermo.foundation.bilingual import Shown, choose

_FILE = Path(__file__).parent / "data" / "jurisdictions.json"


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A place by its ISO 3166 code (`CA`, `CA-AB`), or a code of our own where ISO has none."""

    code: str
    name_en: str
    name_fr: str
    kind: str
    """country, province, territory or city."""

    @property
    def name(self) -> Shown:
        """Its name as the reader sees it."""
        return choose(self.name_en, self.name_fr)


@cache
def jurisdictions() -> dict[str, Jurisdiction]:
    """Every known place by its code, in the order of the file."""
    return {row["code"]: Jurisdiction(**row) for row in json.loads(_FILE.read_text(encoding="utf-8"))}


def jurisdiction(code: str) -> Jurisdiction:
    """The place with this code; a code that is not in the list stands for itself."""
    return jurisdictions().get(code) or Jurisdiction(code, code, code, "country")
