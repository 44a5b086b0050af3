"""What queries add to the records of the register, for the type checker alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date
    from typing import TypedDict

    from django_stubs_ext import WithAnnotations

    from palermo.plan.register.models import Deliverable, ReportingPeriod

    class WhatIsKnown(TypedDict):
        """What `deliverables.as_known` adds."""

        status: str
        printed_status: str
        assessed_status: str | None
        first_due_on: date | None
        due_on: date | None
        has_evidence: bool
        was_promised_before: bool

    class WhetherKnown(TypedDict):
        """What `plans.all_periods` adds."""

        has_statuses: bool

    KnownDeliverable: TypeAlias = WithAnnotations[Deliverable, WhatIsKnown]
    KnownPeriod: TypeAlias = WithAnnotations[ReportingPeriod, WhetherKnown]

    class WhatIsKnownOfTwo(WhatIsKnown):
        """What `changes.moved` adds: the status in the other period as well."""

        before: str

    MovedDeliverable: TypeAlias = WithAnnotations[Deliverable, WhatIsKnownOfTwo]
