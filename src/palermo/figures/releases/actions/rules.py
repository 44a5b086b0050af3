"""Deciding rules, and naming the populations over which releases are compared."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from palermo.audit.actions import record
from palermo.figures.releases import policies
from palermo.figures.releases.models import Population, RuleSet
from palermo.people.models import Organisation, User


class CodeTakenError(Exception):
    """There is one of this code already. Nothing was written."""


class NewerVersionError(Exception):
    """Somebody decided a newer version meanwhile. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Decided:
    """All that a version of a rule set says; see `protection.rules.Rules` for what the numbers mean."""

    title_en: str
    title_fr: str
    decided_on: date
    decided_by_en: str
    decided_by_fr: str
    reason_en: str
    reason_fr: str
    threshold: int = 5
    hide_zeros: bool = False
    dominance_largest: int | None = None
    dominance_percent: int | None = None
    method: str = "suppress"
    hide_size: bool = True
    base: int = 5
    epsilon: Decimal = Decimal(1)
    delta: Decimal = Decimal(0)


@transaction.atomic
def create_rule_set(*, code: str, owner: Organisation, decided: Decided, by: User) -> RuleSet:
    """Write down the first version of a rule set.

    Raises:
        PermissionDenied: `by` does not prepare releases for the organisation.
        CodeTakenError: the code has a rule set already.
    """
    if not policies.may_prepare_for(by, owner):
        raise PermissionDenied
    if code == "add" or RuleSet.objects.filter(code=code).exists():
        # The page on which one is added has that address.
        raise CodeTakenError
    return _made(RuleSet(code=code, version=1, owner=owner, made_by=by, **asdict(decided)), by)


@transaction.atomic
def new_version(*, of: RuleSet, decided: Decided, by: User) -> RuleSet:
    """Write down another version. Releases that use an earlier one stay as they are.

    Args:
        of: the version that it was written from, which must be the newest.
        decided: what the new one says.
        by: whoever writes it down.

    Raises:
        PermissionDenied: `by` does not prepare releases for the organisation.
        NewerVersionError: `of` is not the newest.
    """
    if not policies.may_prepare_for(by, of.owner_id):
        raise PermissionDenied
    newest = RuleSet.objects.select_for_update().filter(code=of.code).order_by("-version")[0]
    if newest.pk != of.pk:
        raise NewerVersionError
    made = RuleSet(code=of.code, version=of.version + 1, owner_id=of.owner_id, made_by=by, **asdict(decided))
    return _made(made, by)


def _made(rule_set: RuleSet, by: User) -> RuleSet:
    rule_set.rules()
    rule_set.save(force_insert=True)
    record(by=by, act="rule_set.decide", about=rule_set, rules=rule_set.code, version=rule_set.version)
    return rule_set


@transaction.atomic
def name_population(
    *,
    code: str,
    owner: Organisation,
    title_en: str,
    title_fr: str,
    epsilon_limit: Decimal = Decimal(4),
    delta_limit: Decimal = Decimal(0),
    by: User,
) -> Population:
    """Name a group over which releases are compared, and what noise may give away of it in all.

    Raises:
        PermissionDenied: `by` does not prepare releases for the organisation.
        CodeTakenError: there is one of this code already.
    """
    if not policies.may_prepare_for(by, owner):
        raise PermissionDenied
    if Population.objects.filter(code=code).exists():
        raise CodeTakenError
    limits = {"epsilon_limit": epsilon_limit, "delta_limit": delta_limit}
    made = Population.objects.create(code=code, owner=owner, title_en=title_en, title_fr=title_fr, **limits)
    record(by=by, act="population.name", about=made, population=code)
    return made
