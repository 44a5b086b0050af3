"""The parts of Palermo's own plan file, each as a frozen model that refuses what it does not know.

Two keys of the file, `from` and `to`, are named `from_on` and `to_on` in code, because Python keeps the word
`from` for itself. Every list keeps the order of the file.
"""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from palermo.plan.planfile_values import (
    Amount,
    Bilingual,
    Bilingual60,
    Bilingual200,
    Bilingual300,
    Bilingual500,
    Code,
    Currency,
    FiscalYear,
    LineageKind,
    LongSlug,
    MoneyKind,
    NarrativePart,
    Part,
    Place,
    PValue,
    ResponsibilityKind,
    Slug,
    StatusKind,
    StatusValue,
    Text60,
    Text120,
    Text200,
    Url,
)

FORMAT = "palermo-plan/1"


class Level(Part):
    """What a plan calls one level of its sections, from the top down."""

    name: Bilingual60
    plural: Bilingual60 = Bilingual()


class PlanHead(Part):
    """The plan itself. `owner` is the code of an organisation, `predecessor` the code of another plan."""

    code: Slug
    title: Bilingual300
    summary: Bilingual = Bilingual()
    jurisdiction: Place
    owner: LongSlug
    starts_on: date | None = None
    ends_on: date | None = None
    is_invented: bool = False
    levels: tuple[Level, ...] = ()
    deliverable_name: Bilingual60 = Bilingual(en="Deliverable", fr="Produit livrable")
    deliverable_plural: Bilingual60 = Bilingual(en="Deliverables", fr="Produits livrables")
    predecessor: Slug | None = None


class DatedName(Part):
    """A name that an organisation had from a day to a day; null is open-ended."""

    name: Bilingual200
    acronym: Bilingual60 = Bilingual()
    from_on: date | None = Field(default=None, validation_alias="from", serialization_alias="from")
    to_on: date | None = Field(default=None, validation_alias="to", serialization_alias="to")


class Organisation(Part):
    """An organisation with the names it had; `parent` is the code of another one in the file."""

    code: LongSlug
    parent: LongSlug | None = None
    names: tuple[DatedName, ...] = Field(min_length=1)


class Document(Part):
    """A published source that statuses point to."""

    code: LongSlug
    title: Bilingual300
    publisher: Bilingual200 = Bilingual()
    published_on: date | None = None
    url: Url = ""


class Period(Part):
    """A reporting period, both days included; its code is made of the years of its days."""

    code: Code
    starts_on: date
    ends_on: date


class Section(Part):
    """A pillar, objective, task or point; one without a parent is of the first level."""

    code: Code
    parent: Code | None = None
    title: Bilingual500
    text: Bilingual = Bilingual()
    p: PValue | None = None


class Start(Part):
    """When a deliverable starts: as printed, and the first day that this means where it can be told."""

    printed: Text120 = ""
    on: date | None = None


class Due(Part):
    """One due date, in the order in which they were set; every entry after the first is a revision."""

    on: date
    printed: Text120 = ""
    reason: Bilingual = Bilingual()
    set_on: date | None = None


class Responsibility(Part):
    """An organisation that leads or supports, from a day to a day, with the name that the source printed."""

    organisation: LongSlug
    kind: ResponsibilityKind
    from_on: date | None = Field(default=None, validation_alias="from", serialization_alias="from")
    to_on: date | None = Field(default=None, validation_alias="to", serialization_alias="to")
    printed: Text200 = ""


class Money(Part):
    """What is known of the money. `amount` is in units of `currency` and text in the file: "500000.00"."""

    kind: MoneyKind
    amount: Amount | None = None
    currency: Currency = "CAD"
    fiscal_year: FiscalYear | None = None
    note: Bilingual = Bilingual()


class Status(Part):
    """A status for one period, beside the words that the source printed and where it printed them."""

    period: Code
    kind: StatusKind
    value: StatusValue
    printed: Text200 = ""
    note: Bilingual = Bilingual()
    document: LongSlug | None = None
    place: Text120 = ""


class Evidence(Part):
    """Something that shows that a deliverable was acted on in a period."""

    period: Code
    title: Bilingual500
    url: Url = ""
    seen_on: date | None = None
    file: UUID | None = None
    """The code of the file that was published with it, where it is one."""


class Lineage(Part):
    """The deliverable of another plan that this one comes from or went into."""

    plan: Slug
    code: Code
    kind: LineageKind
    note: Bilingual = Bilingual()


class Deliverable(Part):
    """The smallest thing with its own status. `row` counts from 1 within the section."""

    code: Code
    code_is_printed: bool = False
    section: Code | None = None
    row: int = Field(ge=1, le=1_000_000)
    p: PValue | None = None
    lead_in: Bilingual = Bilingual()
    text: Bilingual
    start: Start = Start()
    due: tuple[Due, ...] = ()
    added_in: Code | None = None
    added_printed: Text60 = ""
    for_survivors: bool = False
    """Whether it is a promise made to survivors."""
    responsibilities: tuple[Responsibility, ...] = ()
    money: tuple[Money, ...] = ()
    statuses: tuple[Status, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    lineage: tuple[Lineage, ...] = ()


class Narrative(Part):
    """One written part of a period's report, in Markdown."""

    period: Code
    part: NarrativePart
    text: Bilingual


class PlanFile(Part):
    """A whole plan as one file."""

    format: Literal["palermo-plan/1"] = "palermo-plan/1"
    plan: PlanHead
    organisations: tuple[Organisation, ...] = ()
    documents: tuple[Document, ...] = ()
    periods: tuple[Period, ...] = ()
    sections: tuple[Section, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    narratives: tuple[Narrative, ...] = ()
