"""Setting what a plan demands of its returns."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.people.models import User
from palermo.plan.register.models import Plan
from palermo.plan.returns import policies
from palermo.plan.returns.models import Rule
from palermo.plan.returns.vocabulary import Needs, When


@transaction.atomic
def set_rules(*, plan: Plan, rules: Iterable[tuple[When, Needs]], by: User) -> None:
    """Let these be the plan's rules, and no others. What was submitted already stays as it is.

    Raises:
        PermissionDenied: `by` does not coordinate the plan.
    """
    held = Plan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    if not policies.may_run_cycle(by, held):
        raise PermissionDenied
    wanted = dict.fromkeys(rules)
    Rule.objects.filter(plan=held).delete()
    Rule.objects.bulk_create(Rule(plan=held, when=when, needs=needs) for when, needs in wanted)
    told = [f"{when.value}: {needs.value}" for when, needs in wanted]
    record(by=by, act="rules.set", about=held, plan=held.code, rules=told)
