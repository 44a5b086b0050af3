"""Text that exists in English and in French, and which of the two a reader sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import get_language

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as a reader sees it, and the language that it really is in."""

    text: str
    language: Language
    is_other: bool
    """True where the text is missing in the reader's language and the other one is shown."""

    def __str__(self) -> str:
        return self.text


def reader_language() -> Language:
    """The language of the page being made; English where it is neither of the two."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def colon(language: Language | None = None) -> str:
    """What stands between a label and what it says; French keeps the sign from beginning a line."""
    return "\N{NO-BREAK SPACE}:" if (language or reader_language()) == "fr" else ":"


def semicolon(language: Language | None = None) -> str:
    """What stands between the parts of a list on one line; in French behind a narrow space."""
    return "\N{NARROW NO-BREAK SPACE};" if (language or reader_language()) == "fr" else ";"


def other(language: Language) -> Language:
    """The other of the two languages."""
    return "en" if language == "fr" else "fr"


def choose(en: str, fr: str, language: Language | None = None) -> Shown:
    """The text in the reader's language, or where that is empty the other one, marked as such."""
    wanted = language or reader_language()
    texts: dict[Language, str] = {"en": en, "fr": fr}
    if texts[wanted] or not texts[other(wanted)]:
        return Shown(texts[wanted], wanted, is_other=False)
    return Shown(texts[other(wanted)], other(wanted), is_other=True)


def shown(thing: object, field: str, language: Language | None = None) -> Shown:
    """The bilingual columns `<field>_en` and `<field>_fr` of a record, as the reader sees them."""
    return choose(getattr(thing, f"{field}_en"), getattr(thing, f"{field}_fr"), language)
