"""The coordinator's board: who has returned, who is late, what is stuck where and for how long, what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, F, FilteredRelation, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from palermo.foundation.pagination import Page, page_of
from palermo.people.models import Organisation
from palermo.people.policies import Viewer
from palermo.people.queries import organisations
from palermo.plan.register.vocabulary import StatusKind
from palermo.plan.returns.models import Cycle, Return
from palermo.plan.returns.queries.cycles import staff_of
from palermo.plan.returns.vocabulary import OUT, State

CHANGES_SHOWN = 20


@dataclass(slots=True)
class Row:
    """One organisation: how many of its returns are where, and the one that waits longest."""

    organisation: Organisation
    has_writer: bool
    has_clearing_officer: bool
    counts: dict[str, int] = field(default_factory=dict)
    oldest: dict[str, datetime] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """What it owes in all."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """What it has cleared."""
        return self.counts.get(State.CLEARED, 0) + self.counts.get(State.ACCEPTED, 0)

    @property
    def open(self) -> int:
        """What is still with it."""
        return self.total - self.done

    @property
    def stuck_in(self) -> str:
        """The state in which something has waited longest, of those that somebody must still act on."""
        waiting = {state: since for state, since in self.oldest.items() if state != State.ACCEPTED}
        return min(waiting, key=lambda state: waiting[state], default="")

    @property
    def stuck_for(self) -> timedelta | None:
        """How long that is."""
        return timezone.now() - self.oldest[self.stuck_in] if self.stuck_in else None

    @property
    def lacks_writer(self) -> bool:
        """Whether nobody can be asked for what it owes."""
        return not self.has_writer and self.open > 0

    @property
    def lacks_clearing_officer(self) -> bool:
        """Whether nobody could clear what it owes."""
        return not self.has_clearing_officer and self.open > 0


@dataclass(frozen=True, slots=True)
class Board:
    """A period that is gathered, seen from above: one page of its organisations, and the sums of all."""

    rows: tuple[Row, ...]
    page: Page[Organisation]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """How many returns are owed in all."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """How many were cleared."""
        return self.counts.get(State.CLEARED, 0) + self.counts.get(State.ACCEPTED, 0)


def board(viewer: Viewer, cycle: Cycle, number: str | None = None) -> Board:
    """Count it in the database: a fixed number of queries, whatever is owed. Who owes most stands first."""
    is_open = ~Q(state__in=[State.CLEARED, State.ACCEPTED])
    owing = cycle.returns.order_by().values("organisation").annotate(n=Count("pk", filter=is_open)).values("n")
    most_first = Subquery(owing.filter(organisation=OuterRef("pk")))
    its = organisations(viewer).filter(pk__in=cycle.returns.order_by().values("organisation"))
    page = page_of(its.order_by(most_first.desc(), "code"), number)
    per_organisation: dict[int, list[Counted]] = defaultdict(list)
    totals: dict[str, int] = defaultdict(int)
    for each in counted_states([cycle]):
        per_organisation[each.organisation].append(each)
        totals[each.state] += each.count
    staff = staff_of([one.pk for one in page.items])
    rows = []
    for one in page.items:
        row = Row(one, bool(staff.writers.get(one.pk)), one.pk in staff.with_clearing_officer)
        for each in per_organisation[one.pk]:
            row.counts[each.state], row.oldest[each.state] = each.count, each.since
        rows.append(row)
    return Board(tuple(rows), page, dict(totals))


@dataclass(frozen=True, slots=True)
class Counted:
    """So many returns of one organisation are in one state, and one of them since then; periods by their cycles."""

    cycle: int
    organisation: int
    state: str
    count: int
    since: datetime


def counted_states(cycles: Sequence[Cycle]) -> list[Counted]:
    """The returns of some periods by organisation and state. One query."""
    rows = Return.objects.filter(cycle__in=cycles).order_by().values("cycle", "organisation", "state")
    counted = rows.annotate(n=Count("pk"), since=Min("state_since"))
    return [Counted(*each) for each in counted.values_list("cycle", "organisation", "state", "n", "since")]


def changed_statuses(viewer: Viewer, cycle: Cycle) -> QuerySet[Return]:
    """Cleared returns that claim another status than the register knows of the period before: `status_before`."""
    earlier = cycle.period.plan.periods.filter(starts_on__lt=cycle.period.starts_on, statuses__isnull=False)
    before = earlier.order_by("-starts_on").values("pk").first()
    its = Q(
        deliverable__statuses__period=before["pk"] if before else None,
        deliverable__statuses__kind=StatusKind.CLAIMED,
        deliverable__statuses__is_current=True,
    )
    found = cycle.returns.filter(state__in=OUT).annotate(known=FilteredRelation("deliverable__statuses", condition=its))
    found = found.annotate(status_before=F("known__value"))
    changed = found.filter(Q(status__lt=F("known__value")) | Q(status__gt=F("known__value")))
    in_order = changed.select_related("deliverable", "organisation").order_by("deliverable__position", "pk")
    return in_order.prefetch_related("organisation__names")
