"""Returns as a spreadsheet: whose there are, and what goes out."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from palermo.people.models import Organisation
from palermo.people.policies import Viewer
from palermo.people.queries import organisations
from palermo.plan.register.models import StatusRecord
from palermo.plan.register.vocabulary import Gathering, Status, StatusKind
from palermo.plan.returns import policies
from palermo.plan.returns.models import Cycle, Return
from palermo.plan.returns.queries.cycles import cycle_or_none
from palermo.plan.returns.queries.owed import own_returns
from palermo.plan.returns.spreadsheet.columns import WRITTEN, Value, in_both, status_words
from palermo.plan.returns.spreadsheet.instructions import About
from palermo.plan.returns.spreadsheet.writing import SheetRow
from palermo.plan.returns.vocabulary import WITH_WRITER, State


@dataclass(frozen=True, slots=True)
class SheetDesk:
    """The returns of one organisation for one period."""

    organisation: Organisation
    cycle: Cycle

    @property
    def is_open(self) -> bool:
        """Whether the period is still being gathered."""
        return self.cycle.period.gathering == Gathering.OPEN

    @property
    def parts(self) -> tuple[str, str, str]:
        """What its addresses are made of."""
        return self.organisation.code, self.cycle.period.plan.code, self.cycle.period.code


def sheet_desks(viewer: Viewer) -> list[SheetDesk]:
    """Each organisation of the viewer with each open period in which it owes something. Three queries."""
    owed = own_returns(viewer).filter(cycle__period__gathering=Gathering.OPEN).order_by()
    pairs = list(owed.values_list("organisation", "cycle").distinct())
    if not pairs:
        return []
    named = organisations(viewer).in_bulk([organisation for organisation, _cycle in pairs])
    cycles = Cycle.objects.select_related("period__plan").in_bulk([cycle for _organisation, cycle in pairs])
    found = [SheetDesk(named[organisation], cycles[cycle]) for organisation, cycle in pairs]
    return sorted(found, key=lambda desk: (desk.cycle.due_on, desk.parts))


def sheet_desk(viewer: Viewer, organisation_code: str, plan_code: str, period_code: str) -> SheetDesk | None:
    """The returns of an organisation for a period, or None where there are none that the viewer may read."""
    cycle = cycle_or_none(viewer, plan_code, period_code)
    organisation = organisations(viewer).filter(code=organisation_code).first()
    if cycle is None or organisation is None or not policies.may_read_sheet(viewer, organisation):
        return None
    desk = SheetDesk(organisation, cycle)
    return desk if returns_at(viewer, desk).exists() else None


def returns_at(viewer: Viewer, desk: SheetDesk) -> QuerySet[Return]:
    """The returns of a desk that the viewer may read, in the order of the plan."""
    found = policies.returns_to_read(viewer).filter(organisation=desk.organisation, cycle=desk.cycle)
    return found.order_by("deliverable__position", "pk")


def about(desk: SheetDesk) -> About:
    """What the first sheet says of itself."""
    period = desk.cycle.period
    name = desk.organisation.named_on(period.ends_on)
    return About(
        organisation_en=name.full("en").text if name else desk.organisation.code,
        organisation_fr=name.full("fr").text if name else desk.organisation.code,
        plan_en=period.plan.title_en or period.plan.title_fr,
        plan_fr=period.plan.title_fr or period.plan.title_en,
        period=period.label,
        due_on=desk.cycle.due_on,
        downloaded_on=timezone.localdate(),
    )


def sheet_rows(viewer: Viewer, desk: SheetDesk) -> list[SheetRow]:
    """A row for each return, in a fixed number of queries."""
    found = returns_at(viewer, desk).select_related("deliverable__section")
    returns = list(found.prefetch_related("deliverable__due_dates", "questions"))
    said, known = _said_before(viewer, desk), _known_before(desk, returns)
    return [_row(one, said.get(one.deliverable_id), known.get(one.deliverable_id)) for one in returns]


def _said_before(viewer: Viewer, desk: SheetDesk) -> dict[int, Return]:
    """What the organisation said of each deliverable in the newest period before in which it said anything."""
    mine = policies.returns_to_read(viewer).filter(organisation=desk.organisation).exclude(status="")
    earlier = mine.filter(
        cycle__period__starts_on__lt=desk.cycle.period.starts_on, cycle__period__plan=desk.cycle.period.plan
    )
    return {one.deliverable_id: one for one in earlier.order_by("cycle__period__starts_on")}


def _known_before(desk: SheetDesk, returns: list[Return]) -> dict[int, StatusRecord]:
    """What the register knows of each deliverable in the newest period before of which it knows anything."""
    claimed = StatusRecord.objects.filter(kind=StatusKind.CLAIMED, is_current=True)
    mine = claimed.filter(deliverable__in=[one.deliverable_id for one in returns])
    earlier = mine.filter(period__starts_on__lt=desk.cycle.period.starts_on)
    return {one.deliverable_id: one for one in earlier.order_by("period__starts_on")}


def _row(one: Return, said: Return | None, known: StatusRecord | None) -> SheetRow:
    dates = sorted(one.deliverable.due_dates.all(), key=lambda due: due.revision)
    section = one.deliverable.section
    last = said.status if said else known.value if known else ""
    told = (said.narrative_en, said.narrative_fr) if said else (known.note_en, known.note_fr) if known else ("", "")
    values: dict[str, Value] = {name: getattr(one, name) for name in WRITTEN}
    values |= {
        "code": one.deliverable.code,
        "promise": _joined(one.deliverable.text_en, one.deliverable.text_fr),
        "section": f"{section.code}\n{_joined(section.title_en, section.title_fr)}" if section else "",
        "first_due": dates[0].due_on if dates else None,
        "due": dates[-1].due_on if dates else None,
        "last_status": in_both(Status(last)) if last else "",
        "last_narrative": _joined(*told),
        "state": in_both(State(one.state)),
        "questions": "\n".join(_question(each.text, each.answer) for each in one.questions.all()),
        "status": status_words().get(one.status, ""),
        "number": one.pk,
        "version": one.version,
    }
    return SheetRow(values, is_open=one.state in WITH_WRITER)


def _joined(english: str, french: str) -> str:
    """Two languages, one below the other; once where they are the same."""
    return "\n".join(dict.fromkeys(text for text in (english, french) if text))


def _question(text: str, answer: str) -> str:
    return f"? {text}\n→ {answer}" if answer else f"? {text}"
