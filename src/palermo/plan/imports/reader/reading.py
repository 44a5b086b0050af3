"""What a reader hands over: rows as printed, as read, and every doubt between the two."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class UnreadableError(Exception):
    """The file cannot be read at all. The message is a full sentence that says what to do; `code` is stable."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class SourceKind(StrEnum):
    """What the file turned out to be, judged by its content."""

    TEXT = "text"
    WEB_PAGE = "html"
    PDF = "pdf"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at before confirming.

    `code` is stable and is what pages translate; `detail` holds the printed words that it is about.
    """

    code: str
    detail: str = ""


@dataclass(slots=True)
class ReadSection:
    """One heading of the plan: a pillar, objective or task, with its code as printed ("" where it has none)."""

    key: str
    """Unique within the reading; rows point to it. The printed code where there is one."""
    code: str
    title: str
    text: str = ""
    parent: str | None = None
    level: int = 1
    p: str | None = None
    """prevention, protection, prosecution, partnership or empowerment, where the heading says so."""
    lines: tuple[int, int] | None = None
    """First and last line in the text, counted from 1."""
    page: int | None = None
    doubts: list[Doubt] = field(default_factory=list)
    title_fr: str = ""
    """The French title, where a table gives both languages; `title` is then the English one."""


@dataclass(slots=True)
class ReadRow:
    """One thing that has a start or a status of its own.

    Several things of one printed row share its number and its `lead_in`. What the document does not say stays
    empty, and the status `not_stated`: nothing is guessed.
    """

    section: str | None
    """The key of its section, or None where the plan has no sections."""
    row: int
    """The printed row within its section, counted from 1."""
    text: str
    lead_in: str = ""
    code: str = ""
    """The code printed beside it, "" where there is none."""
    printed_start: str = ""
    start_on: date | None = None
    printed_due: str = ""
    due_on: date | None = None
    printed_status: str = ""
    status: str = "not_stated"
    printed_leads: str = ""
    leads: list[str] = field(default_factory=list)
    supporting: list[str] = field(default_factory=list)
    is_new: bool = False
    note: str = ""
    """What the document says of progress in words, where it has a column for it."""
    lines: tuple[int, int] | None = None
    page: int | None = None
    cells: dict[str, str] = field(default_factory=dict)
    """The row as printed, by column heading, for showing beside what was read."""
    doubts: list[Doubt] = field(default_factory=list)
    text_fr: str = ""
    """The French text, where a table gives both languages; `text` is then the English one."""
    lead_in_fr: str = ""
    p: str = ""
    """The P of the row itself, where a table has a column for it."""
    printed_revised_due: str = ""
    revised_due_on: date | None = None
    amount: str = ""
    """Dollars with two decimals, such as 500000.00, where a table has a column for money."""
    fiscal_year: str = ""
    """The fiscal year of the amount, such as 2013-2014."""


@dataclass(slots=True)
class Reading:
    """Everything found in one document. `refusal` is a sentence where no plan was found, and says why."""

    kind: SourceKind
    title: str = ""
    language: str = ""
    """en or fr where that could be told, else ""."""
    period: str = ""
    """The fiscal year reported on, such as 2013-2014, where the document says so."""
    sections: list[ReadSection] = field(default_factory=list)
    rows: list[ReadRow] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    refusal_code: str = ""
    refusal: str = ""

    @property
    def found_plan(self) -> bool:
        """Whether the document holds a plan: rows, or sections that list steps."""
        return not self.refusal_code
