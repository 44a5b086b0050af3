"""Who coordinates whom. Plans know it, people do not: whoever knows registers a rule here."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet

from palermo.people.models import Organisation, User

Rule = Callable[[User], QuerySet[Organisation]]
"""The organisations that a person coordinates today because of something that a pillar knows."""

_rules: list[Rule] = []


def register(rule: Rule) -> None:
    """Let a rule say whom a person coordinates. Registering it again changes nothing."""
    if rule not in _rules:
        _rules.append(rule)


def coordinates(user: User, organisation: Organisation) -> bool:
    """Whether any rule says so."""
    return any(rule(user).filter(pk=organisation.pk).exists() for rule in _rules)


def coordinated(user: User) -> QuerySet[Organisation]:
    """Every organisation that any rule names."""
    found = Organisation.objects.none()
    for rule in _rules:
        found = found | Organisation.objects.filter(pk__in=rule(user).order_by().values("pk"))
    return found
