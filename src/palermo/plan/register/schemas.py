"""What the API says of plans."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Field, Schema

from palermo.foundation.api import Both
from palermo.plan.planfile_values import (
    LineageKind,
    MoneyKind,
    PValue,
    ResponsibilityKind,
    StatusKind,
    StatusValue,
)


class LevelOut(Schema):
    """What a plan calls its sections at one depth, 1 being the top."""

    depth: int
    name: Both
    plural: Both


class PeriodOut(Schema):
    """A reporting period, both days included."""

    code: str = Field(description="Such as 2013-2014.")
    starts_on: date
    ends_on: date


class PlanOut(Schema):
    """A plan."""

    code: str
    title: Both
    summary: Both
    jurisdiction: str = Field(description="ISO 3166 code of the place.")
    owner: str = Field(description="Code of the organization that answers for the plan.")
    starts_on: date | None
    ends_on: date | None
    is_invented: bool = Field(description="True for an example that is made up.")
    predecessor: str | None = Field(description="Code of the plan before.")
    deliverable_name: Both
    levels: list[LevelOut]


class PlanWithPeriods(PlanOut):
    """A plan and the periods that it is reported on by."""

    periods: list[PeriodOut]


class SectionOut(Schema):
    """A pillar, objective, task or whatever the plan calls it."""

    code: str
    level: int
    parent: str | None
    title: Both
    text: Both
    p: PValue | None


class ResponsibilityOut(Schema):
    """Who leads or supports, from a day to a day."""

    organisation: str
    kind: ResponsibilityKind
    from_date: date | None
    to_date: date | None
    printed: str


class DeliverableOut(Schema):
    """The smallest thing with its own status, as known for one period."""

    code: str
    code_is_printed: bool = Field(description="False where the code was given by this system.")
    section: str | None
    p: PValue | None
    lead_in: Both
    text: Both
    printed_start: str
    start_on: date | None
    first_due_on: date | None
    due_on: date | None = Field(description="The newest due date.")
    added_in: str | None = Field(description="The period in which it was added to the plan.")
    responsibilities: list[ResponsibilityOut]
    period: str | None = Field(description="The period that the statuses are of.")
    status: StatusValue
    printed_status: str
    assessed_status: StatusValue | None


class DueDateOut(Schema):
    """A due date; revision 0 is the first one ever given."""

    revision: int
    due_on: date
    printed: str
    reason: Both
    set_on: date | None


class StatusOut(Schema):
    """How far a deliverable was in a period, in whose word."""

    deliverable: str
    period: str
    kind: StatusKind
    value: StatusValue
    printed: str
    note: Both
    document: str | None
    place: str
    recorded_at: datetime
    is_current: bool = Field(description="False once a later record says otherwise for the same period.")


class MoneyOut(Schema):
    """What it may cost in one fiscal year."""

    kind: MoneyKind
    amount: Decimal | None
    currency: str
    fiscal_year: str
    note: Both


class EvidenceOut(Schema):
    """Something that shows what was done."""

    period: str
    title: Both
    url: str
    seen_on: date | None
    file: UUID | None = Field(description="The file published with it: what follows /evidence/ in its address.")


class AccountOut(Schema):
    """What one organization said of a deliverable in a closed period, as it was accepted."""

    period: str
    organisation: str
    status: StatusValue
    narrative: Both
    reason: Both
    proof: Both = Field(description="What would show that something without an end works.")
    figures: list[dict[str, str]]
    return_number: int = Field(description="The return that every word was taken from.")
    recorded_at: datetime
    is_current: bool = Field(description="False once the period was closed again with another account.")


class LineageOut(Schema):
    """The deliverable before or after this one in another plan."""

    plan: str
    code: str
    kind: LineageKind
    note: Both


class DeliverableWithHistory(DeliverableOut):
    """A deliverable with everything known of it."""

    due_dates: list[DueDateOut]
    statuses: list[StatusOut]
    money: list[MoneyOut]
    evidence: list[EvidenceOut]
    accounts: list[AccountOut]
    became: list[LineageOut]
    came_from: list[LineageOut]


class NameOut(Schema):
    """A name from a day to a day; no day means as far as is known."""

    name: Both
    acronym: Both
    from_date: date | None
    to_date: date | None


class OrganisationOut(Schema):
    """An organization with the names it had."""

    code: str
    parent: str | None
    names: list[NameOut]
