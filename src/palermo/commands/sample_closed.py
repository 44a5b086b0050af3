"""The invented plan's year before: gathered, closed, and reported on from what organisations returned."""

from __future__ import annotations

import json
import secrets
from datetime import date
from typing import TYPE_CHECKING, cast

from palermo.commands import sample_cycle
from palermo.commands.sample_cycle import PEOPLE, PREDECESSOR, Told

if TYPE_CHECKING:
    from palermo.people.models import User
    from palermo.plan.register.models import Plan
    from palermo.plan.returns.models import Cycle

FILE = sample_cycle.FILE.with_name("example-country-2023-in-2024.json")


def load_closed_year(coordinator: User) -> str:
    """Gather and close the year before, and publish its report. Empty where something is known of that year already."""
    from django.db import transaction

    from palermo.people.actions import close_account
    from palermo.people.queries import command_line
    from palermo.plan.register.models import Plan
    from palermo.plan.returns.actions.cycles import NotOpenableError

    said = json.loads(FILE.read_text())
    plan = Plan.objects.filter(code=said["plan"]).first()
    if plan is None:
        return ""
    try:
        with transaction.atomic():
            cycle = _opened(plan, said, coordinator)
            predecessor = _predecessor(plan)
            for told in said["returns"]:
                sample_cycle.bring(cycle, cast(Told, told), coordinator)
            sample_cycle.assess_some(cycle, plan, said["assessments"])
            close_account(user=predecessor, by=command_line())
            _close_and_publish(cycle, plan, coordinator)
    except NotOpenableError:
        return ""
    return f"Closed the period {cycle.period.code} of {plan.code}, and published its report."


def _opened(plan: Plan, said: dict[str, object], coordinator: User) -> Cycle:
    """Open it under rules that do not ask for a new date, as dates that were still to come then have passed by now."""
    from palermo.foundation.periods import Period
    from palermo.plan.returns.actions.cycles import open_period
    from palermo.plan.returns.actions.rules import set_rules
    from palermo.plan.returns.vocabulary import DEFAULT_RULES, When

    note = cast(dict[str, str], said["note"])
    span = Period(date.fromisoformat(str(said["starts_on"])), date.fromisoformat(str(said["ends_on"])))
    due_on = date(span.ends_on.year + 1, 3, 31)
    cycle = open_period(
        plan=plan, span=span, due_on=due_on, note_en=note["en"], note_fr=note["fr"], reminder_days=(), by=coordinator
    )
    set_rules(plan=plan, rules=[rule for rule in DEFAULT_RULES if rule[0] != When.LATE], by=coordinator)
    return cycle


def _predecessor(plan: Plan) -> User:
    """Somebody who acts for every organisation that leads something and has nobody else."""
    from palermo.people.actions import create_account, give_role
    from palermo.people.models import Organisation, Role
    from palermo.people.queries import command_line

    by = command_line()
    user = create_account(email=PREDECESSOR, name="Morgan Example", password=secrets.token_urlsafe(12), by=by)
    leads = Organisation.objects.filter(responsibilities__deliverable__plan=plan, responsibilities__kind="lead")
    writing = [code for _email, _name, role, code in PEOPLE if role == Role.FOCAL_POINT]
    for organisation in leads.exclude(code__in=writing).distinct():
        for role in (Role.FOCAL_POINT, Role.CLEARING_OFFICER):
            give_role(user=user, organisation=organisation, role=role, by=by)
    return user


def _close_and_publish(cycle: Cycle, plan: Plan, coordinator: User) -> None:
    from palermo.plan.report.actions.fill import fill_from_returns
    from palermo.plan.report.actions.publish import publish_edition
    from palermo.plan.returns.actions.cycles import close_period
    from palermo.plan.returns.actions.rules import set_rules
    from palermo.plan.returns.models import Cycle
    from palermo.plan.returns.vocabulary import DEFAULT_RULES

    period = close_period(cycle=cycle, version=Cycle.objects.get(pk=cycle.pk).version, by=coordinator).period
    set_rules(plan=plan, rules=DEFAULT_RULES, by=coordinator)
    fill_from_returns(by=coordinator, period=period)
    publish_edition(by=coordinator, period=period)
