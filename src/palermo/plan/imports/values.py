"""What a proposal keeps as JSON: the frame of the plan, and the values of each row, both checked when read back."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

Tongue = Literal["en", "fr"]


class Kept(BaseModel):
    """What all these share: no key that is not known."""

    model_config = ConfigDict(extra="forbid")


class KeptDoubt(Kept):
    """A doubt of the reader or of the comparison: a stable code, and the printed words that it is about."""

    code: str
    detail: str = ""


class FrameLevel(Kept):
    """What the plan calls one level of its sections."""

    name_en: str = ""
    name_fr: str = ""
    plural_en: str = ""
    plural_fr: str = ""


class FrameDocument(Kept):
    """The source that statuses will point to."""

    code: str = ""
    title_en: str = ""
    title_fr: str = ""
    publisher_en: str = ""
    publisher_fr: str = ""
    published_on: date | None = None
    url: str = ""


class FrameSection(Kept):
    """A section as read; `code` is the one that it has or would get in the plan."""

    key: str
    code: str
    parent: str | None = None
    """The key of the section above."""
    title_en: str = ""
    title_fr: str = ""
    text_en: str = ""
    text_fr: str = ""
    p: str = ""
    is_known: bool = False
    """Whether the plan already has a section of this code."""
    first_line: int | None = None
    page: int | None = None
    doubts: list[KeptDoubt] = []


class FrameOrganisation(Kept):
    """An organisation as printed, and who that is: a known one, or a new one under the names given here."""

    printed: str
    code: str
    """The code that it has in the register or would get; two printed names may share one."""
    fresh_code: str = ""
    """The code that it would get as a new organisation."""
    is_known: bool = False
    """Whether the register has an organisation of this code."""
    suggested: str = ""
    """The code of a known organisation that is written much like it."""
    parent: str = ""
    """The code of the organisation that a new one is a unit of."""
    name_en: str = ""
    name_fr: str = ""
    acronym_en: str = ""
    acronym_fr: str = ""
    is_seen: bool = False
    """A person has looked at who it is."""

    @property
    def is_open(self) -> bool:
        """Whether it waits for a person to say who it is."""
        return not self.is_known and not self.is_seen


class FrameHeader(Kept):
    """A column whose heading nobody knows: some of its values, a guess, and what the person said it is."""

    header: str
    samples: list[str] = []
    guess: str = ""
    said: str = ""


class Frame(Kept):
    """The plan around the rows."""

    code: str = ""
    title_en: str = ""
    title_fr: str = ""
    jurisdiction: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    language: Tongue = "en"
    """The language of the document: what it says is written to the columns of that language."""
    levels: list[FrameLevel] = []
    period: str = ""
    """The code of the period reported on, such as 2013-2014."""
    states_progress: bool = False
    """Whether the document states any status: only then does a row without one become `not stated`."""
    document: FrameDocument = FrameDocument()
    sections: list[FrameSection] = []
    organisations: list[FrameOrganisation] = []
    headers: list[FrameHeader] = []
    known_headers: dict[str, str] = {}
    """The field that each heading was read as without asking."""
    not_reported: list[str] = []
    """Codes of deliverables that the document leaves out and that the person marks as not reported."""
    doubts: list[KeptDoubt] = []
    refusal_code: str = ""
    """Why the table could not be read yet, while its headings wait to be mapped."""

    def section(self, key: str) -> FrameSection | None:
        """The section with this key."""
        return next((one for one in self.sections if one.key == key), None)


class RowValues(Kept):
    """What a row says of a deliverable. Both languages have their columns; the document fills those of its own."""

    text_en: str = ""
    text_fr: str = ""
    lead_in_en: str = ""
    lead_in_fr: str = ""
    row: int = 1
    part: str = ""
    """`a`, `b` … where several deliverables share the row."""
    code: str = ""
    """The code printed beside it."""
    p: str = ""
    printed_start: str = ""
    start_on: date | None = None
    printed_due: str = ""
    due_on: date | None = None
    printed_revised_due: str = ""
    revised_due_on: date | None = None
    status: str = "not_stated"
    printed_status: str = ""
    note_en: str = ""
    note_fr: str = ""
    leads: list[str] = []
    """As printed: `Frame.organisations` says who they are."""
    supporting: list[str] = []
    is_new: bool = False
    amount: str = ""
    """Dollars with two decimals, such as 500000.00."""
    fiscal_year: str = ""
    place: str = ""
    """Where in the document, as a person would look for it."""
    matched: str | None = None
    """What a person said that it is: the code of a deliverable, "" for none; None leaves it to the comparison."""

    def text(self, language: Tongue) -> str:
        """The text in one language."""
        return self.text_fr if language == "fr" else self.text_en
