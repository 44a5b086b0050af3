"""What the register counts, counted a second time by loops over its records; and that pages show the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from palermo.figures import measures
from palermo.figures.measures import MeasureSpan
from palermo.people.models import Organisation
from palermo.people.queries import command_line
from palermo.plan import planfile
from palermo.plan.register.actions.load_plan import load_plan
from palermo.plan.register.models import Deliverable, Plan, ReportingPeriod, Responsibility, Section, StatusRecord
from palermo.plan.register.vocabulary import Status
from tests import factories as make
from tests.plan.register.conftest import World, add_deliverable

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
EVER = MeasureSpan(date.min, date.today())
Counted = dict[tuple[tuple[str, str], ...], int | Decimal]


def counted(code: str, span: MeasureSpan = EVER) -> Counted:
    """The cells of a measure by their codes."""
    measure = measures.one(code)
    assert measure
    return {tuple(sorted(cell.codes.items())): cell.value for cell in measure.count(NOBODY, span)}


def at(value: Counted, **codes: str) -> int | Decimal:
    """One cell; 0 where there is none."""
    return value.get(tuple(sorted(codes.items())), 0)


def status(one: Deliverable, period: ReportingPeriod) -> str:
    """What stands of one deliverable in a period."""
    for record in StatusRecord.objects.filter(deliverable=one):
        if record.period == period and record.kind == "claimed" and record.is_current:
            return record.value
    return "not_stated"


def days(one: Deliverable) -> list[date]:
    """Its due dates, the first one first."""
    return [due.due_on for due in sorted(one.due_dates.all(), key=lambda due: due.revision)]


def is_late(one: Deliverable, period: ReportingPeriod) -> bool:
    """Whether its newest date had passed when the period ended."""
    closed = {"complete", "no_longer_pursued"}
    return bool(days(one)) and days(one)[-1] < min(period.ends_on, date.today()) and status(one, period) not in closed


def outcome(one: Deliverable, upto: ReportingPeriod) -> str:
    """Whether it was kept on the first date; empty where that is yet to come."""
    dates = days(one)
    if not dates or dates[0] > min(upto.ends_on, date.today()):
        return ""
    began = [each for each in one.plan.periods.all() if each.starts_on <= min(dates[0], upto.starts_on)]
    if any(status(one, each) == "complete" for each in began):
        return "kept"
    own = [each for each in began if each.ends_on >= dates[0]]
    return "not_kept" if any(status(one, each) not in {"not_stated", "not_reported"} for each in own) else "not_known"


def under(section: Section) -> set[int]:
    """The keys of a section and of all below it."""
    found = {section.pk}
    for child in Section.objects.filter(parent=section):
        found |= under(child)
    return found


@pytest.fixture
def plan() -> Plan:
    """An invented country's plan: dates that moved, joint leads, money, evidence."""
    file = planfile.load(files("palermo.plan.samples").joinpath("example-country-2023.json").read_bytes())
    return load_plan(file=file, by=command_line()).plan


def spans(plan: Plan) -> Iterator[tuple[ReportingPeriod, MeasureSpan]]:
    for period in plan.periods.all():
        if StatusRecord.objects.filter(period=period).exists():
            yield period, MeasureSpan(period.starts_on, period.ends_on)


def test_loops_over_the_records_count_the_same(plan: Plan) -> None:
    everything = list(plan.deliverables.prefetch_related("due_dates", "evidence", "money"))
    for period, span in spans(plan):
        where = {"plan": plan.code, "period": period.code}
        by_status = counted("deliverables", span)
        assert at(by_status, **where) == len(everything)
        for each in Status.values:
            those = [one for one in everything if status(one, period) == each]
            assert at(by_status, **where, status=each) == len(those)
            for p, number in Counter(one.p or "none" for one in those).items():
                assert at(by_status, **where, status=each, p=p) == number
        late = [one for one in everything if is_late(one, period)]
        assert at(counted("deliverables_by_concern", span), **where, concern="late") == len(late)
        evidence = sum(shown.period == period for one in everything for shown in one.evidence.all())
        assert at(counted("evidence_given", span), **where) == evidence
        outcomes = Counter(found for one in everything if (found := outcome(one, period)))
        for kept in ("kept", "not_kept", "not_known"):
            assert at(counted("promises_kept", span), **where, kept=kept) == outcomes[kept]
        spent = sum(
            money.amount or 0
            for one in everything
            for money in one.money.all()
            if (money.kind, money.fiscal_year) == ("spent", period.code)
        )
        assert at(counted("money_spent", span), **where, currency="CAD") == spent
    assert at(counted("promises_moved"), plan=plan.code) == sum(len(days(one)) > 1 for one in everything) > 0


def test_sections_and_organisations_are_counted_with_loops_too(plan: Plan) -> None:
    period, span = list(spans(plan))[-1]
    where = {"plan": plan.code, "period": period.code}
    found = counted("deliverables_by_section", span)
    for section in plan.sections.all():
        keys = under(section)
        those = [one for one in plan.deliverables.all() if one.section_id in keys]
        code = re.sub("[^A-Za-z0-9_@$-]", "_", f"{plan.code}_{section.code}")
        assert at(found, **where, section=code) == len(those)
        complete = sum(status(one, period) == "complete" for one in those)
        assert at(found, **where, section=code, status="complete") == complete
    found, late = counted("deliverables_by_organisation", span), counted("late_by_organisation", span)
    for organisation in Organisation.objects.all():
        its = list(Responsibility.objects.filter(organisation=organisation, deliverable__plan=plan))
        both = {each.deliverable for each in its}
        assert at(found, **where, organisation=organisation.code) == len(both)
        for part in ("lead", "support"):
            some = {each.deliverable for each in its if each.kind == part}
            assert at(found, **where, organisation=organisation.code, part=part) == len(some)
        assert at(late, **where, organisation=organisation.code) == sum(is_late(one, period) for one in both)


def test_changed_dates_are_counted_by_direction(world: World) -> None:
    one = world.deliverables[0]
    make.DueDateFactory.create(deliverable=one, revision=2, due_on=date(2014, 2, 1), set_on=date(2014, 1, 5))
    make.DueDateFactory.create(deliverable=one, revision=3, due_on=date(2015, 2, 1), set_on=date(2015, 1, 5))
    found = counted("due_dates_changed", MeasureSpan(date(2013, 4, 1), date(2014, 3, 31)))
    where = {"plan": "small", "period": "2013-2014"}
    assert [at(found, **where, direction=each) for each in ("later", "earlier", "same")] == [5, 1, 0]
    assert at(found, **where, p="prevention") == at(found, **where) == 6
    assert counted("due_dates_changed", MeasureSpan(date(2012, 4, 1), date(2013, 3, 31))) == {}


def test_a_span_asks_for_the_period_that_begins_in_it(world: World) -> None:
    earlier = MeasureSpan(date(2012, 4, 1), date(2013, 3, 31))
    assert at(counted("deliverables", earlier), plan="small", period="2012-2013", status="ongoing") == 5
    assert at(counted("deliverables"), plan="small", period="2013-2014", status="complete") == 3
    assert counted("deliverables", MeasureSpan(date(2000, 1, 1), date(2000, 12, 31))) == {}


def test_a_plan_of_which_nothing_is_known_is_counted_as_its_page_counts_it(world: World) -> None:
    make.DeliverableFactory.create(plan=make.PlanFactory.create(code="bare"))
    assert at(counted("deliverables"), plan="bare", status="not_stated") == 1


def test_pages_show_what_the_measures_count(client: Client, world: World) -> None:
    add_deliverable(world, 12)
    where = {"plan": "small", "period": "2013-2014"}
    by_status, by_concern = counted("deliverables"), counted("deliverables_by_concern")
    numbers = [int(found) for found in re.findall(r'class="number">(\d+)<', client.get("/en/").text)]
    wanted = [at(by_status, **where), at(by_status, **where, status="complete")]
    assert numbers == [*wanted, *(at(by_concern, **where, concern=each) for each in ("late", "no_due_date"))]
    page = client.get("/en/plans/small/").text
    sections = counted("deliverables_by_section")
    for code in ("small_1", "small_1_1"):
        total, complete = at(sections, **where, section=code), at(sections, **where, section=code, status="complete")
        assert f'<td class="count">{total}</td><td class="count">{complete}</td>' in page
    page = client.get("/en/organisations/police/").text
    its, late = counted("deliverables_by_organisation"), counted("late_by_organisation")
    mine = {**where, "organisation": "police"}
    shown = [at(its, **mine), at(its, **mine, status="complete"), at(late, **mine)]
    assert "".join(f'<td class="count">{number}</td>' for number in shown) in page
    leads = at(its, **mine, part="lead")
    assert f'<td class="count">{leads}</td><td class="count">0</td>' in client.get("/en/organisations/").text


@pytest.mark.parametrize("measure", measures.registered(), ids=lambda measure: measure.code)
def test_queries_do_not_grow_with_plans(measure: measures.Measure, world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            list(measure.count(NOBODY, EVER))
        return len(asked)

    before = queries()
    for number in range(3):
        plan = make.PlanFactory.create(code=f"more-{number}")
        one = make.DeliverableFactory.create(section=make.SectionFactory.create(plan=plan))
        make.ResponsibilityFactory.create(deliverable=one)
        make.StatusFactory.create(deliverable=one)
        make.DueDateFactory.create(deliverable=one)
    assert queries() == before
