"""Who acted: by name for whoever may know it, by role and organisation for everybody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from palermo.people.models import Membership, Organisation, Role, User
from palermo.people.policies import COMMAND_LINE
from palermo.plan.register.models import Deliverable
from palermo.plan.trail.policies import Reader


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who acted, with the roles that they have or had."""

    roles: Mapping[int, Sequence[Membership]]
    owner: Organisation
    organisations: Mapping[str, Organisation]
    command_line: int | None
    """The account in whose name commands act, once there is one."""

    def who(self, key: int, name: str, at: datetime, organisation: str, reader: Reader) -> str:
        """Somebody who acted at a moment, for an organisation where the act names one."""
        if key == self.command_line:
            return _("The command line")
        held = self._held(key, localtime(at).date(), organisation)
        words = ", ".join(dict.fromkeys(_role(each) for each in held)) or _("Somebody whose role is not known")
        sees = reader.sees_name(frozenset(each.organisation_id for each in held))
        return f"{name} ({words})" if sees else words

    def _held(self, key: int, day: date, organisation: str) -> list[Membership]:
        """Their roles on the day, in the organisation that the act is of or else in the one that owns the plan."""
        held = [
            each
            for each in self.roles.get(key, ())
            if each.from_date <= day and (each.to_date is None or day <= each.to_date)
        ]
        of_act = self.organisations.get(organisation)
        for its in (of_act, self.owner):
            found = [each for each in held if its and each.organisation_id == its.pk]
            if found:
                return found
        return []


def people_of(one: Deliverable, keys: Iterable[int], organisations: Mapping[str, Organisation]) -> People:
    """The people of these keys: a fixed number of queries, however many."""
    its = [one.plan.owner_id, *(each.pk for each in organisations.values())]
    found = Membership.objects.filter(user__in=set(keys), organisation__in=its).select_related("organisation")
    roles: dict[int, list[Membership]] = defaultdict(list)
    for each in found.prefetch_related("organisation__names").order_by("pk"):
        roles[each.user_id].append(each)
    commands = User.objects.filter(email=COMMAND_LINE).values_list("pk", flat=True).first()
    return People(roles, one.plan.owner, organisations, commands)


def _role(held: Membership) -> str:
    name = held.organisation.named_on()
    called = name.full().text if name else held.organisation.code
    return f"{Role(held.role).label}, {called}"
