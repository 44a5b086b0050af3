"""Who holds which open returns, and who could take them over."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils import timezone

from palermo.people.models import Membership, Organisation, Role, User
from palermo.people.policies import Viewer
from palermo.people.queries import organisations
from palermo.plan.register.vocabulary import Gathering
from palermo.plan.returns.models import Return
from palermo.plan.returns.policies import WRITERS, returns_to_hand_over
from palermo.plan.returns.vocabulary import WITH_WRITER


@dataclass(frozen=True, slots=True)
class Held:
    """What one person holds for one organisation, and who could take it over."""

    organisation: Organisation
    leaver: User
    count: int
    to_write: int
    """How many of them are still with the person."""
    successors: tuple[User, ...]
    """The organisation's other writers, alternates first: the first one is proposed."""


def held_returns(viewer: Viewer) -> QuerySet[Return]:
    """The returns of open periods that somebody holds and that the viewer may hand over."""
    mine = returns_to_hand_over(viewer)
    return mine.filter(holder__isnull=False, cycle__period__gathering=Gathering.OPEN)


def held(viewer: Viewer) -> list[Held]:
    """Each person who holds open returns, organisation by organisation. Four queries, however many."""
    counted = (
        held_returns(viewer)
        .order_by()
        .values("organisation", "holder")
        .annotate(n=Count("pk"), open=Count("pk", filter=Q(state__in=WITH_WRITER)))
        .values_list("organisation", "holder", "n", "open")
    )
    rows = list(counted)
    named = organisations(viewer).in_bulk([organisation for organisation, *_rest in rows])
    people = User.objects.in_bulk([holder for _organisation, holder, *_rest in rows])
    writers = _writers(list(named))
    found = [
        Held(
            named[organisation],
            people[holder],
            n,
            to_write,
            tuple(one for one in writers[organisation] if one.pk != holder),
        )
        for organisation, holder, n, to_write in rows
    ]
    return sorted(found, key=lambda one: (one.organisation.code, one.leaver.name, one.leaver.pk))


def _writers(keys: list[int]) -> dict[int, list[User]]:
    """Who writes for each organisation today, alternates before focal points, each person once."""
    today = timezone.localdate()
    held_today = Membership.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=today),
        organisation__in=keys,
        role__in=WRITERS,
        from_date__lte=today,
        user__is_active=True,
    )
    first = Case(When(role=Role.ALTERNATE, then=Value(0)), default=Value(1))
    found: dict[int, list[User]] = defaultdict(list)
    for one in held_today.select_related("user").order_by(first, "user__name", "user"):
        if one.user not in found[one.organisation_id]:
            found[one.organisation_id].append(one.user)
    return found
